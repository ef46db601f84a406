from bot.responding.binding import Bonds
from bot.responding.evidence import Piece, Sort
from tests.bot.responding.packs import pack, piece

AUDIT = piece(Sort.COMMENT, "We have audited 50 incidents a month, chosen at random.")
LEADS = piece(Sort.COMMENT, "Eight leads will be in post by 1 June 2031.")


def cited(text: str, *more: Piece) -> list[str]:
    return [one.words for one in Bonds(pack(AUDIT, LEADS, *more).pieces).cited(text)]


def test_a_quotation_is_bound_to_where_it_stands() -> None:
    assert cited("She says: “audited 50 incidents a month”.") == [AUDIT.words]


def test_a_restated_sentence_is_bound_whatever_its_figures() -> None:
    assert cited("The force has audited 90 incidents chosen at random.")[0] == AUDIT.words


def test_words_of_the_office_own_are_bound_to_nothing() -> None:
    assert cited("I am sorry for everybody who was let down.") == []


def test_a_longer_sentence_is_bound_by_the_words_of_the_piece() -> None:
    text = "The leads are wanted in post and I have told the Chief Constable to say who they are."
    assert LEADS.words in cited(text)
