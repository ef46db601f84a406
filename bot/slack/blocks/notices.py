"""Short messages that are no answer: that the question is being looked at, or why it is not."""

from bot.slack.blocks import message
from bot.slack.blocks.answer import counted
from bot.slack.blocks.message import Message


def searching(count: int) -> Message:
    """The first sign, while the documents are searched."""
    return message.single(f"Searching {counted(count)}" if count else "Searching the documents")


def refusal(words: str) -> Message:
    """Why a question is not answered, in words for the person who asked."""
    return message.single(words)


def failure(reference: str, why_here: str = "") -> Message:
    """That something broke, what to name when asking about it, and why it is said here."""
    words = (
        "Something went wrong here and the question was not answered. Ask it again; if that does "
        f"not help, give this reference to the people who run Rejoinder: {reference}"
    )
    return message.single(f"{words}. {why_here}" if why_here else words)


def taken_down() -> Message:
    """In the place of an answer that is no longer shown."""
    return message.single("This answer was taken down.")
