"""A person's text is read back: voices by labels, sentences bound to the pack anew."""

import pytest

from bot.responding.drafting.rebinding import cut, rebind
from bot.responding.drafting.scaffold import scaffold
from bot.responding.drafting.telling import text
from bot.responding.evidence import Sort
from bot.store.cases import Choice
from bot.store.wordings import Voice, Writer
from tests.bot.responding.packs import item, pack, piece

COMMENT = piece(Sort.COMMENT, "We have audited 50 incidents a month.")
EDITED = """
What was found
“Of 140 assessments a supervisor had reviewed 52.” (page 1)

Chief Constable’s comments: “We have audited 50 incidents a month.”

**Commissioner's response**
I am sorry for this. The force has audited 50 incidents a month, she says.
I will publish the share each month from 1 May 2031.
Decision: no action. The money is not there.
"""


def test_labels_tell_the_voices() -> None:
    said = rebind(EDITED, pack(COMMENT))
    assert [one.voice for one in said.sentences] == [
        Voice.INSPECTORATE,
        Voice.CHIEF_OFFICER,
        *[Voice.COMMISSIONER] * 3,
    ]
    assert said.writer is Writer.PERSON


def test_what_is_quoted_or_restated_is_cited_and_own_words_are_not() -> None:
    said = rebind(EDITED, pack(COMMENT))
    cited = [[one.quote for one in sentence.cited] for sentence in said.sentences]
    assert cited[0] == ["Of 140 assessments a supervisor had reviewed 52."]
    assert cited[1] == [COMMENT.words]
    assert cited[2] == []
    assert COMMENT.words in cited[3]
    assert said.sentences[4].promise


@pytest.mark.parametrize(
    ("line", "choice", "reason"),
    [
        ("Decision: action taken.", Choice.TAKEN, ""),
        ("Decision: action taken and proposed.", Choice.PROPOSED, ""),
        ("Decision: no action. It costs too much.", Choice.NONE, "It costs too much."),
        ("decision: no action, because it is done", Choice.NONE, "because it is done"),
        ("Decision: [choose: action taken]", None, ""),
        ("", None, ""),
    ],
)
def test_the_decision_is_read_with_its_reason(
    line: str, choice: Choice | None, reason: str
) -> None:
    said = rebind(f"I agree.\n{line}", pack())
    assert (said.choice, said.reason) == (choice, reason)


def test_a_scaffold_read_back_says_the_same() -> None:
    made = scaffold(item(), pack(COMMENT))
    again = rebind(text(made, item()), pack(COMMENT))
    assert [one.text for one in again.sentences] == [one.text for one in made.sentences]
    assert [one.voice for one in again.sentences] == [one.voice for one in made.sentences]
    assert [one.gap for one in again.sentences] == [one.gap for one in made.sentences]


def test_a_quotation_of_several_sentences_stays_whole() -> None:
    assert cut("“It is so. It was so.” That is all.") == ["“It is so. It was so.”", "That is all."]
