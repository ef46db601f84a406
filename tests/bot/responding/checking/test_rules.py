"""One table says what each failed check weighs; every cell is walked."""

import pytest

from bot.responding.checking.rules import TABLE, Rule, Seen, Weight, weighed
from retrieval.documents import ItemKind

ALWAYS = {
    Rule.QUOTATION, Rule.FIGURE, Rule.DATE, Rule.NAME, Rule.GRADE, Rule.TURNED, Rule.VOICE,
    Rule.CHIEF_WORDS, Rule.LEGAL, Rule.RESTRICTED, Rule.PLACEHOLDER,
}  # fmt: skip
ONLY_FOR_RECOMMENDATIONS = {
    Rule.LIMB, Rule.DECISION, Rule.REASON, Rule.TIME, Rule.PROMISE_DATE, Rule.PROMISE_OWNER,
    Rule.FORCE_CLAIM, Rule.POSITION,
}  # fmt: skip


def test_the_table_has_every_rule_with_its_cure() -> None:
    assert set(TABLE) == set(Rule)
    assert all(line.how for line in TABLE.values())


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("kind", list(ItemKind))
def test_what_a_failed_check_weighs(rule: Rule, kind: ItemKind) -> None:
    duty = kind in (ItemKind.RECOMMENDATION, ItemKind.PRIORITY_ACTION)
    blocks = rule in ALWAYS or (rule in ONLY_FOR_RECOMMENDATIONS and duty)
    found = weighed(Seen(rule, "what", 3, 1), kind)
    assert found.weight is (Weight.BLOCKS if blocks else Weight.WARNS)
    assert (found.sentence, found.limb, found.how) == (3, 1, TABLE[rule].how)
