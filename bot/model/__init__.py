"""A chat model behind one small protocol; the only home of LangChain's chat models.

Whatever a provider's library raises comes out as one of the five errors of ``errors``.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from bot.model.errors import (
    ModelError,
    NotConfiguredError,
    RefusedKeyError,
    TooManyRequestsError,
    UnreachableError,
    UnusableReplyError,
    mapped,
)

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


__all__ = [
    "ChatModel",
    "ModelError",
    "NotConfiguredError",
    "RefusedKeyError",
    "TooManyRequestsError",
    "UnreachableError",
    "UnusableReplyError",
    "load",
]


class ChatModel(Protocol):
    """A language model that is asked once and remembers nothing."""

    @property
    def name(self) -> str:
        """The model as the settings name it, provider first."""

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces of text as they come; ModelError when there is none."""


RETRIES = 2
_PAUSES = (0.5, 2.0)  # seconds before the first and the second retry
_EXTRAS = ("openai", "anthropic", "ollama")
_HOSTED = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
# At level DEBUG these print whole requests.
_TALKATIVE = ("openai", "anthropic", "ollama", "httpx", "httpx2", "httpcore", "httpcore2")
_ENDINGS = ("finish_reason", "stop_reason", "done_reason")  # said by our three in the last piece
_TURNED_DOWN = ("content_filter", "refusal")  # the provider broke it off: what came may be half


def load(
    name: str,
    *,
    base_url: str = "",
    api_key: str = "",
    seconds: float = 60.0,
    max_tokens: int = 1000,
    temperature: float | None = 0.0,
    traced: bool = False,
) -> ChatModel:
    """The model ``provider:name``; NotConfiguredError when that cannot be had.

    ``base_url`` is a local or other server that speaks the provider's protocol. ``seconds`` bounds
    one answer with all its retries. ``temperature`` None leaves it to the model (some refuse it).
    ``traced`` lets LangSmith record prompts and replies outside the building, if it is set up.
    """
    provider, _, model = name.partition(":")
    if not (provider and model):
        raise NotConfiguredError(
            f"“{name}” names no language model: write provider:name, such as openai:gpt-4o."
        )
    if provider in _HOSTED and not (base_url or api_key):
        raise NotConfiguredError(f"{name} needs an API key, or the address of a local server.")
    options = _options(provider, base_url, api_key, seconds, max_tokens)
    if temperature is not None:
        options["temperature"] = temperature
    return _Model(name, _initialised(name, provider, options), seconds, traced)


def _options(
    provider: str, base_url: str, api_key: str, seconds: float, max_tokens: int
) -> dict[str, Any]:
    """What each provider's class calls our settings. Retries are ours, so theirs are off.

    The address is always said, or LangChain takes it from the environment, LangSmith's gateway
    included. A local server that wants no key gets a word in its place, never one found by chance.
    """
    if provider in _HOSTED:
        return {
            "base_url": base_url or _HOSTED[provider],
            "api_key": api_key or "none",
            "max_tokens": max_tokens,
            "timeout": seconds,
            "max_retries": 0,
        }
    if provider == "ollama":
        place = {"base_url": base_url} if base_url else {}
        return place | {"num_predict": max_tokens, "client_kwargs": {"timeout": seconds}}
    said = {"base_url": base_url, "api_key": api_key, "max_tokens": max_tokens}
    return {option: value for option, value in said.items() if value}


def _initialised(name: str, provider: str, options: dict[str, Any]) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(name, **options)
    except ImportError:
        raise NotConfiguredError(_missing(name, provider)) from None
    except (ValueError, TypeError):
        raise NotConfiguredError(f"{name} is no model that can be set up so.") from None
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    return model


def _missing(name: str, provider: str) -> str:
    extra = provider in _EXTRAS
    package = f"'rejoinder[{provider}]'" if extra else f"langchain-{provider.replace('_', '-')}"
    return f"{name} needs a package that is not installed: pip install {package}"


@dataclass(frozen=True)
class _Model:
    """A LangChain chat model, asked on a loop of our own so that a deadline cuts off anything."""

    name: str
    chat: "BaseChatModel"
    seconds: float
    traced: bool

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces; tried again only as long as no piece has come."""
        deadline = time.monotonic() + self.seconds
        for pause in (*_PAUSES[:RETRIES], None):
            asked = _Asked(lambda put: self._pump(system, user, put, deadline))
            yield from asked
            error = self._error(asked)
            if error is None:
                return
            wait = None if asked.said or pause is None else _wait(error, pause)
            if wait is None or time.monotonic() + wait >= deadline:
                raise error
            time.sleep(wait)

    async def _pump(
        self, system: str, user: str, put: Callable[[str], None], deadline: float
    ) -> None:
        from langsmith import tracing_context

        messages = [("system", system), ("user", user)]
        with tracing_context(enabled=self.traced):
            async with asyncio.timeout(deadline - time.monotonic()):
                ending = ""
                async for chunk in self.chat.astream(messages):
                    ending = _ending(chunk.response_metadata) or ending
                    put(str(chunk.text))
        if ending in _TURNED_DOWN:
            raise UnusableReplyError(f"{self.name} turned the request down.")
        if not ending and self.name.partition(":")[0] in _EXTRAS:
            raise ConnectionError

    def _error(self, asked: "_Asked") -> ModelError | None:
        error = asked.error()
        if isinstance(error, ModelError):
            return error
        if error is not None:
            return mapped(error, self.name, self.seconds)
        return None if asked.said else UnusableReplyError(f"{self.name} gave an empty reply.")


def _ending(metadata: Mapping[str, Any]) -> str:
    """Why the reply ended, "" while it has not."""
    return next((str(metadata[why]) for why in _ENDINGS if metadata.get(why)), "")


class _Asked:
    """One request under way: iterating gives its pieces, dropping it ends it."""

    def __init__(self, pump: Callable[[Callable[[str], None]], Any]) -> None:
        self.said = False
        self._pieces: SimpleQueue[str | None] = SimpleQueue()
        self._task: Future[None] = asyncio.run_coroutine_threadsafe(pump(self._pieces.put), _loop())
        self._task.add_done_callback(lambda _: self._pieces.put(None))

    def __iter__(self) -> Iterator[str]:
        try:
            for piece in iter(self._pieces.get, None):
                self.said = self.said or bool(piece.strip())
                yield piece
        finally:
            self._task.cancel()

    def error(self) -> BaseException | None:
        """What ended it, None for a reply that came to its end."""
        return self._task.exception()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One loop for all models: their HTTP clients may not change loops."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop


def _wait(error: ModelError, pause: float) -> float | None:
    """Seconds to wait before trying again, None for an error that trying again does not mend."""
    if isinstance(error, TooManyRequestsError):
        return max(pause, error.retry_after or 0.0)
    return pause if isinstance(error, UnreachableError) else None
