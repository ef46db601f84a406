import io
import json
import logging
import math
import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.operating import logs

ROOT = Path(__file__).parents[3]
TEXT = "Why was the backlog in custody 212 cases?"
TOKEN = "xoxb-2147483647-secret"

Read = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str]) -> Iterator[Read]:
    """What has been logged since the last look; the log is put back at the end."""
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logs.put_back()


def test_an_event_is_a_line_of_json_with_its_facts(read: Read) -> None:
    logs.set_up("INFO")
    logs.get().info("question answered", question="q-1", seconds=1.5, sentences=3, model=None)
    (line,) = read()
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "question answered",
        "question": "q-1",
        "seconds": 1.5,
        "sentences": 3,
        "model": None,
    }


class Status(StrEnum):
    PARTLY = "partly"


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("question", "4f1c-88", "4f1c-88"),
        ("status", Status.PARTLY, "partly"),
        ("model", "openai:gpt-5-mini", "openai:gpt-5-mini"),
        ("prompt", "9d" * 32, "9d" * 32),
        ("job", "answer/C1/1700000000.000100", "answer/C1/1700000000.000100"),
        ("job", "deliver/m:C1:17.2@3.failed", "deliver/m:C1:17.2@3.failed"),
        ("question", "", ""),
        ("replica", "desk-1", "desk-1"),
        ("error", ValueError(TEXT), "ValueError"),
        ("reference", "R-7K3Q-2M", "R-7K3Q-2M"),
        ("ok", True, True),
        ("documents", 0, 0),
    ],
)
def test_facts_that_are_kept(read: Read, key: str, value: object, kept: object) -> None:
    logs.set_up("INFO")
    logs.get().info("something happened", **{key: value})
    (line,) = read()
    assert line[key] == kept
    assert "dropped" not in line


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("question", TEXT),
        ("question", "w" * 101),
        ("question", "one\ntwo"),
        ("reason", TOKEN),
        ("reason", "token:xapp-1-A0"),
        ("reason", "SK-live-1"),
        ("person", "priya@office.example"),
        ("person", "Prïya"),
        ("status", 3),
        ("status", ["partly"]),
        ("seconds", "1.5"),
        ("seconds", math.nan),
        ("seconds", math.inf),
        ("count", 10**400),
        ("error", object()),
        ("text", "one"),
        ("token", 1),
        ("body", None),
        ("stack_info", True),
        ("_rejoinder_facts", "one"),
    ],
)
def test_facts_that_are_dropped_and_counted(read: Read, key: str, value: object) -> None:
    logs.set_up("INFO")
    logs.get().info("something happened", **{key: value})
    (line,) = read()
    assert key not in line
    assert line["dropped"] == 1
    assert line["event"] == "something happened"


@pytest.mark.parametrize("name", [TEXT, TOKEN, "", "asked about five words here", "Asked", "a\nb"])
def test_an_event_that_may_hold_text_loses_its_name(read: Read, name: str) -> None:
    logs.set_up("INFO")
    logs.get().info(name)
    (line,) = read()
    assert (line["event"], line["dropped"]) == ("unnamed event", 1)


def test_words_filled_into_an_event_are_dropped(read: Read) -> None:
    logs.set_up("INFO")
    logs.get().info("question received", TEXT)
    (line,) = read()
    assert (line["event"], line["dropped"]) == ("question received", 1)


@given(st.text(min_size=1).filter(lambda text: any(mark in text for mark in " \n\t?'\"<@&=")))
def test_no_sentence_is_ever_plain(text: str) -> None:
    assert not logs.is_plain(text)


def test_no_key_takes_both_numbers_and_words() -> None:
    assert not logs.NUMBERS & logs.WORDS


def test_facts_of_a_stretch_of_work_are_in_every_event_of_it(read: Read) -> None:
    logs.set_up("INFO")
    with logs.about(reference="R-7K3Q-2M", text=TEXT):
        logs.get().info("answer begun", question="q-1")
    logs.get().info("queue empty")
    first, second = read()
    assert (first["reference"], first["question"], first["dropped"]) == ("R-7K3Q-2M", "q-1", 1)
    assert "reference" not in second


def _break(words: str) -> None:
    raise LookupError(words)


