from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.slack import offers
from bot.slack.offers import Offer
from retrieval.catalogue import Proposal
from tests import builders

DIGEST = "ab12" * 16
ENTRY = builders.entry("letter.md", embargo_until=datetime(2031, 6, 1, tzinfo=UTC))


@pytest.fixture
def offer(tmp_path: Path) -> Offer:
    file = shelved(tmp_path, "letter.md")
    offers.keep(file, DIGEST, 3, Proposal(ENTRY, "a note"))
    found = offers.load(tmp_path, DIGEST[:16])
    assert found
    return found


def shelved(home: Path, name: str) -> Path:
    part = offers.root(home) / "part"
    part.write_text("words")
    return offers.shelve(home, part, DIGEST, name)


def test_what_a_file_seems_to_be_is_kept_beside_it(offer: Offer) -> None:
    assert (offer.file.read_text(), offer.digest, offer.pages) == ("words", DIGEST, 3)
    assert (offer.entry, offer.note) == (replace(ENTRY, confirmed=False), "a note")


def test_the_same_content_under_another_name_is_the_same_file(offer: Offer, tmp_path: Path) -> None:
    assert shelved(tmp_path, "other.md") == offer.file
    assert sorted(one.name for one in offer.file.parent.iterdir()) == ["letter.md", "proposal.json"]


def test_only_a_folder_of_ours_is_looked_into(offer: Offer, tmp_path: Path) -> None:
    (tmp_path / "proposal.json").write_text((offer.file.parent / "proposal.json").read_text())
    assert [offers.load(tmp_path, one) for one in ("..", "", "/", "0" * 16)] == [None] * 4


def test_an_entry_is_confirmed_changed_and_withdrawn(offer: Offer) -> None:
    assert offers.confirmed(offer) is None
    offers.withdraw(offer)
    assert offers.confirmed(offer) is None
    offers.confirm(offer, replace(ENTRY, confirmed=False, path="elsewhere/x.md"))
    assert offers.confirmed(offer) == ENTRY
    offers.confirm(offer, replace(ENTRY, published=date(2031, 3, 5)))
    offers.withdraw(offer)
    assert offers.confirmed(offer) == replace(ENTRY, published=date(2031, 3, 5), withdrawn=True)


def test_a_write_that_was_cut_off_leaves_the_entry_as_it_was(offer: Offer) -> None:
    offers.confirm(offer, ENTRY)
    offer.file.with_name(".catalogue.toml.part").write_text("[[docum")
    assert offers.confirmed(offer) == ENTRY
    offers.withdraw(offer)
    assert sorted(one.name for one in offer.file.parent.iterdir()) == [
        "catalogue.toml",
        "letter.md",
        "proposal.json",
    ]


def test_a_forgotten_file_is_gone(offer: Offer, tmp_path: Path) -> None:
    offers.forget(tmp_path, offer.shelf)
    offers.forget(tmp_path, offer.shelf)
    assert list(offers.root(tmp_path).iterdir()) == []


def test_nobody_else_on_the_machine_reads_the_files(offer: Offer) -> None:
    folders = (offer.file.parent, offer.file.parent.parent)
    assert [folder.stat().st_mode & 0o077 for folder in folders] == [0, 0]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("PEEL 2016.pdf", "PEEL 2016.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\secret.docx", "secret.docx"),
        ("...", "document"),
        ("", "document"),
        ("~$lock.docx", "lock.docx"),
        (".hidden.pdf", "hidden.pdf"),
        ("a\u202efdp.pdf", "a-fdp.pdf"),
        ("a\x00b\nc.pdf", "a-b-c.pdf"),
        ("proposal.json", "document proposal.json"),
        ("CATALOGUE.toml", "document CATALOGUE.toml"),
        ("𝔘" * 200 + ".pdf", "𝔘" * 60 + ".pdf"),
        ("<!channel>.pdf", "channel.pdf"),
    ],
)
def test_a_file_name_is_made_safe(given: str, safe: str) -> None:
    assert offers.safe_name(given) == safe
    assert len(offers.safe_name(given).encode()) < 255
