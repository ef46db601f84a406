"""A case to the text of its sheet: every proposal with its page and the words it was read from."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from textwrap import wrap

import yaml

from bot.store.cases import Closing, Content, Decided, Document, Grade, Item, Origin

_WIDTH = 92
_LONG = 70
_HEAD = """\
What is said of {case}. Correct what is wrong, then run
  rejoinder report confirm {case}.yaml
Nothing counts before that. The clock starts only with published_confirmed: yes.
Words of an item must stand on its page; where they cannot (a picture), say why in retyped.
An item that is not for us has ours: no and a reason. Remove an item that is none;
a new one has no id. Further keys of an item: document, grade, section, retyped,
repeats (CASE/ID of an older item), decision (choice taken, proposed or none; reason; page; quote).
"""


def text(
    case: str,
    revision: int,
    content: Content,
    documents: Sequence[Document],
    *,
    notes: Sequence[str] = (),
    older: Callable[[str], str] = lambda _: "",
) -> str:
    """The sheet of a case at a revision. ``older`` gives the words of an item by CASE/ID."""
    lines = [*_comment(_HEAD.format(case=case), 0), *_documents(documents)]
    lines += [line for note in notes for line in _comment(f"Look here first: {note}", 0)]
    lines += ["", f"case: {case}", f"revision: {revision}", *_said(content)]
    lines += _list("grades", [_grade(one, documents) for one in content.grades])
    lines += _list("items", [_item(one, documents, older) for one in content.items])
    lines += _list("closes", [_closing(one, documents, older) for one in content.closes])
    return "\n".join(lines) + "\n"


def origin(one: Origin) -> str:
    """Where a proposal was read, in words."""
    if not one.quote:
        return "as confirmed in the catalogue"
    return f"page {one.page}: “{one.quote}”" if one.page else f"“{one.quote}”"


def _documents(documents: Sequence[Document]) -> Iterator[str]:
    for one in documents:
        yield from _comment(f"Document {one.number} ({one.role}): {one.title}", 0)


def _said(content: Content) -> Iterator[str]:
    values: dict[str, object] = {
        "title": content.title,
        "kind": content.kind.value,
        "published": content.published,
        "published_confirmed": content.published_confirmed,
        "rule": content.rule,
        "reply_by": content.reply_by,
        "owner": content.owner,
    }
    if content.response or any(one.of == "response" for one in content.origins):
        values |= {"response": content.response, "response_confirmed": content.response_confirmed}
    for key, value in values.items():
        for one in content.origins:
            if one.of == key:
                yield from _comment(origin(one), 0)
        yield from _pair(key, value, 0)
    yield from _texts("addressees", content.addressees, 0)


def _grade(one: Grade, documents: Sequence[Document]) -> list[str]:
    return [
        *_pair("area", one.area, 0),
        *_pair("grade", one.grade, 0),
        *_where(one.document, one.page, documents),
        *_given("retyped", one.retyped),
    ]


def _item(one: Item, documents: Sequence[Document], older: Callable[[str], str]) -> list[str]:
    lines = _comment(f"page {one.page}, under “{one.section}”", 0) if one.section else []
    lines += [*_pair("id", one.id, 0), *_pair("kind", one.kind.value, 0)]
    lines += [*_pair("number", one.number, 0), *_where(one.document, one.page, documents)]
    lines += [*_pair("text", one.text, 0), *_texts("limbs", [li.text for li in one.limbs], 0)]
    for key in ("finding", "addressee", "deadline"):
        lines += _pair(key, getattr(one, key), 0)
    lines += [*_given("grade", one.grade), *_given("section", one.section)]
    lines += [*_pair("ours", one.ours, 0), *_pair("reason", one.reason, 0)]
    lines += _given("retyped", one.retyped)
    if one.repeats:
        lines += [*_comment(f"{one.repeats} reads: {older(one.repeats)}", 0)]
        lines += _pair("repeats", one.repeats, 0)
    return [*lines, *_decision(one.decision, documents)]


def _decision(one: Decided | None, documents: Sequence[Document]) -> list[str]:
    if one is None:
        return []
    inner = [*_pair("choice", one.choice.value, 2), *_pair("reason", one.reason, 2)]
    if one.document:
        inner += [f"  {line}" for line in _where(one.document, one.page, documents)]
        inner += _pair("quote", one.quote, 2)
    return ["decision:", *inner]


def _closing(one: Closing, documents: Sequence[Document], older: Callable[[str], str]) -> list[str]:
    return [
        *_comment(f"{one.case}/{one.item} reads: {older(f'{one.case}/{one.item}')}", 0),
        *_pair("case", one.case, 0),
        *_pair("item", one.item, 0),
        *_pair("status", one.status.value, 0),
        *_pair("on", one.on, 0),
        *_where(one.document, one.page, documents),
        *_pair("quote", one.quote, 0),
        *_pair("confirmed", one.confirmed, 0),
    ]


def _where(document: int, page: int, documents: Sequence[Document]) -> list[str]:
    """The page, with the document where there are several."""
    several = len(documents) > 1 or document != 1
    return [*(_pair("document", document, 0) if several else ()), *_pair("page", page, 0)]


def _given(key: str, value: str) -> list[str]:
    return _pair(key, value, 0) if value else []


def _list(key: str, entries: Sequence[list[str]]) -> Iterator[str]:
    """Mappings under a key; the dash stands before the first line that is no comment."""
    yield ""
    yield f"{key}:" if entries else f"{key}: []"
    for lines in entries:
        begun = False
        for line in lines:
            dash = not begun and not line.startswith("#")
            begun = begun or dash
            lead = "  - " if dash else "    " if begun else "  "
            yield f"{lead}{line}" if line else ""
        if lines is not entries[-1]:
            yield ""


def _texts(key: str, values: Sequence[str], indent: int) -> list[str]:
    pad = " " * indent
    if not values:
        return [f"{pad}{key}: []"]
    lines = [f"{pad}{key}:"]
    for value in values:
        first, *rest = _scalar(value, indent + 4)
        lines += [f"{pad}  - {first}", *rest]
    return lines


def _pair(key: str, value: object, indent: int) -> list[str]:
    first, *rest = _scalar(value, indent + 2)
    return [f"{' ' * indent}{key}: {first}".rstrip(), *rest]


def _scalar(value: object, indent: int) -> list[str]:
    """A value as YAML: long words are folded below the key, to be edited with ease."""
    if value is None or value == "":
        return [""]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, date | int):
        return [str(value)]
    words = str(value)
    if len(words) > _LONG and _folds(words):
        return [">-", *_folded(words, " " * indent)]
    quoted = yaml.safe_dump(words, allow_unicode=True, width=float("inf"))
    return [quoted.removesuffix("...\n").rstrip("\n")]


def _folds(words: str) -> bool:
    """Whether folding at spaces gives back the very words."""
    return all(
        paragraph and paragraph.isprintable() and " ".join(paragraph.split(" ")) == paragraph
        and paragraph == paragraph.strip() and "  " not in paragraph
        for paragraph in words.split("\n")
    )  # fmt: skip


def _folded(words: str, pad: str) -> Iterator[str]:
    for number, paragraph in enumerate(words.split("\n")):
        if number:
            yield ""
        for line in wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False):
            yield pad + line


def _comment(words: str, indent: int) -> list[str]:
    lines = [line for line in words.split("\n") if line.strip()]
    wrapped = [piece for line in lines for piece in wrap(_clean(line), _WIDTH)]
    return [f"{' ' * indent}# {line}" for line in wrapped]


def _clean(line: str) -> str:
    """What no comment may hold is left out; the indent of a command stays."""
    return "".join(sign for sign in line if sign.isprintable())
