import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.jobs import TryAgain
from bot.slack import documents, fetching, offers
from bot.slack.blocks import documents as blocks
from bot.slack.fetching import Source
from bot.store.audit import Audit
from bot.store.engine import connect
from retrieval import catalogue
from retrieval.indexing import Outcome
from tests.bot.slack import desks
from tests.bot.slack.desks import Bot
from tests.bot.slack.filling import filled
from tests.corpus.samples import DOCUMENTS
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import Status
from tests.fakes.slack_workspace import BOT_USER, CUSTODY, NEWS, OFFICE, PRIYA, SHARED, TOM, TOM_IM

Facts = dict[str, Any]
LETTER = """# PEEL 2029: Fernshire Police

8 December 2029

Fernshire Police should train all call handlers in the new callback procedure by next summer.

Inspectors heard that 17 of the 40 call handlers had not yet been trained when they came.
"""
GUARDED = LETTER.replace("8 December 2029", "8 December 2029\n\nUnder embargo, not for publication")
NAME = "peel 2029.md"
ASKED = "How many call handlers had not yet been trained?"


@pytest.fixture
def bot(indexed: Path, tmp_path: Path) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path / "home") as made:
        yield made


def drop(
    bot: Bot,
    data: str | bytes = LETTER,
    name: str = NAME,
    room: str = OFFICE.id,
    user: str = TOM.id,
    **more: str,
) -> Facts:
    """Somebody drops a file; the message, when everything has come to rest."""
    raw = data.encode() if isinstance(data, str) else data
    said = bot.slack.upload(user, room, name, raw, **more)
    bot.hear(payloads.message(bot.slack, room, said))
    bot.hear(payloads.file_shared(bot.slack, room, said))
    bot.quiet()
    return said


def card(bot: Bot, said: Facts, room: str = OFFICE.id) -> Facts:
    """The one card under a message."""
    bot.quiet()
    (found,) = bot.answers(room, said.get("thread_ts") or said["ts"])
    return found


def words(shown: Facts) -> str:
    return " ".join(str(shown["text"]).split())


def buttons(shown: Facts) -> list[str]:
    rows = [one for one in shown["blocks"] if one["type"] == "actions"]
    return [button["action_id"] for row in rows for button in row["elements"]]


def opened(bot: Bot, said: Facts, room: str = OFFICE.id, user: str = TOM.id) -> Facts:
    """The window that opens when somebody presses "Index this…"."""
    bot.press(card(bot, said, room), "index_document", room, user)
    view = bot.slack.view(user)
    assert view
    return view


def submit(bot: Bot, view: Facts, user: str = TOM.id, /, **changes: str | None) -> Facts:
    """Send a window off; what Slack is answered."""
    body = payloads.view_submission(bot.slack, user, view, filled(view, **changes))
    answer = bot.hear(body)
    bot.quiet()
    return dict(json.loads(answer.body)) if answer.body else {}


def index(bot: Bot, said: Facts, room: str = OFFICE.id, /, **changes: str | None) -> Facts:
    """Index a dropped file with these changes to what was proposed; its card."""
    assert submit(bot, opened(bot, said, room), **changes) == {}
    return card(bot, said, room)


def kept(bot: Bot) -> list[str]:
    """The names of all files that are kept of those dropped."""
    folder = bot.desk.settings.home / offers.FOLDER
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def titles(bot: Bot) -> dict[str, str]:
    """The collection of each document in the library, by its title."""
    return {one.entry.title: one.entry.collection for one in bot.desk.library.documents()}


def test_a_dropped_file_is_read_and_offered_in_its_thread(bot: Bot) -> None:
    shown = card(bot, drop(bot))
    said = words(shown)
    assert "Index this? peel 2029.md, 1 page read" in said
    assert "Inspection report · PEEL 2029: Fernshire Police · Fernshire Police" in said
    assert "8 December 2029, read from “8 December 2029”. Collection: office." in said
    assert buttons(shown) == ["index_document", "document_not_now"]


