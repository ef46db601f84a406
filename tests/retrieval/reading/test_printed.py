"""Tests of telling the mark of a list item from its words."""

import pytest

from retrieval.reading.printed import without_dash, without_glyph, without_label


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("1. Review it", "1.", "Review it"),
        ("12) Review it", "12)", "Review it"),
        ("(3) Review it", "(3)", "Review it"),
        ("4a) Review it", "4a)", "Review it"),
        ("4a) i) Review it", "4a) i)", "Review it"),
        ("(b) review it", "(b)", "review it"),
        ("iv. review it", "iv.", "review it"),
        ("2.3 Review it", "2.3", "Review it"),
        ("3.5 million people", "", "3.5 million people"),
        ("27.04.17", "", "27.04.17"),
        ("2016 was a year", "", "2016 was a year"),
        ("A. Smith wrote", "", "A. Smith wrote"),
        ("1.", "", "1."),
        ("Review it", "", "Review it"),
    ],
)
def test_labels_are_told_from_numbers_in_sentences(text: str, label: str, rest: str) -> None:
    assert without_label(text) == (rest, label)


@pytest.mark.parametrize("glyph", ["•", "▪", "◼", "\uf06e", "\uf0b7", "\u2212"])
def test_a_glyph_is_taken_off(glyph: str) -> None:
    assert without_glyph(f"{glyph} train the staff") == ("train the staff", True)


def test_a_dash_is_a_bullet_only_before_a_space() -> None:
    assert without_dash("- train the staff") == ("train the staff", True)
    assert without_dash("-5 degrees") == ("-5 degrees", False)
    assert without_glyph("train the staff") == ("train the staff", False)
