from dataclasses import replace

from bot.answering.evidence import Line
from bot.answering.extractive import MOST, ExtractiveWriter, picked
from bot.answering.writing import Evidence
from retrieval.documents import Sentence
from tests.bot.answering.lines import line


def evidence(*lines: Line, label: str = "") -> Evidence:
    return Evidence(label, lines, tuple(one.found for one in lines))


def written(*parts: Evidence) -> list[str]:
    return [draft.text for draft in ExtractiveWriter().write("What waits?", parts)]


def test_it_writes_the_documents_own_sentences() -> None:
    one = line("Files wait for a week.")
    (draft,) = ExtractiveWriter().write("What waits?", [evidence(one)])
    assert (draft.text, draft.lines, draft.verbatim) == (one.sentence.text, (one,), True)


def test_no_evidence_gives_no_sentence() -> None:
    assert written(evidence()) == []
    assert written() == []


def test_other_pages_come_before_a_second_line_of_the_same_page() -> None:
    lines = (
        line("Files wait for a week.", page=1),
        line("Files wait in a pile.", page=1, score=0.9),
        line("Cells were full in May.", page=2, score=0.8),
    )
    assert written(evidence(*lines)) == [
        "Files wait for a week.",
        "Cells were full in May.",
        "Files wait in a pile.",
    ]


def test_a_line_far_behind_the_first_is_left_out() -> None:
    assert written(evidence(line("Files wait.", score=1.5), line("Cells.", page=2, score=0.2))) == [
        "Files wait."
    ]


def test_the_same_words_are_shown_once() -> None:
    assert written(evidence(line("Files wait."), line("FILES WAIT.", "b", page=9))) == [
        "Files wait."
    ]


def test_one_part_gives_a_few_sentences_and_each_of_several_fewer() -> None:
    many = [line(f"File {n} waits.", page=n) for n in range(1, 9)]
    assert len(picked(many, MOST)) == len(written(evidence(*many))) == MOST
    both = written(evidence(*many, label="Fernshire"), evidence(*many, label="Oxmere"))
    assert len(both) < 2 * MOST


def test_a_line_that_leads_in_to_bullets_brings_them_along() -> None:
    lead = line("The force should make sure that:")
    sentences = (
        *lead.found.held.passage.sentences,
        *line("officers record why; and").found.held.passage.sentences,
        *line("a supervisor reviews it.").found.held.passage.sentences,
    )
    whole = replaced(lead, sentences)
    assert written(evidence(whole)) == [
        "The force should make sure that:",
        "officers record why; and",
        "a supervisor reviews it.",
    ]


def replaced(one: Line, sentences: tuple[Sentence, ...]) -> Line:
    held = one.found.held
    passage = replace(held.passage, sentences=sentences)
    return replace(one, found=replace(one.found, held=replace(held, passage=passage)))
