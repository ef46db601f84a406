"""Words that others wrote, made fit for Slack: nothing in them formats, links or calls anybody.

Slack's mrkdwn has no way to escape its own marks, and an unseen character beside them does not
stop every client. So a mark that could format is shown as the sign that looks like it. Most words
are shown as plain text, where there is no need to.
"""

import re

from bot.slack.blocks.limits import size
from retrieval.reading import cleaning

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINES = re.compile("[\r\u2028\u2029]")
# Surrogates without their other half, and unseen signs of annotation, shorthand and music.
_UNSEEN = re.compile("[\ud800-\udfff\u180f\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]")

# "@channel" calls everybody wherever names are looked for in plain words.
_CALLS = (re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE), "＠")
# "<!here>", "<@U1>", "<#C1>", "<https://…|label>": of no effect in plain text, and not left there.
_OPENS = (re.compile(r"<(?=[@#!]|[a-z][a-z+.-]*:)", re.IGNORECASE), "＜")
_FORMATS = (
    (re.compile(r"\*"), "∗"),
    (re.compile("~"), "∼"),
    (re.compile("`"), "ˋ"),
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), "＿"),  # not the one in "snake_case"
    (re.compile(r":(?=[\w+'-]+:)"), "∶"),  # ":warning:" would be a picture
    (re.compile("^( *)>", re.MULTILINE), r"\1＞"),  # a quotation
    (re.compile("://"), "∶//"),  # an address would be a link
    (re.compile(r"\b(www)\.", re.IGNORECASE), r"\1․"),
    (re.compile(r"\b(mailto):", re.IGNORECASE), r"\1∶"),
)
_MARKDOWN = (
    (re.compile(r"\\"), "＼"),
    (re.compile(r"\["), "［"),
    (re.compile(r"\]"), "］"),
    (re.compile("@"), "＠"),
    (re.compile(r"(?<=[\w-])\.(?=[^\W\d_]{2})"), "․"),  # "example.org" would be a link
    (re.compile(r"^#"), "＃"),
    (re.compile(r"^\+"), "＋"),
    (re.compile(r"^-"), "‐"),
    (re.compile(r"^="), "＝"),
    (re.compile(r"^(\d+)\."), r"\1․"),
    (re.compile(r"^(\d+)\)"), r"\1）"),
)

_ADDRESS = r"<(?:[a-z]+:[^<>\s|]*(?:\|[^<>\n]*)?|[@#!][^<>\s]*)>"
_ATOM = re.compile(rf"{_ADDRESS}|&(?:amp|lt|gt);|\[\d{{1,4}}\]|.", re.DOTALL)
_TYPED = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def visible(text: str) -> str:
    """The text without what nobody sees: control, zero-width, bidirectional and tag characters."""
    lines = _LINES.sub("\n", text.replace("\r\n", "\n"))
    seen, _ = cleaning.visible(_UNSEEN.sub("", lines).replace("\t", " "))
    return seen


def one_line(text: str) -> str:
    """The text as one line with single spaces."""
    return " ".join(visible(text).split())


def plain(text: str) -> str:
    """The text for a ``plain_text`` field."""
    return _put(visible(text), (_CALLS, _OPENS))


def escaped(text: str) -> str:
    """The text for a ``mrkdwn`` field or for a message's ``text``."""
    shown = _put(visible(text), (_CALLS, *_FORMATS))
    return re.sub("[&<>]", lambda sign: _ENTITIES[sign[0]], shown)


def markdown(text: str) -> str:
    """The text, as one line, for a field that takes standard Markdown; no backslash is needed."""
    shown = _put(one_line(text), (*_FORMATS, *_MARKDOWN))
    return re.sub("[&<>]", lambda sign: _ENTITIES[sign[0]], shown)


def _put(text: str, changes: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for form, sign in changes:
        text = form.sub(sign, text)
    return text


def typed(text: str) -> str:
    """What a person typed, from the ``text`` of their message: no mentions, links as words.

    >>> typed("<@U1> what of R&amp;D in <#C1|policing> and <https://example.org|this>?")
    'what of R&D in #policing and this?'
    """
    bare = _TYPED.sub(_named, text)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return one_line(bare)


def _named(found: re.Match[str]) -> str:
    kind, address, label = found[1], found[2], found[3]
    if kind == "#":
        return f"#{label}" if label else ""
    return (label or "") if kind else (label or address)


def cut(text: str, limit: int) -> str:
    """At most ``limit`` of the text, ended behind a word with "…" when something is left out."""
    if size(text) <= limit:
        return text
    return f"{text[: _end(text, 0, limit - 1)].rstrip()}…"


def parts(text: str, limit: int) -> list[str]:
    """The text in pieces of at most ``limit``, which joined are the text again.

    They end behind a space, or within a word that is longer than a piece; never within an entity,
    a mark such as "[12]" or a link (one that is longer than a piece is no link).
    """
    found, begin = [], 0
    while begin < len(text):
        end = _end(text, begin, limit)
        found.append(text[begin:end])
        begin = end
    return found


def _end(text: str, begin: int, limit: int) -> int:
    room, end, spaced = limit, begin, 0
    for atom in _ATOM.finditer(text, begin):
        room -= size(atom[0])
        if room < 0:
            return spaced or max(end, begin + 1)
        end = atom.end()
        if atom[0].isspace():
            spaced = end
    return len(text)
