"""What the buttons under an answer do, each a small job so that no press is lost."""

from functools import partial

from bot.answering import keeping
from bot.answering.answers import Answer
from bot.jobs import Facts, GaveUp
from bot.responding import paragraph
from bot.responding.record import RECORD
from bot.slack import revealing
from bot.slack.blocks import answer as answer_blocks
from bot.slack.blocks import colleagues, drafts, kit, notices
from bot.slack.blocks.answer import SENT_AGAIN, More
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Refused, Unsure
from bot.slack.desk import CHORES, Desk
from bot.slack.gateway import Spot
from bot.store.asking import Place, Question
from retrieval.library import Scope

SHARED = ".shared"  # behind the key of a question whose answer was shared
GONE = "That answer is no longer kept: its question was deleted or changed. Ask again."
NOT_FOR_ALL = (
    "Not shared: the answer rests on documents that not everyone in this channel may read."
)
UNSHARED = "Slack did not say whether it was shared. Look in the channel before you share again."
NOBODY = "Nobody is named to be asked. Whoever runs Rejoinder can name colleagues in its settings."
THANKS = "Thank you. Your view of this answer is noted."


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    for name, work in (
        ("feedback", _feedback),
        ("share", _share),
        ("person", _ask_person),
        ("paragraph", _paragraph),
        ("nod", _nod),
        ("say", _say),
    ):
        desk.jobs.add(name, partial(work, desk))


def start(desk: Desk, name: str, press: str, facts: Facts) -> None:
    """Do what a button asks, once for each press."""
    desk.jobs.start(CHORES, name, press, facts)


def tell(desk: Desk, facts: Facts, words: str) -> None:
    """Words that only the person of ``facts`` sees, where they pressed."""
    _show_privately(desk, facts, notices.refusal(words))


def _show_privately(desk: Desk, facts: Facts, message: Message) -> None:
    spot = Spot(str(facts["channel"]), str(facts.get("thread") or ""))
    work = partial(whisper, desk, message, str(facts["person"]), spot, press_key(facts))
    desk.jobs.step("tell", work)


def press_key(facts: Facts) -> str:
    """The key of what is said to the person who pressed, "" where no press is known."""
    return f"t:{facts['press']}" if facts.get("press") else ""


def whisper(desk: Desk, message: Message, person: str, spot: Spot, key: str) -> None:
    """Show a person a message of their own; in doubt, and under a key, once more where it lasts."""
    try:
        desk.gateway.whisper(lambda _: [message], person=person, spot=spot, key=key)
    except Unsure:
        if not key:
            raise
        again = _again(message)
        desk.gateway.put(lambda _: [again], key=key, spot=desk.gateway.direct(person))
    except Refused:  # such as: not a member of the channel any more
        desk.gateway.whisper(lambda _: [message], person=person, spot=desk.gateway.direct(person))


def _again(message: Message) -> Message:
    """The message where it lasts: nobody can tell whether the first one came."""
    text = f"{message.text}\n\n{SENT_AGAIN}"
    return Message(text, (*message.blocks, kit.grey(SENT_AGAIN)))


def _say(desk: Desk, facts: Facts) -> None:
    tell(desk, facts, str(facts["words"]))


def _nod(desk: Desk, facts: Facts) -> None:
    """A sign that a word of thanks was read."""

    def add() -> None:
        try:
            desk.calls.call(
                "reactions.add", channel=facts["channel"], timestamp=facts["message"], name="+1"
            )
        except Refused as no:
            if no.code != "already_reacted":
                raise

    desk.jobs.step("react", add)


def _feedback(desk: Desk, facts: Facts) -> None:
    if desk.asking.kept(facts["key"]) is None:
        tell(desk, facts, GONE)
        return
    desk.jobs.step("note", partial(_note, desk, facts))
    tell(desk, facts, THANKS)


def _note(desk: Desk, facts: Facts) -> None:
    desk.asking.give_feedback(
        facts["key"],
        person=facts["person"],
        verdict=facts["verdict"],
        reason=facts.get("reason", ""),
        words=facts.get("words", ""),
        now=desk.now(),
    )


