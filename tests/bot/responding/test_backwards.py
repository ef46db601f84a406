"""A published response gives its decisions in the commissioner's words, or gives none."""

from dataclasses import replace
from datetime import date

import pytest

from bot.responding import backwards, confirming, duty, progress
from bot.responding.duty.wording import working
from bot.store.cases import Choice, Content, Decided, Role
from retrieval.reading import Limits, read
from tests.bot.responding.cases import NOW, case, content, item, proposal
from tests.builders import reading
from tests.corpus.samples import DOCUMENTS, ROOT

REAL = ROOT.parent / "shared" / "data" / "pcc-response-2017-04-27-peel-effectiveness-2016.md"
RESPONSE = """
2 April 2031
# Response of the Police and Crime Commissioner for Fernshire to PEEL 2031
On 4 March 2031 HMICFRS published its report.
## Recommendation 1
By 30 June 2031, Fernshire Police should make sure that:
- every child who goes missing is offered an interview; and
- supervisors review each assessment before the end of a shift.
### Force response
The force will hire two people.
### PCC response
{said}
Yours sincerely
Helen Ashdown will sign this.
"""


def said_on(words: str) -> Decided | None:
    """The decision that a response in these words gives on recommendation 1."""
    known = case(proposal().content)
    made, _ = backwards.answered(known, reading(RESPONSE.format(said=words)), "response.md")
    assert [one.decision for one in made.items if one.number == "2"] == [None]
    return made.items[1].decision


@pytest.mark.parametrize(
    ("words", "choice", "quote"),
    [
        ("I will fund two advisers. I have met the Chief Constable.", Choice.PROPOSED,
         "I will fund two advisers."),
        ("I have doubled the grant.", Choice.TAKEN, "I have doubled the grant."),
        ("I do not accept this. I will not act.", Choice.NONE, "I do not accept this."),
        ("It is noted.\nDecision: action taken and proposed.", Choice.PROPOSED,
         "Decision: action taken and proposed."),
        ("It is noted.\nDecision: action taken.", Choice.TAKEN, "Decision: action taken."),
    ],
)  # fmt: skip
def test_a_decision_is_read_as_written(words: str, choice: Choice, quote: str) -> None:
    decision = said_on(words)
    assert decision is not None
    assert (decision.choice, decision.quote) == (choice, quote)
    assert (decision.document, decision.page) == (2, 1)
    assert decision.spans
    assert bool(decision.reason) is (choice is Choice.NONE)


@pytest.mark.parametrize("words", ["It is noted.", ""])
def test_where_nothing_is_decided_nothing_is_proposed(words: str) -> None:
    assert said_on(words) is None


def test_the_forces_voice_never_decides() -> None:
    known = case(proposal().content)
    only = reading(RESPONSE.format(said="").replace("### PCC response", "### Force comments"))
    made, _ = backwards.answered(known, only, "response.md")
    assert {one.decision for one in made.items} == {None}


def test_a_decision_on_record_stays_where_the_response_gives_none() -> None:
    known = case(content(item(1, decision=Decided(Choice.TAKEN))))
    made, taken_in = backwards.answered(known, reading("# Response\nNothing."), "response.md")
    assert made.items[0].decision == Decided(Choice.TAKEN)
    assert taken_in.role is Role.RESPONSE


def test_the_reply_to_an_item_that_the_case_lacks_is_nobody_elses() -> None:
    other = "## Recommendation 9\nBuild a tower.\n### PCC response\nI will build it."
    assert said_on(f"It is noted.\n{other}") is None


def test_the_responses_date_waits_to_be_confirmed() -> None:
    made, _ = backwards.answered(
        case(proposal().content), reading(RESPONSE.format(said="")), "response.md"
    )
    assert (made.response, made.response_confirmed) == (date(2031, 4, 2), False)


def test_the_sample_response_is_read_by_its_own_decision_lines() -> None:
    file = DOCUMENTS / "2017-01-12-response-peel-effectiveness-2016.pdf"
    made, _ = backwards.begun(read(file, Limits(ocr=False)), str(file))
    assert (made.published, made.response) == (date(2016, 12, 8), date(2017, 1, 12))
    decided = [one for one in made.items if one.decision]
    assert [one.number for one in decided] == ["1", "2"]
    assert {one.decision.quote for one in decided if one.decision} == {
        "Decision: action taken and proposed."
    }


@pytest.fixture
def real() -> Content:
    if not REAL.exists():
        pytest.skip(f"the real response is not there: {REAL.name}")
    made, _ = backwards.begun(read(REAL, Limits(ocr=False)), str(REAL))
    return made


def test_the_real_response_has_two_items_of_one_and_three_limbs(real: Content) -> None:
    assert [(one.number, len(one.limbs)) for one in real.items] == [("1", 1), ("2", 3)]
    assert all(one.spans and not one.retyped for one in real.items)
    assert (real.published, real.response) == (date(2017, 3, 2), date(2017, 4, 27))


def test_the_real_response_decides_in_the_commissioners_words(real: Content) -> None:
    first, second = (one.decision for one in real.items)
    assert first is not None
    assert second is not None
    assert (first.choice, second.choice) == (Choice.PROPOSED, Choice.PROPOSED)
    assert first.quote.startswith("I will continue to do more with partners")
    assert second.quote.startswith("I will monitor the success of the introduction of THRIVE+")


def test_the_real_response_came_on_day_57_of_a_rule_not_in_force(real: Content) -> None:
    said = replace(real, published_confirmed=True, response_confirmed=True)
    clock = confirming.clock(said)
    assert clock is not None
    assert clock.day(date(2017, 4, 27)) == 57
    told = progress.standing(progress.of(case(said), duty.london_date(NOW)))
    assert told.endswith("day 57: neither late in law nor on time, the rule was not in force")
    assert "came into force on 2 May 2017" in working(clock, date(2017, 4, 27))
