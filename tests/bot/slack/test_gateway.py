"""What is said in Slack is said once, kept current, and said more plainly where Slack wants it."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.jobs import TryAgain
from bot.slack.blocks.message import Profile
from bot.slack.calling import BlocksRefused, Refused, Unsure
from bot.slack.gateway import Spot
from bot.store.deliveries import Deliveries
from tests.bot.slack.posting import KEY, Post, saying
from tests.builders import Office
from tests.fakes.slack import serving_slack
from tests.fakes.slack_faults import Dropped, Fault, Says, Slow, Status
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import BOT_USER, CLOSED, OFFICE, TEAM, TOM, UNJOINED, office

POST, EDIT = "chat.postMessage", "chat.update"
BAD = Says("invalid_blocks")


@pytest.fixture
def post(office: Office) -> Iterator[Post]:
    clock = Clock()
    with serving_slack(clock=clock) as slack:
        yield Post(slack, clock, Deliveries(office.engine))


@pytest.mark.parametrize("fault", [Dropped(after=True), Slow(1.5)], ids=str)
@pytest.mark.parametrize("threaded", [True, False])
def test_a_message_that_slack_took_without_saying_so_is_found_and_not_posted_again(
    post: Post, fault: Fault, threaded: bool
) -> None:
    spot = post.spot if threaded else Spot(OFFICE.id)
    post.slack.fail(POST, fault)
    with pytest.raises(Unsure):
        post.put("first", spot=spot)
    if isinstance(fault, Slow):
        post_slow(post)
    post.put("second", spot=spot)
    assert post.texts() == ["second"]
    assert post.gateway().posted(KEY) == post.said()[0]["ts"]


def test_a_post_that_slack_carries_out_after_the_second_is_taken_away(post: Post) -> None:
    post.slack.fail(POST, Slow(1.5))
    with pytest.raises(Unsure):
        post.put("first")
    post.put("second")  # the first is not there yet
    while len(post.slack.calls(POST)) < 2:
        post.slack.closing.wait(0.01)
    assert sorted(post.texts()) == ["first", "second"]
    assert post.gateway().was_unsure(KEY)
    post.gateway().tidy(KEY)
    assert post.texts() == ["second"]


def test_what_was_posted_at_once_has_nothing_to_tidy(post: Post) -> None:
    post.put("first")
    assert not post.gateway().was_unsure(KEY)
    post.gateway().tidy(KEY)
    assert post.texts() == ["first"]


def post_slow(post: Post) -> None:
    """Wait until the slow post has been done, as its entry in the journal says."""
    while not post.slack.calls(POST):
        post.slack.closing.wait(0.01)


@pytest.mark.parametrize("fault", [Dropped(), Status(503), Says("internal_error")], ids=str)
def test_a_message_that_slack_did_not_take_is_posted(post: Post, fault: Fault) -> None:
    post.slack.fail(POST, fault)
    with pytest.raises(Unsure):
        post.put("first")
    post.put("second")
    assert post.texts() == ["second"]


def test_the_mark_is_found_among_many_pages(post: Post) -> None:
    post.slack.fail(POST, Dropped(after=True))
    with pytest.raises(Unsure):
        post.put("first")
    for number in range(450):
        post.slack.say(TOM.id, OFFICE.id, f"reply {number}", post.root)
    post.put("second")
    assert post.texts() == ["second"]
    assert len(post.slack.calls("conversations.replies")) == 3


def test_the_mark_of_one_answer_is_not_taken_for_that_of_another(post: Post) -> None:
    post.put("other", key="q:C0OFFICE:2.0")
    post.slack.fail(POST, Dropped())
    with pytest.raises(Unsure):
        post.put("mine")
    post.put("mine")
    assert post.texts() == ["other", "mine"]


def test_what_is_known_to_be_there_is_edited(post: Post) -> None:
    for text in ("first", "second", "third"):
        post.put(text)
    assert post.texts() == ["third"]
    assert len(post.slack.calls(POST)) == 1
    assert not post.slack.calls("conversations.replies")


@pytest.mark.parametrize(
    ("profile", "faults", "shapes"),
    [
        (Profile.RICH, [], [2]),
        (Profile.RICH, [BAD], [1]),
        (Profile.RICH, [BAD, Says("msg_blocks_too_long")], [0]),
        (Profile.PLAIN, [], [1]),
        (Profile.PLAIN, [BAD], [0]),
    ],
    ids=str,
)
def test_refused_blocks_are_shown_more_plainly(
    post: Post, profile: Profile, faults: list[Fault], shapes: list[int]
) -> None:
    post.slack.fail(POST, *faults)
    post.gateway(profile).put(saying("said"), key=KEY, spot=post.spot)
    assert post.shapes() == shapes
    assert post.texts() == ["said"]


def test_an_edit_falls_back_too_and_clears_the_old_blocks(post: Post) -> None:
    post.put("first")
    post.slack.fail(EDIT, BAD, BAD)
    post.put("second")
    assert (post.texts(), post.shapes()) == (["second"], [0])


def test_words_that_slack_takes_in_no_form_are_refused(post: Post) -> None:
    post.slack.fail(POST, BAD, BAD, BAD)
    with pytest.raises(BlocksRefused):
        post.put("said")


def test_a_long_answer_grows_to_several_messages_and_shrinks_again(post: Post) -> None:
    post.put("one")
    post.put("one", "two", "three")
    assert post.texts() == ["one", "two", "three"]
    post.put("only")
    assert post.texts() == ["only"]
    post.put("one", "two")
    assert post.texts() == ["one", "two"]


def test_a_part_that_somebody_deleted_is_no_obstacle(post: Post) -> None:
    post.put("one", "two")
    post.slack.remove(OFFICE.id, post.said()[1]["ts"])
    post.put("only")
    assert post.texts() == ["only"]


def test_a_message_that_somebody_deleted_is_posted_anew(post: Post) -> None:
    post.put("first")
    gone = post.said()[0]["ts"]
    post.slack.remove(OFFICE.id, gone)
    post.put("second")
    assert post.texts() == ["second"]
    assert post.gateway().posted(KEY) == post.said()[0]["ts"] != gone


def test_every_post_and_edit_carries_its_mark_and_unfurls_nothing(post: Post) -> None:
    post.put("one", "two")
    post.put("one, edited", "two, edited")
    marks = [f"{KEY}#0", f"{KEY}#1"]
    for method in (POST, EDIT):
        calls = [call.arguments for call in post.slack.calls(method)]
        assert [one["metadata"]["event_payload"]["mark"] for one in calls] == marks
        assert [one["blocks"][0]["block_id"] for one in calls] == marks
    for call in post.slack.calls(POST):
        assert call.arguments["unfurl_links"] is False
        assert call.arguments["unfurl_media"] is False


def test_a_message_goes_where_it_is_wanted_next(post: Post) -> None:
    post.put("here")
    post.put("there", spot=Spot(OFFICE.id))
    assert post.texts() == ["here", "there"]
    assert "thread_ts" not in post.said()[1]


@pytest.mark.parametrize("room", [CLOSED.id, UNJOINED.id, "C0NONE"])
def test_a_channel_that_takes_nothing_refuses(post: Post, room: str) -> None:
    with pytest.raises(Refused):
        post.put("said", spot=Spot(room))


def test_a_stream_becomes_the_answer(post: Post) -> None:
    gateway = post.gateway()
    ts = gateway.stream(KEY, post.spot, team=TEAM, person=TOM.id)
    gateway.calls.call("chat.stopStream", channel=OFFICE.id, ts=ts)
    post.put("whole")
    assert [(one["ts"], one["text"]) for one in post.said()] == [(ts, "whole")]


def test_a_stream_that_nobody_ended_is_ended_before_the_answer_is_shown(post: Post) -> None:
    ts = post.gateway().stream(KEY, post.spot, team=TEAM, person=TOM.id)
    with pytest.raises(TryAgain, match="streaming_state_conflict"):
        post.put("whole")
    post.put("whole")
    assert [(one["ts"], one["text"]) for one in post.said()] == [(ts, "whole")]
    assert "streaming_state" not in post.said()[0]


def test_a_stream_that_was_begun_without_our_hearing_of_it_is_taken_on(post: Post) -> None:
    post.slack.fail("chat.startStream", Dropped(after=True))
    with pytest.raises(Unsure):
        post.gateway().stream(KEY, post.spot, team=TEAM, person=TOM.id)
    post.clock.forward(5 * 60)
    post.put("whole")
    assert post.texts() == ["whole"]


def test_a_stream_that_slack_begins_after_the_answer_is_taken_away(post: Post) -> None:
    post.slack.fail("chat.startStream", Slow(1.5))
    with pytest.raises(Unsure):
        post.gateway().stream(KEY, post.spot, team=TEAM, person=TOM.id)
    post.put("whole")  # the stream is not there yet
    while len(post.said()) < 2:
        post.slack.closing.wait(0.01)
    post.gateway().tidy(KEY)
    assert post.texts() == ["whole"]


def test_what_slack_says_in_our_name_in_a_channel_is_not_taken_on(post: Post) -> None:
    joined = post.slack.say(BOT_USER, OFFICE.id, "has joined the channel", subtype="channel_join")
    post.slack.fail(POST, Dropped())
    with pytest.raises(Unsure):
        post.put("said", spot=Spot(OFFICE.id))
    post.put("said", spot=Spot(OFFICE.id))
    assert post.texts() == [joined["text"], "said"]


def test_our_message_in_a_thread_that_cannot_be_edited_is_not_taken_on(post: Post) -> None:
    post.slack.say(BOT_USER, OFFICE.id, "somebody else's", post.root)
    post.slack.fail(POST, Dropped())
    with pytest.raises(Unsure):
        post.put("said")
    post.slack.fail(EDIT, Says("cant_update_message"))
    post.put("said")
    assert post.texts() == ["somebody else's", "said"]


def test_words_for_one_person_come_by_the_commands_own_address(post: Post) -> None:
    address = post.slack.state.hook(TOM.id, OFFICE.id)
    whisper(post, "psst", reply_url=address)
    assert [one["text"] for one in post.slack.whispers(TOM.id)] == ["psst"]
    assert not post.slack.calls("chat.postEphemeral")
    assert post.texts() == []


@pytest.mark.parametrize("spent", [True, False])
def test_without_an_address_that_works_they_come_as_an_ephemeral_message(
    post: Post, spent: bool
) -> None:
    address = post.slack.state.hook(TOM.id, OFFICE.id) if spent else ""
    post.clock.forward(31 * 60)
    whisper(post, "psst", reply_url=address)
    (call,) = post.slack.calls("chat.postEphemeral")
    assert (call.arguments["user"], call.outcome) == (TOM.id, "ok")
    assert [one["text"] for one in post.slack.whispers(TOM.id)] == ["psst"]


def test_refused_blocks_are_whispered_more_plainly(post: Post) -> None:
    post.slack.fail("chat.postEphemeral", BAD)
    whisper(post, "psst")
    (shown,) = post.slack.whispers(TOM.id)
    assert len(shown["blocks"]) == 1


@pytest.mark.parametrize("fault", [Status(500), Dropped(after=True)], ids=str)
def test_a_whisper_that_may_have_come_is_unsure(post: Post, fault: Fault) -> None:
    post.slack.fail("response_url", fault)
    with pytest.raises(Unsure):
        whisper(post, "psst", reply_url=post.slack.state.hook(TOM.id, OFFICE.id))


def whisper(post: Post, text: str, reply_url: str = "") -> None:
    spot = Spot(OFFICE.id)
    post.gateway().whisper(saying(text), person=TOM.id, spot=spot, reply_url=reply_url)


def test_a_direct_conversation_is_opened_with_a_person(post: Post) -> None:
    assert post.gateway().direct(TOM.id) == Spot(post.slack.state.im(TOM.id).id)


def test_a_message_has_an_address_and_one_that_is_gone_has_none(post: Post) -> None:
    post.put("said")
    ts = post.gateway().posted(KEY)
    assert post.gateway().link(Spot(OFFICE.id), ts).startswith("https://fernshire-opcc.slack.com/")
    assert post.gateway().link(Spot(OFFICE.id), "1.0") == ""


def test_our_messages_are_known_by_their_place(post: Post) -> None:
    post.put("said")
    assert post.gateway().shown_at(OFFICE.id, post.said()[0]["ts"]) == KEY
    assert post.gateway().shown_at(OFFICE.id, post.root) == ""


def test_a_plan_without_streams_refuses_them(office: Office) -> None:
    with serving_slack(workspace_without_streams(), clock=Clock()) as slack:
        post = Post(slack, Clock(), Deliveries(office.engine))
        with pytest.raises(Refused, match="unknown_method"):
            post.gateway().stream(KEY, post.spot, team=TEAM, person=TOM.id)
        post.put("whole")
        assert post.texts() == ["whole"]


def workspace_without_streams() -> Any:
    return office(streaming=False)
