"""What a model writes to plain text: no mark-up, no links, no mentions, nothing unseen."""

import html
import re
import unicodedata

from bot.answering.keys import KEY

_SLACK = re.compile(r"<(?:[@#!][^>|]*|(?:https?|mailto|ftp|tel|slack)[:/][^>|]*)(?:\|([^>]*))?>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(
    r"\b(?:(?:https?|ftp)://|mailto:|javascript:|data:\w+/|www\.)\S*[^\s.,;:!?)]|\S+@\S+\.\w+", re.I
)
_KEY = re.compile(KEY)
_NOTE = re.compile(r"\[\^?\d{1,2}\]")
_MENTION = re.compile(r"(?<!\w)@\w[\w-]*(?:\.\w+)*")
_HEAD = re.compile(r"^\s*(?:(?:[>#]+|[-*+•▪◼–—]|\d{1,2}[.)]|\(?[a-z]\))\s+)+|^\s*#+\s*")
_FENCE = re.compile(r"^\s*(?:```|~~~)\w*\s*$")
_STRONG = re.compile(r"\*+|`+|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")


def plain(line: str) -> str:
    """One line of a reply as plain text, "" when nothing is left.

    >>> plain("- **Two** of [ten](https://example.org) cases, <@U1> said &lt;!here&gt;.")
    'Two of ten cases, said.'
    """
    text = line
    for _ in range(2):  # what is written as entities is a tag again after one turn
        text = _once(html.unescape(text))
    return " ".join(re.sub(r"\s+([.,;:!?](?:\s|$))", r"\1", text).split())


def _once(line: str) -> str:
    text = "" if _FENCE.match(line) else _HEAD.sub("", _seen(line))
    text = _LINK.sub(lambda link: f"[{link[1]}]" if _KEY.fullmatch(link[1]) else link[1], text)
    text = _SLACK.sub(lambda found: found[1] or "", text)
    for unwanted in (_TAG, _ADDRESS, _MENTION, _NOTE):
        text = unwanted.sub("", text)
    return _STRONG.sub("", text)


def _seen(text: str) -> str:
    kept = (sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else " "
            for sign in text if unicodedata.category(sign) != "Cf")  # fmt: skip
    return "".join(kept)
