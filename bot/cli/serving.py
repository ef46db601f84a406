"""``rejoinder serve`` and ``rejoinder work``: run the bot until it is stopped."""

import argparse
import sys

from bot.bootstrap import Parts
from bot.cli.running import DONE
from bot.operating.stopping import until_stopped
from bot.operating.web import CannotListen
from bot.slack import serving
from bot.slack.serving import How


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when stopped by a signal."""
    how = How.WORK if given.command == "work" else How.HTTP if given.http else How.SOCKET
    with until_stopped() as stopped:
        try:
            serving.serve(parts, how, stopped=stopped, said=_say)
        except CannotListen as no:
            raise ConnectionError(str(no)) from None
        sys.stdout.flush()
        serving.end(DONE)
    return DONE


def _say(line: str) -> None:
    print(line, flush=True)
