"""Run a command, and turn every refusal that people can act on into one line and an exit code."""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bot import settings
from bot.answering.writing import Unwritten
from bot.bootstrap import Parts, StateUnusable
from bot.evaluation import QuestionsWrong
from bot.model import ModelError
from bot.operating import logs
from bot.settings import SettingsWrong
from retrieval.catalogue import CatalogueWrong
from retrieval.documents import Refused
from retrieval.embedding import ModelUnusable
from retrieval.index import IndexBusy
from retrieval.search import NothingIndexed

DONE, NO, WRONG_USE, BROKEN = 0, 1, 2, 3
_IN_WORDS = (
    CatalogueWrong,
    ConnectionError,
    IndexBusy,
    ModelError,
    ModelUnusable,
    NothingIndexed,
    QuestionsWrong,
    Refused,
    SettingsWrong,
    StateUnusable,
    Unwritten,
)

Command = Callable[[argparse.Namespace, Parts], int]


class WrongUse(Exception):
    """A command that was given something it cannot take; the message says what it takes."""


def run(command: Command, given: argparse.Namespace) -> int:
    """The exit code of a command, its refusals said in words on standard error."""
    try:
        chosen = settings.load()
        logs.set_up(chosen.log_level)
        return command(given, Parts(chosen))
    except WrongUse as wrong:
        print(f"rejoinder {given.command}: {wrong}", file=sys.stderr)
        return WRONG_USE
    except _IN_WORDS as refusal:
        print(f"rejoinder {given.command}: {refusal}", file=sys.stderr)
        return BROKEN
    except BrokenPipeError:  # whoever read it has read enough
        sys.stdout = io.StringIO()  # or Python would complain of it at its end
        return NO
    except KeyboardInterrupt:
        print("Stopped. What was finished is kept.", file=sys.stderr)
        return NO


def show(data: Any) -> None:
    """One JSON document on standard output."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    print()


def say(lines: Iterable[str]) -> None:
    """Lines on standard output."""
    for line in lines:
        print(line, flush=True)
