"""The page that a source stands on, with the exact words set apart."""

from collections.abc import Sequence

from bot.slack.blocks import kit, limits, message, text
from bot.slack.blocks.kit import Block

AROUND = 1200  # characters shown before and after the words
_PARAGRAPHS = 20  # blocks for what stands before, and for what stands after
_EDGES = 12 + 2 * _PARAGRAPHS  # blocks for source, page, headings, rules and what is around
_CUT = "The words are longer than can be shown here; they go on on this page."


def view(
    title: str,
    source: str,
    page_number: int,
    page_text: str,
    start: int,
    end: int,
    trail: Sequence[str] = (),
) -> Block:
    """A modal with the words ``page_text[start:end]`` in bold between rules, and what is around.

    ``title`` is the modal's, of which 24 characters are shown; ``source`` the line that names the
    document; ``trail`` the headings above, highest first.
    """
    above = text.one_line(" › ".join(filter(None, map(text.one_line, trail))))
    blocks = [
        *_grey(source),
        *_grey(f"Page {page_number}, counted from the first page of the file."),
        *_grey(above),
        *_words(_before(page_text, start)),
        kit.rule(),
        *_exact(page_text[start:end]),
        kit.rule(),
        *_words(_after(page_text, end)),
    ]
    return _modal(title, blocks)


def gone(words: str) -> Block:
    """A modal that says why there is no passage to show."""
    return _modal("Passage", list(message.single(words).blocks))


def _modal(title: str, blocks: list[Block]) -> Block:
    shown = text.cut(text.one_line(title), limits.TITLE) or "Passage"
    return {
        "type": "modal",
        "title": kit.label(shown),
        "close": kit.label("Close"),
        "blocks": blocks,
    }


def _grey(said: str) -> list[Block]:
    line = text.cut(text.plain(text.one_line(said)), limits.SECTION)
    return [kit.grey(line)] if line else []


def _words(said: str) -> list[Block]:
    """A block for each paragraph, or all in one when there are too many."""
    whole = said.strip()
    paragraphs = [line for line in whole.split("\n") if line.strip()]
    parts = paragraphs if len(paragraphs) <= _PARAGRAPHS else [whole]
    return [block for part in parts for piece in message.told(part) for block in piece.blocks]


def _exact(said: str) -> list[Block]:
    """The words in bold, as far as a view has room for them."""
    most = limits.VIEW_BLOCKS - _EDGES
    blocks = [block for piece in message.strong(said) for block in piece.blocks]
    return blocks if len(blocks) <= most else [*blocks[:most], kit.grey(_CUT)]


def _before(page: str, start: int) -> str:
    """What stands before, from the beginning of a word; "…" when there is more."""
    if start <= AROUND:
        return page[:start]
    near = page[start - AROUND : start]
    _, _, whole = near.partition(_first_space(near))
    return f"…{whole.lstrip()}"


def _after(page: str, end: int) -> str:
    """What stands after, to the end of a word; "…" when there is more."""
    near = page[end : end + AROUND]
    if end + AROUND >= len(page):
        return near
    return text.cut(f"{near}{page[end + AROUND]}", limits.size(near))


def _first_space(near: str) -> str:
    return next((sign for sign in near if sign.isspace()), near[0])
