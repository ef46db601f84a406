"""What a person says on a sheet, held against the documents and the other cases, to be kept.

Every word said to be a document's is looked up on its page again; a sheet with anything wrong in it
changes nothing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from bot.responding import duty
from bot.responding.duty import Clock, DateWrong
from bot.responding.duty.rules import Regime
from bot.responding.locating import Words
from bot.responding.sheet import Sheet, SheetWrong
from bot.store.cases import Case, Choice, Closing, Content, Decided, Grade, Item, Limb
from retrieval.documents import Page, Span

Pages = Callable[[str], tuple[Page, ...]]
"""The pages of a document by its digest."""


def checked(sheet: Sheet, case: Case, cases: Mapping[str, Case], pages: Pages) -> Content:
    """The content of a sheet with its spans. SheetWrong names the first thing that is wrong."""
    _check_dates(sheet)
    _check_removed(sheet, case)
    checking = _Checking(sheet, case, cases, pages)
    said = sheet.content
    return replace(
        said,
        grades=tuple(checking.grade(place, one) for place, one in enumerate(said.grades, 1)),
        items=tuple(checking.item(one) for one in said.items),
        closes=tuple(checking.closing(place, one) for place, one in enumerate(said.closes, 1)),
        origins=case.latest.content.origins,
    )


def wrongs(
    sheet: Sheet, case: Case, cases: Mapping[str, Case], pages: Pages, items: Collection[int]
) -> list[SheetWrong]:
    """All that is wrong with the dates of a sheet and with these of its items."""
    checking = _Checking(sheet, case, cases, pages)
    mine = [one for one in sheet.content.items if one.id in items]
    checks: list[Callable[[], object]] = [
        partial(_check_dates, sheet), partial(_check_removed, sheet, case),
        *(partial(checking.item, one) for one in mine),
    ]  # fmt: skip
    found = []
    for check in checks:
        try:
            check()
        except SheetWrong as wrong:
            found.append(wrong)
    return found


def clock(content: Content) -> Clock | None:
    """The clock of a case, None until its day of publication is confirmed. DateWrong as duty."""
    if content.counted_from is None:
        return None
    regime = Regime(content.rule)
    by = content.reply_by if regime is Regime.STATED_DATE else None
    return duty.reckon(content.counted_from, regime, by)


def _check_dates(sheet: Sheet) -> None:
    said = sheet.content
    if said.published_confirmed and said.published is None:
        raise sheet.wrong("published", "it is confirmed but not there: write the date")
    if said.response_confirmed and said.response is None:
        raise sheet.wrong("response", "it is confirmed but not there: write the date")
    if said.rule == Regime.S55 and said.reply_by:
        raise sheet.wrong("reply_by", "the law sets the last day of s55: leave it empty")
    if said.rule == Regime.STATED_DATE and said.published_confirmed and not said.reply_by:
        raise sheet.wrong("reply_by", "stated_date needs the day that the report states")
    try:
        clock(said)
    except DateWrong as wrong:
        key = "reply_by" if said.rule == Regime.STATED_DATE else "published"
        raise sheet.wrong(key, f"{wrong}: correct the date") from wrong


def _check_removed(sheet: Sheet, case: Case) -> None:
    """An item of which something is on record is not removed by leaving it out."""
    there = {one.id for one in sheet.content.items}
    for item in case.content.items:
        if item.id not in there and case.status(item.id):
            words = f"item {item.id} has a status on record: keep it, as ours: no with a reason"
            raise sheet.wrong("items", words)


class _Checking:
    """Looks the words of one sheet up in the documents of its case."""

    def __init__(self, sheet: Sheet, case: Case, cases: Mapping[str, Case], pages: Pages) -> None:
        self._sheet = sheet
        self._case = case
        self._cases = cases
        self._documents = {one.number: one for one in case.documents}
        self._pages = pages
        self._words: dict[int, Words] = {}

    def grade(self, place: int, one: Grade) -> Grade:
        path = f"grades.{place}"
        if one.retyped:
            self._document(one.document, path)
            return replace(one, spans=())
        spans = self._stand(one.area, one.page, one.document, f"{path}.area")
        self._stand(one.grade, one.page, one.document, f"{path}.grade")
        return replace(one, spans=spans)

    def item(self, one: Item) -> Item:
        path = f"items.{one.id}"
        if not one.ours and not one.reason:
            raise self._sheet.wrong(f"{path}.reason", "say why the item is not ours")
        if one.repeats:
            self._check_older(one.repeats, f"{path}.repeats")
        decision = self._decision(one.decision, f"{path}.decision")
        if one.retyped:
            self._document(one.document, path)
            limbs = tuple(Limb(limb.text) for limb in one.limbs)
            return replace(one, spans=(), limbs=limbs, decision=decision)
        spans = self._stand(one.text, one.page, one.document, f"{path}.text")
        for paragraph in one.finding.split("\n"):
            if paragraph.strip():
                self._stand(paragraph, None, one.document, f"{path}.finding")
        limbs = tuple(
            Limb(limb.text, self._stand(limb.text, None, one.document, f"{path}.limbs"))
            for limb in one.limbs
        )
        return replace(one, spans=spans, limbs=limbs, decision=decision)

    def closing(self, place: int, one: Closing) -> Closing:
        path = f"closes.{place}"
        self._check_older(f"{one.case}/{one.item}", f"{path}.item")
        if one.confirmed and one.on is None:
            raise self._sheet.wrong(f"{path}.on", "say since which day: write the date")
        return replace(one, spans=self._stand(one.quote, one.page, one.document, f"{path}.quote"))

    def _decision(self, one: Decided | None, path: str) -> Decided | None:
        if one is None:
            return None
        if one.choice is Choice.NONE and not one.reason:
            raise self._sheet.wrong(f"{path}.reason", "say why no action is taken")
        if not one.quote:
            return one
        spans = self._stand(one.quote, one.page, one.document, f"{path}.quote")
        return replace(one, spans=spans)

    def _check_older(self, name: str, path: str) -> None:
        case, _, number = name.rpartition("/")
        older = self._cases.get(case)
        known = older and number.isdecimal() and older.content.item(int(number))
        if not known or case == self._case.id:
            raise self._sheet.wrong(path, f"there is no item {name!r} in another case")

    def _stand(self, text: str, page: int | None, document: int, path: str) -> tuple[Span, ...]:
        words = self._document(document, path)
        spans = words.find(text, page)
        if spans:
            return spans
        if page is None or not words.find(text):
            told = "these words do not stand in the document: correct them, or say why in retyped"
        else:
            told = f"these words stand on page {words.find(text)[0].page}, not {page}"
        raise self._sheet.wrong(path, told)

    def _document(self, number: int, path: str) -> Words:
        if number not in self._documents:
            raise self._sheet.wrong(path, f"the case has no document {number}")
        if number not in self._words:
            self._words[number] = Words(self._pages(self._documents[number].digest))
        return self._words[number]
