"""YAML as a tree whose values are words as typed, each with its line. The only home of PyYAML."""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from bot.responding import days
from bot.responding.duty import DateWrong

Chosen = TypeVar("Chosen", bound=StrEnum)
_YES, _NO = frozenset({"yes", "true", "y"}), frozenset({"no", "false", "n", ""})


class Wrong(Exception):
    """What is wrong in a tree: the line, the path of the key, and words."""

    def __init__(self, line: int, path: str, words: str) -> None:
        super().__init__(words)
        self.line, self.path, self.words = line, path, words


class Branch:
    """A mapping of the sheet. ``path`` is where it hangs ("items.3"), "" for the sheet itself."""

    def __init__(self, node: yaml.Node, path: str, keys: tuple[str, ...]) -> None:
        self.line = _line(node)
        self.path = path
        if not isinstance(node, yaml.MappingNode):
            raise Wrong(self.line, path or "the sheet", "write keys with values, as key: value")
        self._found: dict[str, tuple[int, yaml.Node]] = {}
        for key, value in node.value:
            self._keep(key, value, keys)

    def _keep(self, key: yaml.Node, value: yaml.Node, keys: tuple[str, ...]) -> None:
        name = str(key.value)
        if name not in keys:
            raise Wrong(
                _line(key), self._at(name), f"there is no such key; the keys are {', '.join(keys)}"
            )
        if name in self._found:
            raise Wrong(_line(key), self._at(name), "the key stands here twice: remove one")
        self._found[name] = (_line(key), value)

    def lines(self) -> dict[str, int]:
        """The line of each key, by its path."""
        return {self.path: self.line} | {
            self._at(name): line for name, (line, _) in self._found.items()
        }

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        found = self._found.get(key)
        return found is not None and not (
            isinstance(found[1], yaml.ScalarNode) and not found[1].value.strip()
        )

    def text(self, key: str) -> str:
        """The words as typed, without white space at the ends; "" for none."""
        if key not in self._found:
            return ""
        line, node = self._found[key]
        if not isinstance(node, yaml.ScalarNode):
            raise Wrong(line, self._at(key), "write words here, not a list or further keys")
        return "" if _is_null(node) else str(node.value).strip()

    def number(self, key: str) -> int:
        """A whole number from 1; 0 when the key has no value."""
        words = self.text(key)
        if words and not (words.isascii() and words.isdigit() and 0 < int(words) < 10**6):
            raise self.wrong(key, f"write a whole number from 1, not {words!r}")
        return int(words or 0)

    def flag(self, key: str) -> bool:
        """Yes or no; no when the key has no value."""
        words = self.text(key).lower()
        if words not in _YES | _NO:
            raise self.wrong(key, f"write yes or no, not {words!r}")
        return words in _YES

    def day(self, key: str) -> date | None:
        """A date, None for none."""
        words = self.text(key)
        try:
            return days.read(words) if words else None
        except DateWrong as wrong:
            raise self.wrong(key, str(wrong)) from wrong

    def one_of(self, key: str, choices: type[Chosen]) -> Chosen:
        """One of these words."""
        words = self.text(key)
        if words not in set(choices):
            raise self.wrong(key, f"write one of {', '.join(choices)}, not {words!r}")
        return choices(words)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; () when the key has no value."""
        found = []
        for node in self._listed(key):
            if not isinstance(node, yaml.ScalarNode):
                raise Wrong(_line(node), self._at(key), "write words after each dash")
            if not _is_null(node) and str(node.value).strip():
                found.append(str(node.value).strip())
        return tuple(found)

    def branches(
        self, key: str, keys: tuple[str, ...], named: Callable[[int], str] = str
    ) -> Iterator["Branch"]:
        """The mappings of a list, in order."""
        for place, node in enumerate(self._listed(key), 1):
            yield Branch(node, f"{key}.{named(place)}", keys)

    def branch(self, key: str, keys: tuple[str, ...]) -> "Branch | None":
        """The mapping under a key, None when the key has no value."""
        if not self.has(key):
            return None
        return Branch(self._found[key][1], self._at(key), keys)

    def wrong(self, key: str, words: str) -> Wrong:
        """What is wrong with a key's value."""
        line = self._found[key][0] if key in self._found else self.line
        return Wrong(line, self._at(key), words)

    def _listed(self, key: str) -> list[yaml.Node]:
        if not self.has(key):
            return []
        line, node = self._found[key]
        if not isinstance(node, yaml.SequenceNode):
            raise Wrong(line, self._at(key), "write a list here, each entry after a dash")
        return list(node.value)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def root(words: str, keys: tuple[str, ...]) -> Branch:
    """The sheet itself. Wrong for what is no YAML, or is too deep to be a sheet."""
    try:
        node = yaml.compose(words, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as cause:
        mark = cause.problem_mark
        said = cause.problem or "it is not YAML"
        raise Wrong(mark.line + 1 if mark else 1, "the sheet", f"{said}: mend the line") from None
    except (yaml.YAMLError, RecursionError):
        raise Wrong(1, "the sheet", "this is not YAML: write the sheet anew") from None
    if node is None:
        raise Wrong(1, "the sheet", "it is empty: write the sheet anew")
    return Branch(node, "", keys)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_null(node: yaml.ScalarNode) -> bool:
    return node.style is None and node.value in ("", "~", "null")
