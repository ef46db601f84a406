"""The window in which a person checks what was read of a report: its dates, then its items.

It has pages, for Slack shows a hundred blocks at once; each is kept before the next is shown.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.responding import counting
from bot.responding.duty import plain
from bot.responding.duty.rules import Regime
from bot.slack.blocks import documents, fields, kit, limits, text
from bot.slack.blocks.kit import Block
from bot.store.cases import Closing, Content, Grade, Item, Limb, Origin
from retrieval.documents import ItemKind, Kind

CALLBACK = "case_sheet"
PER_PAGE = 10
TYPED_GRADE = "read by a person: the page does not have it as words"
_TITLE = 300
_SHORT = 200
_QUOTE = 600
_OUT = "leave_out"
_YES, _NO = "yes", "no"
_NOTHING = "-"  # empties a field where one that nobody touched comes back as null
_GRADE = re.compile(r"(?P<area>.+?)\s*:\s*(?P<grade>[^:]+?)(?:,\s*page\s+(?P<page>\d+))?")
_RULES = {
    Regime.S55.value: "56 days (Police Act 1996, section 55)",
    Regime.STATED_DATE.value: "By the date that the report states",
}
_CHECKED = {
    _YES: "Yes: I have checked the day of publication",
    _NO: "Not yet: no clock runs",
}
SAY_WHETHER = "Say whether you have checked this date."
NO_DATE = "Write the day of publication, or say that it is not checked yet."
NO_TITLE = "Write a title."
BAD_GRADE = "Write each grade on a line of its own: area: grade, page 4."


@dataclass(frozen=True)
class Window:
    """Which page of a case's sheet is shown, from 0.

    ``revision`` is the one that it shows; ``asks`` are items whose words do not stand on their
    page, so that the person is asked why; ``channel`` and ``thread`` are where it was opened.
    """

    case: str
    revision: int
    page: int = 0
    asks: tuple[int, ...] = ()
    channel: str = ""
    thread: str = ""


def remembered(window: Window) -> str:
    """What a window keeps for its return."""
    return json.dumps(asdict(window))


def of(private_metadata: str) -> Window:
    """The window that comes back."""
    told = json.loads(private_metadata)
    return Window(**told | {"asks": tuple(told["asks"])})


def pages(content: Content) -> int:
    """How many pages the window of a case has."""
    return 1 + len(_chunks(content.items)) + bool(content.grades or content.closes)


def page_of(content: Content, item: int) -> int:
    """The page on which an item is shown."""
    places = (n for n, chunk in enumerate(_chunks(content.items), 1)
              if any(one.id == item for one in chunk))  # fmt: skip
    return next(places, 0)


def view(
    content: Content, window: Window, owners: Mapping[str, str], older: Mapping[str, str],
    *, picks_dates: bool, notice: str = "",
) -> Block:  # fmt: skip
    """A page of the window.

    ``owners`` are those who may have the case, by id; ``older`` the words of items that others
    repeat, or that are closed, by their name; ``notice`` is said above all.
    """
    last = pages(content) - 1
    if window.page == 0:
        shown = list(_report(content, owners, picks_dates=picks_dates))
    elif window.page <= len(_chunks(content.items)):
        items = _chunks(content.items)[window.page - 1]
        shown = [block for one in items for block in _item(one, window, older)]
    else:
        shown = list(_rest(content, older, picks_dates=picks_dates))
    head = [kit.words(notice)] if notice else []
    blocks = [*head, kit.grey(_where(window.page, last)), *shown]
    submit = "Confirm" if window.page == last else "Keep and go on"
    title = f"Check the report {window.page + 1}/{last + 1}"
    return fields.window(CALLBACK, title, submit, blocks, remembered(window))


def read(
    values: Mapping[str, Any], content: Content, window: Window, *, null_is_untouched: bool
) -> Content | dict[str, str]:
    """The content with what was put in on this page, or what is wrong with it, by block.

    ``null_is_untouched``: a field that comes back as null is as it was shown, else it is empty.
    """
    put_in = _PutIn(values, null_is_untouched)
    if window.page == 0:
        said = _read_report(put_in, content)
    elif window.page <= len(_chunks(content.items)):
        said = _read_items(put_in, content, _chunks(content.items)[window.page - 1])
    else:
        said = _read_rest(put_in, content)
    return put_in.wrong or said


class _PutIn:
    """The fields of a window as they came back; ``wrong`` is what is wrong with them, by block."""

    def __init__(self, values: Mapping[str, Any], null_is_untouched: bool) -> None:
        self.wrong: dict[str, str] = {}
        self._values = values
        self._null_is_untouched = null_is_untouched

    def words(self, name: str, before: str) -> str:
        """What a field of words says; as before where it was not shown."""
        if name not in self._values:
            return before
        said = fields.said(self._values, name)
        if said is None:
            return before if self._null_is_untouched else ""
        # What is shown is cleaned: words that are as shown are the very words from before.
        if _lines(said) == _lines(before):
            return before
        return "" if said.strip() == _NOTHING else text.visible(said).strip()

    def chosen(self, name: str, before: str) -> str:
        """What was chosen; as before where nothing was."""
        return fields.said(self._values, name) or before

    def day(self, name: str, before: Any) -> Any:
        """A date; what is no date is wrong."""
        said = fields.said(self._values, name) if name in self._values else None
        if said is None:
            untouched = self._null_is_untouched or name not in self._values
            return before if untouched else None
        try:
            return fields.read_day("" if said.strip() == _NOTHING else said)
        except ValueError:
            self.wrong[name] = fields.BAD_DATE
            return before


def _lines(said: str) -> list[str]:
    return [line for line in map(text.one_line, said.splitlines()) if line]


# The report


def _report(content: Content, owners: Mapping[str, str], *, picks_dates: bool) -> Iterator[Block]:
    read = _origin(content, "published")
    yield fields.day(
        "published", "Day of publication", content.published, picks=picks_dates, hint=read
    )
    checked = _YES if content.published_confirmed else ""
    hint = "The clock starts from this day, so nothing counts before a person has checked it."
    yield fields.choice("checked", "Is this date checked?", _CHECKED, checked, hint=hint)
    yield fields.choice("rule", "What sets the last day", _RULES, content.rule)
    stated = _origin(content, "reply_by") or "Only where the report states a date of its own."
    yield fields.day(
        "reply_by", "Answer by, as the report states", content.reply_by, picks=picks_dates,
        hint=stated,
    )  # fmt: skip
    yield fields.line("title", "Title", content.title, _TITLE)
    kinds = {one.value: documents.KINDS[one] for one in Kind}
    yield fields.choice("kind", "Kind", kinds, content.kind.value)
    yield fields.choice("owner", "Who has it", owners, content.owner)
    if content.published_confirmed:
        hint = "Empty until the response is published. Then there are no more reminders."
        yield fields.day(
            "response", "Response published on", content.response, picks=picks_dates, hint=hint
        )


def _read_report(put_in: _PutIn, content: Content) -> Content:
    published = put_in.day("published", content.published)
    checked = put_in.chosen("checked", _YES if content.published_confirmed else "")
    title = put_in.words("title", content.title)
    rule = put_in.chosen("rule", content.rule)
    response = put_in.day("response", content.response)
    if not checked:
        put_in.wrong["checked"] = SAY_WHETHER
    if checked == _YES and published is None:
        put_in.wrong.setdefault("published", NO_DATE)
    if not title:
        put_in.wrong["title"] = NO_TITLE
    by = put_in.day("reply_by", content.reply_by)
    return replace(
        content,
        title=title,
        kind=Kind(put_in.chosen("kind", content.kind.value)),
        published=published,
        published_confirmed=checked == _YES,
        rule=rule,
        reply_by=by if rule == Regime.STATED_DATE else None,
        owner=put_in.chosen("owner", content.owner),
        response=response,
        response_confirmed=response is not None,
    )


def _origin(content: Content, of: str) -> str:
    """Where a proposal was read, every place in a sentence."""
    return " ".join(dict.fromkeys(_read(one) for one in content.origins if one.of == of))


def _read(one: Origin) -> str:
    if not one.quote:
        return "As confirmed in the catalogue."
    return f"Read on page {one.page}: “{one.quote}”." if one.page else f"Read: “{one.quote}”."


# Its items


def _item(one: Item, window: Window, older: Mapping[str, str]) -> Iterator[Block]:
    named = f"items.{one.id}"
    yield kit.heading(_headed(one))
    kinds = {kind.value: counting.name(kind) for kind in ItemKind}
    yield fields.choice(
        f"{named}.kind", "Kind", kinds | {_OUT: "Leave it out: nothing is asked here"}, one.kind
    )
    section = f"Under “{one.section}”." if one.section else ""
    yield from _long(f"{named}.text", "What is asked", one.text, hint=section)
    limbs = "\n".join(" ".join(limb.text.split()) for limb in one.limbs)
    yield from _long(f"{named}.limbs", "Its limbs, one on a line", limbs, optional=True)
    yield fields.line(f"{named}.addressee", "Addressee", one.addressee, _SHORT, optional=True)
    yield fields.line(f"{named}.deadline", "Deadline in it", one.deadline, _SHORT, optional=True)
    reason = "" if one.ours else one.reason
    yield fields.line(f"{named}.reason", "Not for us, because", reason, _SHORT, optional=True)
    if one.id in window.asks or one.retyped:
        label = "Why these are not the words of the page"
        yield fields.line(f"{named}.retyped", label, one.retyped, _SHORT, optional=True)
    if one.repeats:
        hint = f"{one.repeats}: {older.get(one.repeats, '')}"
        same = {_YES: "Yes", _NO: "No"}
        yield fields.choice(f"{named}.repeats", "It repeats an older item", same, _YES, hint=hint)


def _headed(one: Item) -> str:
    number = f" {one.number}" if one.number else ""
    return f"{counting.name(one.kind)}{number} · page {one.page}"


def _long(
    name: str, label: str, said: str, *, hint: str = "", optional: bool = False
) -> Iterator[Block]:
    """Several lines, where a field takes them all; else they stay as they are."""
    if limits.size(said) <= limits.INPUT:
        yield fields.paragraph(name, label, said, hint=hint, optional=optional)
    else:
        yield kit.grey(f"{label}: too long to be edited here; correct it on a sheet.")


def _read_items(put_in: _PutIn, content: Content, shown: Sequence[Item]) -> Content:
    read = {one.id: _read_item(put_in, one) for one in shown}
    items = (read.get(one.id, one) for one in content.items)
    return replace(content, items=tuple(one for one in items if one is not None))


def _read_item(put_in: _PutIn, one: Item) -> Item | None:
    """The item as it was put in, None for one to be left out."""
    named = f"items.{one.id}"
    kind = put_in.chosen(f"{named}.kind", one.kind.value)
    if kind == _OUT:
        return None
    said = put_in.words(f"{named}.text", one.text)
    if not said:
        put_in.wrong[f"{named}.text"] = "Write what is asked, or leave the item out above."
    reason = put_in.words(f"{named}.reason", "" if one.ours else one.reason)
    repeats = put_in.chosen(f"{named}.repeats", _YES if one.repeats else _NO)
    return replace(
        one,
        kind=ItemKind(kind),
        text=said,
        limbs=_read_limbs(put_in, one),
        addressee=put_in.words(f"{named}.addressee", one.addressee),
        deadline=put_in.words(f"{named}.deadline", one.deadline),
        ours=not reason,
        reason=reason,
        retyped=put_in.words(f"{named}.retyped", one.retyped),
        repeats=one.repeats if repeats == _YES else "",
    )


def _read_limbs(put_in: _PutIn, one: Item) -> tuple[Limb, ...]:
    before = "\n".join(" ".join(limb.text.split()) for limb in one.limbs)
    said = put_in.words(f"items.{one.id}.limbs", before)
    if said == before:
        return one.limbs
    return tuple(Limb(line.strip()) for line in said.splitlines() if line.strip())


# Grades, and what a letter closes


def _rest(content: Content, older: Mapping[str, str], *, picks_dates: bool) -> Iterator[Block]:
    lines = "\n".join(f"{one.area}: {one.grade}, page {one.page}" for one in content.grades)
    if content.grades:
        yield from _long("grades", "Grades, one on a line", lines, optional=True)
    for place, one in enumerate(content.closes, 1):
        yield kit.rule()
        yield kit.words(_closed(one, older))
        closed = {_YES: "Yes: it says so", _NO: "No"}
        first = _YES if one.confirmed else ""
        yield fields.choice(f"closes.{place}", "Does the letter close this item?", closed, first)
        yield fields.day(f"closes.{place}.on", "Closed on", one.on, picks=picks_dates)


def _closed(one: Closing, older: Mapping[str, str]) -> str:
    name = f"{one.case}/{one.item}"
    item = text.cut(text.one_line(older.get(name, "")), _QUOTE)
    return f"{name}: {item}\nPage {one.page} says: “{text.cut(text.one_line(one.quote), _QUOTE)}”"


def _read_rest(put_in: _PutIn, content: Content) -> Content:
    closes = (_read_closing(put_in, n, one) for n, one in enumerate(content.closes, 1))
    grades = _read_grades(put_in, content)
    return replace(content, grades=grades, closes=tuple(closes))


def _read_closing(put_in: _PutIn, place: int, one: Closing) -> Closing:
    name = f"closes.{place}"
    said = put_in.chosen(name, _YES if one.confirmed else "")
    on = put_in.day(f"{name}.on", one.on)
    if not said:
        put_in.wrong[name] = "Say whether the letter closes this item."
    if said == _YES and on is None:
        put_in.wrong[f"{name}.on"] = "Write since which day."
    return replace(one, confirmed=said == _YES, on=on)


def _read_grades(put_in: _PutIn, content: Content) -> tuple[Grade, ...]:
    before = "\n".join(f"{one.area}: {one.grade}, page {one.page}" for one in content.grades)
    said = put_in.words("grades", before)
    if said == before:
        return content.grades
    known = {(one.area, one.grade): one for one in content.grades}
    found = [_GRADE.fullmatch(line.strip()) for line in said.splitlines() if line.strip()]
    if not all(found):
        put_in.wrong["grades"] = BAD_GRADE
    return tuple(
        known.get((one["area"], one["grade"]))
        or Grade(one["area"], one["grade"], int(one["page"] or 1), retyped=TYPED_GRADE)
        for one in found
        if one
    )


def _chunks(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[place : place + PER_PAGE] for place in range(0, len(items), PER_PAGE)]


def _where(page: int, last: int) -> str:
    if page == last:
        return f"Page {page + 1} of {last + 1}. “Confirm” keeps all of it and starts the clock."
    return f"Page {page + 1} of {last + 1}. What you change is kept when you go on."


def dated(content: Content) -> str:
    """The day of publication as it was read, for the card of a case."""
    if content.published is None:
        return "No day of publication was found."
    read = _origin(content, "published")
    return f"Published {plain(content.published)}. {read}".strip()
