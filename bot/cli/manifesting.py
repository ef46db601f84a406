"""``rejoinder manifest``: what Slack is given to make the app."""

import argparse
from urllib.parse import urlsplit

from bot.bootstrap import Parts
from bot.cli.running import DONE, WrongUse, show
from bot.slack.manifest import manifest
from bot.slack.serving import EVENTS


def run(given: argparse.Namespace, _: Parts) -> int:
    """0; the manifest is one JSON document."""
    show(manifest(_url(given.http) if given.http is not None else ""))
    return DONE


def _url(given: str) -> str:
    """Where Slack posts to: the address given, at the path that we listen on."""
    parts = urlsplit(given)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise WrongUse(
            "--http takes the address at which Slack reaches this bot, such as "
            f"https://rejoinder.example.org: not {given!r}"
        )
    return f"https://{parts.netloc}{parts.path.rstrip('/') or EVENTS}"
