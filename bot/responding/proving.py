"""Whether the words that a case rests on still stand on their pages."""

from collections.abc import Callable, Iterator, Sequence

from bot.responding.locating import same_words
from bot.store.cases import Case, Item
from retrieval.documents import Page, Span, quoted


def lost(case: Case, pages: Callable[[str], tuple[Page, ...]]) -> list[str]:
    """The paths ("items.3.text") whose spans no longer hold their words; [] when all do."""
    texts = {one.number: pages(one.digest) for one in case.documents}
    found = [path for item in case.content.items for path in _of_item(item, texts)]
    for number, said in enumerate(case.statuses, 1):
        if not _holds(pages(said.document), said.spans, said.quote):
            found.append(f"statuses.{number}")
    return found


def _of_item(item: Item, texts: dict[int, tuple[Page, ...]]) -> Iterator[str]:
    read = texts.get(item.document, ())
    if not item.retyped and not _holds(read, item.spans, item.text):
        yield f"items.{item.id}.text"
    for number, limb in enumerate(item.limbs, 1):
        if not item.retyped and not _holds(read, limb.spans, limb.text):
            yield f"items.{item.id}.limbs.{number}"
    said = item.decision
    if said and said.quote and not _holds(texts.get(said.document, ()), said.spans, said.quote):
        yield f"items.{item.id}.decision"


def _holds(pages: tuple[Page, ...], spans: Sequence[Span], words: str) -> bool:
    try:
        return same_words(" ".join(quoted(pages, span) for span in spans), words)
    except IndexError:
        return False
