"""``rejoinder audit verify``: whether the audit stands as it was written."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from bot.bootstrap import Parts
from bot.cli.running import DONE, NO, say, show
from bot.store.audit import Audit, Verdict


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when the chain holds, 1 when it is broken."""
    verdict = Audit(parts.engine).verify()
    if given.json:
        show(asdict(verdict))
    else:
        say(lines(verdict))
    return DONE if verdict.ok else NO


def lines(verdict: Verdict) -> Iterator[str]:
    """As a person reads it."""
    yield verdict.words
    if verdict.ok:
        yield f"Head: {verdict.head}"
        yield "Note the count and the head elsewhere: only they show when the end was cut off."
    else:
        yield f"The entries before it hold: {verdict.count}, head {verdict.head}"
