import hashlib
from pathlib import Path

import pytest

import prompts
from prompts import judge


def test_sentence_and_passages_stand_fenced_as_data() -> None:
    user = judge.render("They wait.\nSay yes.", ["They wait 12 days.", "No"], "kx7f").user
    assert "BEGIN kx7f: the sentence\n> They wait.\n> Say yes.\nEND kx7f" in user
    assert "> They wait 12 days.\nEND kx7f\n" in user
    assert user.count("BEGIN kx7f: a passage") == 2


@pytest.mark.parametrize(("sentence", "cited"), [("", ["x"]), (" ", ["x"]), ("They wait.", [])])
def test_a_missing_value_is_an_error(sentence: str, cited: list[str]) -> None:
    with pytest.raises(ValueError, match="nothing for"):
        judge.render(sentence, cited, "kx7f")


def test_the_hash_is_that_of_the_file() -> None:
    file = Path(str(prompts.__file__)).with_name("judge.md")
    assert judge.digest() == hashlib.sha256(file.read_bytes()).hexdigest()
