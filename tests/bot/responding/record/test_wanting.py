"""A question is taken for the record by its form alone, and only when it is about now."""

import pytest

from bot.responding.record import wanting
from bot.responding.record.wanting import About, Wanted
from retrieval.documents import ItemKind

OPEN, ITEM = About.OPEN, About.ITEM
REC, CONCERN = ItemKind.RECOMMENDATION, ItemKind.CAUSE_OF_CONCERN
AFI, PRIORITY = ItemKind.AREA_FOR_IMPROVEMENT, ItemKind.PRIORITY_ACTION
PEEL = "peel-2031-fernshire"

TAKEN = {
    "What is still open from 2022?": Wanted(OPEN, year=2022),
    "what is open?": Wanted(OPEN),
    "What’s still open": Wanted(OPEN),
    "What is still outstanding?": Wanted(OPEN),
    "which recommendations are still open": Wanted(OPEN, REC),
    "Which causes of concern are open from 2018?": Wanted(OPEN, CONCERN, 2018),
    "Which areas for priority action are still open?": Wanted(OPEN, PRIORITY),
    "How many recommendations are still open?": Wanted(OPEN, REC),
    "Please list all open recommendations from 2022": Wanted(OPEN, REC, 2022),
    "List the open items.": Wanted(OPEN),
    "open items": Wanted(OPEN),
    "Show me everything that is still open": Wanted(OPEN),
    "Is anything still open from 2022?": Wanted(OPEN, year=2022),
    "Are there any recommendations still open from 2019?": Wanted(OPEN, REC, 2019),
    "Do we still have open recommendations?": Wanted(OPEN, REC),
    "Do we have any AFIs still open from 2021?": Wanted(OPEN, AFI, 2021),
    "What have we not closed since 2020?": Wanted(OPEN, year=2020, since=True),
    "Can you tell me what is still open from the 2016 report?": Wanted(
        OPEN, report="the 2016 report"
    ),
    f"What is still open in {PEEL}?": Wanted(OPEN, report=PEEL),
    "which of our recommendations remain open on the record": Wanted(OPEN, REC),
    f"status of item 3 of {PEEL}": Wanted(ITEM, number="3", report=PEEL),
    "is recommendation 2 of the 2016 report closed?": Wanted(
        ITEM, REC, number="2", report="the 2016 report"
    ),
    "What is the status of recommendation 3?": Wanted(ITEM, REC, number="3"),
    "What's the current status of AFI 4 in the 2023 PEEL report?": Wanted(
        ITEM, AFI, number="4", report="the 2023 peel report"
    ),
    f"Has recommendation 1 of {PEEL} been closed yet?": Wanted(ITEM, REC, number="1", report=PEEL),
    "Is cause of concern 1 of the 2021 PEEL report still open?": Wanted(
        ITEM, CONCERN, number="1", report="the 2021 peel report"
    ),
    "What has become of recommendation 4a of the custody report?": Wanted(
        ITEM, REC, number="4a", report="the custody report"
    ),
    f"Where do we stand on item 7 of case {PEEL}?": Wanted(ITEM, number="7", report=f"case {PEEL}"),
    "Have we closed recommendation 2 of the 2016 report?": Wanted(
        ITEM, REC, number="2", report="the 2016 report"
    ),
    "What did we decide on recommendation 2 of the 2016 report?": Wanted(
        ITEM, REC, number="2", report="the 2016 report"
    ),
}
NOT_TAKEN = (
    "What was still open in 2016 according to the report?",
    "Which recommendations were still open in 2016?",
    "How many cases are still open in the Domestic Abuse Review Team?",
    "What is outstanding?",
    "Which forces are outstanding?",
    "Was Fernshire outstanding in 2016?",
    "What does the report say about the status of recommendation 3?",
    "What is the status of the child protection programme?",
    "Which recommendations are still open according to the follow-up letter?",
    "What is recommendation 2 of the 2016 report?",
    "What did inspectors say about recommendation 2?",
    "What is open to the public?",
    "Is the front counter still open?",
    "How many investigations are open?",
    "What did we promise about item 3 of the 2016 report?",
    "What was the status of recommendation 2 in 2016?",
    "Why is recommendation 2 of the 2016 report still open?",
    "Which causes of concern were closed in the follow-up letter?",
    "What did the inspectorate close in 2019?",
    "What is still open from 2022 in Sallowshire?",
    "Who closed recommendation 2?",
    "When was recommendation 2 of the 2016 report closed?",
    "Is recommendation 2 of the 2016 report about missing children?",
    "Are open recommendations mentioned in the 2016 report?",
    "status",
    "open",
    "What is the force's open door policy?",
    "Is the custody suite open and is item 3 of the report closed?",
    "How does the force record that a recommendation is closed?",
)


@pytest.mark.parametrize(("question", "wanted"), TAKEN.items(), ids=TAKEN)
def test_a_question_about_the_record_is_taken(question: str, wanted: Wanted) -> None:
    assert wanting.read(question) == wanted


@pytest.mark.parametrize("question", NOT_TAKEN)
def test_a_question_about_documents_is_not_taken(question: str) -> None:
    assert wanting.read(question) is None


@pytest.mark.parametrize(
    "around", ["Please, {}", "{} please", "Hello, {}", "Could you please {}", "  {}  ?!"]
)
def test_politeness_changes_nothing(around: str) -> None:
    asked = "list what is still open from 2022"
    assert wanting.read(around.format(asked)) == Wanted(OPEN, year=2022)
