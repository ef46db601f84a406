"""What is approved is bound to its hash and to every source; whatever differs ends it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.responding import approving
from bot.responding.approving import Differs, Place, Reason, Source, content_hash, void_reasons
from bot.store.cases import Choice
from bot.store.drafted import Draft, Event, Revision, Status, Step
from bot.store.wordings import Sentence, Voice, Wording, Writer, data
from bot.store.wordings import wording as from_data
from retrieval.documents import Kind, Page, Span
from tests.bot.responding.reviews import (
    CASE,
    DIGEST,
    NOW,
    PACK,
    QUOTE,
    cited,
    page,
    source,
    wording,
)


def hashed(said: Wording | None = None, pack: Any = PACK, item: int = 1, case: str = CASE) -> str:
    return content_hash(case, item, said or wording(), pack)


def draft(said: Wording | None = None, approved: str | None = None, **changes: Any) -> Draft:
    """A draft that was approved with that hash."""
    told = said or wording()
    usual = Revision(1, told, PACK, {DIGEST: "library"}, "asker", "", hashed(told), NOW)
    made = replace(usual, **changes)
    asked = Event(Step.REQUEST, 1, made.hash, Status.DRAFTED, "asker", (), "1", NOW, number=1)
    name = made.hash if approved is None else approved
    done = Event(Step.APPROVE, 1, name, Status.APPROVED, "reviewer", (), "2", NOW, number=2)
    return Draft(CASE, 1, (made,), (asked, done))


def resaid(**changes: Any) -> Wording:
    """The wording with another first sentence."""
    said = wording()
    return replace(said, sentences=(replace(said.sentences[0], **changes), *said.sentences[1:]))


OTHERS = {
    "text": resaid(text="“The force should act 2.”"),
    "voice": resaid(voice=Voice.COMMISSIONER),
    "limbs": resaid(limbs=(1,)),
    "no citation": resaid(cited=()),
    "document": resaid(cited=(cited(document="e" * 64),)),
    "span": resaid(cited=(cited(spans=(Span(1, 7, 9),)),)),
    "page": resaid(cited=(cited(page=2),)),
    "quote": resaid(cited=(cited(quote="The force should act 2."),)),
    "order": replace(wording(), sentences=wording().sentences[::-1]),
    "one sentence less": replace(wording(), sentences=wording().sentences[:1]),
    "decision": wording(choice=Choice.TAKEN),
    "no decision": wording(choice=None),
    "reason": wording(reason="It was done."),
    "prompt": wording(prompt="p" * 64),
    "model": wording(model="other:one"),
    "writer": wording(writer=Writer.PERSON),
}


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_is_said_otherwise_has_another_hash(name: str) -> None:
    assert hashed(OTHERS[name]) != hashed()


def test_another_item_case_or_evidence_has_another_hash() -> None:
    assert len({hashed(), hashed(item=2), hashed(case="other"), hashed(pack={})}) == 4


def test_the_hash_is_the_same_after_the_record_gave_it_back() -> None:
    assert hashed(from_data(data(wording()))) == hashed()
    assert hashed(pack={"b": 1, "a": 2}) == hashed(pack={"a": 2, "b": 1})


def test_sentences_that_run_together_are_not_confused() -> None:
    """Parts are not joined before they are hashed."""
    one = Wording((Sentence("A b", Voice.COMMISSIONER), Sentence("c", Voice.COMMISSIONER)))
    two = Wording((Sentence("A", Voice.COMMISSIONER), Sentence("b c", Voice.COMMISSIONER)))
    assert hashed(one) != hashed(two)


def test_nothing_differs_while_all_is_as_it_was() -> None:
    assert void_reasons(draft(), {DIGEST: source()}) == ()


SOURCES: list[tuple[Source | None, Differs | None]] = [
    (source(), None),
    (None, Differs.WITHDRAWN),
    (Source(Place.GONE), Differs.WITHDRAWN),
    (Source(Place.GONE, successor=True), Differs.REPLACED),
    (source(place=Place.KEPT, collection=""), Differs.WITHDRAWN),
    (source(place=Place.KEPT, collection="", successor=True), Differs.REPLACED),
    (source(collection="office"), Differs.RESTRICTED),
    (source(collection="restricted:gold"), Differs.RESTRICTED),
    (source(embargoed=True), Differs.EMBARGOED),
    (source(pages=(page("Intro. The force should wait. More words."),)), Differs.QUOTE),
    (source(pages=(page(f"So. {QUOTE} More."),)), Differs.QUOTE),
    (source(pages=()), Differs.QUOTE),
    (source(pages=(page("Intro. The force\nshould act 1. More."),)), None),
    (source(pages=(page("Intro. THE FORCE should act 1! More."),)), None),
]


@pytest.mark.parametrize(("now", "differs"), SOURCES)
def test_what_became_of_a_source_is_told(now: Source | None, differs: Differs | None) -> None:
    found = void_reasons(draft(), {DIGEST: now} if now else {})
    assert [one.differs for one in found] == ([differs] if differs else [])
    assert all(one.document == DIGEST for one in found)


def test_a_document_that_only_the_case_keeps_may_be_cited_from_there() -> None:
    """A report taken in for a case need not be indexed; gone from there, it is withdrawn."""
    kept = draft(sources={DIGEST: "kept"})
    assert void_reasons(kept, {DIGEST: source(place=Place.KEPT, collection="")}) == ()
    assert void_reasons(kept, {DIGEST: source()}) == ()
    assert void_reasons(kept, {})[0].differs is Differs.WITHDRAWN


def test_words_that_a_person_typed_have_no_span_to_be_held_to() -> None:
    typed = draft(resaid(cited=(cited(spans=()),)))
    assert void_reasons(typed, {DIGEST: source(pages=(page("Nothing."),))}) == ()


def test_a_quotation_over_two_pages_is_held_to_both() -> None:
    spans = (Span(1, 0, 9), Span(2, 0, 13))
    two = draft(resaid(cited=(cited(spans=spans),)))
    pages = (Page(1, "The force", ()), Page(2, "should act 1.", ()))
    assert void_reasons(two, {DIGEST: source(pages=pages)}) == ()
    other = (pages[0], Page(2, "should not a.", ()))
    assert void_reasons(two, {DIGEST: source(pages=other)})[0].differs is Differs.QUOTE


@pytest.mark.parametrize("name", OTHERS)
def test_a_record_that_says_something_else_is_found(name: str) -> None:
    """Somebody changed the text in the database and left the hash as it was."""
    changed = draft(OTHERS[name], hash=hashed())
    sources = {DIGEST: source(), "e" * 64: source()}
    assert Reason(Differs.CONTENT) in void_reasons(changed, sources)
    assert approving.live(changed, ()) == ()


def test_an_approval_of_another_hash_does_not_count() -> None:
    other = draft(approved="f" * 64)
    assert void_reasons(other, {DIGEST: source()}) == (Reason(Differs.CONTENT),)
    assert approving.live(other, ()) == ()


def test_an_approval_counts_only_while_nothing_differs() -> None:
    made = draft()
    assert [one.person for one in approving.live(made, ())] == ["reviewer"]
    assert approving.live(made, (Reason(Differs.QUOTE),)) == ()


def test_each_thing_that_differs_is_said_once_in_words() -> None:
    twice = draft(resaid(cited=(cited(), cited())))
    (reason,) = void_reasons(twice, {})
    assert reason.words == "A cited source was withdrawn: “PEEL 2031”."
    for differs in Differs:
        words = Reason(differs, DIGEST, "PEEL {title}", 3).words
        assert words.endswith(".")
        assert differs is Differs.CONTENT or "PEEL {title}" in words


def test_all_that_is_cited_is_listed_once_in_order() -> None:
    other = cited(document="e" * 64, kind=Kind.RESPONSE)
    said = resaid(cited=(cited(), other, cited()))
    assert approving.cited(said) == (cited(), other)
