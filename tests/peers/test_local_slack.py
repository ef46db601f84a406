"""The local Slack, driven as people, with a throwaway app that answers.

Each test runs over Socket Mode and over HTTP. What they pin down beside our own client is how
local-slack behaves, so that a new version of it cannot change it unseen.
"""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.installing import LocalSlackUnavailable
from bot.playground.local_slack import LocalSlack, running
from bot.playground.wire import NotTaken
from bot.playground.workspace import COLIN, CUSTODY, NEWS, OFFICE, PRIYA, REJOINDER, TOM
from tests.peers.local import BUTTONS, FORM, HOME, MARK, Clerk, authorised, connected

MENTION = f"<@{REJOINDER.user}> what did we promise?"


def test_a_message_is_answered_in_its_thread(clerk: Clerk) -> None:
    asked = clerk.slack.say(TOM.id, OFFICE.id, "hello")
    thread = clerk.slack.thread(OFFICE.id, asked.ts)
    assert [(one.user, one.text) for one in thread] == [
        (TOM.id, "hello"),
        (REJOINDER.user, "Good morning."),
    ]
    assert thread[1].thread == asked.ts
    assert authorised(clerk.last())


def test_an_answer_goes_to_the_thread_that_was_written_in(clerk: Clerk) -> None:
    first = clerk.slack.say(TOM.id, OFFICE.id, "A report came.")
    clerk.slack.say(PRIYA.id, OFFICE.id, "hello", first.ts)
    assert [one.user for one in clerk.slack.thread(OFFICE.id, first.ts)] == [
        TOM.id,
        PRIYA.id,
        REJOINDER.user,
    ]


@pytest.mark.parametrize("place", [OFFICE.id, TOM.dm])
def test_a_mention_arrives_twice_under_two_event_ids_with_one_ts(clerk: Clerk, place: str) -> None:
    asked = clerk.slack.say(TOM.id, place, MENTION)
    assert clerk.kinds() == ["message", "app_mention"]
    assert {body["event"]["ts"] for body in clerk.heard} == {asked.ts}
    assert len({body["event_id"] for body in clerk.heard}) == 2


def test_only_a_direct_message_is_said_to_be_one(clerk: Clerk) -> None:
    kinds = {}
    for place in (NEWS.id, CUSTODY.id, TOM.dm):
        clerk.slack.say(TOM.id, place, "Good day.")
        kinds[place] = clerk.last("message")["channel_type"]
    assert kinds == {NEWS.id: "channel", CUSTODY.id: "channel", TOM.dm: "im"}


def test_the_app_hears_nothing_of_its_own_posts(clerk: Clerk) -> None:
    clerk.post(OFFICE.id, text=MENTION)
    assert clerk.heard == []


def test_blocks_come_back_with_the_block_id_they_were_posted_with(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    reply = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS, thread_ts=ts)
    history = clerk.client.conversations_history(channel=OFFICE.id)["messages"]
    replies = clerk.client.conversations_replies(channel=OFFICE.id, ts=ts)["messages"]
    assert [one["blocks"][0]["block_id"] for one in history] == [MARK]
    assert [(one["ts"], one["blocks"][0]["block_id"]) for one in replies] == [
        (ts, MARK),
        (reply, MARK),
    ]


def test_a_block_without_an_id_gets_none(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="-", blocks=[{"type": "divider"}])
    assert clerk.slack.message(OFFICE.id, ts).blocks == ({"type": "divider"},)


def test_metadata_is_lost(clerk: Clerk) -> None:
    clerk.post(OFFICE.id, text="-", metadata={"event_type": "draft", "event_payload": {"a": 1}})
    found = clerk.client.conversations_history(channel=OFFICE.id, include_all_metadata=True)
    assert [one["text"] for one in found["messages"]] == ["-"]
    assert "metadata" not in found["messages"][0]


