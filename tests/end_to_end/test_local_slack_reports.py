"""A report's way in the local Slack: dropped, indexed, checked, confirmed, its clock seen."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.playground.seen import Message
from bot.playground.workspace import MEGAN, OFFICE, PRIYA, REJOINDER, TOM
from bot.responding.duty.wording import full
from corpus import pdf_maker
from corpus.make import SOURCES
from tests.end_to_end.serving import Office, serving

REPORT = """
#import "theme.typ": *
#show: report.with(
  title: "PEEL 2031",
  subtitle: "Police effectiveness, efficiency and legitimacy: an inspection of Fernshire Police",
  body: "HMICFRS   Promoting improvements in policing",
  date: "{day}",
  size: 12pt,
  running: "PEEL 2031   An inspection of Fernshire Police",
)

= Protecting vulnerable people

Fernshire Police is inadequate at protecting vulnerable people.

#panel[
  *Cause of concern 1*

  *Fernshire Police does not assess the risk to missing children well enough.*

  In 14 of 40 cases nobody had looked at the risk again within a day.

  *Recommendation 1*

  *Within three months, Fernshire Police should make sure that:*

  - every child who goes missing is offered an interview; and
  - supervisors review each assessment before the end of a shift.
]

#pagebreak()
= Preventing crime

#panel[
  *Area for improvement 1*

  *The force needs to evaluate what works in its neighbourhood teams.*

  We read 30 plans. Of these, 19 had been closed without an assessment.
]
"""
PUBLISHED = datetime.now(ZoneInfo("Europe/London")).date() - timedelta(days=2)
LAST = PUBLISHED + timedelta(days=55)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report that was published the day before yesterday."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copy(SOURCES / "theme.typ", folder)
    day = f"{PUBLISHED.day} {PUBLISHED:%B %Y}"
    (folder / "peel-2031.typ").write_text(REPORT.replace("{day}", day), encoding="utf-8")
    (made,) = pdf_maker.make_all(folder, folder)
    return made.read_bytes()


@pytest.fixture(scope="module")
def office(
    local_slack_program: Path, indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("reports")
    with serving(local_slack_program, folder, indexed) as made:
        yield made


def ours(office: Office, words: str) -> Message:
    """The message of ours in the office's channel that has these words, once it is there."""

    def look() -> list[Message]:
        said = office.slack.messages(OFFICE.id)
        return [one for one in said if one.user == REJOINDER.user and words in one.text]

    try:
        return office.slack.until(look, 60)[-1]
    except TimeoutError:
        raise AssertionError([one.text[:200] for one in office.slack.messages(OFFICE.id)]) from None


def indexed_from(office: Office, report: bytes) -> Message:
    """The card of a dropped report that was indexed."""
    office.slack.upload(TOM.id, OFFICE.id, "peel-2031.pdf", report)
    card = ours(office, "Index this? peel-2031.pdf")
    office.slack.press(TOM.id, OFFICE.id, card.ts, "index_document")
    office.opened()
    assert office.slack.submit_view(TOM.id, {"collection": "public", "title": "PEEL 2031"}) == {}
    return ours(office, "Indexed: PEEL 2031")


def test_a_dropped_report_is_corrected_confirmed_and_has_a_clock(
    office: Office, report: bytes
) -> None:
    indexed = indexed_from(office, report)
    office.slack.press(TOM.id, OFFICE.id, indexed.ts, "case_start")
    card = ours(office, "Not checked yet, so no clock runs.")
    assert "1 cause of concern, 1 recommendation, 1 area for improvement" in card.text
    _check(office, card)
    line = ours(office, "has confirmed the report.")
    assert line.thread == card.ts
    assert (
        f"2 corrections. Published on {full(PUBLISHED)}; the last day is {full(LAST)}." in line.text
    )
    shown = office.slack.message(OFFICE.id, card.ts)
    assert f"Day 3 of 56 · publish by {full(LAST)}" in shown.text


