"""The real response of 2017, put through the checks, is told what it did not answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.responding import backwards, checking
from bot.responding.checking import Finding, Rule
from bot.responding.drafting.rebinding import rebind
from bot.responding.evidence import Pack, own
from bot.responding.evidence.speaking import said
from bot.store.cases import Role
from bot.store.wordings import Voice
from retrieval.passages import split
from retrieval.reading import Limits, read
from tests.bot.responding.cases import case, document
from tests.corpus.samples import ROOT

REAL = ROOT.parent / "shared" / "data" / "pcc-response-2017-04-27-peel-effectiveness-2016.md"
Checked = Callable[[int], tuple[Finding, ...]]


@pytest.fixture(scope="module")
def checked() -> Checked:
    """The findings on the commissioner's reply to a recommendation, by its number."""
    if not REAL.exists():
        pytest.skip(f"the real response is not there: {REAL.name}")
    reading = read(REAL, Limits(ocr=False))
    content, _ = backwards.begun(reading, str(REAL))
    one = case(content, documents=(document(1, digest=reading.digest, role=Role.RESPONSE),))
    told = list(said(split(reading), reading.pages))

    def check(number: int) -> tuple[Finding, ...]:
        item = content.items[number - 1]
        pieces = tuple(own.pieces(one, item, lambda _: reading.pages))
        pack = Pack(one.id, item.id, date(2017, 4, 27), pieces)
        mine = [
            sentence.text
            for sentence in told
            if sentence.under.startswith(f"Recommendation {number}")
            and sentence.voice is Voice.COMMISSIONER
        ]
        assert item.decision is not None
        wording = replace(rebind("\n".join(mine), pack), choice=item.decision.choice)
        assert len(wording.sentences) >= 1
        return checking.check(wording, item, pack)

    return check


def of(findings: tuple[Finding, ...], rule: Rule) -> list[Finding]:
    return [one for one in findings if one.rule is rule]


def test_supervision_and_immediately_are_not_answered(checked: Checked) -> None:
    findings = checked(1)
    (limb,) = of(findings, Rule.LIMB)
    assert "effective supervision" in limb.what
    (time,) = of(findings, Rule.TIME)
    assert "“immediately”" in time.what


def test_none_of_three_limbs_is_answered_by_name(checked: Checked) -> None:
    assert [one.limb for one in of(checked(2), Rule.LIMB)] == [1, 2, 3]


@pytest.mark.parametrize("number", [1, 2])
def test_the_promises_have_no_dates(checked: Checked, number: int) -> None:
    undated = of(checked(number), Rule.PROMISE_DATE)
    assert undated
    assert all(one.blocks for one in undated)
