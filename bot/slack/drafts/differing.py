"""What an edit changed, word by word: what was taken out struck through, what is new in bold."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.responding.drafting import telling
from bot.slack.blocks import kit, limits, message, text
from bot.slack.blocks.message import Message, Piece, Profile
from bot.slack.cases import threads
from bot.slack.desk import Desk

_AROUND = 8  # words left standing beside a change


def show(desk: Desk, case: str, item: int, once: str) -> None:
    """Show in the thread how the newest revision differs from the one before."""
    thread = threads.thread(desk, case)
    draft = desk.drafts.get(case, item)
    found = desk.casebook.get(case).content.item(item)
    if thread is None or found is None or len(draft.revisions) < 2:
        return
    before, after = (telling.text(one.wording, found) for one in draft.revisions[-2:])
    desk.gateway.put(
        lambda profile: messages(before, after, profile), key=f"r:{once}.difference", spot=thread
    )


def messages(before: str, after: str, profile: Profile) -> list[Message]:
    """The changes of a text, each with the words around it."""
    pieces = [Piece(marked, (kit.marked(marked),)) for marked in lines(before, after)]
    head = message.grey("What changed: taken out is struck through, new is bold.")
    return message.packed([*head, *pieces], profile)


def lines(before: str, after: str) -> list[str]:
    """Each stretch of changes as mrkdwn; words of others never format."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        " ".join(_stretch(group, old, new))[: limits.SECTION]
        for group in matcher.get_grouped_opcodes(_AROUND)
    ]


def _stretch(
    group: list[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterator[str]:
    for tag, i, j, k, m in group:
        if tag == "equal":
            yield _inert(old[i:j])
        if tag in ("replace", "delete"):
            yield f"~{_inert(old[i:j])}~"
        if tag in ("replace", "insert"):
            yield f"*{_inert(new[k:m])}*"


def _inert(words: list[str]) -> str:
    return text.escaped(" ".join(words))
