import pytest

from bot.answering.expecting import Expectation, Expected, expected, meets

NUMBER, MONEY, SHARE = Expected.NUMBER, Expected.MONEY, Expected.SHARE
DATE, NAME, REASON = Expected.DATE, Expected.NAME, Expected.REASON
PROMISE, WHETHER, ANYTHING = Expected.PROMISE, Expected.YES_OR_NO, Expected.ANYTHING
ASKED_FOR, STATUS, DEFINITION = Expected.ASKED_FOR, Expected.STATUS, Expected.DEFINITION


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did we promise about missing children?", PROMISE),
        ("What was the commissioner committed to in 2030?", PROMISE),
        ("What did you say you would do about stalking?", PROMISE),
        ("How much money went to the new control room?", MONEY),
        ("How much did the shared control room cost?", MONEY),
        ("What sum did the office set aside for advisers?", MONEY),
        ("What percentage of calls were answered in ten seconds?", SHARE),
        ("By how much did the backlog fall?", SHARE),
        ("What was the vacancy rate in custody?", SHARE),
        ("How many officers had no vetting?", NUMBER),
        ("How long do callers wait?", NUMBER),
        ("What was the average wait for an appropriate adult?", NUMBER),
        ("When did the clinic open?", DATE),
        ("And when must the force report?", DATE),
        ("By what date must a plan be written?", DATE),
        ("What is the deadline for the written statement?", DATE),
        ("Who chairs the board?", NAME),
        ("Which agency leads on exploitation?", NAME),
        ("Why are assessments late?", REASON),
        ("And why is that?", REASON),
        ("What caused the backlog?", REASON),
        ("Is the cause of concern still open?", STATUS),
        ("Has the recommendation on vetting been closed?", STATUS),
        ("What is the status of recommendation 3?", STATUS),
        ("What is a cause of concern?", DEFINITION),
        ("What does DASH stand for?", DEFINITION),
        ("Define area for improvement", DEFINITION),
        ("What did inspectors recommend on custody?", ASKED_FOR),
        ("What should the force do about stalking?", ASKED_FOR),
        ("Is there a clinic for stalking?", WHETHER),
        ("In Fernshire, do supervisors review every case?", WHETHER),
        ("What did inspectors say about custody?", ANYTHING),
        ("Describe the arrangements for night cover.", ANYTHING),
    ],
)
def test_a_question_asks_for_one_kind_of_thing(question: str, kind: Expected) -> None:
    assert expected(question).kind is kind


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many officers were vetted?", ("offic", "vet")),
        ("How many more children were reported missing?", ("children", "report")),
        ("How often are files reviewed?", ("file", "review")),
        ("What proportion of calls were lost?", ("call", "lost")),
        ("How long do callers wait?", ()),
        ("Who counts the children?", ()),
    ],
)
def test_what_is_counted_is_the_unit(question: str, unit: tuple[str, ...]) -> None:
    assert expected(question).unit[:2] == unit


@pytest.mark.parametrize(
    ("kind", "sentence", "least", "most"),
    [
        (PROMISE, "I will publish the figures each quarter.", 1.0, 1.0),
        (PROMISE, "We have asked the chief constable for a plan.", 1.0, 1.0),
        (PROMISE, "The backlog grew in the autumn.", 0.0, 0.3),
        (MONEY, "The scheme cost £1.1m over two years.", 1.0, 1.0),
        (MONEY, "The scheme cost 3 million in all.", 1.0, 1.0),
        (MONEY, "The scheme was costly.", 0.0, 0.0),
        (SHARE, "Some 61% were complete.", 1.0, 1.0),
        (SHARE, "Some 61 percent were complete.", 0.7, 1.0),
        (SHARE, "A third of files had a review.", 0.7, 1.0),
        (SHARE, "Most files had a review.", 0.0, 0.0),
        (DATE, "The report is due on 12 May 2031.", 1.0, 1.0),
        (DATE, "The plan should be ready within six months.", 0.5, 0.5),
        (DATE, "The plan should be ready.", 0.0, 0.0),
        (NAME, "The board is chaired by Nadia Quill.", 1.0, 1.0),
        (NAME, "The board meets often.", 0.0, 0.4),
        (REASON, "Files waited because two posts were empty.", 1.0, 1.0),
        (REASON, "Files waited.", 0.0, 0.6),
        (ASKED_FOR, "The force should review each file.", 1.0, 1.0),
        (ASKED_FOR, "Files waited.", 0.0, 0.4),
        (STATUS, "The cause of concern is closed.", 1.0, 1.0),
        (STATUS, "The cause of concern was about custody.", 0.0, 0.0),
        (ANYTHING, "Files waited.", 0.5, 0.9),
    ],
)
def test_a_sentence_holds_what_is_asked_for_or_not(
    kind: Expected, sentence: str, least: float, most: float
) -> None:
    assert least <= meets(Expectation(kind), sentence) <= most


@pytest.mark.parametrize(
    ("sentence", "met"),
    [
        ("In all 312 officers were without vetting.", 1.0),
        ("Twelve officers were without vetting.", 1.0),
        ("In May 312 more people, most of them serving officers, were without vetting.", 0.6),
        ("In all 312 files were lost.", 0.3),
        ("Officers were without vetting.", 0.0),
    ],
)
def test_a_number_counts_most_beside_what_is_counted(sentence: str, met: float) -> None:
    assert meets(expected("How many officers lack vetting?"), sentence) == met


def test_a_number_without_a_unit_is_weaker_evidence() -> None:
    assert meets(Expectation(NUMBER), "It took 40 minutes.") == 0.8


@pytest.mark.parametrize(
    ("sentence", "met"),
    [
        ("A cause of concern is a serious failing in practice or policy.", 1.0),
        ("Cause of concern means a serious failing in practice.", 1.0),
        ("We found a cause of concern.", 0.0),
        ("The report is long and has one cause of concern.", 0.0),
    ],
)
def test_a_definition_names_the_thing_first_and_says_what_it_is(sentence: str, met: float) -> None:
    assert meets(expected("What is a cause of concern?"), sentence) == met
