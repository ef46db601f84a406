"""Evidence packs with good defaults, about the recommendation of ``cases.REPORT``."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.responding.evidence import Pack, Piece, Sort
from bot.store.cases import Item, Limb
from bot.store.wordings import Cited, Voice
from retrieval.documents import ItemKind, Kind, Span

ON = date(2031, 4, 1)
PUBLISHED = date(2031, 3, 4)
LIMBS = (
    "every child who goes missing is offered an interview",
    "supervisors review each assessment before the end of a shift.",
)
_VOICES = {
    Sort.COMMENT: Voice.CHIEF_OFFICER,
    Sort.FORCE: Voice.CHIEF_OFFICER,
    Sort.PROMISE: Voice.COMMISSIONER,
    Sort.ANSWER: Voice.COMMISSIONER,
    Sort.PLAN: Voice.COMMISSIONER,
    Sort.OFFICE: Voice.COMMISSIONER,
}


def item(**changes: Any) -> Item:
    """A recommendation with two limbs and a deadline."""
    usual = Item(
        id=2,
        kind=ItemKind.RECOMMENDATION,
        page=1,
        text="By 30 June 2031, Fernshire Police should make sure that:",
        number="1",
        limbs=tuple(map(Limb, LIMBS)),
        addressee="Fernshire Police",
        deadline="By 30 June 2031",
        section="Protecting vulnerable people",
        grade="Inadequate",
    )
    return replace(usual, **changes)


def piece(sort: Sort, quote: str, **changes: Any) -> Piece:
    """A piece of evidence of page 1; ``title`` and ``published`` are its document's."""
    usual: dict[str, Any] = {"title": "PEEL 2031", "published": PUBLISHED}
    told = {name: changes.pop(name, value) for name, value in usual.items()}
    cited = Cited("1" * 64, told["title"], Kind.INSPECTION_REPORT, told["published"], 1, quote,
                  (Span(1, 0, len(quote)),))  # fmt: skip
    return replace(Piece(sort, cited, _VOICES.get(sort, Voice.INSPECTORATE)), **changes)


def pack(*more: Piece, **changes: Any) -> Pack:
    """The item's own words, a finding and a grade, and what else is given."""
    said = item()
    pieces = (
        piece(Sort.FINDING, "Of 140 assessments a supervisor had reviewed 52."),
        piece(Sort.ASKED, said.text),
        *(piece(Sort.ASKED, text, limb=n) for n, text in enumerate(LIMBS, 1)),
        piece(Sort.GRADE, "Protecting vulnerable people: Inadequate"),
        *more,
    )
    usual = Pack("peel-2031-fernshire", 2, ON, pieces, names=("PEEL 2031: Fernshire Police",))
    return replace(usual, **changes)