def test_a_draft_is_edited_by_one_and_approved_by_another(office: Office, report: bytes) -> None:
    card = ours(office, f"publish by {full(LAST)}")
    office.slack.press(TOM.id, OFFICE.id, card.ts, "draft_items")
    ours(office, f"Item 2: {TOM.handle} asked for revision 1.")
    draft = ours(office, "Item 2: Recommendation")
    assert draft.thread == card.ts
    assert "Limbs answered: 0 of 2" in draft.text
    office.slack.press(MEGAN.id, OFFICE.id, draft.ts, "draft_edit")
    office.opened()
    own = "I have told the force to offer each child an interview by 1 May 2031."
    assert office.slack.submit_view(MEGAN.id, {"own": own, "choice": "proposed"}) == {}
    ours(office, "What changed: taken out is struck through, new is bold.")
    ours(office, f"Item 2: {MEGAN.handle} edited the draft: revision 2.")
    office.slack.press(MEGAN.id, OFFICE.id, draft.ts, "draft_approve")
    office.whispered(MEGAN, OFFICE.id, "You edited this draft last, so someone else must approve")
    _approve(office, draft)
    ours(office, f"Item 2: {PRIYA.handle} approved revision 2.")
    assert f"Approved by {PRIYA.handle}" in office.slack.message(OFFICE.id, draft.ts).text


def _approve(office: Office, draft: Message) -> None:
    """Priya looks at the weakest evidence first, as she is told to."""
    office.slack.press(PRIYA.id, OFFICE.id, draft.ts, "draft_approve")
    office.whispered(PRIYA, OFFICE.id, "Open first the evidence")
    shown = office.slack.message(OFFICE.id, draft.ts)
    rows = [one for one in shown.blocks if one["type"] == "actions"]
    ids = [one["action_id"] for row in rows for one in row["elements"]]
    for action in (one for one in ids if one.startswith("draft_evidence")):
        office.slack.press(PRIYA.id, OFFICE.id, draft.ts, action)
        assert office.opened().title.startswith("Sentence ")
        office.slack.close_view(PRIYA.id)
    office.slack.press(PRIYA.id, OFFICE.id, draft.ts, "draft_approve")


def test_a_reminder_comes_when_the_clock_has_moved_on(office: Office, report: bytes) -> None:
    """The bot is started again on a machine whose date is another; Slack's is as it was."""
    faked = find_spec("libfaketime")
    if faked is None or not faked.submodule_search_locations:
        pytest.skip("libfaketime is not installed: it is for Linux")
    (library,) = Path(faked.submodule_search_locations[0]).rglob("libfaketime.so.1")
    card = ours(office, f"publish by {full(LAST)}")
    office.stop()
    office.given |= {
        "LD_PRELOAD": str(library),
        "FAKETIME": "+25d",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    office.given["REJOINDER_REMINDER_HOUR"] = "0"
    office.start()
    reminder = ours(office, "Reminder: PEEL 2031")
    assert reminder.thread == card.ts
    assert "The chief officer's comments due: today, day 28." in reminder.text
    assert f"<@{TOM.id}>" in reminder.text
    office.slack.until(lambda: "Day 28 of 56" in office.slack.message(OFFICE.id, card.ts).text, 60)


def _check(office: Office, card: Message) -> None:
    """The two pages of the window, with two items corrected; first without a word on the date."""
    office.slack.press(TOM.id, OFFICE.id, card.ts, "case_check")
    assert office.opened().title == "Check the report 1/2"
    refused = office.slack.submit_view(TOM.id, {})
    assert refused == {"checked": "Say whether you have checked this date."}
    assert office.slack.submit_view(TOM.id, {"checked": "yes", "owner": TOM.id}) == {}
    assert office.opened().title == "Check the report 2/2"
    changes = {"items.2.addressee": "the chief constable", "items.3.reason": "for the county"}
    assert office.slack.submit_view(TOM.id, changes) == {}