def _share(desk: Desk, facts: Facts) -> None:
    """Post a private answer for all in its channel to see, if all of them may read it."""
    found = _kept(desk, facts["key"])
    if found is None:
        tell(desk, facts, GONE)
        return
    question, answer = found
    if question.person != facts["person"]:
        tell(desk, facts, "Only the person who asked can share this answer.")
        return
    try:
        shared = desk.jobs.step("share", partial(_shared, desk, question, answer))
    except Refused as no:
        tell(desk, facts, f"Slack did not let me post in this channel ({no.code}).")
        return
    except GaveUp:
        tell(desk, facts, UNSHARED)
        return
    tell(desk, facts, "Shared with the channel." if shared else NOT_FOR_ALL)


def _shared(desk: Desk, question: Question, answer: Answer) -> bool:
    if not revealing.may_share(desk, question, answer):
        return False
    more = More(
        draftable=paragraph.fits(answer),
        person_available=bool(desk.settings.colleagues),
        say_no_model=not desk.answering.writer.decides and answer.by != RECORD,
    )

    def render(profile: Profile) -> list[Message]:
        first = [colleagues.shared_by(question.person, question.text)]
        return answer_blocks.messages(
            answer, key=question.key, profile=profile, more=more, before=first
        )

    desk.gateway.put(render, key=f"{question.key}{SHARED}", spot=Spot(question.channel))
    return True


def _ask_person(desk: Desk, facts: Facts) -> None:
    """Bring a colleague in: the question, what was found, and where."""
    found = _kept(desk, facts["key"])
    asked = [one for one in desk.settings.colleagues if one != facts["person"]]
    if found is None or not asked:
        tell(desk, facts, GONE if found is None else NOBODY)
        return
    question, answer = found
    for colleague in asked:
        desk.jobs.step(
            f"ask {colleague}", partial(_bring_in, desk, question, answer, colleague, facts)
        )
    told = colleagues.asked_people(asked)
    if question.place is Place.PRIVATE:
        _show_privately(desk, facts, told)
        return
    spot = Spot(question.channel, question.thread)
    desk.jobs.step(
        "note", lambda: desk.gateway.put(lambda _: [told], key=f"{question.key}.asked", spot=spot)
    )
    tell(desk, facts, "Your colleague has been asked.")


def _bring_in(desk: Desk, question: Question, answer: Answer, colleague: str, facts: Facts) -> None:
    readable = desk.library.admitted(Scope(desk.members.collections(colleague), desk.now()))
    shown = revealing.cited(answer) <= {filed.digest for filed in readable}
    link = desk.gateway.link(
        Spot(question.channel), question.message or desk.gateway.posted(question.key)
    )
    message = colleagues.for_a_colleague(
        question.text, answer if shown else None, asker=str(facts["person"]), link=link
    )
    key = f"{question.key}.for.{colleague}"
    desk.gateway.put(lambda _: [message], key=key, spot=desk.gateway.direct(colleague))


def _paragraph(desk: Desk, facts: Facts) -> None:
    """The bones of a response paragraph, in the thread or for the asker alone."""
    found = _kept(desk, facts["key"])
    if found is None:
        tell(desk, facts, GONE)
        return
    question, answer = found
    if not revealing.may_show(desk, question, answer):
        tell(desk, facts, revealing.NOT_HERE)
        return
    render = partial(drafts.messages, paragraph.begun(answer))
    spot = Spot(question.channel, question.thread)
    if question.place is Place.PRIVATE:
        work = partial(desk.gateway.whisper, render, person=facts["person"], spot=spot)
    else:
        work = partial(desk.gateway.put, render, key=f"{question.key}.draft", spot=spot)
    desk.jobs.step("show", work)


def _kept(desk: Desk, key: str) -> tuple[Question, Answer] | None:
    question, kept = desk.asking.get(key), desk.asking.kept(key)
    if question is None or kept is None or not kept.data:
        return None
    return question, keeping.answer(kept.data["answer"])