def test_a_file_told_of_twice_gets_one_card(bot: Bot) -> None:
    said = drop(bot)
    bot.hear(payloads.message(bot.slack, OFFICE.id, said))
    assert "Index this?" in words(card(bot, said))


def test_each_of_several_files_gets_a_card(bot: Bot) -> None:
    first = bot.slack.upload(TOM.id, OFFICE.id, "a.md", LETTER.encode())
    other = bot.slack.upload(TOM.id, OFFICE.id, "b.md", (LETTER + "\nMore.\n").encode())
    both = {**first, "files": [*first["files"], *other["files"]]}
    bot.hear(payloads.message(bot.slack, OFFICE.id, both))
    bot.quiet()
    shown = {words(one).split(",")[0] for one in bot.answers(OFFICE.id, first["ts"])}
    assert shown == {"Index this? a.md", "Index this? b.md"}


def test_a_confirmed_file_is_indexed_and_answers_questions(bot: Bot) -> None:
    shown = index(bot, drop(bot), title="The letter of 2029", collection="public")
    assert "Indexed: The letter of 2029, 8 December 2029" in words(shown)
    assert "1 page, " in words(shown)
    assert "passage" in words(shown)
    assert titles(bot)["The letter of 2029"] == "public"
    answer = bot.answer(bot.mention(ASKED))
    assert "17 of the 40 call handlers" in answer["text"]


def test_the_entry_stands_confirmed_in_the_catalogue_of_the_file(bot: Bot) -> None:
    changes = {
        "title": "The letter",
        "kind": "follow_up_letter",
        "body": "Oxmere Police",
        "place": "Oxmere",
        "published": "2029-11-30",
        "source": "https://example.org/letter",
        "collection": "office",
    }
    index(bot, drop(bot), **changes)
    (book,) = (bot.desk.settings.home / offers.FOLDER).rglob(catalogue.FILE_NAME)
    (entry,) = catalogue.load(book)
    told = offers.data(entry)
    assert entry.confirmed
    assert {name: told[name] for name in changes} == changes


def test_a_file_is_taken_out_again_and_can_be_put_back(bot: Bot) -> None:
    said = drop(bot)
    shown = index(bot, said, title="The letter of 2029")
    bot.press(shown, "take_document_out")
    shown = card(bot, said)
    assert "Taken out of the index: peel 2029.md" in words(shown)
    assert "The letter of 2029" not in titles(bot)
    view = opened(bot, said)
    assert filled(view)["title"]["title"]["value"] == "The letter of 2029"
    submit(bot, view)
    assert "The letter of 2029" in titles(bot)


def test_not_now_keeps_nothing(bot: Bot) -> None:
    said = drop(bot)
    assert kept(bot) == [NAME, "proposal.json"]
    bot.press(card(bot, said), "document_not_now")
    assert "Not indexed: peel 2029.md I have not kept the file." in words(card(bot, said))
    assert buttons(card(bot, said)) == []
    assert kept(bot) == []


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 90, "photo.png is a picture: scan or save it"),
        ("letter.pdf", LETTER.encode(), "letter.pdf is plain text by its content: rename it"),
        ("blank.txt", b" " * 40, "blank.txt has almost no text"),
        ("broken.pdf", b"%PDF-1.7\n" + b"x" * 200, "broken.pdf"),
    ],
)
def test_a_refused_file_is_refused_in_words_and_does_not_stay(
    bot: Bot, name: str, data: bytes, why: str
) -> None:
    shown = card(bot, drop(bot, data, name))
    assert words(shown).startswith("Not indexed")
    assert why in words(shown)
    assert buttons(shown) == []
    assert kept(bot) == []


def test_a_file_over_the_limit_is_not_fetched(indexed: Path, tmp_path: Path) -> None:
    with desks.working(indexed, tmp_path / "home", max_megabytes=1) as bot:
        shown = card(bot, drop(bot, b"a" * 1_100_000, "big.txt"))
        assert "big.txt has more than 1 MB, the limit" in words(shown)
        assert bot.slack.calls("download") == []
        assert kept(bot) == []


