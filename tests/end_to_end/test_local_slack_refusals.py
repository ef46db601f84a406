"""How `rejoinder serve` refuses: requests that Slack did not sign, and settings it cannot use."""

import hashlib
import hmac
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from bot.playground.workspace import REJOINDER
from bot.settings import PREFIX
from tests.end_to_end.serving import REPOSITORY, STARTED, Office, environment, free_port, serving

BODY = b'{"type": "url_verification", "challenge": "shown"}'
NOWHERE = "http://127.0.0.1:9/api/"  # the port for discarding, where nobody listens


@pytest.fixture(scope="module")
def office(
    local_slack_program: Path, indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office whose bot listens for requests."""
    folder = tmp_path_factory.mktemp("office")
    with serving(local_slack_program, folder, indexed, http=True) as made:
        yield made


def signed(stamp: str, secret: str) -> str:
    base = f"v0:{stamp}:".encode() + BODY
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def posted(office: Office, stamp: str, signature: str) -> tuple[int, str]:
    """The status and body with which a request is answered."""
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }
    address = f"http://127.0.0.1:{office.given[f'{PREFIX}HTTP_PORT']}/slack/events"
    request = Request(address, BODY, headers)
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def test_a_request_that_slack_signed_is_answered(office: Office) -> None:
    now = str(int(time.time()))
    status, body = posted(office, now, signed(now, REJOINDER.signing_secret))
    assert (status, "shown" in body) == (200, True)


WHERE = "; `rejoinder doctor` says where it is found"


@pytest.mark.parametrize(
    ("age", "secret"), [(0, "another-secret"), (3600, REJOINDER.signing_secret)]
)
def test_a_wrong_or_an_old_signature_is_refused(office: Office, age: int, secret: str) -> None:
    stamp = str(int(time.time()) - age)
    status, body = posted(office, stamp, signed(stamp, secret))
    assert (status, "shown" in body) == (401, False)


@pytest.mark.parametrize("stamp", ["", "yesterday", "1e9", "-5", "99999999999999999999"])
def test_a_malformed_time_is_refused(office: Office, stamp: str) -> None:
    status, body = posted(office, stamp, signed(stamp, REJOINDER.signing_secret))
    assert (status, "shown" in body) == (401, False)


def served(home: Path, *switches: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", STARTED, "serve", *switches],
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=60,
        env=environment(home, NOWHERE, **settings),
    )


@pytest.mark.parametrize(
    ("switches", "missing"),
    [
        ((), ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")),
        (("--http",), ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")),
    ],
)
def test_every_missing_token_is_named_in_a_line(
    tmp_path: Path, switches: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    empty = {"slack_bot_token": "", "slack_app_token": " ", "slack_signing_secret": ""}
    ran = served(tmp_path, *switches, **empty)
    assert ran.returncode == 3
    lines = ran.stderr.removeprefix("rejoinder serve: ").splitlines()
    assert lines == [f"{PREFIX}{name}: needed to connect to Slack{WHERE}" for name in missing]


def test_a_slack_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    ran = served(tmp_path)
    assert ran.returncode == 3
    assert ran.stderr.splitlines()[-1].startswith("rejoinder serve: Slack cannot be reached")
    assert "Traceback" not in ran.stderr


def test_a_port_that_is_taken_is_said(office: Office, indexed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = str(taken.getsockname()[1])
        ran = served(home, "--http", http_port=port, slack_api_url=office.slack.api)
    assert ran.returncode == 3
    assert f"Port {port} of 127.0.0.1 is in use" in ran.stderr
    assert "Traceback" not in ran.stderr
