"""aimock (CopilotKit, MIT): a language model server that others wrote, in OpenAI's protocol.

It answers requests in the order of a script, in pieces of a few characters, and keeps a journal
of what it was asked. Any key is let in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.peers.servers import asked, serving

Reply = dict[str, Any]


@dataclass(frozen=True)
class Mocked:
    """The running server; ``base_url`` is what an OpenAI client is given."""

    address: str

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"

    def script(self, *replies: Reply) -> None:
        """Forget what was, and answer the next requests with these, in order; after them 503."""
        asked(f"{self.address}/__aimock/reset", {})
        fixtures = [
            {"match": {"endpoint": "chat", "sequenceIndex": n}} | reply
            for n, reply in enumerate(replies)
        ]
        asked(f"{self.address}/__aimock/fixtures", {"fixtures": fixtures})

    def journal(self) -> list[dict[str, Any]]:
        """The bodies of the requests for a chat completion since the last script."""
        path = f"{self.address}/__aimock/journal?path=/chat/completions"
        return [entry["body"] for entry in asked(path)]


@contextmanager
def mocked(node_modules: Path, folder: Path) -> Iterator[Mocked]:
    """aimock with nothing to say yet."""
    nothing = folder / "fixtures.json"
    nothing.write_text('{"fixtures": [{"match": {"userMessage": "\\u0000"}, "response": '
                       '{"content": "-"}}]}', encoding="utf-8")  # fmt: skip
    script = node_modules / "@copilotkit" / "aimock" / "dist" / "cli.js"
    switches = ("--strict", "--log-level", "silent", "--fixtures", str(nothing))
    with serving(script, *switches, log=folder / "aimock.log") as address:
        yield Mocked(address)


def says(text: str, *, piece: int = 8, finish: str = "stop", pause: int = 0) -> Reply:
    """A reply in pieces of so many characters, ``pause`` milliseconds before each."""
    return {
        "response": {"content": text, "finishReason": finish},
        "chunkSize": piece,
        "latency": pause,
    }


def breaks_off(text: str, after: int) -> Reply:
    """A reply whose connection is dropped after so many pieces."""
    return says(text) | {"truncateAfterChunks": after}


def fails(status: int, message: str = "no", retry_after: int | None = None) -> Reply:
    """An error of the provider's."""
    error = {"message": message, "type": "error"}
    waits = {} if retry_after is None else {"retryAfter": retry_after}
    return {"response": {"error": error, "status": status} | waits}


def garbled() -> Reply:
    """A reply that is not JSON."""
    return says("never seen") | {"chaos": {"malformedRate": 1.0}}


def turned_down() -> Reply:
    """A reply that the provider's own filter withheld; aimock takes none without a character."""
    return says(" ", finish="content_filter")
