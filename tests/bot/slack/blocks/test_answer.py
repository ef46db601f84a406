import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.answering import caveats, telling
from bot.answering.answers import Answer, Status
from bot.grounding import Support
from bot.slack.blocks import actions, limits
from bot.slack.blocks.answer import ELSEWHERE, NO_MODEL, More, messages, stream_text
from bot.slack.blocks.message import Message, Profile
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import (
    ATTACKS,
    FIRST,
    KEY,
    SECOND,
    answer,
    answers,
    sentence,
)
from tests.builders import NOW

EVERY = More(214, True, True, True, True, True, True, True)
REFUSED = answer(status=Status.REFUSED, opening="I take no orders.")
NEAREST = answer(
    status=Status.NOT_IN_DOCUMENTS, opening="They do not say.", nearest=(FIRST, SECOND)
)


def shown(
    given: Answer, profile: Profile = Profile.PLAIN, more: More | None = None
) -> list[Message]:
    found = messages(given, key=KEY, profile=profile, more=more)
    for one in found:
        checking.check_message(one, profile)
    return found


def lines(given: Answer, more: More | None = None) -> list[str]:
    """The words of each block, of one message."""
    (found,) = shown(given, more=more)
    return [one["text"] for block in found.blocks for one in checking.texts(block)]


@pytest.mark.parametrize("profile", Profile)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers())
def test_whatever_is_written_slack_takes_it_and_nothing_is_lost(
    profile: Profile, given_answer: Answer
) -> None:
    found = shown(given_answer, profile, EVERY)
    read = checking.read(found, profile)
    at = 0
    for words in _to_be_read(given_answer):
        at = read.find(checking.bare(words), at)
        assert at >= 0, words
    if profile is not Profile.TEXT:
        held = [one for one in found if _rows(one)]
        assert held == ([] if given_answer.status is Status.REFUSED else found[-1:])


def _to_be_read(given_answer: Answer) -> list[str]:
    """In their order: what was found, each sentence with its marks, each source, each note."""
    if given_answer.status is Status.REFUSED:
        return [given_answer.opening]
    marks = telling.Marks()
    told = [telling.said(one, marks.of(one)) for one in given_answer.sentences]
    cited = telling.sources(given_answer)
    sources = [f"[{n}]{telling.source(one)}" for n, one in enumerate(cited, start=1)]
    near = [f"“{one.quote}”{telling.source(one)}" for one in given_answer.nearest]
    return [given_answer.opening, *told, *sources, *near, *given_answer.caveats]


def _rows(one: Message) -> list[dict[str, Any]]:
    return [block for block in one.blocks if block["type"] in ("actions", "context_actions")]


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_only_words_wherever_it_stands(attack: str, profile: Profile) -> None:
    cited = replace(FIRST, title=attack, quote=attack)
    hit = sentence(attack, cited, verbatim=False)
    given_answer = answer(hit, opening=attack, caveats=(attack,), nearest=(cited,))
    assert checking.read(shown(given_answer, profile), profile).count(checking.bare(attack)) >= 5


def test_an_answer_reads_from_the_finding_to_its_sources() -> None:
    own = sentence("Files wait for weeks.", SECOND, FIRST, verbatim=False, support=Support.TO_CHECK)
    assert lines(answer(sentence("Files wait.", FIRST), own, caveats=("It is old.",))) == [
        "*This is what the documents say.*",
        "“Files wait.” [1]",
        "Files wait for weeks. [2] [1] (to check)",
        "*Sources*",
        "[1] PEEL 2031, 4 March 2031, page 4",
        "Show the passage",
        "[2] The letter, undated, page 1",
        "Show the passage",
        "It is old.",
        "Helpful",
        "Not helpful…",
    ]


def test_what_was_withheld_is_counted_and_not_told() -> None:
    invented = sentence("They approved it.", FIRST, support=Support.WITHHELD)
    one = lines(answer(sentence("One.", FIRST), withheld=(invented,)))
    two = lines(answer(sentence("One.", FIRST), withheld=(invented, invented)))
    assert "1 sentence was withheld: not borne out by what it cites." in one
    assert "2 sentences were withheld: not borne out by what they cite." in two
    assert "approved" not in " ".join(one + two)


def test_what_comes_nearest_is_named_so_and_is_no_source() -> None:
    assert lines(NEAREST) == [
        "They do not say.",
        "*Nearest, not an answer*",
        "“Files wait.”\nPEEL 2031, 4 March 2031, page 4",
        "Show the passage",
        "“Files wait.”\nThe letter, undated, page 1",
        "Show the passage",
        "Helpful",
        "Not helpful…",
    ]


def test_when_nothing_is_near_there_is_no_source_at_all() -> None:
    none = answer(status=Status.NOT_IN_DOCUMENTS, opening="They do not say.")
    assert lines(none) == ["They do not say.", "Helpful", "Not helpful…"]


@pytest.mark.parametrize("profile", Profile)
def test_a_refusal_is_just_the_words(profile: Profile) -> None:
    (found,) = shown(REFUSED, profile, EVERY)
    assert found.text == "I take no orders."
    assert len(found.blocks) == (0 if profile is Profile.TEXT else 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (More(documents_searched=1), "Searched 1 document."),
        (More(documents_searched=1214), "Searched 1,214 documents."),
        (More(say_no_model=True), NO_MODEL),
        (More(elsewhere=True), ELSEWHERE),
        (More(edited=True), "This answers the question as it was edited."),
        (More(sent_again=True), "Sent again: Slack did not say whether the first had arrived."),
    ],
)
def test_what_is_to_be_known_is_said_when_it_is_so_and_only_then(more: More, said: str) -> None:
    given_answer = answer(sentence("One.", FIRST))
    assert said in lines(given_answer, more)
    assert said not in lines(given_answer)


