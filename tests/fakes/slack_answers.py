"""One call after another: faults, rates, scopes, the method itself, and the journal of it all."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from tests.fakes import (
    slack_files,
    slack_hooks,
    slack_messages,
    slack_rooms,
    slack_streams,
    slack_views,
)
from tests.fakes.slack_faults import (
    Dropped,
    Fault,
    Faults,
    Garbage,
    RateLimited,
    Rates,
    Revoked,
    Says,
    Slow,
    Status,
)
from tests.fakes.slack_scopes import METHOD_SCOPES
from tests.fakes.slack_state import Facts, Refused, State
from tests.fakes.slack_workspace import APP_TOKEN, TOKEN

RESPONSE_URL = "response_url"
UPLOAD = "upload"
DOWNLOAD = "download"
"""Names under which what is not a method can fail and stands in the journal."""

METHODS: dict[str, slack_rooms.Method] = {
    **slack_files.METHODS,
    **slack_messages.METHODS,
    **slack_rooms.METHODS,
    **slack_streams.METHODS,
    **slack_views.METHODS,
}
_UNKNOWN = frozenset({"not_authed", "invalid_auth", "token_revoked"})
_LOGIN_PAGE = b"<!DOCTYPE html><html><title>Slack: sign in</title></html>"


@dataclass(frozen=True)
class Call:
    """One call: ``outcome`` is "ok", an error code, or "not done" when a fault came first."""

    method: str
    arguments: Facts
    outcome: str
    fault: Fault | None = None


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    outcome: str = "ok"
    status: int = HTTPStatus.OK
    kind: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    dropped: bool = False


@dataclass
class Desk:
    """Where calls are answered: ``state`` is what is there now, ``journal`` what was asked."""

    state: State
    rates: Rates
    faults: Faults = field(default_factory=Faults)
    journal: list[Call] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def meet(self, method: str, arguments: Facts, work: Callable[[], Reply]) -> Reply:
        """Do one piece of work unless a fault comes first, and write it into the journal."""
        fault = self.faults.next(method)
        if isinstance(fault, Slow):
            self.closing.wait(fault.seconds)
        with self.state.lock:
            if isinstance(fault, Revoked):
                self.state.scopes.discard(fault.scope)
            reply = _instead(fault) or work()
            told = {name: value for name, value in arguments.items() if name != "token"}
            self.journal.append(Call(method, told, reply.outcome, fault))
        return replace(reply, dropped=isinstance(fault, Dropped))

    def answer(self, method: str, token: str, arguments: Facts) -> Reply:
        """The answer to a call of the Web API."""
        wait = self._wait(method, arguments)
        if wait:
            return _limited(wait)
        try:
            self._admit(method, token)
            done = METHODS[method](self.state, arguments)
        except Refused as refusal:
            reply = said(False, error=refusal.error, **refusal.more)
        except ValueError:
            reply = said(False, error="invalid_arguments")
        else:
            reply = said(True, **done)
        scopes = {"x-oauth-scopes": ",".join(sorted(self.state.scopes))}
        return replace(reply, headers={} if reply.outcome in _UNKNOWN else scopes)

    def hook(self, id: str, body: Facts) -> Reply:
        """The answer to a post to a response_url; a refusal is plain text or, if spent, JSON."""
        try:
            slack_hooks.respond(self.state, id, body)
        except Refused as refusal:
            if refusal.error.endswith("_url"):
                return replace(said(False, error=refusal.error), status=HTTPStatus.NOT_FOUND)
            code = HTTPStatus.NOT_FOUND if refusal.error == "no_service" else HTTPStatus.BAD_REQUEST
            return Reply(refusal.error.encode(), refusal.error, code, "text/plain")
        return Reply(b"ok", kind="text/plain")

    def receive(self, id: str, data: bytes) -> Reply:
        """The answer to the bytes of a file."""
        if slack_files.receive(self.state, id, data):
            return Reply(f"OK - {len(data)}".encode(), kind="text/plain")
        return Reply(b"", "wrong length", HTTPStatus.BAD_REQUEST, "text/plain")

    def download(self, id: str, token: str) -> Reply:
        """The bytes of a file; whoever may not see it gets a page to sign in, and 200."""
        upload = self.state.files.get(id)
        try:
            self._admit("files.info", token)
        except Refused as refusal:
            return Reply(_LOGIN_PAGE, refusal.error, kind="text/html")
        if upload is None or upload.data is None or not slack_files.seen(self.state, upload):
            return Reply(b"", "file_not_found", HTTPStatus.NOT_FOUND, "text/html")
        return Reply(upload.data, kind=str(upload.facts["mimetype"]))

    def _wait(self, method: str, arguments: Facts) -> int:
        if not self.state.workspace.limits:
            return 0
        return self.rates.wait(method, str(arguments.get("channel") or ""))

    def _admit(self, method: str, token: str) -> None:
        """Refuse a wrong token, an unknown method, and what the scopes do not cover."""
        if not token:
            raise Refused("not_authed")
        if token not in (TOKEN, APP_TOKEN):
            raise Refused("invalid_auth")
        if self.state.revoked:
            raise Refused("token_revoked")
        if method not in METHODS:
            raise Refused("unknown_method", req_method=method)
        if (token == APP_TOKEN) != (method == "apps.connections.open"):
            raise Refused("not_allowed_token_type")
        if token == TOKEN and "{kind}" not in "".join(METHOD_SCOPES[method]):
            self.state.permit(method)


def said(ok: bool, **facts: Any) -> Reply:
    """An answer in the form of the Web API."""
    outcome = "ok" if ok else str(facts["error"])
    return Reply(json.dumps({"ok": ok, **facts}).encode(), outcome)


def _limited(seconds: int) -> Reply:
    reply = said(False, error="ratelimited")
    wait = {"Retry-After": str(seconds)}
    return replace(reply, status=HTTPStatus.TOO_MANY_REQUESTS, headers=wait)


def _instead(fault: Fault | None) -> Reply | None:
    """What comes in place of the work, if the fault prevents it."""
    match fault:
        case Status(code):
            return Reply(b"Something went wrong.", "not done", code, "text/plain")
        case Garbage(data):
            return Reply(data, "not done", kind="text/html")
        case RateLimited(seconds):
            return _limited(seconds)
        case Says(error):
            return said(False, error=error)
        case Dropped(after=False):
            return Reply(outcome="not done")
    return None
