import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.slack import fetching
from bot.slack.fetching import Source
from retrieval.documents import Refused


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.pdf", True),
        ("https://slack-files.com/T1-F1", True),
        ("https://fernshire.slack.com/a", True),
        ("http://files.slack.com/a", False),
        ("https://files.slack.com:8443/a", False),
        ("https://evilslack.com/a", False),
        ("https://files.slack.com.evil.example/a", False),
        ("https://files.slack.com@evil.example/a", False),
        ("https://evil.example/slack.com", False),
        ("http://127.0.0.1:3100/files/a", True),
        ("http://127.0.0.1:3101/files/a", False),
        ("https://127.0.0.1:3100/files/a", False),
        ("http://127.0.0.1:notaport/a", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_the_token_goes_to_slack_alone(address: str, may: bool) -> None:
    assert fetching.allowed(address, "http://127.0.0.1:3100/api/") is may


def test_a_redirection_to_another_host_is_not_followed(tmp_path: Path) -> None:
    heard: list[Any] = []
    with answering(heard) as stranger, answering([], f"{stranger}/taken") as slack:
        told = {"name": "a.pdf", "size": 1, "url_private_download": f"{slack}/a.pdf"}
        with pytest.raises(Refused, match="lies at an address that is not Slack's"):
            fetching.fetch(told, tmp_path / "part", Source(f"{slack}/api/", "xoxb-secret", 1))
    assert heard == []


@pytest.mark.parametrize(
    "told",
    [
        {"name": "a.gdoc", "is_external": True, "url_private_download": "https://slack.com/a"},
        {"name": "a.pdf"},
        {"name": "a.pdf", "url_private_download": "https://evil.example/a.pdf"},
    ],
)
def test_what_is_not_in_slack_is_not_fetched(tmp_path: Path, told: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"a\.(?:gdoc|pdf) "):
        fetching.fetch(told, tmp_path / "part", Source("https://slack.com/api/", "xoxb-secret", 1))
    assert not (tmp_path / "part").exists()


@contextmanager
def answering(heard: list[Any], moved: str = "") -> Iterator[str]:
    """A server that notes what it hears, or sends everybody elsewhere; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(dict(self.headers))
            self.send_response(302 if moved else 200)
            if moved:
                self.send_header("Location", moved)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
