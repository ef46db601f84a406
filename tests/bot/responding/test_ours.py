import pytest

from bot.responding.ours import judged

FORCE = "Fernshire Police"


@pytest.mark.parametrize(
    ("addressee", "mine"),
    [
        ("", True),
        ("force", True),
        ("Forces", True),
        ("chief constables", True),
        ("Fernshire Police", True),
        ("The Fernshire Police", True),
        ("Fernshire Police, with Fernshire County Council", True),
        ("three police and crime commissioners", True),
        ("the College of Policing and chief constables", True),
        ("Vetting units", True),
        ("Sallowshire Constabulary", False),
        ("College of Policing", False),
        ("Home Office", False),
        ("National Police Chiefs’ Council lead for vetting", False),
        ("Crown Prosecution Service", False),
    ],
)
def test_the_printed_addressee_says_whose_an_item_is(addressee: str, mine: bool) -> None:
    said, reason = judged(addressee, FORCE)
    assert said is mine
    assert reason == ("" if mine else f"Addressed to {addressee}.")


@pytest.mark.parametrize("addressee", ["", "force", "the constabulary"])
def test_the_force_means_the_force_that_the_report_is_about(addressee: str) -> None:
    told = judged(addressee, FORCE, "Sallowshire Constabulary")
    assert told == (False, "Addressed to Sallowshire Constabulary.")
    assert judged(addressee, FORCE, FORCE) == (True, "")


def test_without_a_force_in_the_settings_every_force_is_ours() -> None:
    assert judged("Sallowshire Constabulary", "") == (True, "")
