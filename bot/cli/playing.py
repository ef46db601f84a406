"""``rejoinder playground``: everything to try, without an account."""

import argparse
import os
import sys

from bot.bootstrap import Parts
from bot.cli.running import DONE
from bot.playground import playing
from bot.slack import serving


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when the conversation has been played, or when it is stopped."""
    stay = not given.demo or (sys.stdout.isatty() and os.environ.get("DEMO_EXIT") != "1")
    try:
        playing.play(parts.settings, port=given.port, demo=given.demo, stay=stay, say=_say)
    except KeyboardInterrupt:
        _say("Stopped.")
    sys.stdout.flush()
    serving.end(DONE)
    return DONE


def _say(line: str) -> None:
    print(line, flush=True)
