from bot.responding import evidence
from bot.responding.evidence import Clash, Sort
from tests.bot.responding.packs import pack, piece


def test_a_pack_is_the_same_after_json() -> None:
    older, newer = piece(Sort.EARLIER, "It was 79 percent."), piece(Sort.OFFICE, "It was 91.")
    made = pack(older, newer, clashes=(Clash(older, newer),), known=("Aldercombe",))
    assert evidence.pack(evidence.data(made)) == made


def test_what_is_closed_says_why() -> None:
    shut = piece(Sort.OFFICE, "An internal note.", closed="it is in the collection office")
    assert not shut.open
    assert piece(Sort.OFFICE, "Minutes.").open
