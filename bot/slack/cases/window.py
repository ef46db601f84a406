"""The window in which an officer checks a case: each page is kept, the last one confirms."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.responding import confirming, corrections
from bot.responding.locating import Words
from bot.responding.sheet import NO_LINES, Sheet, SheetWrong
from bot.slack.blocks import intake
from bot.slack.blocks.intake import Window
from bot.slack.cases import admitting
from bot.slack.cases import confirming as confirmed
from bot.slack.desk import Desk
from bot.store.casebook import NoSuchCase, Stale
from bot.store.cases import Case, Content, Item

MOVED_ON = "Somebody has changed this case meanwhile. Close this window and open it again."
WHY = (
    "Some words below do not stand in the report. Correct them, or say why they are not the words "
    "of the page."
)
_CHECKED_ONLY = ("checked",)  # nothing that was read is corrected, but something was said of it
_ROLES = ("officer", "reviewer", "publisher")


def opened(desk: Desk, person: str, window: Window) -> dict[str, Any] | str:
    """The first page for a person, or why there is none.

    TryAgain when Slack does not say now who that is.
    """
    case = admitting.workable(desk, window.case, person)
    if isinstance(case, str):
        return case
    return _page(desk, case, person, replace(window, revision=case.latest.number))


def submit(desk: Desk, person: str, view: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a page that was sent off; what Slack is answered: the next page, or what is wrong.

    TryAgain when Slack does not say now who that is.
    """
    window = intake.of(view["private_metadata"])
    first = next(iter(view["state"]["values"]), "title")
    case = admitting.workable(desk, window.case, person)
    if isinstance(case, str):
        return _errors({first: case})
    if case.latest.number != window.revision:
        return _errors({first: MOVED_ON})
    before = case.latest.content
    untouched = desk.settings.slack_blocks != "rich"
    said = intake.read(view["state"]["values"], before, window, null_is_untouched=untouched)
    if isinstance(said, dict):
        return _errors(said)
    return _kept(desk, case, person, window, _placed(desk, case, said), str(view["id"]))


def _kept(
    desk: Desk, case: Case, person: str, window: Window, said: Content, view: str
) -> dict[str, Any]:
    """The answer to a page that could be read. What was put in is kept, right or wrong."""
    wrong = _wrongs(desk, case, said)
    dates = {one.path: _sentence(one.words) for one in wrong if "." not in one.path}
    if dates:
        return _errors(dates)
    try:
        revision = _keep(desk, case, said, person)
    except Stale:
        return _errors({"title": MOVED_ON} if window.page == 0 else {_first(said): MOVED_ON})
    moved = replace(window, revision=revision, asks=_asked(wrong))
    last = window.page == intake.pages(case.latest.content) - 1
    if moved.asks:
        back = replace(moved, page=intake.page_of(said, moved.asks[0]))
        return _update(desk, case.id, person, back, WHY)
    if not last:
        return _update(desk, case.id, person, replace(moved, page=window.page + 1))
    confirmed.begin(desk, moved, person, view)
    return {}


def _keep(desk: Desk, case: Case, said: Content, person: str) -> int:
    """The revision that holds what was put in: a new one when it says anything else."""
    before = case.latest.content
    if said == before:
        return case.latest.number
    changed = corrections.made(before, said) or _CHECKED_ONLY
    after = case.latest.number
    return desk.casebook.correct(case.id, said, changed, after=after, person=person, now=desk.now())


def _wrongs(desk: Desk, case: Case, said: Content) -> list[SheetWrong]:
    """What is wrong with the dates, and with the items that were not checked before."""
    known = {one.id: one for one in case.proposal.content.items}
    new = {one.id for one in said.items if not _same_words(one, known.get(one.id))}
    cases = {one.id: one for one in _older(desk, said)}
    sheet = Sheet(Path(case.id), case.id, case.latest.number, said, NO_LINES)
    return confirming.wrongs(sheet, case, cases, desk.casebook.pages, new)


def _same_words(one: Item, before: Item | None) -> bool:
    names = ("text", "limbs", "finding", "page", "retyped", "ours", "reason", "repeats")
    return before is not None and all(getattr(one, n) == getattr(before, n) for n in names)


def _placed(desk: Desk, case: Case, said: Content) -> Content:
    """Items whose words were changed, on the page where these words stand."""
    before = {one.id: one.text for one in case.latest.content.items}
    changed = [one for one in said.items if one.text != before.get(one.id) and not one.retyped]
    digests = {one.number: one.digest for one in case.documents}
    words = {one.document: Words(desk.casebook.pages(digests[one.document])) for one in changed}
    moved = {one.id: _at(one, words[one.document]) for one in changed}
    return replace(said, items=tuple(moved.get(one.id, one) for one in said.items))


def _at(item: Item, words: Words) -> Item:
    if words.find(item.text, item.page):
        return item
    spans = words.find(item.text)
    return replace(item, page=spans[0].page) if spans else item


def _asked(wrong: list[SheetWrong]) -> tuple[int, ...]:
    """The items whose words do not stand in the report."""
    items = (one.path.split(".")[1] for one in wrong if one.path.startswith("items."))
    return tuple(dict.fromkeys(int(one) for one in items))


def _page(desk: Desk, case: Case, person: str, window: Window, notice: str = "") -> dict[str, Any]:
    content = case.latest.content
    return intake.view(
        content,
        window,
        _owners(desk, content.owner, person),
        _words(desk, content),
        picks_dates=desk.settings.slack_blocks == "rich",
        notice=notice,
    )


def _update(desk: Desk, case: str, person: str, window: Window, notice: str = "") -> dict[str, Any]:
    shown = _page(desk, desk.casebook.get(case), person, window, notice)
    return {"response_action": "update", "view": shown}


def _owners(desk: Desk, owner: str, person: str) -> dict[str, str]:
    """Who may have a case, by id: those with a role, whoever has it now, whoever looks."""
    roles = desk.settings.roles
    listed = [id for role in _ROLES for id in roles.get(role, ()) if not id.startswith("S")]
    ids = dict.fromkeys([*listed, person, *([owner] if owner else [])])
    return {id: admitting.name(desk, id) for id in ids}


def _older(desk: Desk, content: Content) -> list[Case]:
    """The older cases that this content names; not all of them, for Slack waits."""
    names = {one.repeats.rpartition("/")[0] for one in content.items if one.repeats}
    names |= {one.case for one in content.closes}
    found = (_known(desk, name) for name in sorted(names))
    return [one for one in found if one is not None]


def _known(desk: Desk, name: str) -> Case | None:
    try:
        return desk.casebook.get(name)
    except NoSuchCase:
        return None


def _words(desk: Desk, content: Content) -> dict[str, str]:
    """The words of the items of those cases, by "case/item"."""
    return {f"{one.id}/{item.id}": item.text for one in _older(desk, content)
            for item in one.content.items}  # fmt: skip


def _first(said: Content) -> str:
    return f"items.{said.items[0].id}.text" if said.items else "grades"


def _errors(wrong: dict[str, str]) -> dict[str, Any]:
    return {"response_action": "errors", "errors": wrong}


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
