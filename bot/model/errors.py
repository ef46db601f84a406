"""The five ways in which a language model gives no answer, and which library error is which.

Providers' libraries raise what they like, some outside LangChain's own tree. The message says what
to do and holds nothing of the prompt or the reply.
"""

_TRANSPORT = ("httpx", "httpx2", "httpcore", "httpcore2", "aiohttp", "anyio", "requests")


# ModelError
# ├── NotConfiguredError    no such provider, package, model or key: somebody has to set it right
# ├── RefusedKeyError       the provider does not let this key in
# ├── TooManyRequestsError  try again after ``retry_after`` seconds
# ├── UnreachableError      no connection, no answer in time, or the provider itself failed
# └── UnusableReplyError    there is no text: an empty or unreadable reply, or a request turned down
class ModelError(Exception):
    """The language model gave no answer. The message may be shown to a person as it is."""


class NotConfiguredError(ModelError):
    """No such provider, package, model or key: trying again does not help, a setting does."""


class RefusedKeyError(ModelError):
    """The provider does not let this key in."""


class TooManyRequestsError(ModelError):
    """Too many requests. ``retry_after`` is in seconds, None when the provider did not say."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class UnreachableError(ModelError):
    """No connection, no answer in time, a connection that broke, or a failing provider."""


class UnusableReplyError(ModelError):
    """The model answered without text, in a form nobody can read, or not to this request."""


def mapped(error: BaseException, name: str, seconds: float) -> ModelError:
    """What a library raised, as one of ours; ``seconds`` is the time that there was."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 400:
        return _by_status(status, error, name)
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return UnreachableError(f"{name} did not finish within {seconds:g} seconds.")
    if isinstance(error, OSError) or _in_transport(error):
        return UnreachableError(f"{name} cannot be reached, or the connection broke.")
    return UnusableReplyError(f"{name} gave a reply that cannot be read ({type(error).__name__}).")


def _in_transport(error: BaseException) -> bool:
    from langchain_core.exceptions import ModelAPIError, ModelConnectionError

    module = type(error).__module__.partition(".")[0]
    return isinstance(error, ModelConnectionError | ModelAPIError) or module in _TRANSPORT


def _by_status(status: int, error: BaseException, name: str) -> ModelError:
    if status in (401, 403):
        return RefusedKeyError(f"{name} does not accept the API key (status {status}).")
    if status in (404, 405):
        return NotConfiguredError(f"{name} is not known at that address (status {status}).")
    if status in (429, 529):
        return TooManyRequestsError(f"{name} has had too many requests.", _retry_after(error))
    if status == 408 or status >= 500:
        return UnreachableError(f"{name} failed (status {status}).")
    return UnusableReplyError(f"{name} turned the request down (status {status}): is it too long?")


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:  # none, or a date
        return None
