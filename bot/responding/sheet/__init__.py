"""The sheet on which a person corrects and confirms a case: YAML, as a text editor shows it.

PyYAML gives each value with its line and as it was typed, so that no reader's guess turns a number
as printed into another or "no" into a word. It writes no comments; ``writing`` does.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.store.cases import Content
from retrieval.documents import Refused

ITEM = "items.{}"
"""How the path of an item's key begins: its id follows."""
NO_LINES = {"": 0}


class SheetWrong(Refused):
    """A sheet that cannot be taken; the message says file, line and key, and what to do.

    ``path`` is the key ("items.3.text"), ``words`` what is wrong with it; "" where there is none.
    """

    def __init__(self, message: str, path: str = "", words: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.words = words


@dataclass(frozen=True)
class Sheet:
    """A sheet as a person left it. ``revision`` is the one that it was written from.

    ``content`` has no spans and no origins yet; ``lines`` are those of its keys ("items.3.text"),
    ``NO_LINES`` for one that no file holds.
    """

    file: Path
    case: str
    revision: int
    content: Content
    lines: dict[str, int]

    def wrong(self, path: str, words: str) -> SheetWrong:
        """What is wrong with a key, in one line."""
        known = path
        while known and known not in self.lines:
            known = known.rpartition(".")[0]
        return SheetWrong(f"{self.file}, line {self.lines[known]}, {path}: {words}", path, words)
