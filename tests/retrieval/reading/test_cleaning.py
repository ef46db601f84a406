"""Tests of taking out what cannot be seen."""

import pytest

from retrieval.reading.cleaning import visible


@pytest.mark.parametrize(
    ("text", "seen", "hidden"),
    [
        ("plain words", "plain words", 0),
        ("zero\u200bwidth", "zerowidth", 1),
        ("\u202eright to left\u202c", "right to left", 2),
        ("tag\U000e0041\U000e0042 characters", "tag characters", 2),
        ("soft\u00adhyphen", "softhyphen", 1),
        ("bell\x07 and delete\x7f", "bell and delete", 2),
        ("\ufeffmark", "mark", 1),
        ("no\u00a0break \u2003 wide", "no break wide", 0),
        ("one\r\ntwo\rthree", "one\ntwo\nthree", 0),
        ("cell\tcell", "cell\tcell", 0),
        ("£5m, naïve, Ŵyr, ⁵", "£5m, naïve, Ŵyr, ⁵", 0),
    ],
)
def test_what_nobody_sees_is_taken_out_and_counted(text: str, seen: str, hidden: int) -> None:
    assert visible(text) == (seen, hidden)
