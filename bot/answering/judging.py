"""A second model as judge of support; it can only ever take support away."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answering.keys import drawn
from bot.model import ChatModel, ModelError
from bot.operating import logs
from prompts import judge

_VERDICTS = {"yes": True, "no": False, "unsure": None}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Judge:
    """Asks ``model``, which should not be the one that wrote."""

    model: ChatModel
    chance: Callable[[str], str] = secrets.choice

    def support(self, sentence: str, cited: Sequence[str]) -> bool | None:
        """Whether what is cited bears the sentence out; None for unsure, or for no judgement.

        Nothing cited is no support, and needs no model. A judge that cannot be had decides nothing.
        """
        if not any(text.strip() for text in cited):
            return False
        prompt = judge.render(sentence, cited, drawn(self.chance))
        try:
            reply = "".join(self.model.stream(prompt.system, prompt.user))
        except ModelError as error:
            logs.get().warning("judge failed", model=self.model.name, error=error)
            return None
        return _verdict(reply)


def _verdict(reply: str) -> bool | None:
    """The last word that is a verdict: some models think aloud first."""
    words = [word for word in _WORD.findall(reply.lower()) if word in _VERDICTS]
    return _VERDICTS[words[-1]] if words else None
