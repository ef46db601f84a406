import re

import pytest

from bot.slack.blocks import actions
from tests.bot.slack.blocks.making import KEY


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (actions.SHOW_PASSAGE, "show_passage"),
        (actions.SHOW_PASSAGE, "show_passage:12"),
        (actions.HELPFUL, "helpful"),
        (actions.NOT_HELPFUL, "not_helpful"),
        (actions.FEEDBACK, "feedback"),
        (actions.SHARE, "share"),
        (actions.ASK_PERSON, "ask_person"),
        (actions.DRAFT_PARAGRAPH, "draft_paragraph"),
        (actions.SUGGEST, "suggest:1"),
    ],
)
def test_an_id_is_known_by_one_form_alone(form: re.Pattern[str], name: str) -> None:
    forms = [
        one
        for one in vars(actions).values()
        if isinstance(one, re.Pattern) and one not in (actions.ANY, actions._KEY)
    ]
    assert [one for one in forms if one.search(name)] == [form]


@pytest.mark.parametrize("number", [1, 12, 999])
def test_a_source_is_read_as_it_was_written(number: int) -> None:
    assert actions.passage(actions.passage_value(KEY, number)) == (KEY, number)


@pytest.mark.parametrize("verdict", ["helpful", "not_helpful"])
def test_a_verdict_is_read_as_it_was_written(verdict: str) -> None:
    assert actions.feedback(actions.feedback_value(verdict, KEY)) == (verdict, KEY)


@pytest.mark.parametrize("forged", ["", "|1", f"{KEY}|", f"{KEY}|x", f"{KEY}|1|2", "a b|1", "k|-1"])
def test_a_source_that_we_never_wrote_is_none(forged: str) -> None:
    assert actions.passage(forged) is None


@pytest.mark.parametrize(
    "forged", ["", "good|k", "helpful|", "helpful|a b", f"helpful|{'k' * 151}"]
)
def test_a_verdict_that_we_never_wrote_is_none(forged: str) -> None:
    assert actions.feedback(forged) is None


@pytest.mark.parametrize(("value", "key"), [(KEY, KEY), ("", None), ("a b", None), ("k|1", None)])
def test_a_key_is_read_with_care(value: str, key: str | None) -> None:
    assert actions.key(value) == key