def test_an_error_is_told_by_class_and_place_never_by_message(read: Read) -> None:
    logs.set_up("INFO")
    try:
        _break(TEXT)
    except LookupError:
        logs.get().exception("job failed", job="answer/1")
    (line,) = read()
    line_of_error = _break.__code__.co_firstlineno + 1
    assert line["error"] == "LookupError"
    assert line["where"] == f"operating/test_logs.py:{line_of_error}"
    assert TEXT not in json.dumps(line)


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("DEBUG", ["debug", "info", "warning", "error"]),
        ("INFO", ["info", "warning", "error"]),
        ("WARNING", ["warning", "error"]),
        ("ERROR", ["error"]),
    ],
)
def test_the_level_chooses_events_of_ours(read: Read, level: str, seen: list[str]) -> None:
    logs.set_up(level)
    log = logs.get()
    for method in (log.debug, log.info, log.warning, log.error):
        method("something happened")
    assert [line["level"] for line in read()] == seen


def test_set_up_again_the_last_call_counts_and_nothing_is_told_twice(read: Read) -> None:
    logs.set_up("DEBUG")
    logs.set_up("INFO")
    logs.get().debug("too small")
    logs.get().info("something happened")
    assert [line["event"] for line in read()] == ["something happened"]


def test_a_log_that_was_got_before_setting_up_follows_it(read: Read) -> None:
    log = logs.get()
    log.info("too early")
    logs.set_up("INFO")
    log.info("something happened")
    assert [line["event"] for line in read()] == ["something happened"]


def test_other_libraries_are_heard_from_warnings_up_without_their_message(read: Read) -> None:
    logs.set_up("DEBUG")
    other = logging.getLogger("other.library")
    other.setLevel(logging.DEBUG)
    other.debug("%s", TEXT)
    other.info("%s", TEXT)
    other.warning("%s", TEXT, extra={"said": TEXT}, stack_info=True)
    try:
        _break(TEXT)
    except LookupError:
        other.exception(TEXT)
    other.setLevel(logging.NOTSET)
    warned, failed = read()
    assert warned.pop("where").startswith("operating/test_logs.py:")
    assert warned.pop("time")
    assert warned == {"level": "warning", "event": "library", "logger": "other.library"}
    assert (failed["level"], failed["error"]) == ("error", "LookupError")
    assert TEXT not in json.dumps(failed)


def test_a_logger_named_by_data_loses_its_name(read: Read) -> None:
    logs.set_up("INFO")
    logging.getLogger(TEXT).error("no")
    (line,) = read()
    assert "logger" not in line


def test_a_librarys_own_handler_sees_no_message_either(read: Read) -> None:
    logs.set_up("DEBUG")
    printed = io.StringIO()
    own = logging.StreamHandler(printed)
    other = logging.getLogger("other.printer")
    other.addHandler(own)
    try:
        _break(TEXT)
    except LookupError:
        other.exception("%s", TOKEN)
    other.removeHandler(own)
    assert printed.getvalue() == "(message withheld)\n"


def test_arguments_that_do_not_fit_do_no_harm(read: Read) -> None:
    logs.set_up("INFO")
    logging.getLogger("other").error("%d of them", TEXT)
    (line,) = read()
    assert line["logger"] == "other"


