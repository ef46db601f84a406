import pytest

from bot.answering.premises import correction
from tests.bot.answering.lines import line

INADEQUATE = "Fernshire Police is inadequate at responding to the public."


def corrected(question: str, *sentences: str) -> str:
    return correction(question, [line(sentence) for sentence in sentences])


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Why was Fernshire graded outstanding for calls?", INADEQUATE, ("inadequate", "outst")),
        ("Was the force rated good at responding?", INADEQUATE, ("inadequate", "good")),
        ("When was it judged adequate?", "Responding: requires improvement.", ("requires", "adeq")),
    ],
)
def test_a_grade_that_was_not_given_is_corrected(
    question: str, sentence: str, said: tuple[str, str]
) -> None:
    found = corrected(question, sentence)
    assert found.startswith(f"The documents say “{said[0]}")
    assert f"not “{said[1]}" in found


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Was the force graded inadequate at responding?", [INADEQUATE]),
        ("What was the force graded, good or inadequate?", [INADEQUATE]),
        ("How was the force graded?", [INADEQUATE]),
        ("Was the force rated outstanding?", ["There is good work in the north of the county."]),
        ("Was the force rated outstanding?", ["Adequate staffing was not found."]),
        ("Was the force rated good?", ["Grades are good, adequate and inadequate."]),
        ("Is there good work on stalking?", [INADEQUATE]),
        ("Was the force rated good?", []),
    ],
)
def test_nothing_is_corrected_without_need(question: str, sentences: list[str]) -> None:
    assert corrected(question, *sentences) == ""


def test_a_reason_that_nobody_gives_is_said_to_be_missing() -> None:
    assert corrected("Why did inspectors make three recommendations?", "They made none.") == (
        "No reason is given, and what the question takes for granted may not be so."
    )


def test_a_reason_that_is_given_needs_no_correction() -> None:
    assert corrected("Why are files late?", "Files wait because two posts are empty.") == ""
