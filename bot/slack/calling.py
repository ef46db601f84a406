"""One call of Slack's Web API, every way it can go wrong told as one of four.

``TryAgain``: later (``Unsure`` when Slack may have done it already). ``Refused``: Slack says no.
``BlocksRefused``: Slack does not take these blocks. Nothing of a message is in their words.
"""

import http.client
import re
import time
from collections.abc import Callable
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.jobs import Refused, TryAgain

__all__ = ["SECONDS", "BlocksRefused", "Calls", "Refused", "Unauthorised", "Unsure"]

SECONDS = 15  # that one call may take
# Slack's own words for "not now".
_PASSING = frozenset(
    ("ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable",
     "request_timeout", "team_added_to_org")
)  # fmt: skip
_BLOCKS = frozenset(
    ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long",
     "invalid_attachments", "no_text", "markdown_text_conflict")
)  # fmt: skip
# Seen while an administrator mends the app: worth another try, and the operator is told.
_CREDENTIALS = frozenset(
    ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
     "missing_scope", "no_permission", "org_login_required")
)  # fmt: skip
_MEND_SECONDS = 20.0
_CODE = re.compile("[a-z0-9_]{1,80}")


class Unsure(TryAgain):
    """Slack gave no clear answer: it may have done what it was asked."""


class Unauthorised(TryAgain):
    """The token or its scopes do not suffice now; the message is Slack's code."""


class BlocksRefused(Refused):
    """Slack does not take these blocks or this much text."""


class Counted(Protocol):
    """Who counts the calls."""

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """One call, how it ended and how long it took."""


class Calls:
    """Slack's Web API. ``counted`` is told of every call."""

    def __init__(self, client: WebClient, counted: Counted) -> None:
        client.retry_handlers.clear()  # a dropped connection would be posted twice
        self._client = client
        self._counted = counted

    @property
    def seconds(self) -> int:
        """How long one call may take."""
        return self._client.timeout

    @property
    def token(self) -> str:
        """The bot's token, for fetching files."""
        return self._client.token or ""

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """What Slack answers to ``method`` (``chat.postMessage``)."""
        started, outcome = time.monotonic(), "ok"
        try:
            return _answered(method, lambda: self._function(method)(**arguments))
        except (TryAgain, Refused) as no:
            outcome = type(no).__name__
            raise
        finally:
            self._counted.slack_called(method, outcome, time.monotonic() - started)

    def pages(self, method: str, listed: str, **arguments: Any) -> list[Any]:
        """All entries under ``listed``, page after page."""
        found: list[Any] = []
        cursor = ""
        while True:
            answer = self.call(method, limit=200, cursor=cursor or None, **arguments)
            found += answer.get(listed) or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    def _function(self, method: str) -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(self._client, method.replace(".", "_"))
        return function


def _answered(method: str, call: Callable[[], Any]) -> dict[str, Any]:
    try:
        data = call().data
    except SlackApiError as no:
        raise _told(method, no) from None
    except ConnectionRefusedError:
        raise TryAgain(f"{method}: no connection") from None
    except (OSError, http.client.HTTPException, SlackClientError, ValueError) as cause:
        if isinstance(cause, URLError) and isinstance(cause.reason, ConnectionRefusedError):
            raise TryAgain(f"{method}: no connection") from None
        raise Unsure(f"{method}: {type(cause).__name__}") from None
    if not isinstance(data, dict):
        raise Unsure(f"{method}: no answer that can be read")
    return data


def _told(method: str, no: SlackApiError) -> Exception:
    status = getattr(no.response, "status_code", 0)
    data = getattr(no.response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if not _CODE.fullmatch(code):  # the client's own words, with what came instead of JSON
        code = ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return TryAgain(f"{method}: too many requests", _retry_after(no))
    if code in _BLOCKS:
        return BlocksRefused(method, code)
    if code in _CREDENTIALS:
        return Unauthorised(f"{method}: {code}", _MEND_SECONDS)
    if status >= 500 or not code or code in _PASSING:
        return Unsure(f"{method}: {code or status}")
    return Refused(method, code)


def _retry_after(no: SlackApiError) -> float:
    headers = {str(k).lower(): v for k, v in (getattr(no.response, "headers", None) or {}).items()}
    given = headers.get("retry-after", 1)
    try:
        return max(0.1, float(given[0] if isinstance(given, list) else given))
    except (TypeError, ValueError, IndexError):
        return 1.0