def test_an_error_that_ends_a_thread_is_an_event(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.set_up("INFO")
    logs.watch_threads()
    for ends in (_break, sys.exit):
        thread = threading.Thread(target=ends, args=(TEXT,))
        thread.start()
        thread.join()
    (line,) = read()
    assert (line["event"], line["error"]) == ("thread ended", "LookupError")
    assert TEXT not in json.dumps(line)


def test_a_closed_log_stops_nobody(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    logs.set_up("INFO")
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    logs.get().info("something happened")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_people_can_read_it(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    logs.set_up("INFO")
    logs.get().info("question answered", status="partly", seconds=2, text=TEXT)
    (line,) = terminal.getvalue().splitlines()
    assert "question answered" in line
    assert line.endswith("status=partly seconds=2 dropped=1")


def test_a_handler_can_ask_for_the_facts(caplog: pytest.LogCaptureFixture) -> None:
    logs.get().warning("judge failed", model="openai:one", error=LookupError(TEXT), text=TEXT)
    logging.getLogger("other").warning("no")
    ours, other = caplog.records
    assert (ours.name, ours.message) == (logs.EVENTS, "judge failed")
    assert logs.facts(ours) == {"model": "openai:one", "error": "LookupError", "dropped": 1}
    assert logs.facts(other) == {}


def test_a_message_on_our_logger_that_went_round_the_list_is_withheld(read: Read) -> None:
    logs.set_up("INFO")
    logging.getLogger(logs.EVENTS).info(TEXT)
    (line,) = read()
    assert (line["event"], line["logger"]) == ("library", "rejoinder")


def test_put_back_leaves_logging_as_it_was(read: Read, caplog: pytest.LogCaptureFixture) -> None:
    before = list(logging.getLogger().handlers)
    logs.set_up("DEBUG")
    logs.put_back()
    logging.getLogger("other").warning("said %s", "so")
    assert caplog.messages == ["said so"]
    assert logging.getLogger().handlers == before


def test_nothing_is_set_up_by_importing() -> None:
    program = (
        "import logging, sys, threading; before = threading.excepthook; "
        "from bot.operating import logs; logs.get(); "
        "print(logging.root.handlers, logging.getLogRecordFactory() is logging.LogRecord, "
        "threading.excepthook is before)"
    )
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[] True True\n", "")


def test_references_can_be_read_out() -> None:
    assert logs.reference(random.Random(1).choice) == logs.reference(random.Random(1).choice)
    drawn = [logs.reference() for _ in range(300)]
    assert len(set(drawn)) == 300
    for reference in drawn:
        head, four, two = reference.split("-")
        assert (head, len(four), len(two)) == ("R", 4, 2)
        assert not set(four + two) & set("01IOLSB58AEU")
        assert logs.is_plain(reference)


class _Answers(BaseHTTPRequestHandler):
    """A Web API that says what was said to it, as Slack's does, and refuses some calls."""

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"])).decode()
        ok = "C-CLOSED" not in data and not self.path.endswith("apps.connections.open")
        body = json.dumps({"ok": ok, "error": "is_archived", "said": data, "token": TOKEN}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def slack() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def slack_at_debug() -> Iterator[None]:
    """Slack's libraries told to print all that they can, as a maintainer in need might."""
    names = [n for n in logging.root.manager.loggerDict if n.startswith("slack")]
    levels = {name: logging.getLogger(name).level for name in [*names, "slack_bolt", "slack_sdk"]}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _event(text: str, kind: str) -> dict[str, Any]:
    event = {"type": kind, "text": text, "user": "U1", "channel": "C1", "ts": "1.1"}
    return {"type": "event_callback", "team_id": "T1", "event": event, "token": TOKEN}


def _drive(address: str) -> None:
    """A bad signature, an event that nobody handles, one that breaks, and calls of the Web API."""
    client = WebClient(TOKEN, base_url=address)
    app = App(
        client=client,
        signing_secret="6b5a",
        authorize=lambda **_: AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_user_id="U2"
        ),
        raise_error_for_unhandled_request=False,
        process_before_response=True,
    )
    app.event("app_mention")(lambda event: _break(event["text"]))
    app._framework_logger.setLevel(logging.DEBUG)
    app.dispatch(BoltRequest(body=json.dumps(_event(TEXT, "app_mention")), headers={
        "x-slack-signature": "v0=1", "x-slack-request-timestamp": "1", "content-type":
        "application/json"}))  # fmt: skip
    for kind in ("app_mention", "reaction_added"):
        app.dispatch(BoltRequest(body=_event(TEXT, kind), mode="socket_mode"))
    client.chat_postMessage(channel="C1", text=TEXT)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C-CLOSED", text=TEXT)
    _hear(client)


def _hear(client: WebClient) -> None:
    """A message over Socket Mode whose listener breaks, and a connection that is refused."""
    socket = SocketModeClient(app_token="xapp-1-secret", web_client=client)
    socket.logger.setLevel(logging.DEBUG)
    socket.message_listeners.append(lambda _, __, raw: _break(str(raw)))
    socket.run_message_listeners({"type": "hello"}, f"{TOKEN} {TEXT}")
    with pytest.raises(SlackApiError):
        socket.issue_new_wss_url()
    socket.close()


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_slacks_libraries_at_debug_leak_no_token_and_no_text(
    slack: str, slack_at_debug: None, capfd: pytest.CaptureFixture[str], level: str
) -> None:
    logs.set_up(level)
    try:
        _drive(slack)
    finally:
        logs.put_back()
    printed = "".join(capfd.readouterr())
    for logger, error in (("slack_bolt", "LookupError"), ("slack_sdk.socket_mode", "LookupError")):
        assert re.search(rf'"logger": "{logger}[^"]*".*"error": "{error}"', printed)
    assert [printed.count(secret) for secret in (TOKEN, "xapp-1", "custody", "C-CLOSED")] == [0] * 4


def test_without_our_log_slacks_libraries_would_leak_both(
    slack: str, slack_at_debug: None, caplog: pytest.LogCaptureFixture
) -> None:
    """The test above tests something: the same calls print all of it in Python's own log."""
    caplog.set_level(logging.DEBUG)
    _drive(slack)
    assert TOKEN in caplog.text
    assert TEXT in caplog.text
