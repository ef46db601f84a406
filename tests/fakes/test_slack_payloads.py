from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.response import BoltResponse

from tests.fakes import slack_payloads as payloads
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_workspace import (
    BOT_USER,
    CUSTODY,
    DANIEL,
    OFFICE,
    OTHER_BOT,
    PRIYA,
    SHARED,
    STRANGER,
    TEAM,
    TOM,
    TOM_IM,
)

Facts = dict[str, Any]
BUTTON = {"type": "button", "action_id": "share", "value": "k1",
          "text": {"type": "plain_text", "text": "Share"}}  # fmt: skip
FEEDBACK = {
    "type": "feedback_buttons", "action_id": "feedback",
    "positive_button": {"text": {"type": "plain_text", "text": "Helpful"}, "value": "helpful|k1"},
    "negative_button": {"text": {"type": "plain_text", "text": "Not"}, "value": "not_helpful|k1"},
}  # fmt: skip
BLOCKS: list[Facts] = [
    {"type": "section", "block_id": "words", "text": {"type": "mrkdwn", "text": "Found."},
     "accessory": {**BUTTON, "action_id": "show_passage", "value": "k1|1"}},
    {"type": "actions", "block_id": "buttons", "elements": [BUTTON]},
    {"type": "context_actions", "block_id": "feedback", "elements": [FEEDBACK]},
]  # fmt: skip
ENTRY = {"type": "input", "block_id": "words", "label": {"type": "plain_text", "text": "Words"},
         "element": {"type": "plain_text_input", "action_id": "words"}}  # fmt: skip
MODAL = {"type": "modal", "callback_id": "feedback", "private_metadata": "k1", "blocks": [ENTRY],
         "title": {"type": "plain_text", "text": "Not helpful"},
         "submit": {"type": "plain_text", "text": "Send"}}  # fmt: skip


