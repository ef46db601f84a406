"""A scaffold quotes and leaves gaps; it says nothing of its own."""

from datetime import date

from bot.responding.drafting.scaffold import scaffold
from bot.responding.drafting.style import Style
from bot.responding.drafting.telling import text
from bot.responding.evidence import Pack, Sort
from bot.store.wordings import Voice, Writer
from tests.bot.responding.packs import LIMBS, item, pack, piece

PROMISE = piece(
    Sort.PROMISE, "I will count the interviews of every child who goes missing.",
    title="Response to PEEL 2029", published=date(2029, 5, 1), limb=1,
)  # fmt: skip


def told(made: Pack, voice: Voice) -> list[str]:
    return [one.text for one in scaffold(item(), made).sentences if one.voice is voice]


def test_what_was_found_and_asked_is_quoted() -> None:
    lines = told(pack(), Voice.INSPECTORATE)
    assert lines[0] == "“Of 140 assessments a supervisor had reviewed 52.”"
    assert lines[2:] == [f"“{limb}”" for limb in LIMBS]


def test_the_chief_officer_is_quoted_or_awaited() -> None:
    assert told(pack(), Voice.CHIEF_OFFICER) == ["[awaiting the Chief Constable]"]
    said = pack(piece(Sort.COMMENT, "We have begun."), awaited=False)
    assert told(said, Voice.CHIEF_OFFICER) == ["“We have begun.”"]
    assert told(pack(awaited=False), Voice.CHIEF_OFFICER) == []


def test_the_record_is_quoted_with_its_source_and_date() -> None:
    lines = told(pack(PROMISE), Voice.COMMISSIONER)
    assert lines[0] == f"Response to PEEL 2029, 1 May 2029: “{PROMISE.words}”"


def test_each_limb_without_an_answer_has_a_gap() -> None:
    made = scaffold(item(), pack(PROMISE))
    gaps = [(one.limbs, one.text) for one in made.sentences if one.gap and one.limbs]
    assert gaps == [
        ((1,), "On (a): [say what will be done, by whom, by when]"),
        ((2,), "On (b): [say what will be done, by whom, by when]"),
    ]


def test_a_limb_answered_since_the_report_has_no_gap() -> None:
    since = piece(Sort.PROMISE, PROMISE.words, published=date(2031, 3, 20), limb=1)
    made = scaffold(item(), pack(since))
    assert [one.limbs for one in made.sentences if one.gap and one.limbs] == [(2,)]


def test_an_item_without_limbs_is_one_limb() -> None:
    made = scaffold(item(limbs=(), text="The force should answer calls."), pack())
    assert [one.limbs for one in made.sentences if one.gap and one.limbs] == [(1,)]


def test_what_may_not_be_published_is_not_quoted() -> None:
    shut = piece(Sort.PROMISE, PROMISE.words, limb=1, closed="it is in the collection office")
    assert PROMISE.words not in text(scaffold(item(), pack(shut)), item())


def test_nobody_has_decided_and_no_model_has_written() -> None:
    made = scaffold(item(), pack())
    assert (made.choice, made.writer, made.model) == (None, Writer.SCAFFOLD, "")
    assert "Decision: [choose" in made.sentences[-1].text


def test_a_style_names_the_voices() -> None:
    style = Style(own_label="PCC response", chief_label="WMP response", awaiting="[to come]")
    shown = text(scaffold(item(), pack(), style), item(), style)
    assert "WMP response\n[to come]" in shown
    assert "\nPCC response\n" in shown


def test_every_sentence_but_a_gap_is_somebodys_words() -> None:
    for one in scaffold(item(), pack(PROMISE)).sentences:
        assert one.gap or (one.cited and one.cited[0].quote in one.text)
