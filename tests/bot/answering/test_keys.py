import random
import re

import pytest

from bot.answering.keys import KEY, drawn, parted


def test_keys_have_a_shape_that_no_word_or_number_has() -> None:
    chance = random.Random(7).choice
    assert all(re.fullmatch(KEY, drawn(chance)) for _ in range(500))


def test_a_key_is_drawn_again_when_it_is_taken() -> None:
    first = drawn(random.Random(7).choice)
    assert drawn(random.Random(7).choice, {first}) != first


@pytest.mark.parametrize(
    ("text", "bare", "keys"),
    [
        ("They wait. [kx7f][pm2a]", "They wait.", ["kx7f", "pm2a"]),
        ("They wait [kx7f, pm2a].", "They wait.", ["kx7f", "pm2a"]),
        ("They wait. (kx7f; pm2a)", "They wait.", ["kx7f", "pm2a"]),
        ("They wait. 【kx7f】", "They wait.", ["kx7f"]),
        ("They [kx7f] wait [kx7f and pm2a].", "They wait.", ["kx7f", "pm2a"]),
        ("They [sic] wait (some).", "They [sic] wait (some).", []),
        ("They wait. [12] [ab] [abcd]", "They wait. [12] [ab] [abcd]", []),
    ],
)
def test_keys_are_parted_from_the_text(text: str, bare: str, keys: list[str]) -> None:
    assert parted(text) == (bare, keys)
