import pytest

from prompts import template


def test_a_value_is_put_in_as_it_is_and_not_read_again() -> None:
    prompt = template.filled("answer", question="{{passages}}", passages="a\\1 {{question}}")
    assert "{{passages}}" in prompt.user
    assert "a\\1 {{question}}" in prompt.user


@pytest.mark.parametrize("values", [{}, {"question": "Why?"}, {"question": "a", "passage": "b"}])
def test_a_missing_or_unknown_value_is_an_error(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="takes"):
        template.filled("answer", **values)


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_a_blank_value_is_an_error(blank: str) -> None:
    with pytest.raises(ValueError, match="nothing for"):
        template.filled("answer", question="Why?", passages=blank)


def test_a_prompt_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        template.filled("poem", question="Why?")