def test_that_no_model_is_set_up_is_said_once_in_a_thread() -> None:
    quoting = caveats.about((), {}, NOW, quoting=True)
    assert quoting == (NO_MODEL,)
    given_answer = answer(sentence("One.", FIRST), caveats=quoting)
    assert NO_MODEL not in lines(given_answer)
    assert lines(given_answer, More(say_no_model=True)).count(NO_MODEL) == 1


@pytest.mark.parametrize(
    ("more", "offered"),
    [
        (More(), {"helpful", "not_helpful"}),
        (More(draftable=True), {"helpful", "not_helpful", "draft_paragraph"}),
        (More(person_available=True), {"helpful", "not_helpful", "ask_person"}),
        (More(private=True), {"helpful", "not_helpful", "share"}),
    ],
)
def test_what_can_be_done_is_offered_and_nothing_else(more: More, offered: set[str]) -> None:
    found = checking.buttons(shown(answer(sentence("One.", FIRST)), more=more))
    assert found.pop("show_passage:1") == f"{KEY}|1"
    assert found == dict.fromkeys(offered, KEY)


def test_nothing_can_be_drafted_from_no_sentence() -> None:
    assert "draft_paragraph" not in checking.buttons(shown(NEAREST, more=EVERY))


def test_real_slack_gets_its_own_feedback_buttons() -> None:
    (found,) = shown(answer(sentence("One.", FIRST)), Profile.RICH, EVERY)
    pair = _rows(found)[0]["elements"][0]
    assert pair["action_id"] == "feedback"
    assert pair["positive_button"]["value"] == f"helpful|{KEY}"
    assert pair["negative_button"]["value"] == f"not_helpful|{KEY}"
    assert "helpful" not in checking.buttons([found])


def test_each_button_opens_the_page_that_its_line_names() -> None:
    third = replace(FIRST, document="c" * 64, title="The plan")
    given_answer = answer(sentence("One.", SECOND, FIRST), nearest=(third,))
    found = checking.buttons(shown(given_answer))
    opened = [actions.passage(found[f"show_passage:{n}"]) for n in (1, 2, 3)]
    assert opened == [(KEY, 1), (KEY, 2), (KEY, 3)]
    assert telling.numbered(given_answer) == (SECOND, FIRST, third)


def test_a_long_answer_goes_on_in_further_messages_with_the_buttons_on_the_last() -> None:
    several = [replace(FIRST, span=replace(FIRST.span, page=page)) for page in range(1, 81)]
    given_answer = answer(*(sentence(f"Sentence {one.page}.", one) for one in several))
    found = shown(given_answer, more=EVERY)
    assert len(found) > 3
    assert all(one.text.startswith("(continued)\n\n") for one in found[1:])
    assert not any(one.text.startswith("(continued)") for one in found[:1])
    assert "helpful" not in checking.buttons(found[:-1])
    assert "helpful" in checking.buttons(found[-1:])
    assert {f"show_passage:{n}" for n in range(1, 81)} <= checking.buttons(found).keys()


def test_a_message_is_as_full_as_it_may_be_and_no_fuller() -> None:
    long = [sentence("word " * 580, FIRST) for _ in range(9)]
    found = shown(answer(*long))
    sizes = [limits.words(one.blocks) for one in found]
    assert all(8000 < size <= limits.MESSAGE_WORDS for size in sizes[:-1])
    assert all(one.text.endswith("…") for one in found[:-1])


def test_without_blocks_the_text_says_everything() -> None:
    (found,) = shown(answer(sentence("One & two.", FIRST), caveats=("Old.",)), Profile.TEXT)
    assert found.text == (
        "This is what the documents say.\n\n“One &amp; two.” [1]\n\n"
        "Sources\n[1] PEEL 2031, 4 March 2031, page 4\n\nOld."
    )


def test_an_answer_without_a_word_still_says_something() -> None:
    for profile in Profile:
        (found,) = shown(answer(opening="\u200b "), profile)
        assert found.text == "There are no words to show."


def test_a_streamed_sentence_is_quoted_and_marked_in_standard_markdown() -> None:
    whole = sentence("Files [wait](https://evil.example) *now*.", FIRST, support=Support.TO_CHECK)
    assert stream_text(whole, (1, 12)) == (
        "“Files ［wait］(https∶//evil․example) ∗now∗.” [1] [12] (to check)\n\n"
    )
    own = replace(whole, text="# No heading", verbatim=False, support=Support.CLEAR)
    assert stream_text(own, (1,)) == "＃ No heading [1]\n\n"


@pytest.mark.parametrize("profile", Profile)
def test_no_mark_points_at_nothing(profile: Profile) -> None:
    given_answer = answer(sentence("One.", FIRST), sentence("Two.", SECOND, FIRST))
    said = shown(given_answer, profile)[0].text
    assert set(re.findall(r"\[\d+\]", said.split("Sources")[0])) == set(
        re.findall(r"(?m)^\[\d+\]", said.split("Sources")[1])
    )