def test_a_download_that_fails_is_tried_again(bot: Bot) -> None:
    bot.slack.fail("download", Status(500), Status(503))
    assert "Index this?" in words(card(bot, drop(bot)))


def test_a_page_to_sign_in_is_not_taken_for_the_file(bot: Bot) -> None:
    said = bot.slack.upload(TOM.id, OFFICE.id, NAME, LETTER.encode())
    part = bot.desk.settings.home / "part"
    with pytest.raises(TryAgain, match="a page in its place"):
        fetching.fetch(said["files"][0], part, _source(bot, "xoxb-wrong"))


def _source(bot: Bot, token: str) -> Source:
    return Source(bot.desk.settings.slack_api_url, token, 1)


def test_a_file_that_is_indexed_already_is_named(bot: Bot) -> None:
    file = next(DOCUMENTS.glob("2022-07-05-response*.md"))
    shown = card(bot, drop(bot, file.read_bytes(), "again.md"))
    assert words(shown).startswith("Already indexed: ")
    assert ", 5 July 2022" in words(shown)
    assert kept(bot) == []


def test_nothing_is_said_of_a_document_that_cannot_be_read_where_the_card_is(bot: Bot) -> None:
    first = drop(bot, room=CUSTODY.id)
    index(bot, first, CUSTODY.id, title="Secret title", collection="restricted:unchecked")
    shown = card(bot, drop(bot, name="same.md"))
    assert "Index this?" in words(shown)
    assert "Secret title" not in words(shown)


def test_the_title_of_a_document_is_not_shown_where_not_all_may_read_it(bot: Bot) -> None:
    shown = index(bot, drop(bot), title="Secret title", collection="restricted:unchecked")
    assert "Indexed: peel 2029.md 1 page" in words(shown)
    assert "Only those who may read it are shown it." in words(shown)
    assert "Secret title" not in words(shown)


def test_an_embargo_holds_and_is_said(bot: Bot) -> None:
    shown = index(bot, drop(bot), embargo="2199-12-01 00:01", collection="public")
    assert "Nobody is shown it before 1 December 2199 at 00:01." in words(shown)
    assert "17 of the 40" not in bot.answer(bot.mention(ASKED))["text"]


def test_what_speaks_of_an_embargo_is_proposed_to_be_held_back(bot: Bot) -> None:
    said = drop(bot, GUARDED)
    assert "Held back, for nobody to read until it is checked" in words(card(bot, said))
    view = opened(bot, said)
    told = json.dumps(view["blocks"], ensure_ascii=False)
    assert "because it says “embargo”" in told
    assert filled(view)["collection"]["collection"]["selected_option"] == {
        "value": "restricted:unchecked"
    }


@pytest.mark.parametrize(
    ("changes", "block", "why"),
    [
        ({"title": "  "}, "title", "Write a title."),
        ({"embargo": "tomorrow"}, "embargo", "Write date and time as"),
        ({"source": "example"}, "source", "Write an address"),
        ({"collection": "restricted:other"}, "collection", "You may not read this collection"),
    ],
)
def test_a_mistake_is_said_beside_its_field(
    bot: Bot, changes: dict[str, str | None], block: str, why: str
) -> None:
    view = opened(bot, drop(bot))
    answer = submit(bot, view, **changes)
    assert answer["response_action"] == "errors"
    assert why in answer["errors"][block]
    assert "PEEL 2029: Fernshire Police" not in titles(bot)


def test_only_collections_that_the_officer_may_read_are_offered(bot: Bot) -> None:
    view = opened(bot, drop(bot))
    (chooser,) = [one for one in view["blocks"] if one.get("block_id") == "collection"]
    values = [one["value"] for one in chooser["element"]["options"]]
    assert values == ["public", "office", "restricted:unchecked"]


