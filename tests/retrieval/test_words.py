"""Words mean the same to search, to coverage and to grounding."""

import math

import pytest

from retrieval.words import STOP, coverage, folded, rarity, stem, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the force’s “plan”", 'the force\'s "plan"'),
        ("2018–19 and 5−3", "2018-19 and 5-3"),
        ("information\u2011sharing", "information-sharing"),
        ("Encompass⁵ scheme", "Encompass scheme"),
        ("two\u00a0words \n and\tmore ", "two words and more"),
        ("oﬃcers", "officers"),
        ("½ of Fernshire", "1⁄2 of Fernshire"),
        ("", ""),
    ],
)
def test_text_is_folded_to_one_kind_of_sign(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_folding_keeps_case() -> None:
    assert folded("HMICFRS in Oxmere") == "HMICFRS in Oxmere"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The reviews were reviewed by a reviewer", ["review", "review", "review"]),
        ("1,100 officers", ["1100", "offic"]),
        ("fell by 2.5 points", ["fell", "2.5", "point"]),
        ("In 2018/19 the force", ["2018", "19", "forc"]),
        ("the chief constable’s view", ["chief", "constabl", "view"]),
        ("not in custody", ["not", "custodi"]),
        ("plan B", ["plan"]),
        ("step 4", ["step", "4"]),
        ("Powys’ café", ["powi", "café"]),
        ("£5m, 12%", ["5", "12"]),
        ("the of and", []),
        ("", []),
    ],
)
def test_terms_are_stems_and_numbers_without_words_of_grammar(
    text: str, expected: list[str]
) -> None:
    assert list(terms(text)) == expected


def test_negations_are_terms() -> None:
    assert STOP.isdisjoint({"no", "not", "never", "nor", "none", "without", "neither"})


def test_forms_of_a_word_share_a_stem() -> None:
    assert len({stem(word) for word in ("supervise", "supervised", "supervising")}) == 1


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert rarity(1, 100) > rarity(50, 100) > rarity(100, 100) > 0


def test_rarity_is_that_of_bm25() -> None:
    assert rarity(2, 10) == pytest.approx(math.log(1 + 8.5 / 2.5))


@pytest.mark.parametrize(
    ("asked", "held", "weights", "share"),
    [
        (["vet", "backlog"], ["vet", "backlog", "x"], {}, 1.0),
        (["vet", "backlog"], ["vet"], {}, 0.5),
        (["vet", "backlog"], ["vet"], {"vet": 3.0, "backlog": 1.0}, 0.75),
        (["vet", "vet", "backlog"], ["vet"], {}, 0.5),
        (["vet"], [], {}, 0.0),
        ([], ["vet"], {}, 0.0),
        (["vet"], ["vet"], {"vet": 0.0}, 0.0),
    ],
)
def test_coverage_is_the_share_of_the_asked_terms_by_weight(
    asked: list[str], held: list[str], weights: dict[str, float], share: float
) -> None:
    assert coverage(asked, held, weights) == pytest.approx(share)