class AtOnce(Executor):
    """Runs what it is given before it goes on."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass
class Bot:
    """A Bolt app on the fake that writes down which listener got what."""

    slack: Slack
    app: App
    heard: list[tuple[str, Facts]] = field(default_factory=list)

    def send(self, payload: Facts, headers: dict[str, str] | None = None) -> BoltResponse:
        request = BoltRequest(body=payload, headers=headers, mode="socket_mode")  # type: ignore[arg-type]
        return self.app.dispatch(request)

    def hears(self, name: str) -> Callable[..., None]:
        def listener(body: Facts, ack: Callable[[], None]) -> None:
            ack()
            self.heard.append((name, body))

        return listener


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


@pytest.fixture
def bot(slack: Slack) -> Bot:
    app = App(client=slack.client(), listener_executor=AtOnce(),
              request_verification_enabled=False)  # fmt: skip
    made = Bot(slack, app)
    for event in (
        "app_mention", "message", "app_home_opened", "member_joined_channel", "reaction_added",
        "file_shared", "app_context_changed", "agent_session_stopped", "assistant_thread_started",
        "assistant_thread_context_changed",
    ):  # fmt: skip
        app.event(event)(made.hears(event))
    app.command("/ask")(made.hears("/ask"))
    for action in ("share", "show_passage", "feedback", "home"):
        app.action(action)(made.hears(action))
    for callback in ("ask_about", "ask"):
        app.shortcut(callback)(made.hears(callback))
    app.view_submission("feedback")(made.hears("submitted"))
    app.view_closed("feedback")(made.hears("closed"))
    return made


def names(bot: Bot) -> list[str]:
    return [name for name, _ in bot.heard]


def last(bot: Bot) -> Facts:
    return bot.heard[-1][1]


def test_a_mention_comes_as_the_message_that_it_is(bot: Bot) -> None:
    payload = payloads.mention(bot.slack, TOM.id, OFFICE.id, "What was found?")
    assert bot.send(payload).status == 200
    event = last(bot)["event"]
    assert names(bot) == ["app_mention"]
    assert (event["user"], event["text"]) == (TOM.id, f"<@{BOT_USER}> What was found?")
    history = bot.slack.client().conversations_history(channel=OFFICE.id)["messages"]
    assert [one["ts"] for one in history] == [event["ts"]]


def test_one_mention_is_sent_as_two_events(bot: Bot) -> None:
    mentioned = payloads.mention(bot.slack, TOM.id, OFFICE.id, "Q")
    (said,) = bot.slack.messages(OFFICE.id)
    bot.send(mentioned)
    bot.send(payloads.message(bot.slack, OFFICE.id, said))
    assert names(bot) == ["app_mention", "message"]
    first, second = (body for _, body in bot.heard)
    assert first["event"]["ts"] == second["event"]["ts"]
    assert first["event_id"] != second["event_id"]


def test_the_same_event_can_be_sent_again(bot: Bot) -> None:
    payload = payloads.mention(bot.slack, TOM.id, OFFICE.id, "Q")
    bot.send(payload)
    bot.send(payload, payloads.retry(2))
    assert names(bot) == ["app_mention", "app_mention"]
    assert bot.heard[0][1]["event_id"] == bot.heard[1][1]["event_id"]
    assert payloads.retry(2)["x-slack-retry-num"] == "2"


@pytest.mark.parametrize(
    ("room", "kind"), [(OFFICE, "channel"), (CUSTODY, "group"), (TOM_IM, "im")]
)
def test_a_message_says_where_it_was_said(bot: Bot, room: Any, kind: str) -> None:
    asked = bot.slack.say(TOM.id, room.id, "Q")
    reply = bot.slack.say(TOM.id, room.id, "And in 2022?", thread=asked["ts"])
    bot.send(payloads.message(bot.slack, room.id, reply))
    event = last(bot)["event"]
    assert (event["channel_type"], event["thread_ts"]) == (kind, asked["ts"])


def test_a_stranger_is_known_by_team_and_channel(bot: Bot) -> None:
    bot.send(payloads.mention(bot.slack, STRANGER.id, SHARED.id, "Q"))
    body = last(bot)
    assert body["is_ext_shared_channel"]
    assert body["event"]["team"] != TEAM == body["team_id"]


def test_another_bots_message_says_so(bot: Bot) -> None:
    said = bot.slack.say(OTHER_BOT.id, OFFICE.id, "Reminder")
    bot.send(payloads.message(bot.slack, OFFICE.id, said))
    assert names(bot) == ["message"]
    assert last(bot)["event"]["bot_id"] == "B0OTHERBOT"


def test_the_apps_own_message_does_not_come_back_to_it(bot: Bot) -> None:
    bot.slack.client().chat_postMessage(channel=OFFICE.id, text="All.")
    (said,) = bot.slack.messages(OFFICE.id)
    bot.send(payloads.message(bot.slack, OFFICE.id, said))
    assert names(bot) == []


def test_an_edit_has_both_forms_of_the_message(bot: Bot) -> None:
    said = bot.slack.say(TOM.id, OFFICE.id, "Before")
    before, after = bot.slack.edit(OFFICE.id, said["ts"], "After")
    bot.send(payloads.message_changed(bot.slack, OFFICE.id, before, after))
    event = last(bot)["event"]
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("Before", "After")
    assert event["message"]["edited"]["user"] == TOM.id


def test_a_deletion_has_the_message_that_was(bot: Bot) -> None:
    said = bot.slack.say(TOM.id, OFFICE.id, "Before")
    gone = bot.slack.remove(OFFICE.id, said["ts"])
    bot.send(payloads.message_deleted(bot.slack, OFFICE.id, gone))
    event = last(bot)["event"]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", said["ts"])
    assert not bot.slack.messages(OFFICE.id)


def test_a_file_comes_with_its_message(bot: Bot) -> None:
    said = bot.slack.upload(TOM.id, OFFICE.id, "peel.pdf", b"%PDF", text="The report")
    bot.send(payloads.message(bot.slack, OFFICE.id, said))
    event = last(bot)["event"]
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "peel.pdf")
    bot.send(payloads.file_shared(bot.slack, OFFICE.id, said))
    assert last(bot)["event"]["file_id"] == event["files"][0]["id"]


def test_the_home_comes_with_its_view_once_there_is_one(bot: Bot) -> None:
    bot.send(payloads.app_home_opened(bot.slack, TOM.id))
    assert "view" not in last(bot)["event"]
    home = {"type": "home", "blocks": BLOCKS[:1]}
    bot.slack.client().views_publish(user_id=TOM.id, view=home)
    bot.send(payloads.app_home_opened(bot.slack, TOM.id))
    bot.send(payloads.app_home_opened(bot.slack, TOM.id, tab="messages"))
    opened = [body["event"] for _, body in bot.heard]
    assert [one["tab"] for one in opened] == ["home", "home", "messages"]
    assert ["view" in one for one in opened] == [False, True, False]
    assert {one["channel"] for one in opened} == {TOM_IM.id}


def test_whoever_joins_is_in_the_channel(bot: Bot) -> None:
    bot.send(payloads.member_joined_channel(bot.slack, DANIEL.id, CUSTODY.id, inviter=PRIYA.id))
    assert last(bot)["event"]["inviter"] == PRIYA.id
    assert DANIEL.id in bot.slack.state.rooms[CUSTODY.id].members


def test_a_reaction_names_its_message(bot: Bot) -> None:
    said = bot.slack.say(TOM.id, OFFICE.id, "Q")
    bot.send(payloads.reaction_added(bot.slack, PRIYA.id, OFFICE.id, said["ts"], "eyes"))
    event = last(bot)["event"]
    assert (event["item"]["ts"], event["item_user"]) == (said["ts"], TOM.id)
    assert bot.slack.messages(OFFICE.id)[0]["reactions"][0]["users"] == [PRIYA.id]


def test_what_an_agent_is_told(bot: Bot) -> None:
    said = bot.slack.say(TOM.id, OFFICE.id, "Q")
    bot.send(payloads.app_context_changed(bot.slack, TOM.id, OFFICE.id))
    bot.send(payloads.agent_session_stopped(bot.slack, TOM.id, OFFICE.id, said["ts"]))
    bot.send(payloads.assistant_thread_started(bot.slack, TOM.id))
    bot.send(payloads.assistant_thread_context_changed(bot.slack, TOM.id, OFFICE.id))
    context, stopped, started, changed = (body["event"] for _, body in bot.heard)
    assert context["context"]["entities"][0]["value"] == OFFICE.id
    assert stopped["thread_ts"] == said["ts"]
    assert started["assistant_thread"]["context"] == {}
    assert changed["assistant_thread"]["context"]["channel_id"] == OFFICE.id


def test_a_command_can_be_answered_and_open_a_modal(bot: Bot) -> None:
    bot.send(payloads.slash_command(bot.slack, TOM.id, OFFICE.id, "/ask", "What was found?"))
    body = last(bot)
    assert (body["text"], body["channel_name"]) == ("What was found?", "office-policy")
    bot.slack.client().views_open(trigger_id=body["trigger_id"], view=MODAL)
    assert bot.slack.view(TOM.id) is not None


def test_say_and_respond_in_a_listener_reach_the_channel_and_the_person(bot: Bot) -> None:
    @bot.app.command("/both")
    def both(ack: Any, say: Any, respond: Any) -> None:
        ack()
        say("For all.")
        respond("Only you.")

    bot.send(payloads.slash_command(bot.slack, TOM.id, OFFICE.id, "/both"))
    assert [one["text"] for one in bot.slack.messages(OFFICE.id)] == ["For all."]
    assert [one["text"] for one in bot.slack.whispers(TOM.id)] == ["Only you."]


def test_a_button_of_a_message_comes_with_the_message(bot: Bot) -> None:
    client = bot.slack.client()
    sent = client.chat_postMessage(channel=OFFICE.id, text="Found.", blocks=BLOCKS)["message"]
    for action in ("share", "show_passage"):
        bot.send(payloads.block_actions(bot.slack, TOM.id, OFFICE.id, sent, action))
    body = last(bot)
    assert names(bot) == ["share", "show_passage"]
    assert (body["actions"][0]["value"], body["actions"][0]["block_id"]) == ("k1|1", "words")
    assert body["message"]["ts"] == body["container"]["message_ts"] == sent["ts"]
    assert not body["container"]["is_ephemeral"]


def test_a_choice_of_several_says_which(bot: Bot) -> None:
    sent = bot.slack.client().chat_postMessage(channel=OFFICE.id, text="Found.", blocks=BLOCKS)
    pressed = sent["message"]
    bot.send(payloads.block_actions(bot.slack, TOM.id, OFFICE.id, pressed, "feedback",
                                    value="not_helpful|k1"))  # fmt: skip
    assert last(bot)["actions"][0]["value"] == "not_helpful|k1"
    with pytest.raises(LookupError):
        payloads.block_actions(bot.slack, TOM.id, OFFICE.id, pressed, "nothing")


def test_a_button_that_one_person_sees_comes_without_the_message(bot: Bot) -> None:
    client = bot.slack.client()
    client.chat_postEphemeral(channel=OFFICE.id, user=TOM.id, text="Found.", blocks=BLOCKS)
    (seen,) = bot.slack.whispers(TOM.id)
    bot.send(payloads.block_actions(bot.slack, TOM.id, OFFICE.id, seen, "share"))
    body = last(bot)
    assert body["container"]["is_ephemeral"]
    assert "message" not in body


def test_a_button_of_the_home_comes_with_the_view(bot: Bot) -> None:
    home = {"type": "home", "blocks": [
        {"type": "actions", "elements": [{**BUTTON, "action_id": "home"}]}]}  # fmt: skip
    view = bot.slack.client().views_publish(user_id=TOM.id, view=home)["view"]
    bot.send(payloads.view_actions(bot.slack, TOM.id, view, "home"))
    assert last(bot)["container"] == {"type": "view", "view_id": view["id"]}


def test_shortcuts_come_with_what_they_were_chosen_on(bot: Bot) -> None:
    said = bot.slack.say(TOM.id, OFFICE.id, "Knife crime is up.")
    bot.send(payloads.message_shortcut(bot.slack, PRIYA.id, OFFICE.id, said, "ask_about"))
    assert last(bot)["message"]["text"] == "Knife crime is up."
    bot.send(payloads.shortcut(bot.slack, PRIYA.id, "ask"))
    assert names(bot) == ["ask_about", "ask"]


def test_a_modal_that_is_sent_off_brings_its_values_and_closes(bot: Bot) -> None:
    client = bot.slack.client()
    trigger = bot.slack.state.trigger(TOM.id)
    view = client.views_open(trigger_id=trigger, view=MODAL)["view"]
    values = {"words": {"words": {"type": "plain_text_input", "value": "Wrong page"}}}
    bot.send(payloads.view_submission(bot.slack, TOM.id, view, values))
    sent = last(bot)["view"]
    assert (sent["state"]["values"], sent["private_metadata"]) == (values, "k1")
    assert bot.slack.view(TOM.id) is None


def test_a_modal_can_be_closed_unsent(bot: Bot) -> None:
    trigger = bot.slack.state.trigger(TOM.id)
    view = bot.slack.client().views_open(trigger_id=trigger, view=MODAL)["view"]
    bot.send(payloads.view_closed(bot.slack, TOM.id, view))
    assert names(bot) == ["closed"]
    assert bot.slack.view(TOM.id) is None
