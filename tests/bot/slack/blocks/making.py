"""Answers to show, and texts as a hostile document, person or model would write them."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from bot.answering.answers import Answer, Citation, Sentence, Status
from bot.grounding import Support
from retrieval.documents import Span

KEY = "m:C0POLICY:1764000000.000100"
FIRST = Citation("a" * 64, "a.pdf", "PEEL 2031", date(2031, 3, 4), Span(4, 10, 21), "Files wait.")
SECOND = replace(FIRST, document="b" * 64, title="The letter", published=None, span=Span(1, 0, 5))

ATTACKS = (
    "<!channel>",
    "<!here|here>",
    "<@U012ABCDEF>",
    "<#C012ABCDEF|policing>",
    "<!subteam^S012ABCDE>",
    "<!date^1392734382^{date}^https://evil.example|now>",
    "<https://evil.example|the report>",
    "<mailto:a@evil.example|write>",
    "[click](https://evil.example)",
    "![picture](https://evil.example/a.png)",
    "[1]: https://evil.example",
    "[1](https://evil.example)",
    "https://evil.example/a_b_c?x=1&y=2",
    "www.evil.example",
    "<!DOCTYPE html><script>alert(1)</script>",
    "@channel",
    "@Here now",
    "@\u200beveryone",
    "@\u2060channel",
    "<\u200b!channel>",
    "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;",
    "*bold* _italic_ ~struck~ `code`",
    "```block```",
    "> quoted",
    "\n> quoted\n>>> all of it",
    "# Heading",
    "- item",
    "1. item",
    ":warning: :+1:",
    "\u202egnirts desrever\u202c",
    "\u2066isolated\u2069",
    "tag\U000e0041\U000e0042\U000e007f",
    "soft\u00adhyphen zero\u200bwidth\ufeff",
    "nul\x00bell\x07escape\x1b[31m",
    "line\u2028separator\u2029paragraph",
    "[12] [3] [999]",
    "snake_case and __dunder__ and _",
    "half a pair \ud800 of surrogates",
    "👩\u200d👩\u200d👧 family 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "R&D < 5 > 3 && <<>>",
    "| a | b |\n|---|---|",
    "e\u0301\u0302\u0303\u0304" * 5,
)


def sentence(text: str, *citations: Citation, **changes: Any) -> Sentence:
    """A clear sentence in a document's own words."""
    return replace(Sentence(text, citations, Support.CLEAR, verbatim=True), **changes)


def answer(*sentences: Sentence, **changes: Any) -> Answer:
    """What is answered with these sentences."""
    opening = "This is what the documents say."
    return replace(Answer("What waits?", Status.ANSWERED, opening, sentences), **changes)


def hostile(longest: int = 50_000) -> st.SearchStrategy[str]:
    """Texts of every kind, up to that many characters."""
    signs = st.text(max_size=200)
    tricks = st.lists(st.sampled_from(ATTACKS) | signs, max_size=8).map(" ".join)
    joined = st.lists(st.sampled_from(ATTACKS), min_size=1, max_size=6).map("".join)
    short = signs | tricks | joined
    times = st.integers(1, 2000)
    long = st.builds(lambda one, many: (one * many)[:longest], short, times)
    spaced = st.builds(lambda one, many: (f"{one} " * many)[:longest], short, times)
    return st.one_of(short, short, long, spaced).map(lambda one: one[:longest])


def citations(longest: int = 50_000) -> st.SearchStrategy[Citation]:
    return st.builds(
        Citation,
        document=st.sampled_from(["a" * 64, "b" * 64, "c" * 64]),
        file=st.just("a.pdf"),
        title=hostile(longest),
        published=st.none() | st.dates(),
        span=st.builds(Span, st.integers(1, 900), st.just(0), st.just(9)),
        quote=hostile(longest),
    )


def sentences(longest: int = 50_000) -> st.SearchStrategy[Sentence]:
    return st.builds(
        Sentence,
        text=hostile(longest),
        citations=st.lists(citations(300), max_size=3).map(tuple),
        support=st.sampled_from([Support.CLEAR, Support.TO_CHECK]),
        verbatim=st.booleans(),
    )


def answers() -> st.SearchStrategy[Answer]:
    """Answers of any status, in which everything that others wrote is hostile."""
    told = st.one_of(st.lists(sentences(), max_size=3), st.lists(sentences(300), max_size=40))
    return st.builds(
        Answer,
        question=hostile(300),
        status=st.sampled_from(Status),
        opening=hostile(),
        sentences=told.map(tuple),
        withheld=st.lists(sentences(50), max_size=2).map(tuple),
        nearest=st.lists(citations(5000), max_size=3).map(tuple),
        caveats=st.lists(hostile(5000), max_size=3).map(tuple),
    )
