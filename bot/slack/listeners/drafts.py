"""``/draft``, and the buttons and windows of drafts."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.responding.evidence import pack
from bot.slack.blocks import draftcards
from bot.slack.blocks import draftwindows as windows
from bot.slack.blocks.draftcards import Pressed
from bot.slack.blocks.draftwindows import Kept
from bot.slack.cases import admitting
from bot.slack.desk import Desk
from bot.slack.drafts import requesting, stepping
from bot.slack.listeners import bodies
from bot.slack.listeners.bodies import Ack, Fact
from bot.store.drafted import Draft, Revision

AGAIN = "Slack did not answer. Press the button again."


def register(app: App, desk: Desk) -> None:
    """Listen for what people do with drafts."""

    @app.command("/draft")
    def draft(ack: Ack, body: dict[str, Any]) -> None:
        requesting.commanded(desk, body)
        ack()

    @app.action(draftcards.ASK)
    def items(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        facts = bodies.facts(body) | {"asked": str(action.get("value") or "")}
        requesting.start(desk, facts, f"items.{bodies.once(body, action)}")
        ack()

    def step(found: Pressed, body: Fact, action: Fact) -> None:
        _begin(desk, _named(action), found, body, action)

    bodies.records(app, desk, draftcards.STEP, draftcards.pressed, step)

    def window(found: Pressed, body: Fact, action: Fact) -> Fact | str:
        return _window(desk, body, _named(action), found)

    for form in (draftcards.WINDOW, draftcards.BASIS):
        bodies.opens(app, desk, form, draftcards.pressed, window)

    def evidence(found: Pressed, body: Fact, action: Fact) -> Fact | str:
        _begin(desk, _named(action), found, body, action)
        return window(found, body, action)

    bodies.opens(app, desk, draftcards.EVIDENCE, draftcards.pressed, evidence)

    @app.view(windows.CALLBACK)
    def sent(ack: Ack, body: Fact, view: Fact) -> None:
        bodies.answered(ack, stepping.sent(desk, bodies.person(body), view))


def _named(action: Fact) -> str:
    """The step that a button's action names: "draft_evidence:3" is "evidence"."""
    return str(action["action_id"]).removeprefix("draft_").partition(":")[0]


def _begin(desk: Desk, name: str, found: Pressed, body: Fact, action: Fact) -> None:
    stepping.begin(desk, name, found, bodies.facts(body), bodies.once(body, action))


def _window(
    desk: Desk, body: Mapping[str, Any], name: str, pressed: Pressed
) -> dict[str, Any] | str:
    """The window that a button opens, or why there is none."""
    draft = _draft(desk, bodies.person(body), pressed)
    if isinstance(draft, str):
        return draft
    revision = next((one for one in draft.revisions if one.number == pressed.revision), None)
    if revision is None:
        return stepping.NO_DRAFT
    if name == "edit" and pressed.revision != draft.latest.number:
        return draftcards.OLD
    facts = bodies.facts(body)
    kept = Kept(name, pressed, facts["channel"], facts["thread"])
    return _WINDOWS[name](desk, kept, revision)


_WINDOWS: Mapping[str, Callable[[Desk, Kept, Revision], dict[str, Any] | str]] = {
    "changes": lambda _, kept, __: windows.changes(kept),
    "withdraw": lambda _, kept, __: windows.withdraw(kept),
    "redraft": lambda desk, kept, _: windows.redraft(kept, model=desk.drafting is not None),
    "edit": lambda _, kept, one: windows.edit(one.wording, kept) or windows.TOO_LONG,
    "evidence": lambda _, kept, one: windows.evidence(kept.pressed.sentence, one.wording),
    "basis": lambda _, __, one: windows.basis(pack(dict(one.pack))),
}


def _draft(desk: Desk, person: str, pressed: Pressed) -> Draft | str:
    """The draft, or why this person is not shown it."""
    case = admitting.readable(desk, pressed.case, person)
    if isinstance(case, str):
        return case
    return desk.drafts.find(pressed.case, pressed.item) or stepping.NO_DRAFT
