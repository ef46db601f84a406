"""Cases with good defaults, and the report that they are about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.responding import intake
from bot.responding.intake import Proposal
from bot.store.cases import (
    Case,
    ChiefStep,
    Content,
    Document,
    Item,
    ItemStatus,
    Revision,
    Role,
    Status,
    Step,
)
from retrieval.documents import ItemKind, Kind, Reading
from tests.builders import reading

NOW = datetime(2031, 3, 6, 9, 0, tzinfo=UTC)
PUBLISHED = date(2031, 3, 4)
REPORT = """
= HMICFRS
# PEEL 2031: An inspection of Fernshire Police
Published 4 March 2031
Area of policing || Grade
Protecting vulnerable people || Inadequate
Preventing crime || Good
## Protecting vulnerable people
### Cause of concern 1
Fernshire Police does not assess the risk to missing children well enough.
### Recommendation 1
By 30 June 2031, Fernshire Police should make sure that:
- every child who goes missing is offered an interview; and
- supervisors review each assessment before the end of a shift.
===
= 2
### Recommendation 2
The College of Policing should revise its guidance on missing children by December 2031.
## Preventing crime
### Area for improvement 1
The force should evaluate what works in its neighbourhood teams.
"""


def report(markup: str = REPORT) -> Reading:
    """The report as read."""
    return reading(markup)


def written(folder: Path, markup: str = REPORT, name: str = "peel.md") -> Path:
    """The report as a Markdown file of one page."""
    skipped = ("=", "Area of", "Protecting vulnerable people ||", "Preventing crime ||")
    lines = [line for line in markup.splitlines() if line and not line.startswith(skipped)]
    file = folder / name
    listed = (("\n" if line.startswith("-") else "\n\n") + line for line in lines)
    file.write_text("".join(listed).strip() + "\n", encoding="utf-8")
    return file


def proposal(markup: str = REPORT, *known: Case, **how: Any) -> Proposal:
    """The report as proposed to the office of Fernshire."""
    usual: dict[str, Any] = {"force": "Fernshire Police", "known": known}
    return intake.propose(report(markup), "peel.md", **(usual | how))


def item(number: int = 1, **changes: Any) -> Item:
    """An item of page 1."""
    usual = Item(
        id=number, kind=ItemKind.RECOMMENDATION, page=1, text=f"The force should act {number}."
    )
    return replace(usual, **changes)


def content(*items: Item, **changes: Any) -> Content:
    """What is said of a report, its day of publication confirmed."""
    usual = Content(
        title="PEEL 2031: Fernshire Police",
        kind=Kind.INSPECTION_REPORT,
        rule="s55",
        published=PUBLISHED,
        published_confirmed=True,
        items=items or (item(),),
    )
    return replace(usual, **changes)


def document(number: int = 1, **changes: Any) -> Document:
    """The report as a document of a case."""
    usual = Document(
        number, f"{number}" * 64, "/shelf/peel.md", "PEEL 2031", Kind.INSPECTION_REPORT, Role.REPORT
    )
    return replace(usual, **changes)


def case(*said: Content, confirmed: bool = True, **changes: Any) -> Case:
    """A case with these revisions, the last confirmed."""
    told = said or (content(),)
    revisions = tuple(
        Revision(number, confirmed and number == len(told), one, (), "U1", NOW)
        for number, one in enumerate(told, 1)
    )
    usual = Case("peel-2031-fernshire", "U1", NOW, revisions, (document(),))
    return replace(usual, **changes)


def chief(step: Step, on: date) -> ChiefStep:
    """A step of the chief officer's."""
    return ChiefStep(step, on, None, "U1", NOW)


def status(number: int, said: Status, on: date = PUBLISHED, **changes: Any) -> ItemStatus:
    """What a letter says of an item."""
    usual = ItemStatus(number, said, on, "9" * 64, "A letter", 1, "It is so.", (), "U1", NOW)
    return replace(usual, **changes)
