"""Ask a server over real HTTP."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def got(address: str, method: str = "GET") -> tuple[int, str, bytes]:
    """Status, content type and body."""
    try:
        with urlopen(Request(address, method=method), timeout=30) as reply:
            return reply.status, reply.headers["Content-Type"], reply.read()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], refused.read()


def got_json(address: str) -> tuple[int, Any]:
    """Status and what the body says."""
    status, kind, body = got(address)
    assert kind == "application/json"
    return status, json.loads(body)
