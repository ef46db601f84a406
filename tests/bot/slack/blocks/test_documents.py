from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings

from bot.slack.blocks import documents
from bot.slack.blocks.documents import Card, Done, Press
from bot.slack.blocks.message import Profile
from retrieval.documents import CatalogueEntry, Kind
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile

PRESS = Press("F0LETTER", "1764000000.000100", "0123456789abcdef")
ENTRY = CatalogueEntry(
    path="letter.md",
    title="The letter",
    kind=Kind.FOLLOW_UP_LETTER,
    body="Fernshire Police",
    published=date(2031, 3, 4),
    collection="office",
)
NOTE = "proposed, not confirmed: date read from “4 March 2031”; held back because it says “embargo”"
DONE = Done("Indexed", 12, 40, ("page 3 has no text: scanned?",))
UNTIL = datetime(2031, 6, 30, 23, 1, tzinfo=UTC)


def said(card: Card) -> str:
    (message,) = card.messages(Profile.TEXT)
    return message.text


def actions(card: Card) -> list[str]:
    return list(checking.buttons(card.messages(Profile.RICH)))


def cards(words: str = "words") -> list[Card]:
    entry = replace(ENTRY, title=words, body=words, collection=words)
    done = replace(DONE, notes=(words, words))
    return [
        documents.words(documents.READING),
        documents.offered(words, 1, entry, f"{NOTE} {words}", PRESS),
        documents.refused(words),
        documents.refused(words, PRESS),
        documents.already(entry),
        documents.indexing(words, 3),
        documents.indexed(entry, done, PRESS),
        documents.indexed_unseen(words, done, UNTIL, PRESS),
        documents.taken_out(words, PRESS),
        documents.not_now(words),
    ]


@pytest.mark.parametrize("profile", list(Profile))
def test_every_card_is_one_message_that_slack_takes(profile: Profile) -> None:
    for card in cards():
        (message,) = card.messages(profile)
        checking.check_message(message, profile)


@settings(max_examples=40, deadline=None)
@given(hostile())
def test_any_words_are_shown_without_effect(words: str) -> None:
    for card in cards(words or "x"):
        for profile in Profile:
            for message in card.messages(profile):
                checking.check_message(message, profile)


def test_an_offer_says_what_it_looks_like_and_why() -> None:
    offer = documents.offered("letter.md", 61, ENTRY, NOTE, PRESS)
    assert said(offer) == (
        "Index this? letter.md, 61 pages read\n\n"
        "It looks like: Follow-up letter · The letter · Fernshire Police\n\n"
        "4 March 2031, read from “4 March 2031”. Collection: office.\n\n"
        "Held back, for nobody to read until it is checked, because it says “embargo”."
    )
    assert actions(offer) == ["index_document", "document_not_now"]


def test_a_document_without_a_date_says_so() -> None:
    note = "proposed, not confirmed: no publication date found"
    undated = documents.offered("a.md", 1, replace(ENTRY, published=None), note, PRESS)
    assert "No publication date found. Collection: office." in said(undated)
    assert said(documents.already(replace(ENTRY, published=None))).endswith("undated")


def test_an_indexed_document_can_be_taken_out() -> None:
    card = documents.indexed(ENTRY, DONE, PRESS)
    assert said(card) == (
        "Indexed: The letter, 4 March 2031\n\n12 pages, 40 passages. Collection: office.\n\n"
        "page 3 has no text: scanned?"
    )
    assert actions(card) == ["take_document_out"]


def test_of_a_document_that_not_everyone_may_read_nothing_is_told() -> None:
    card = documents.indexed_unseen("a.md", DONE, UNTIL, PRESS)
    assert said(card) == (
        "Indexed: a.md\n\n12 pages, 40 passages. Nobody is shown it before 1 July 2031 at 00:01."
    )
    open_now = documents.indexed_unseen("a.md", DONE, None, PRESS)
    assert "Only those who may read it are shown it." in said(open_now)


def test_what_a_button_carries_comes_back() -> None:
    assert documents.pressed(documents.value(PRESS)) == PRESS


@pytest.mark.parametrize(
    "value",
    [
        "",
        "F0LETTER|1764000000.000100|../../../../etc",
        "F0LETTER|1764000000.000100|0123456789ABCDEF",
        "F0LETTER|1764000000.000100|0123456789abcdef\n",
        "F0LETTER||0123456789abcdef",
        "a/b|1764000000.000100|0123456789abcdef",
        "F0LETTER|1764000000.000100",
    ],
)
def test_what_we_never_wrote_is_nothing(value: str) -> None:
    assert documents.pressed(value) is None