def test_only_officers_are_offered_anything(bot: Bot) -> None:
    said = drop(bot, user=PRIYA.id)
    assert bot.answers(OFFICE.id, said["ts"]) == []
    told = "Only officers can add documents; your settings name: tom.garbutt."
    assert bot.whisper(PRIYA.id)["text"] == told
    assert bot.slack.calls("download") == []


@pytest.mark.parametrize("action", ["index_document", "document_not_now"])
def test_only_officers_may_press(bot: Bot, action: str) -> None:
    said = drop(bot)
    bot.press(card(bot, said), action, user=PRIYA.id)
    assert "Only officers can add documents" in bot.whisper(PRIYA.id)["text"]
    assert bot.slack.view(PRIYA.id) is None
    assert "Index this?" in words(card(bot, said))


def test_only_officers_may_take_a_document_out(bot: Bot) -> None:
    shown = index(bot, drop(bot), title="The letter of 2029")
    bot.press(shown, "take_document_out", user=PRIYA.id)
    assert "Only officers can add documents" in bot.whisper(PRIYA.id)["text"]
    assert "The letter of 2029" in titles(bot)


def test_who_may_add_is_asked_again_when_the_window_is_sent(bot: Bot) -> None:
    view = opened(bot, drop(bot))
    answer = submit(bot, view, PRIYA.id)
    assert "Only officers can add documents" in answer["errors"]["title"]


def test_a_document_is_not_taken_from_those_who_may_read_it(bot: Bot) -> None:
    first = drop(bot)
    index(bot, first, title="For others", collection="public")
    (book,) = (bot.desk.settings.home / offers.FOLDER).rglob(catalogue.FILE_NAME)
    book.write_text(book.read_text().replace('"public"', '"restricted:others"'))
    assert [one.state for one in bot.desk.index([book.with_name(NAME)])] == ["changed"]
    bot.press(card(bot, first), "take_document_out")
    assert "cannot be added or taken out from here" in bot.whisper()["text"]
    answer = submit(bot, opened_anew(bot, first), collection="public")
    assert "cannot be added or taken out from here" in answer["errors"]["collection"]
    assert "restricted:others" in book.read_text()


def opened_anew(bot: Bot, said: Facts) -> Facts:
    """A window from a card elsewhere, where the file is offered as if it were new."""
    other = drop(bot, room=TOM_IM.id)
    bot.press(card(bot, other, TOM_IM.id), "index_document", TOM_IM.id)
    view = bot.slack.view(TOM.id)
    assert view
    assert "restricted:others" not in json.dumps(view)
    return view


def test_a_file_in_another_channel_is_left_alone(bot: Bot) -> None:
    said = drop(bot, room=NEWS.id)
    assert bot.answers(NEWS.id, said["ts"]) == []
    assert bot.slack.whispers(TOM.id) == []


def test_where_documents_are_added_is_said_to_those_who_ask(bot: Bot) -> None:
    drop(bot, room=NEWS.id, text=f"<@{BOT_USER}>")
    assert "Documents are added in the office's channel" in bot.whisper()["text"]


def test_a_channel_shared_with_outsiders_takes_no_documents(indexed: Path, tmp_path: Path) -> None:
    channels = {SHARED.id: ("public", "office")}
    with desks.working(indexed, tmp_path / "home", channels=channels) as bot:
        said = drop(bot, room=SHARED.id)
        assert bot.answers(SHARED.id, said["ts"]) == []
        assert "shared with people outside" in bot.whisper()["text"]


def test_a_direct_message_takes_documents(bot: Bot) -> None:
    said = drop(bot, room=TOM_IM.id)
    shown = index(bot, said, TOM_IM.id, title="The letter of 2029")
    assert "Indexed: The letter of 2029" in words(shown)


def test_a_file_with_a_question_is_offered_and_the_question_answered(bot: Bot) -> None:
    said = drop(bot, room=TOM_IM.id, text=desks.DASH)
    told = [words(one) for one in bot.answers(TOM_IM.id, said["ts"])]
    assert any("Index this?" in one for one in told)
    assert any(desks.BACKLOG in one for one in told)


