"""The playground: a local Slack with a fictional office, the bot in it, a conversation to watch."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from pydantic import SecretStr

from bot.bootstrap import Parts
from bot.operating import logs
from bot.playground import conversation, printing
from bot.playground.installing import LocalSlackUnavailable, installed
from bot.playground.local_slack import LocalSlack, running
from bot.playground.workspace import (
    COLIN,
    CUSTODY,
    MEGAN,
    NEWS,
    OFFICE,
    PRIYA,
    REJOINDER,
    TOM,
    Person,
)
from bot.settings import Settings
from bot.slack import serving
from bot.slack.serving import How
from retrieval.library import Scope

T = TypeVar("T")
Say = Callable[[str], None]
_START = 120.0  # seconds, most of them for loading the embedding model
_ANSWER = 90.0
_STOP = 30.0
SAMPLE = Path(__file__).parents[2] / "corpus" / "documents"
_EMBARGOED = "restricted:embargo"
READERS = {
    TOM.id: ("public", "office", _EMBARGOED),
    PRIYA.id: ("public", "office", _EMBARGOED),
    MEGAN.id: ("public", "office"),
    COLIN.id: ("public",),
}
CHANNELS = {
    NEWS.id: ("public",),
    OFFICE.id: ("public", "office"),
    CUSTODY.id: ("public", "office", _EMBARGOED),
}


def settings(given: Settings, slack: str = "") -> Settings:
    """Settings of the fictional office; a model that was set stays set."""
    return given.model_copy(
        update={
            "home": given.home / "playground",
            "slack_api_url": slack or given.slack_api_url,
            "slack_bot_token": SecretStr(REJOINDER.token),
            "slack_app_token": SecretStr(REJOINDER.app_token),
            "slack_signing_secret": SecretStr(REJOINDER.signing_secret),
            "slack_blocks": "plain",
            "slack_agent": False,
            "readers": READERS,
            "channels": CHANNELS,
            "roles": {"officer": (TOM.id,), "reviewer": (PRIYA.id, MEGAN.id)},
            "colleagues": (PRIYA.id,),
            "operating_port": 0,
            "database_url": "",
            "chroma_url": "",
            "replica": "playground",
        }
    )


class BotEnded(ConnectionError):
    """The bot of the playground has ended; the message says in which error."""


def play(given: Settings, *, port: int, demo: bool, stay: bool, say: Say) -> None:
    """Set the office up, play the conversation with ``demo``, and ``stay`` until stopped.

    Where there is no local Slack the conversation is played in the terminal. KeyboardInterrupt
    when it is stopped, by SIGTERM too; BotEnded, and whatever else ends the bot in words.
    """
    home = settings(given).home
    with _ended_like_ctrl_c():
        try:
            program = installed(home / "local-slack")
            with running(program, home / "slack", port=port) as slack:
                parts = Parts(settings(given, slack.api))
                _index(parts, say)
                _in_slack(parts, slack, demo=demo, stay=stay, say=say)
        except LocalSlackUnavailable as why:
            _say(say, f"{why} The same conversation is played here, without Slack.")
            parts = Parts(settings(given))
            _index(parts, say)
            _in_terminal(parts, say)


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Within it SIGTERM ends what was started too, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _index(parts: Parts, say: Say) -> None:
    """Index the sample documents; nothing is read again when they are indexed."""
    once = "" if parts.library.live() else " (about a minute, once)"
    _say(say, f"Indexing the sample documents of a fictional office{once}.")
    with parts.shelves() as shelves:
        outcomes = list(parts.indexing(shelves)([parts.settings.corpus or SAMPLE]))
    say(f"{len(outcomes)} documents are indexed.")


def _in_slack(parts: Parts, slack: LocalSlack, *, demo: bool, stay: bool, say: Say) -> None:
    _say(say, f"A local Slack runs at {slack.address}; whoever reaches this machine can use it.")
    with _serving(parts, slack) as bot:
        if demo:
            for line in conversation.in_slack(slack, bot.until):
                say(line)
        if stay:
            for line in _invitation(slack.address):
                _say(say, line)
            try:
                bot.wait()
            except KeyboardInterrupt:
                say("Stopping, which takes some seconds.")
                raise


def _invitation(address: str) -> Iterator[str]:
    yield ""
    yield f"Open {address} in a browser."
    yield f"  Who you are: “Act as”, top right. {COLIN.name} reads only what is public."
    yield f"  Ask: @{REJOINDER.name} and a question in #{OFFICE.name}; follow up in its thread."
    yield f"  In private: {REJOINDER.command} and a question, or your name under Direct messages."
    yield f"  Reports: /reports as {TOM.name} lists them; “Start a response” begins one."
    yield f"  {REJOINDER.name}'s Home, with questions to begin with: under Apps."
    yield "Ctrl-C stops everything."


class _Bot:
    """The bot in a thread of its own."""

    def __init__(self, parts: Parts, slack: LocalSlack) -> None:
        self._parts = parts
        self._slack = slack
        self._stop = threading.Event()
        self._began = SimpleQueue[bool]()
        # Not the thread's end: a join that Ctrl-C interrupts takes the thread for ended.
        self._ended = threading.Event()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._serve, name="bot", daemon=True)

    def start(self) -> None:
        """Start it; it is connected afterwards: the local Slack keeps nothing for later."""
        self._thread.start()
        try:
            began = self._began.get(timeout=_START)
        except Empty:
            raise BotEnded(f"The bot did not begin within {_START:.0f} seconds.") from None
        if not began:
            self._say_why()
        self.until(self._slack.connected)

    def until(self, look: Callable[[], T]) -> T:
        """What ``look`` gives once it is true. Each second the bot is looked after too."""
        for _ in range(int(_ANSWER)):
            if self._ended.is_set():
                self._say_why()
            try:
                return self._slack.until(look, 1)
            except TimeoutError:
                continue
        raise BotEnded(f"The bot did not answer within {_ANSWER:.0f} seconds.")

    def wait(self) -> None:
        """Wait for it to end, which it does only in an error."""
        self._ended.wait()
        self._say_why()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._stop.set()
        self._ended.wait(_STOP)

    def _serve(self) -> None:
        try:
            serving.serve(
                self._parts,
                How.SOCKET,
                stopped=self._stop,
                said=lambda _: self._began.put(True),
            )
        except Exception as error:
            self._error = error
            logs.get().error("bot ended", exc_info=error)
        finally:
            self._began.put(False)
            self._ended.set()

    def _say_why(self) -> None:
        kind = type(self._error).__name__ if self._error else "no error"
        raise BotEnded(f"The bot ended: {self._error or 'it was stopped'} ({kind}).")


@contextmanager
def _serving(parts: Parts, slack: LocalSlack) -> Iterator[_Bot]:
    bot = _Bot(parts, slack)
    try:
        bot.start()
        yield bot
    finally:
        bot.stop()


def _in_terminal(parts: Parts, say: Say) -> None:
    def scope_of(person: Person) -> Scope:
        return Scope(frozenset(READERS[person.id]), datetime.now(UTC))

    with parts.searching() as search:
        for line in conversation.in_terminal(parts.answering(search), scope_of):
            say(line)
    parts.engine.dispose()


def _say(say: Say, line: str) -> None:
    for part in printing.wrapped(line):
        say(part)