def test_an_update_without_blocks_takes_the_blocks_away(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    clerk.client.chat_update(channel=OFFICE.id, ts=ts, text="Decided.")
    found = clerk.slack.message(OFFICE.id, ts)
    assert (found.text, found.blocks, found.edited) == ("Decided.", (), True)


def test_a_deleted_message_is_gone(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="-")
    clerk.client.chat_delete(channel=OFFICE.id, ts=ts)
    with pytest.raises(LookupError, match="no message"):
        clerk.slack.message(OFFICE.id, ts)


def test_an_ephemeral_message_says_whom_it_is_for_and_is_kept_for_all(clerk: Clerk) -> None:
    clerk.client.chat_postEphemeral(channel=OFFICE.id, user=TOM.id, text="For you alone.")
    found = clerk.client.conversations_history(channel=OFFICE.id)["messages"]
    assert [one["subtype"] for one in found] == ["ephemeral"]
    assert [one.only_for for one in clerk.slack.messages(OFFICE.id)] == [TOM.id]


def test_a_post_to_a_person_goes_to_their_direct_messages(clerk: Clerk) -> None:
    posted = clerk.client.chat_postMessage(channel=TOM.id, text="It is due on Friday.")
    assert posted["channel"] == TOM.dm
    assert clerk.client.conversations_open(users=TOM.id)["channel"]["id"] == TOM.dm


def test_a_slash_command_is_answered_through_its_response_url(clerk: Clerk) -> None:
    clerk.slack.command(TOM.id, OFFICE.id, REJOINDER.command, "what did we promise?")
    [answer] = clerk.slack.messages(OFFICE.id)
    assert (answer.text, answer.only_for) == ("You asked: what did we promise?", TOM.id)
    told = clerk.last()
    assert (told["user_id"], told["channel_id"]) == (TOM.id, OFFICE.id)


def test_a_button_is_pressed_with_its_own_value(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    clerk.slack.press(PRIYA.id, OFFICE.id, ts, "answer")
    told = clerk.last()
    assert (told["user"]["id"], told["channel"]["id"]) == (PRIYA.id, OFFICE.id)
    assert told["message"]["blocks"] == BUTTONS
    assert {**told["actions"][0], "action_ts": ""} == {
        "type": "button",
        "action_id": "answer",
        "block_id": "buttons",
        "value": "item-7",
        "text": {"type": "plain_text", "text": "answer"},
        "action_ts": "",
    }
    assert [one.text for one in clerk.slack.messages(OFFICE.id)] == [
        "One item.",
        "In the channel.",
    ]


def test_a_press_in_a_thread_says_so_but_its_response_url_answers_outside(clerk: Clerk) -> None:
    root = clerk.slack.say(TOM.id, OFFICE.id, "A report came.")
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS, thread_ts=root.ts)
    clerk.slack.press(PRIYA.id, OFFICE.id, ts, "answer")
    assert clerk.last()["message"]["thread_ts"] == root.ts
    assert clerk.slack.messages(OFFICE.id)[-1].thread is None


def test_a_press_may_replace_its_message(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    clerk.slack.press(PRIYA.id, OFFICE.id, ts, "replace")
    [found] = clerk.slack.messages(OFFICE.id)
    assert (found.text, found.blocks) == ("Decided.", ())


def test_what_is_not_there_cannot_be_pressed(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    with pytest.raises(LookupError, match="nothing to press"):
        clerk.slack.press(PRIYA.id, OFFICE.id, ts, "approve")


def test_a_modal_opens_and_is_submitted(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    clerk.slack.press(PRIYA.id, OFFICE.id, ts, "edit")
    opened = clerk.slack.view()
    assert opened is not None
    assert (opened.callback_id, opened.title) == ("form", "Edit")
    assert opened.blocks == tuple(FORM["blocks"])
    wrong = clerk.slack.submit_view(PRIYA.id, {"sentence": "We will.", "decision": "accept"})
    assert wrong == {}
    assert clerk.slack.view() is None
    told = clerk.last()
    assert (told["user"]["id"], told["view"]["private_metadata"]) == (PRIYA.id, "item-7")
    state = told["view"]["state"]["values"]
    assert state["sentence"]["typed"]["value"] == "We will."
    assert state["decision"]["chosen"]["selected_option"]["value"] == "accept"


def test_an_untouched_input_comes_empty_and_an_error_keeps_the_modal_open(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    clerk.slack.press(PRIYA.id, OFFICE.id, ts, "edit")
    assert clerk.slack.submit_view(PRIYA.id, {}) == {"sentence": "Say something."}
    assert clerk.slack.view() is not None
    state = clerk.last()["view"]["state"]["values"]
    assert state["sentence"]["typed"] == {"type": "plain_text_input", "value": None}
    assert state["decision"]["chosen"] == {"type": "static_select", "selected_option": None}


def test_a_modal_can_be_closed(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.", blocks=BUTTONS)
    clerk.slack.press(PRIYA.id, OFFICE.id, ts, "edit")
    clerk.slack.close_view(PRIYA.id)
    assert clerk.slack.view() is None


def test_a_file_is_told_of_twice_and_read_with_the_bot_token_only(clerk: Clerk) -> None:
    data = bytes(range(256)) * 40
    posted = clerk.slack.upload(TOM.id, OFFICE.id, 'letter "2".pdf', data, "A letter came.")
    assert clerk.kinds() == ["message/file_share", "file_shared"]
    assert clerk.last("file_shared")["file_id"] == posted.files[0]["id"]
    told = clerk.client.files_info(file=posted.files[0]["id"])["file"]
    assert (told["size"], told["mimetype"]) == (len(data), "application/pdf")
    assert _downloaded(told["url_private_download"], REJOINDER.token) == data
    with pytest.raises(HTTPError, match="403") as refusal:
        _downloaded(told["url_private_download"], "xoxb-other")
    refusal.value.close()


def test_the_home_is_published_for_who_opened_it(clerk: Clerk) -> None:
    clerk.slack.open_home(TOM.id)
    assert clerk.last()["event"]["tab"] == "home"
    home = clerk.slack.home(TOM.id)
    assert home is not None
    assert home.blocks[0]["text"]["text"] == "Your reports"
    assert clerk.slack.home(PRIYA.id) is None


def test_a_press_in_the_home_tells_who_pressed_and_no_place(clerk: Clerk) -> None:
    with pytest.raises(LookupError, match="nothing to press"):
        clerk.slack.press_home(TOM.id, "edit")
    clerk.slack.open_home(TOM.id)
    clerk.slack.press_home(TOM.id, "edit")
    told = clerk.last()
    assert (told["user"]["id"], told["actions"][0]["value"]) == (TOM.id, "item-7")
    assert told["channel"] == {"id": "", "name": ""}
    assert not {"view", "message"} & set(told)
    assert clerk.slack.view() is not None


def test_without_an_app_a_press_in_the_home_is_dropped(local_slack: LocalSlack) -> None:
    client = WebClient(REJOINDER.token, base_url=local_slack.api)
    client.views_publish(user_id=TOM.id, view=HOME)
    local_slack.press_home(TOM.id, "edit")
    assert local_slack.log()[-1].direction == "internal"


@pytest.mark.parametrize(
    "method", ["chat.startStream", "assistant.threads.setStatus", "usergroups.users.list"]
)
def test_what_it_lacks_is_an_unknown_method(local_slack: LocalSlack, method: str) -> None:
    client = WebClient(REJOINDER.token, base_url=local_slack.api)
    with pytest.raises(SlackApiError, match="unknown_method"):
        client.api_call(method)


def test_two_connections_both_get_every_event(local_slack: LocalSlack) -> None:
    clerks = [Clerk(local_slack) for _ in range(2)]
    with connected(clerks[0]), connected(clerks[1]):
        local_slack.say(TOM.id, OFFICE.id, "hello")
        local_slack.until(lambda: len(local_slack.messages(OFFICE.id)) == 3)


def test_an_edit_tells_what_stood_there_before(clerk: Clerk) -> None:
    said = clerk.slack.say(TOM.id, OFFICE.id, "Due on Friday.")
    clerk.slack.edit(TOM.id, OFFICE.id, said.ts, "Due on Thursday.")
    event = clerk.last("message")
    assert clerk.kinds() == ["message", "message/message_changed"]
    assert event["previous_message"]["text"] == "Due on Friday."
    assert event["message"]["text"] == "Due on Thursday."
    assert "channel_type" not in event
    assert clerk.slack.message(OFFICE.id, said.ts).edited


def test_a_deletion_tells_what_is_gone(clerk: Clerk) -> None:
    said = clerk.slack.say(TOM.id, OFFICE.id, "Due on Friday.")
    clerk.slack.delete(TOM.id, OFFICE.id, said.ts)
    assert clerk.kinds() == ["message", "message/message_deleted"]
    assert clerk.last("message")["deleted_ts"] == said.ts
    assert clerk.slack.messages(OFFICE.id) == []


def test_another_persons_message_is_neither_edited_nor_deleted(clerk: Clerk) -> None:
    said = clerk.slack.say(TOM.id, OFFICE.id, "Due on Friday.")
    with pytest.raises(NotTaken, match="not_authorized"):
        clerk.slack.edit(PRIYA.id, OFFICE.id, said.ts, "Never.")
    with pytest.raises(NotTaken, match="not_authorized"):
        clerk.slack.delete(PRIYA.id, OFFICE.id, said.ts)


def test_a_reaction_is_told_and_taken_away_again(clerk: Clerk) -> None:
    ts = clerk.post(OFFICE.id, text="One item.")
    clerk.slack.react(TOM.id, OFFICE.id, ts, "eyes")
    event = clerk.last("reaction_added")
    assert (event["reaction"], event["item"]["ts"]) == ("eyes", ts)
    assert clerk.slack.message(OFFICE.id, ts).reactions == {"eyes": (TOM.id,)}
    clerk.slack.react(TOM.id, OFFICE.id, ts, "eyes", present=False)
    assert clerk.slack.message(OFFICE.id, ts).reactions == {}


def test_members_of_a_channel_are_told(clerk: Clerk) -> None:
    found = clerk.client.conversations_members(channel=CUSTODY.id)["members"]
    assert found == [TOM.id, PRIYA.id, REJOINDER.user]
    about = clerk.client.conversations_info(channel=CUSTODY.id)["channel"]
    assert (about["is_private"], about["is_im"]) == (True, False)
    assert clerk.client.conversations_info(channel=TOM.dm)["channel"]["is_im"] is True
    with pytest.raises(SlackApiError, match="channel_not_found"):
        clerk.client.conversations_members(channel="C0NOWHERE")


def test_people_are_known_by_name(clerk: Clerk) -> None:
    found = clerk.client.users_info(user=COLIN.id)["user"]
    assert (found["real_name"], found["is_bot"]) == ("Colin Thackray", False)
    with pytest.raises(SlackApiError, match="user_not_found"):
        clerk.client.users_info(user="U0NOBODY")


def test_history_ignores_how_many_were_asked_for(clerk: Clerk) -> None:
    for n in range(3):
        clerk.post(OFFICE.id, text=str(n))
    found = clerk.client.conversations_history(channel=OFFICE.id, limit=1)
    assert [one["text"] for one in found["messages"]] == ["2", "1", "0"]


def test_the_log_keeps_what_went_both_ways(clerk: Clerk) -> None:
    clerk.slack.say(TOM.id, OFFICE.id, "hello")
    found = [(one.direction, one.kind) for one in clerk.slack.log()]
    assert ("to_bot", "events_api") in found
    assert ("chat.postMessage", "from_bot") in [
        (one.summary, one.direction) for one in clerk.slack.log() if one.kind == "web_api"
    ]


def test_after_a_reset_it_is_as_at_the_start(clerk: Clerk) -> None:
    clerk.slack.say(TOM.id, OFFICE.id, "hello")
    clerk.slack.open_home(TOM.id)
    clerk.slack.reset()
    assert clerk.slack.messages(OFFICE.id) == []
    assert clerk.slack.home(TOM.id) is None
    assert len(clerk.slack.state()["channels"]) == 7
    clerk.slack.say(TOM.id, TOM.dm, "hello")
    assert len(clerk.slack.messages(TOM.dm)) == 2


def test_waiting_ends_when_what_was_waited_for_is_there(local_slack: LocalSlack) -> None:
    local_slack.say(TOM.id, OFFICE.id, "Good day.")
    assert local_slack.until(lambda: local_slack.messages(OFFICE.id))[0].text == "Good day."
    with pytest.raises(TimeoutError):
        local_slack.until(lambda: local_slack.messages(NEWS.id), seconds=0.2)


def test_nothing_is_submitted_when_no_view_is_open(local_slack: LocalSlack) -> None:
    with pytest.raises(LookupError, match="no view is open"):
        local_slack.submit_view(TOM.id, {})


def test_a_port_in_use_is_refused_in_words(
    local_slack: LocalSlack, local_slack_program: Path, tmp_path: Path
) -> None:
    port = int(local_slack.address.rpartition(":")[2])
    with (
        pytest.raises(LocalSlackUnavailable, match=f"Port {port} is in use"),
        running(local_slack_program, tmp_path / "second", port=port),
    ):
        pass


def test_it_is_gone_when_it_was_stopped(local_slack_program: Path, tmp_path: Path) -> None:
    with running(local_slack_program, tmp_path / "slack") as slack:
        slack.state()
    with pytest.raises(OSError, match="refused"):
        slack.state()


def test_a_program_that_ends_at_once_is_refused_with_what_it_said(tmp_path: Path) -> None:
    program = tmp_path / "local-slack"
    program.write_text("#!/bin/sh\necho no room here\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with (
        pytest.raises(LocalSlackUnavailable, match="did not start: no room here"),
        running(program, tmp_path / "slack"),
    ):
        pass


def _downloaded(address: str, token: str) -> bytes:
    request = Request(address, headers={"Authorization": f"Bearer {token}"})
    with urlopen(request) as answer:
        found: bytes = answer.read()
    return found
