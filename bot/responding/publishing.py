"""Publishing a case: all its approved drafts at once, with a record that the text is made from.

What was published can be made again, byte for byte, from that record and the revisions it names.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.responding import pressing, publishable, told
from bot.responding.approving import Differs, Reason
from bot.responding.pressing import Asked, Press, Standing
from bot.responding.publishable import Prepared, Wanting
from bot.responding.reviewing import Reviewing
from bot.responding.workflow import Step
from bot.store import audit
from bot.store.cases import Item
from bot.store.drafted import Draft, Publication
from bot.store.drafts import Change, Drafts, Release
from bot.store.wordings import Voice, Wording

_FORM = 1  # of the text that is made of a record; another form leaves this one readable
_VOICES = {
    Voice.INSPECTORATE: "The inspectorate",
    Voice.CHIEF_OFFICER: "The chief officer",
    Voice.COMMISSIONER: "The commissioner",
}


class NotReady(Exception):
    """A case that may not be published; ``wanting`` says all that stands in the way."""

    def __init__(self, wanting: tuple[Wanting, ...]) -> None:
        super().__init__(" ".join(one.words for one in wanting))
        self.wanting = wanting


class NotAsPublished(Exception):
    """The record no longer gives the bytes that were published."""


class Publishing:
    """Publishes the cases of one record, and makes again what was published."""

    def __init__(
        self, drafts: Drafts, reviewing: Reviewing, roles: Callable[[str], Collection[str]]
    ) -> None:
        self._drafts = drafts
        self._reviewing = reviewing
        self._roles = roles

    def publish(self, prepared: Prepared, press: Press) -> Publication:
        """Publish what is approved. NotReady, with all that is missing; nothing is kept then.

        The same press again gives the same publication.
        """
        case = prepared.case.id
        before = {one.draft.item: one for one in self._reviewing.all_of(case, press.at)}
        roles = () if press.bot else tuple(sorted(self._roles(press.person)))
        made, _ = self._drafts.publish(
            case, press.key, lambda drafts: _release(prepared, press, roles, before, drafts)
        )
        return made

    def rebuilt(self, case: str, number: int) -> bytes:
        """The bytes of a publication, from the record. KeyError; NotAsPublished."""
        listed = {one.number: one for one in self._drafts.publications(case)}
        drafts = {one.item: one for one in self._drafts.of(case)}
        made = manuscript(listed[number].content, drafts)
        if audit.sha256(made.decode()) != listed[number].hash:
            raise NotAsPublished(f"publication {number} of {case} is not as it was published")
        return made

    def let_past(self, case: str) -> int:
        """How many failed checks were let past in all that was published of a case."""
        return sum(len(one.content["past"]) for one in self._drafts.publications(case))


def manuscript(content: Mapping[str, Any], drafts: Mapping[int, Draft]) -> bytes:
    """The text that a record stands for, in UTF-8: plain paragraphs, the three voices apart."""
    lines = [content["title"], "", content["legal"]]
    for one in content["items"]:
        revision = drafts[one["item"]].revisions[one["revision"] - 1]
        lines += ["", one["heading"], "", *_paragraphs(revision.wording)]
    return ("\n".join(lines) + "\n").encode()


def _paragraphs(wording: Wording) -> Iterator[str]:
    voice = None
    for said in wording.sentences:
        if said.voice is not voice:
            voice = said.voice
            yield f"{_VOICES[voice]}:"
        yield said.text
    if wording.choice:
        yield f"Decision: {wording.choice}. {wording.reason}".strip()


def _release(
    prepared: Prepared,
    press: Press,
    roles: tuple[str, ...],
    before: Mapping[int, Standing],
    drafts: list[Draft],
) -> Release:
    """What publishing comes to on the drafts as they are."""
    now = {one.item: _again(one, before.get(one.item)) for one in drafts}
    going = publishable.goes_out(prepared, now)
    changes = {
        one.draft.item: pressing.decide(
            prepared.case.id, one.draft.item, _asked(press, roles, one), one.draft
        )
        for one in going
    }
    missing = [one for one in publishable.wanting(prepared, now) if one.blocks]
    missing += _refused(changes, now)
    if not going:
        missing.append(Wanting(0, "No draft of this report is approved."))
    if missing:
        raise NotReady(tuple(dict.fromkeys(missing)))
    content = _content(prepared, now, going)
    made = manuscript(content, {one.item: one for one in drafts})
    whole = Publication(0, content, audit.sha256(made.decode()), press.person, press.key, press.at)
    return Release(whole, changes)


def _again(draft: Draft, before: Standing | None) -> Standing:
    """A draft as it is now; one with a text whose sources nobody asked for holds no approval."""
    if before is None or before.draft.latest != draft.latest:
        return pressing.standing(draft, (Reason(Differs.CONTENT),), 1)
    return pressing.standing(draft, before.reasons, before.needed)


def _asked(press: Press, roles: tuple[str, ...], standing: Standing) -> Asked:
    draft = standing.draft
    mine = replace(
        press,
        key=f"{press.key}/{draft.item}",
        revision=draft.latest.number,
        event=draft.turned.number,
    )
    return Asked(Step.PUBLISH, mine, roles, standing, standing.needed)


def _refused(changes: Mapping[int, Change], now: Mapping[int, Standing]) -> Iterator[Wanting]:
    """Why this person may not publish; the same words for all drafts are one."""
    for item, one in changes.items():
        if one.event.refused:
            yield Wanting(0, told.refused(one.event, now[item].draft, (), str))


def _content(
    prepared: Prepared, now: Mapping[int, Standing], going: tuple[Standing, ...]
) -> dict[str, Any]:
    """The record: the revisions that go out with their approvals, what was waived and let past."""
    items = {one.id: one for one in prepared.items}
    listed = [one.draft for one in going]
    past = [
        one
        for draft in listed
        for one in publishable.past(draft, prepared.failed.get(draft.item, ()))
    ]
    return {
        "form": _FORM,
        "case": prepared.case.id,
        "case_revision": prepared.case.standing.number,
        "title": prepared.case.content.title,
        "legal": prepared.legal,
        "on": prepared.on.isoformat(),
        "items": [_item(one, items[one.draft.item]) for one in going],
        "waived": [one for draft in listed for one in _waived(draft)],
        "past": [asdict(one) for one in past],
        "warnings": [asdict(one) for one in publishable.wanting(prepared, now)],
    }


def _item(standing: Standing, item: Item) -> dict[str, Any]:
    return {
        "item": item.id,
        "heading": f"{item.kind.value.replace('_', ' ').capitalize()} {item.number or item.id}",
        "revision": standing.draft.latest.number,
        "hash": standing.draft.latest.hash,
        "approved_by": [one.person for one in standing.approvals],
        "approvals": [one.number for one in standing.approvals],
    }


def _waived(draft: Draft) -> Iterator[dict[str, Any]]:
    for limb, one in sorted(publishable.waived(draft).items()):
        yield {"item": draft.item, "limb": limb, "person": one.person, "reason": one.words}
