import pytest
from hypothesis import given, settings

from bot.slack.blocks import notices
from bot.slack.blocks.message import Message, Profile
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile


@pytest.mark.parametrize(
    ("notice", "begins"),
    [
        (notices.searching(214), "Searching 214 documents"),
        (notices.searching(1), "Searching 1 document"),
        (notices.searching(0), "Searching the documents"),
        (notices.refusal("Guests & visitors may not ask."), "Guests &amp; visitors may not ask."),
        (notices.taken_down(), "This answer was taken down."),
    ],
)
def test_a_notice_says_it_in_a_line(notice: Message, begins: str) -> None:
    checking.check_message(notice, Profile.PLAIN)
    assert notice.text.startswith(begins)
    assert len(notice.blocks) == 1


def test_a_failure_names_its_reference() -> None:
    assert notices.failure("R-7K3Q-2M").text.endswith("R-7K3Q-2M")


@settings(max_examples=60, deadline=None)
@given(hostile())
def test_any_words_make_a_notice_that_slack_takes(words: str) -> None:
    checking.check_message(notices.refusal(words), Profile.PLAIN)