def test_with_plain_blocks_dates_are_typed_and_untouched_fields_keep_what_was_proposed(
    indexed: Path, tmp_path: Path
) -> None:
    with desks.working(indexed, tmp_path / "home", slack_blocks="plain") as bot:
        said = drop(bot, room=TOM_IM.id)
        view = opened(bot, said, TOM_IM.id)
        assert "datepicker" not in json.dumps(view)
        wrong = submit(bot, view, published="8.12.2029")
        assert "year-month-day" in wrong["errors"]["published"]
        untouched = dict.fromkeys(name for name in filled(view))
        assert submit(bot, view, **untouched) == {}
        shown = card(bot, said, TOM_IM.id)
        assert "Indexed: PEEL 2029: Fernshire Police, 8 December 2029" in words(shown)


def test_a_field_that_was_emptied_is_empty(bot: Bot) -> None:
    said = drop(bot, room=TOM_IM.id)
    shown = index(bot, said, TOM_IM.id, body=None, published=None)
    assert "Indexed: PEEL 2029: Fernshire Police, undated" in words(shown)


def test_a_file_fetched_before_a_crash_is_found_again(bot: Bot) -> None:
    digest = hashlib.sha256(LETTER.encode()).hexdigest()
    part = offers.root(bot.desk.settings.home) / "part"
    part.write_text(LETTER)
    offers.shelve(bot.desk.settings.home, part, digest, NAME)
    assert "Index this?" in words(card(bot, drop(bot)))
    assert kept(bot) == [NAME, "proposal.json"]


def test_a_file_that_was_indexed_before_a_crash_is_shown_as_it_is(bot: Bot) -> None:
    said = drop(bot)
    shown = index(bot, said, title="The letter of 2029", collection="public")
    (row,) = [one for one in shown["blocks"] if one["type"] == "actions"]
    press = blocks.pressed(row["elements"][-1]["value"])
    assert press
    documents.confirm(bot.desk, documents.where(press, OFFICE.id, TOM.id), "again")
    assert "Already indexed: The letter of 2029" in words(card(bot, said))


def test_what_nobody_foresaw_is_told_and_can_be_tried_again(bot: Bot) -> None:
    def broken(paths: Sequence[Path]) -> Iterator[Outcome]:
        raise RuntimeError("the index is broken")

    said, works = drop(bot), bot.desk.index
    object.__setattr__(bot.desk, "index", broken)
    shown = index(bot, said, collection="public")
    assert "It could not be indexed now. Press “Index this…” again" in words(shown)
    assert "give this reference" in bot.whisper()["text"]
    object.__setattr__(bot.desk, "index", works)
    assert words(index(bot, said)).startswith("Indexed: PEEL 2029")


def test_what_happens_to_a_document_is_audited_without_its_words(bot: Bot) -> None:
    engine = connect(f"sqlite:///{bot.desk.settings.home / 'rejoinder.db'}")
    said = drop(bot)
    bot.press(index(bot, said, collection="public"), "take_document_out")
    bot.quiet()
    entries = [one for one in Audit(engine).entries() if one.event.startswith("document.")]
    engine.dispose()
    assert [one.event for one in entries] == [
        "document.offered",
        "document.indexed",
        "document.withdrawn",
    ]
    assert [one.facts["collection"] for one in entries] == ["office", "public", "public"]
    assert {one.person for one in entries} == {TOM.id}
    assert {tuple(sorted(one.facts)) for one in entries} == {("collection", "digest", "file")}


def test_jobs_keep_no_words_of_a_document(bot: Bot) -> None:
    index(bot, drop(bot), title="Quokka report", place="Wombatshire")
    stored = b"".join(
        path.read_bytes() for path in bot.desk.settings.home.glob("jobs.db*") if path.is_file()
    )
    assert b"document_index" in stored
    for word in (b"Quokka", b"Wombatshire", b"callback", b"call handlers"):
        assert word not in stored
