"""What reviewing and drafting ask of the office, each time anew."""

from collections.abc import Collection

from bot.responding.drafting import making
from bot.responding.drafting.making import Checked, Made
from bot.responding.duty import london_date
from bot.responding.evidence import pack
from bot.responding.evidence.gathering import Sources
from bot.responding.reviewing import Office, Reviewing
from bot.responding.sourcing import Sourcing
from bot.slack import officers
from bot.slack.cases import admitting
from bot.slack.desk import Desk
from bot.store.cases import Case, Item
from bot.store.drafts import Draft
from retrieval.library import Scope

REVIEWER = "reviewer"


def reviewing(desk: Desk) -> Reviewing:
    """The review of all drafts, with this office's people, items and documents."""
    return Reviewing(
        desk.drafts,
        Office(
            roles=desk.members.roles,
            sources=Sourcing(desk.library, desk.casebook.pages).of,
            reviewers=lambda: officers.holders(desk, REVIEWER),
            name=lambda person: admitting.name(desk, person),
            approvals=lambda case, item: _approvals(desk, case, item),
            limbs=lambda case, item: len(_item(desk, case, item).limbs),
            to_open=lambda draft: _to_open(desk, draft),
        ),
    )


def checked(desk: Desk, case: Case, draft: Draft) -> Checked:
    """The latest revision of a draft, held against its item and the evidence kept with it."""
    latest, item = draft.latest, _item(desk, case.id, draft.item)
    return making.checked(case, item, pack(dict(latest.pack)), latest.wording)


def made(desk: Desk, case: Case, item: Item, collections: Collection[str], wish: str) -> Made:
    """A draft of an item from what those who will see it may read.

    NothingIndexed, and Unwritten when the model failed.
    """
    scope = Scope(frozenset(collections), desk.now())
    place = making.place(case, desk.library.documents())
    return making.made(
        case,
        item,
        Sources(desk.answering.search, scope, desk.casebook.pages, place),
        london_date(desk.now()),
        comments=desk.comments.of(case.id),
        known=desk.casebook.all(),
        writer=desk.drafting,
        wish=wish,
    )


def _item(desk: Desk, case: str, number: int) -> Item:
    found = desk.casebook.get(case).content.item(number)
    assert found is not None, "a draft is of an item of its case"
    return found


def _approvals(desk: Desk, case: str, item: int) -> int:
    return 2 if _item(desk, case, item).kind.value in desk.settings.two_approvals else 1


def _to_open(desk: Desk, draft: Draft) -> Collection[int]:
    if not desk.settings.evidence_first:
        return ()
    found = checked(desk, desk.casebook.get(draft.case), draft)
    return making.weakest(found.wording, found.findings)
