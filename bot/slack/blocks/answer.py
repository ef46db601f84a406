"""An answer as messages: what was found, its sources, what to know of them, what can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answering import telling
from bot.answering.answers import Answer, Sentence, Status
from bot.slack.blocks import actions, kit, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Piece, Profile

NO_MODEL = "No language model is set up: the sentences are the documents' own."
ELSEWHERE = "There may be documents on this that cannot be shown in this channel."
EDITED = "This answers the question as it was edited."
DIVERTED = "Slack did not take this where you asked, so it is here."
SENT_AGAIN = "Sent again: Slack did not say whether the first had arrived."


@dataclass(frozen=True)
class More:
    """What is known beside an answer when it is shown.

    ``documents_searched``: 0 says nothing of it. ``private``: only the asker sees the answer, and
    may share it. ``say_no_model``: the line that is said once in a thread. ``elsewhere``: said in
    the same words whether there are such documents or not. ``edited``: the question was, and this
    is the answer to its new words. ``sent_again``: the first message may have arrived too.
    ``diverted``: Slack did not take it where it was asked.
    """

    documents_searched: int = 0
    private: bool = False
    draftable: bool = False
    person_available: bool = False
    say_no_model: bool = False
    elsewhere: bool = False
    edited: bool = False
    sent_again: bool = False
    diverted: bool = False


def messages(
    answer: Answer,
    *,
    key: str,
    profile: Profile,
    more: More | None = None,
    before: Sequence[Piece] = (),
) -> list[Message]:
    """The messages that show an answer, in order; ``key`` is what its buttons carry.

    ``before`` is said ahead of it.
    """
    known = more or More()
    opening = text.one_line(answer.opening) or message.NOTHING
    if answer.status is Status.REFUSED:
        return message.packed(message.told(opening), profile)
    first = message.strong(opening) if answer.sentences else message.told(opening)
    pieces = [
        *before,
        *first,
        *(piece for why in _why_here(known) for piece in message.grey(why)),
        *_sentences(answer),
        *_sources(answer, key),
        *_nearest(answer, key),
        *(piece for note in _notes(answer, known) for piece in message.grey(text.one_line(note))),
    ]
    return message.packed(pieces, profile, _buttons(answer, key, profile, known))


def stream_text(sentence: Sentence, marks: Sequence[int]) -> str:
    """One sentence that has passed the gate, in standard Markdown for ``chat.appendStream``.

    ``marks`` are its sources' numbers, as one ``telling.Marks`` gives them for a whole answer.
    """
    inert = replace(sentence, text=text.markdown(sentence.text))
    return f"{telling.said(inert, marks)}\n\n"


def _why_here(more: More) -> Iterator[str]:
    """First of all, so that it is there when the rest does not come."""
    if more.sent_again:
        yield SENT_AGAIN
    if more.diverted:
        yield DIVERTED


def _sentences(answer: Answer) -> Iterator[Piece]:
    marks, under = telling.Marks(), ""
    for sentence in answer.sentences:
        if sentence.under != under:
            under = sentence.under
            yield from message.strong(under)
        yield from message.told(_said(sentence, marks))


def _said(sentence: Sentence, marks: telling.Marks) -> str:
    return text.one_line(telling.said(sentence, marks.of(sentence)))


def _sources(answer: Answer, key: str) -> Iterator[Piece]:
    for number, cited in enumerate(telling.sources(answer), start=1):
        line = f"[{number}] {text.one_line(telling.source(cited))}"
        yield from _shown(line, key, number, "Sources" if number == 1 else "")


def _nearest(answer: Answer, key: str) -> Iterator[Piece]:
    before = len(telling.sources(answer))
    for number, near in enumerate(answer.nearest, start=before + 1):
        words = f"“{text.one_line(near.quote)}”\n{text.one_line(telling.source(near))}"
        yield from _shown(words, key, number, "Nearest, not an answer" * (number == before + 1))


def _shown(words: str, key: str, number: int, heading: str) -> list[Piece]:
    """Words with the button that opens their page, under a heading when there is one."""
    pieces = message.told(words)
    value = actions.passage_value(key, number)
    opens = kit.button("Show the passage", f"show_passage:{number}", value)
    last = {**pieces[-1].blocks[0], "block_id": f"source:{number}", "accessory": opens}
    pieces[-1] = Piece(pieces[-1].text, (last,))
    if heading:
        first = pieces[0]
        pieces[0] = Piece(f"{heading}\n{first.text}", (kit.strong(heading), *first.blocks))
    return pieces


def _notes(answer: Answer, more: More) -> Iterator[str]:
    if answer.withheld:
        yield telling.withheld(len(answer.withheld))
    yield from (caveat for caveat in answer.caveats if caveat != NO_MODEL)
    if more.say_no_model and (answer.sentences or answer.nearest):
        yield NO_MODEL
    if more.elsewhere:
        yield ELSEWHERE
    if more.edited:
        yield EDITED
    if more.documents_searched:
        yield f"Searched {counted(more.documents_searched)}."


def counted(documents: int) -> str:
    """How many documents, in words that fit the number."""
    return "1 document" if documents == 1 else f"{documents:,} documents"


def _buttons(answer: Answer, key: str, profile: Profile, more: More) -> tuple[Block, ...]:
    judging = [
        kit.button("Helpful", "helpful", key),
        kit.button("Not helpful…", "not_helpful", key),
    ]
    doing = list(_steps(answer, key, more))
    if profile is not Profile.RICH:
        return (kit.row("steps", [*judging, *doing]),)
    return (_feedback(key), *((kit.row("steps", doing),) if doing else ()))


def _steps(answer: Answer, key: str, more: More) -> Iterator[Block]:
    if more.draftable and answer.sentences:
        yield kit.button("Draft a response from this", "draft_paragraph", key)
    if more.person_available:
        yield kit.button("Ask a person", "ask_person", key)
    if more.private:
        yield kit.button("Share with the channel", "share", key)


def _feedback(key: str) -> Block:
    pair = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": _judgement("Helpful", "helpful", key),
        "negative_button": _judgement("Not helpful", "not_helpful", key),
    }
    return {"type": "context_actions", "block_id": "feedback", "elements": [pair]}


def _judgement(said: str, verdict: str, key: str) -> Block:
    return {"text": kit.label(said), "value": actions.feedback_value(verdict, key)}
