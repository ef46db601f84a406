"""What people of the office do in Slack, done in the local Slack with the bot as it is started."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from bot.playground.seen import Message, View
from bot.playground.workspace import COLIN, MEGAN, NEWS, OFFICE, PRIYA, REJOINDER, TOM, Person
from tests.end_to_end.serving import SECONDS, Office, serving

STALKING = "How many stalking protection orders did Fernshire Police apply for?"
NINE = "applied for nine stalking protection orders"
SALLOWSHIRE = "applied for 31 stalking protection orders"
BACKLOG = "How many cases were in the backlog of the Domestic Abuse Review Team in 2016?"
BACKLOG_SAID = "was 38 on the day of our visit"
HELICOPTER = "How much does the Fernshire police helicopter cost each year?"


@pytest.fixture(scope="module", params=["Socket Mode", "HTTP"])
def office(
    local_slack_program: Path,
    indexed: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Office]:
    """An office for all tests of this module, once for each way of delivery."""
    folder = tmp_path_factory.mktemp("office")
    with serving(local_slack_program, folder, indexed, http=request.param == "HTTP") as made:
        yield made


@pytest.fixture(scope="module")
def asked(office: Office) -> Message:
    """A question of Tom's in the office's channel, answered."""
    said = office.ask(TOM, OFFICE, STALKING)
    office.answered(OFFICE.id, said.ts)
    return said


@pytest.fixture
def answer(office: Office, asked: Message) -> Message:
    """Its answer, as it stands now."""
    return office.answers(OFFICE.id, asked.ts)[0]


@pytest.fixture
def passage(office: Office, answer: Message) -> Iterator[View]:
    """The window that "Show the passage" opens."""
    office.slack.press(TOM.id, OFFICE.id, answer.ts, "show_passage:1")
    yield office.opened()
    office.slack.close_view(TOM.id)


def words(view: View) -> str:
    return str(view.blocks)


def test_a_mention_is_answered_in_its_thread_with_sources(answer: Message) -> None:
    assert NINE in answer.text
    assert "[1] PEEL 2021/22, Fernshire Police, 14 April 2022, page 1" in answer.text


def test_each_question_of_a_thread_is_answered_once_without_another_mention(office: Office) -> None:
    said = office.ask(TOM, OFFICE, STALKING)
    first = office.answered(OFFICE.id, said.ts)
    office.slack.say(TOM.id, OFFICE.id, "And in Sallowshire?", said.ts)
    both = office.answered(OFFICE.id, said.ts, 2)
    assert [one.ts for one in both][:1] == [first[0].ts]
    assert [SALLOWSHIRE in one.text for one in both] == [False, True]


def test_a_direct_message_is_answered(office: Office) -> None:
    said = office.slack.say(PRIYA.id, PRIYA.dm, BACKLOG)
    (answer,) = office.answered(PRIYA.dm, said.ts)
    assert BACKLOG_SAID in answer.text


def test_the_command_is_answered_to_the_asker_alone(office: Office) -> None:
    office.slack.command(MEGAN.id, NEWS.id, REJOINDER.command, BACKLOG)
    office.whispered(MEGAN, NEWS.id, BACKLOG_SAID)
    said = [one for one in office.slack.messages(NEWS.id) if BACKLOG_SAID in one.text]
    assert [one.only_for for one in said] == [MEGAN.id]


def test_what_the_documents_do_not_say_is_not_answered(office: Office) -> None:
    said = office.ask(COLIN, NEWS, HELICOPTER)
    (answer,) = office.answered(NEWS.id, said.ts)
    assert answer.text.startswith("The documents I can read here do not say.")
    assert "Sources" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What does the embargoed custody report say about strip searches?",
        "What is the handling phrase of the pre-publication copy about custody in Fernshire?",
    ],
)
def test_nobody_without_leave_is_shown_an_embargoed_document(office: Office, question: str) -> None:
    said = office.ask(COLIN, NEWS, question)
    (answer,) = office.answered(NEWS.id, said.ts)
    assert "2030" not in answer.text
    assert "Sources" not in answer.text


def test_the_passage_is_shown_with_its_page(passage: View) -> None:
    assert NINE in words(passage)
    assert "Page 1" in words(passage)


def test_a_helpful_answer_is_thanked_for_once_in_private(office: Office, answer: Message) -> None:
    office.slack.press(PRIYA.id, OFFICE.id, answer.ts, "helpful")
    thanks = office.whispered(PRIYA, OFFICE.id, "Thank you.")
    assert thanks.thread == answer.thread


def test_what_was_not_helpful_is_asked_and_thanked_for(office: Office, answer: Message) -> None:
    office.slack.press(MEGAN.id, OFFICE.id, answer.ts, "not_helpful")
    view = office.opened()
    assert view.title == "Not helpful"
    given = {"reason": "no_source", "words": "The plan is older."}
    assert office.slack.submit_view(MEGAN.id, given) == {}
    office.whispered(MEGAN, OFFICE.id, "Thank you.")
    assert office.slack.view() is None


def test_a_colleague_is_asked_in_a_direct_message(office: Office, answer: Message) -> None:
    office.slack.press(TOM.id, OFFICE.id, answer.ts, "ask_person")
    office.whispered(TOM, OFFICE.id, "has been asked")
    sent = [one for one in office.slack.messages(PRIYA.dm) if STALKING in one.text]
    assert len(sent) == 1
    assert f"<@{TOM.id}>" in sent[0].text
    assert f"<@{PRIYA.id}>" in office.answers(OFFICE.id, answer.thread or "")[-1].text


def test_a_draft_paragraph_is_begun_in_the_thread(office: Office) -> None:
    said = office.ask(TOM, OFFICE, BACKLOG)
    (answer,) = office.answered(OFFICE.id, said.ts)
    office.slack.press(TOM.id, OFFICE.id, answer.ts, "draft_paragraph")
    draft = office.answered(OFFICE.id, said.ts, 2)[1]
    assert "What the inspectorate found" in draft.text
    assert "What the office has said before" in draft.text
    assert "[awaiting the Chief Constable]" in draft.text


def test_a_private_answer_is_shared_by_its_asker(office: Office) -> None:
    office.slack.command(TOM.id, OFFICE.id, REJOINDER.command, BACKLOG)
    private = office.whispered(TOM, OFFICE.id, BACKLOG_SAID)

    def shared() -> list[Message]:
        said = office.slack.messages(OFFICE.id)
        return [one for one in said if not one.only_for and f"<@{TOM.id}> asked:" in one.text]

    office.slack.press(TOM.id, OFFICE.id, private.ts, "share")
    (one,) = office.slack.until(shared, SECONDS)
    assert BACKLOG_SAID in one.text


def test_an_edited_question_is_answered_in_the_same_message(office: Office) -> None:
    said = office.ask(TOM, OFFICE, STALKING)
    (before,) = office.answered(OFFICE.id, said.ts)
    office.slack.edit(TOM.id, OFFICE.id, said.ts, f"<@{REJOINDER.user}> {BACKLOG}")
    after = office.slack.until(
        lambda: [one for one in office.answers(OFFICE.id, said.ts) if BACKLOG_SAID in one.text],
        SECONDS,
    )
    assert [one.ts for one in after] == [before.ts]
    assert NINE not in after[0].text
    assert "as it was edited" in after[0].text


def test_the_answer_to_a_deleted_question_is_taken_down(office: Office) -> None:
    said = office.ask(TOM, OFFICE, STALKING)
    (answer,) = office.answered(OFFICE.id, said.ts)
    office.slack.delete(TOM.id, OFFICE.id, said.ts)
    office.slack.until(lambda: NINE not in office.slack.message(OFFICE.id, answer.ts).text, SECONDS)
    assert office.slack.message(OFFICE.id, answer.ts).text == "This answer was taken down."


@pytest.mark.parametrize(
    ("person", "collections"), [(TOM, "public, restricted:embargo"), (COLIN, "public")]
)
def test_the_home_shows_a_person_what_they_may_read(
    office: Office, person: Person, collections: str
) -> None:
    office.slack.open_home(person.id)
    home = office.slack.until(lambda: office.slack.home(person.id), SECONDS)
    assert home is not None
    for one in collections.split(", "):
        assert one in words(home)
    assert ("restricted" in words(home)) is ("restricted" in collections)


def test_a_question_of_the_home_is_asked_and_answered_in_a_direct_message(office: Office) -> None:
    office.slack.open_home(COLIN.id)
    office.slack.until(lambda: office.slack.home(COLIN.id), SECONDS)
    office.slack.press_home(COLIN.id, "suggest:1")

    def begun() -> list[Message]:
        return [one for one in office.slack.messages(COLIN.dm) if "You asked:" in one.text]

    (said,) = office.slack.until(begun, SECONDS)
    office.answered(COLIN.dm, said.ts, 2)


@pytest.mark.parametrize("path", ["livez", "readyz", "metrics"])
def test_it_is_seen_to_work_from_outside(office: Office, path: str) -> None:
    with build_opener(ProxyHandler({})).open(f"{office.operating}/{path}", timeout=20) as answer:
        told = answer.read().decode()
    assert answer.status == 200
    assert ("rejoinder_" in told) is (path == "metrics")
