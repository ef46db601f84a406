"""App Home: what is indexed, how to ask, what one may read, one's recent answers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.jobs import Facts
from bot.responding import progress, visible, waiting
from bot.responding.progress import Progress
from bot.responding.waiting import Reader
from bot.slack import asking
from bot.slack.blocks import home, passing
from bot.slack.blocks.home import Home, Recent
from bot.slack.calling import Refused
from bot.slack.cases import listing
from bot.slack.desk import CHORES, Desk
from bot.slack.gateway import Spot
from bot.slack.suggesting import suggested
from bot.store.asking import Kept, Place, Question, State
from bot.store.cases import Case
from retrieval.library import Filed, Scope

_NEWEST = 5
_RECENT = 5
_PROMPTS = "Ask about the inspection reports and the office's responses"


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    desk.jobs.add("home", partial(_publish, desk))
    desk.jobs.add("prompts", partial(_prompts, desk))
    desk.jobs.add("suggest", partial(_ask_suggested, desk))


def opened(desk: Desk, person: str, event: str) -> None:
    """Show App Home to a person who has opened it."""
    desk.jobs.start(CHORES, "home", f"{person}.{event}", {"person": person})


def begun(desk: Desk, person: str, channel: str, event: str) -> None:
    """Offer questions to a person who has opened our messages."""
    facts = {"person": person, "channel": channel}
    desk.jobs.start(CHORES, "prompts", f"{person}.{event}", facts)


def chosen(desk: Desk, person: str, question: str, press: str) -> None:
    """Ask a suggested question for a person, in a direct message."""
    facts = {"person": person, "question": question, "press": press}
    desk.jobs.start(CHORES, "suggest", press, facts)


def _publish(desk: Desk, facts: Facts) -> None:
    def publish() -> None:
        view = home.view(_home(desk, facts["person"]))
        desk.calls.call("views.publish", user_id=facts["person"], view=view)

    desk.jobs.step("publish", publish)


def _prompts(desk: Desk, facts: Facts) -> None:
    """Suggested prompts beside the message box; where Slack has none, App Home has them too."""
    questions = suggested(_readable(desk, facts["person"]))
    prompts = [{"title": one[:60], "message": one} for one in questions]

    def offer() -> None:
        try:
            desk.calls.call(
                "assistant.threads.setSuggestedPrompts",
                channel_id=facts["channel"],
                title=_PROMPTS,
                prompts=prompts,
            )
        except Refused:
            return

    if prompts and desk.settings.slack_agent:
        desk.jobs.step("offer", offer)


def _ask_suggested(desk: Desk, facts: Facts) -> None:
    channel, ts = desk.jobs.step("say", partial(_say, desk, facts))
    question = Question(
        key=f"h:{facts['press']}",
        team=desk.team,
        channel=channel,
        thread=ts,
        message=ts,
        person=facts["person"],
        place=Place.DIRECT,
        text=facts["question"],
        asked_at=desk.now(),
    )
    asking.take(desk, question)  # not in a step, for it starts a job; twice it does nothing


def _say(desk: Desk, facts: Facts) -> list[str]:
    """Put the question into the direct conversation; its channel and ts."""
    spot = desk.gateway.direct(facts["person"])
    key = f"h:{facts['press']}.asked"
    desk.gateway.put(lambda _: [passing.you_asked(facts["question"])], key=key, spot=spot)
    return [spot.channel, desk.gateway.posted(key)]


def _home(desk: Desk, person: str) -> Home:
    documents = _readable(desk, person)
    cases = listing.told(desk, _cases(desk, documents))
    mine = _mine(desk, person, cases)
    return Home(
        documents=len(documents),
        newest=_newest(documents),
        indexed_at=desk.library.changed_at(),
        kinds=dict(Counter(filed.entry.kind.value for filed in documents)),
        collections=sorted(desk.members.collections(person)),
        roles=sorted(desk.members.roles(person)),
        suggestions=suggested(documents),
        recent=[_recent(desk, *one) for one in desk.asking.recent(person, _RECENT)],
        mine=[listing.shown(desk, one, person) for one in mine],
        waiting=waiting.of(cases, _reader(desk, person)),
        cases=[progress.line(one) for one in cases if one not in mine],
        person_available=bool(desk.settings.colleagues),
        can_add=desk.members.may_add(person),
    )


def _readable(desk: Desk, person: str) -> list[Filed]:
    if desk.members.turned_away(desk.members.person(person)):
        return []
    return desk.library.admitted(Scope(desk.members.collections(person), desk.now()))


def _cases(desk: Desk, documents: Sequence[Filed]) -> list[Case]:
    """The cases that rest on documents that may be read."""
    return visible.of(desk.casebook.all(), {filed.digest for filed in documents})


def _mine(desk: Desk, person: str, found: Sequence[Progress]) -> list[Progress]:
    """The cases that a person has, not answered yet."""
    reader = _reader(desk, person)
    return [one for one in found if waiting.owns(reader, one.case) and not one.answered_on]


def _reader(desk: Desk, person: str) -> Reader:
    known = desk.members.person(person)
    return Reader((person, *filter(None, (known.name,))), desk.members.roles(person))


def _newest(documents: Sequence[Filed]) -> list[tuple[str, date]]:
    dated = [(filed.entry.title, filed.entry.published) for filed in documents]
    known = [(title, published) for title, published in dated if published]
    return sorted(known, key=lambda one: one[1], reverse=True)[:_NEWEST]


def _recent(desk: Desk, question: Question, kept: Kept | None) -> Recent:
    words = kept.status.replace("_", " ") if kept else _STATES[question.state]
    ts = "" if question.place is Place.PRIVATE else desk.gateway.posted(question.key)
    link = desk.gateway.link(Spot(question.channel), ts) if ts else ""
    return Recent(question.text, words, question.asked_at, link)


_STATES = {
    State.RECEIVED: "being answered",
    State.ANSWERED: "answered",
    State.REFUSED: "refused",
    State.FAILED: "failed",
    State.DELETED: "deleted",
}
