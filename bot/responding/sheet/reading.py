"""A sheet as a person left it, read strictly: what cannot be taken is named with its line."""

from dataclasses import replace
from pathlib import Path

from bot.responding.duty.rules import Regime
from bot.responding.sheet import Sheet, SheetWrong
from bot.responding.sheet.nodes import Branch, Wrong, root
from bot.store.cases import Choice, Closing, Content, Decided, Grade, Item, Limb, Status
from retrieval.documents import ItemKind, Kind

_LARGEST = 5_000_000  # bytes; a sheet of 200 items has about 300,000
_SHEET = (
    "case", "revision", "title", "kind", "published", "published_confirmed", "rule", "reply_by",
    "owner", "response", "response_confirmed", "addressees", "grades", "items", "closes",
)  # fmt: skip
_GRADE = ("area", "grade", "document", "page", "retyped")
_ITEM = (
    "id", "kind", "number", "document", "page", "text", "limbs", "finding", "addressee", "deadline",
    "grade", "section", "ours", "reason", "retyped", "repeats", "decision",
)  # fmt: skip
_DECISION = ("choice", "reason", "document", "page", "quote")
_CLOSING = ("case", "item", "status", "on", "document", "page", "quote", "confirmed")


def read(file: Path) -> Sheet:
    """The sheet in a file. SheetWrong names file, line and key, and says what to do."""
    try:
        if file.stat().st_size > _LARGEST:
            raise SheetWrong(f"{file}: this is too large for a sheet: write the sheet anew")
        words = file.read_text(encoding="utf-8-sig")
    except OSError as cause:
        raise SheetWrong(f"{file} cannot be read ({cause.strerror}): check its name") from None
    except UnicodeDecodeError:
        raise SheetWrong(f"{file} is not UTF-8: save it as UTF-8 text") from None
    return parsed(file, words)


def parsed(file: Path, words: str) -> Sheet:
    """The sheet in the words of a file. SheetWrong as ``read``."""
    try:
        return _sheet(file, root(words, _SHEET))
    except Wrong as wrong:
        words = f"{file}, line {wrong.line}, {wrong.path}: {wrong.words}"
        raise SheetWrong(" ".join(words.split())) from None


def _sheet(file: Path, sheet: Branch) -> Sheet:
    for key in ("case", "revision", "title"):
        if not sheet.has(key):
            raise sheet.wrong(key, "it is missing: a sheet names it")
    lines = sheet.lines()
    content = Content(
        title=sheet.text("title"),
        kind=sheet.one_of("kind", Kind),
        rule=sheet.one_of("rule", Regime).value,
        published=sheet.day("published"),
        published_confirmed=sheet.flag("published_confirmed"),
        reply_by=sheet.day("reply_by"),
        owner=sheet.text("owner"),
        response=sheet.day("response"),
        response_confirmed=sheet.flag("response_confirmed"),
        addressees=sheet.texts("addressees"),
        grades=tuple(_grade(one, lines) for one in sheet.branches("grades", _GRADE)),
        items=_items(sheet, lines),
        closes=tuple(_closing(one, lines) for one in sheet.branches("closes", _CLOSING)),
    )
    return Sheet(file, sheet.text("case"), sheet.number("revision"), content, lines)


def _grade(one: Branch, lines: dict[str, int]) -> Grade:
    lines |= one.lines()
    return Grade(
        _needed(one, "area"), _needed(one, "grade"), _page(one), one.number("document") or 1,
        one.text("retyped"),
    )  # fmt: skip


def _items(sheet: Branch, lines: dict[str, int]) -> tuple[Item, ...]:
    """The items; one without an id is new and gets the next that is free."""
    found: list[Item] = []
    given = list(sheet.branches("items", _ITEM))
    used = {one.number("id") for one in given if one.has("id")}
    free = max(used, default=0)
    for one in given:
        if one.has("id") and one.number("id") in {item.id for item in found}:
            raise one.wrong(
                "id", f"another item has the id {one.number('id')}: leave a new one out"
            )
        free += not one.has("id")
        item = _item(one)
        found.append(item if item.id else replace(item, id=free))
        prefix = f"items.{found[-1].id}"
        lines |= {f"{prefix}{path.removeprefix(one.path)}": n for path, n in one.lines().items()}
    return tuple(found)


def _item(one: Branch) -> Item:
    return Item(
        id=one.number("id"),
        kind=one.one_of("kind", ItemKind),
        page=_page(one),
        text=_needed(one, "text"),
        document=one.number("document") or 1,
        number=one.text("number"),
        finding=one.text("finding"),
        limbs=tuple(map(Limb, one.texts("limbs"))),
        addressee=one.text("addressee"),
        deadline=one.text("deadline"),
        grade=one.text("grade"),
        section=one.text("section"),
        ours=one.flag("ours") if one.has("ours") else True,
        reason=one.text("reason"),
        retyped=one.text("retyped"),
        repeats=one.text("repeats"),
        decision=_decision(one.branch("decision", _DECISION)),
    )


def _decision(one: Branch | None) -> Decided | None:
    if one is None or not one.has("choice"):
        return None
    document = one.number("document")
    if one.has("quote") and not one.has("page"):
        raise one.wrong("page", "say on which page the quote stands")
    document = document or (1 if one.has("quote") else 0)
    return Decided(
        one.one_of("choice", Choice), one.text("reason"), document, one.number("page"),
        one.text("quote"),
    )  # fmt: skip


def _closing(one: Branch, lines: dict[str, int]) -> Closing:
    lines |= one.lines()
    if not one.has("item"):
        raise one.wrong("item", "it is missing: name the item by its id")
    return Closing(
        case=_needed(one, "case"),
        item=one.number("item"),
        status=one.one_of("status", Status),
        page=_page(one),
        quote=_needed(one, "quote"),
        on=one.day("on"),
        document=one.number("document") or 1,
        confirmed=one.flag("confirmed"),
    )


def _needed(one: Branch, key: str) -> str:
    words = one.text(key)
    if not words:
        raise one.wrong(key, "it is missing: write it, or remove the whole entry")
    return words


def _page(one: Branch) -> int:
    page = one.number("page")
    if not page:
        raise one.wrong("page", "it is missing: say on which page of the file it stands")
    return page
