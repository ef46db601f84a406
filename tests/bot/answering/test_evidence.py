from datetime import date

import pytest

from bot.answering import evidence
from bot.answering.evidence import Line
from retrieval.search import Finding
from tests.bot.answering.lines import line
from tests.builders import Office, scope

REPORT = """
# Missing children
The force kept no list of missing children.
Return interviews took place within three days in 48 of 90 cases.
# Vehicles
New vehicles arrived in May.
"""


def lines(office: Office, question: str) -> list[Line]:
    return evidence.lines(office.search(), found(office, question))


def found(office: Office, question: str) -> Finding:
    office.write("report.md", REPORT, published=date(2031, 3, 4))
    office.index()
    (finding,) = office.search().find(question, scope())
    return finding


def test_the_most_telling_sentence_comes_first(office: Office) -> None:
    ordered = lines(office, "How many return interviews took place within three days?")
    assert ordered[0].sentence.text.startswith("Return interviews")
    assert ordered[0].meets == 1.0


def test_every_sentence_of_what_was_found_is_there_once(office: Office) -> None:
    ordered = lines(office, "How many return interviews took place?")
    texts = [one.sentence.text for one in ordered]
    assert len(texts) == len(set(texts))
    assert {"The force kept no list of missing children.", "New vehicles arrived in May."} <= set(
        texts
    )


def test_the_first_few_are_weighed_by_themselves(office: Office) -> None:
    finding = found(office, "How many return interviews took place?")
    weighed = evidence.lines(office.search(), finding, alone=2)
    assert sum(one.alone != 0 for one in weighed) <= 2
    assert weighed[0].alone > 0


def test_words_beside_a_sentence_and_above_it_count_less(office: Office) -> None:
    ordered = lines(office, "missing children")
    covered = {one.sentence.text: one.covered for one in ordered}
    own = covered["The force kept no list of missing children."]
    beside = covered["Return interviews took place within three days in 48 of 90 cases."]
    assert own > beside > covered["New vehicles arrived in May."] == 0


def test_one_line_stands_for_each_page() -> None:
    first, second, other = (
        line("Files wait.", page=4),
        line("Files wait long.", page=4),
        line("Cells are full.", page=5),
    )
    assert evidence.one_a_page([first, second, other]) == [first, other]


def test_a_line_knows_its_sentence_and_where_it_stands() -> None:
    one = line("Files wait.", "b", page=7)
    assert (one.sentence.text, one.where) == ("Files wait.", ("b" * 64, 7))


@pytest.mark.parametrize(
    ("years", "off"), [((), False), ((2031,), False), ((2027,), True), ((2027, 2031), False)]
)
def test_a_line_is_off_year_when_neither_it_nor_its_document_is_of_the_years(
    years: tuple[int, ...], off: bool
) -> None:
    assert evidence.is_off_year(years, line("Files wait.", published=date(2031, 1, 2))) is off


def test_a_line_that_names_the_year_is_of_the_year() -> None:
    assert not evidence.is_off_year((2027,), line("In 2027 files waited."))
