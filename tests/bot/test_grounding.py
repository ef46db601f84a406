import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grounding import Support, Verdict, check

CLEAR, TO_CHECK, WITHHELD = Support

CALLS = "In the year to 31 March 2023 the force answered 76.9 percent of 999 calls in ten seconds."
BACKLOG = "On the day of our visit 212 medium-risk cases were waiting for a second assessment."
ASKED = "The force should make sure that supervisors review every risk assessment by 30 June 2024."
NOT_DONE = "The force does not record why callers give up."
GRADED = "Fernshire Police is inadequate at responding to the public."
HUB = "The multi-agency safeguarding hub shares information with Oxmere Council every morning."
SAID = "One officer said: “We’re firefighting most days.”"
MONEY = "It needs to save £7.9m by March 2027 and has identified £5,100,000 of this."
TEAM = "The team has lost six of its fourteen posts since April 2022."


def support(sentence: str, *cited: str, about: tuple[str, ...] = ()) -> Support:
    return check(sentence, cited, about).support


@pytest.mark.parametrize("source", [CALLS, BACKLOG, ASKED, NOT_DONE, GRADED, HUB, SAID, MONEY])
def test_a_sentence_of_the_source_is_clear(source: str) -> None:
    assert check(source, [BACKLOG, source]) == Verdict(CLEAR, 1.0)
    assert check(f"{source.rstrip('.').upper()}", [source]).support is CLEAR


def test_a_sentence_that_cites_nothing_is_withheld() -> None:
    assert check(CALLS, []) == Verdict(WITHHELD, 0.0, ("it cites nothing",))
    assert check(CALLS, ["", " "]).support is WITHHELD


@pytest.mark.parametrize("empty", ["", "  ", "…", "[kx7f]", "“”"])
def test_a_sentence_that_says_nothing_is_withheld(empty: str) -> None:
    assert support(empty, CALLS) is WITHHELD


@pytest.mark.parametrize("bare", ["Yes.", "No.", "There are none.", "Inspectors found that."])
def test_a_sentence_without_words_to_check_is_withheld(bare: str) -> None:
    assert support(bare, CALLS) is WITHHELD


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The force answered 76.9% of 999 calls in ten seconds.", CALLS),
        ("The force answered 76.9 per cent of 999 calls in 10 seconds.", CALLS),
        ("Inspectors found that 212 cases were waiting for a second assessment [kx7f].", BACKLOG),
        ("Two hundred and twelve medium-risk cases were waiting for assessment.", BACKLOG),
        ("The team has lost 6 of 14 posts since April 2022.", TEAM),
        ("It needs to save and has identified £5.1m.", MONEY),
        ("It needs to save £7.9 million by March 2027.", MONEY),
        ("The backlog grew from 1,100 cases.", "The backlog grew from 1100 cases."),
        ("Twenty-three cases waited.", "In all 23 cases waited."),
        ("It is the 4th force in the table.", "It is the fourth force in the table."),
        ("It rose to 38 in 2015/16.", "It rose to 38 in 2015-16."),
        ("One case was waiting for a second assessment.", "A case waited for second assessment."),
    ],
)
def test_a_number_in_another_form_is_the_same_number(sentence: str, source: str) -> None:
    assert support(sentence, source) is CLEAR


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The force answered 79.6 percent of 999 calls in ten seconds.", CALLS),
        ("The force answered 76.9 percent of 999 calls in twelve seconds.", CALLS),
        ("The force answered 76 percent of 999 calls in ten seconds.", CALLS),
        ("212 percent of medium-risk cases were waiting for a second assessment.", BACKLOG),
        ("£212 of medium-risk cases were waiting for a second assessment.", BACKLOG),
        ("Two medium-risk cases were waiting for a second assessment.", BACKLOG),
        ("2,120 medium-risk cases were waiting for a second assessment.", BACKLOG),
        ("Three hundred medium-risk cases were waiting for a second assessment.", BACKLOG),
        ("It needs to save £7.9bn by March 2027.", MONEY),
        ("It has identified £51m to save by March 2027.", MONEY),
        ("The number rose from 15 in 2014/15.", "The number rose from 12 in 2014/15."),
        ("It rose to 38 in 2016/17.", "It rose to 38 in 2015/16."),
    ],
)
def test_another_number_is_withheld(sentence: str, source: str) -> None:
    assert support(sentence, source) is WITHHELD


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The backlog was 999 applications.", CALLS),
        ("The waiting list holds 14 children.", TEAM),
    ],
)
def test_a_number_that_counts_something_else_is_withheld(sentence: str, source: str) -> None:
    assert support(sentence, source, "The backlog of applications and children waits.") is WITHHELD


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Supervisors should review every risk assessment by 30.06.2024.", True),
        ("Supervisors should review every risk assessment by 30/06/24.", True),
        ("Supervisors should review every risk assessment by June 2024.", True),
        ("Supervisors should review every risk assessment by 30 June.", True),
        ("Supervisors should review every risk assessment by 30 June 2025.", False),
        ("Supervisors should review every risk assessment by 30 July 2024.", False),
        ("Supervisors should review every risk assessment by 3 June 2024.", False),
        ("Supervisors should review every risk assessment by 2025.", False),
    ],
)
def test_a_date_may_say_less_than_its_source_and_nothing_else(sentence: str, held: bool) -> None:
    assert (support(sentence, ASKED) is CLEAR) is held
    assert (support(sentence, ASKED) is WITHHELD) is not held


def test_a_date_that_says_more_than_its_source_is_withheld() -> None:
    assert support("It needs to save £7.9m by 31 March 2027.", MONEY) is WITHHELD


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("The hub shares information with Oxmere Council every morning.", True),
        ("The MASH shares information with Oxmere Council every morning.", True),
        ("Every morning the hub shares information with Oxmere.", True),
        ("Yes: information is shared with Oxmere Council every morning.", True),
        ("In Fernshire the hub shares information with Oxmere Council every morning.", True),
        ("The hub shares information with Sallow Council every morning.", False),
        ("The MARAC shares information with Oxmere Council every morning.", False),
        ("Inspector Gadd shares information with Oxmere Council every morning.", False),
        ("The hub shares information with Oxmere Council every Monday morning.", False),
    ],
)
def test_a_name_has_to_stand_there(sentence: str, held: bool) -> None:
    found = support(sentence, HUB, about=("PEEL 2023-25", "Fernshire"))
    assert (found is not WITHHELD) is held


def test_an_acronym_is_held_by_its_words_and_words_by_their_acronym() -> None:
    short = "The MASH shares information every morning."
    assert support("The multi-agency safeguarding hub shares information.", short) is CLEAR


def test_only_names_and_dates_may_come_from_what_the_document_is() -> None:
    about = ("PEEL 2023-25, Fernshire Police", "8 December 2023")
    assert support("In December 2023 Fernshire Police had 212 cases waiting.", BACKLOG,
                   about=about) is not WITHHELD  # fmt: skip
    assert support("Fernshire Police.", BACKLOG, about=about) is WITHHELD


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("An officer said “We’re firefighting most days”.", True),
        ('An officer said "we\'re firefighting".', True),
        ("An officer said ‘We’re firefighting most days’.", True),
        ("An officer said «firefighting most days».", True),
        ("An officer said “We’re firefighting every day”.", False),
        ("An officer said “firefighting … days”.", False),
        ("One officer said: ‘We’re drowning most days.’", False),
    ],
)
def test_quoted_words_have_to_stand_there_as_they_are(sentence: str, held: bool) -> None:
    assert (support(sentence, SAID) is not WITHHELD) is held


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Fernshire Police was graded inadequate at responding to the public.", True),
        ("Responding to the public: inadequate.", True),
        ("Fernshire Police was graded good at responding to the public.", False),
        ("Fernshire Police is outstanding at responding to the public.", False),
        ("Fernshire Police requires improvement in responding to the public and is rated so.",
         False),
        ("Fernshire Police is not inadequate at responding to the public.", False),
    ],
)  # fmt: skip
def test_a_grade_has_to_stand_there(sentence: str, held: bool) -> None:
    assert (support(sentence, GRADED) is not WITHHELD) is held


@pytest.mark.parametrize(
    ("sentence", "source", "held"),
    [
        ("The force records why callers give up.", NOT_DONE, False),
        ("The force does not record the reasons why callers give up.", NOT_DONE, True),
        ("The force fails to record why callers give up.", NOT_DONE, True),
        ("No: callers give up.", NOT_DONE, True),
        ("It was not: callers give up.", NOT_DONE, True),
        ("The hub does not share information every morning.", HUB, False),
        ("The hub never shares information with Oxmere Council.", HUB, False),
        ("The hub shares not only information every morning.", HUB, True),
        ("There was a backlog of old cases.", "There was no backlog of old cases.", False),
        ("Managers had no oversight.", "Managers lacked oversight.", True),
        ("Managers had oversight.", "Managers lacked oversight.", False),
        ("Records are complete and checked.", "Records are not checked, but complete.", False),
        ("A third of victims were tenants.",
         "Housing is not represented, although a third of victims were tenants.", True),
        ("The team has not lost posts since April 2022.", TEAM, False),
        ("It has not identified £5.1m to save.", MONEY, False),
    ],
)  # fmt: skip
def test_a_not_is_neither_lost_nor_made_up(sentence: str, source: str, held: bool) -> None:
    assert (support(sentence, source) is not WITHHELD) is held


@pytest.mark.parametrize(
    ("sentence", "source", "held"),
    [
        ("Supervisors review every risk assessment.", ASKED, False),
        ("The force made sure that supervisors review every risk assessment.", ASKED, False),
        ("The force has made sure that supervisors review risk assessments.", ASKED, False),
        ("The force must make sure that supervisors review every risk assessment.", ASKED, True),
        ("The force was told to make sure that supervisors review risk assessments.", ASKED, True),
        ("The hub should share information every morning.", HUB, False),
        ("The force will publish its plan.", "The force plans to publish its plan.", True),
        ("The force published its plan.", "The force plans to publish its plan.", False),
        ("The force may publish its plan.", "The force published its plan.", False),
        ("The force published its plan in May 2023.", "It published its plan in May 2023.", True),
        ("By 30 June 2024.", ASKED, True),
        ("30 June 2024", ASKED, True),
    ],
)
def test_what_is_asked_or_planned_is_not_told_as_done(
    sentence: str, source: str, held: bool
) -> None:
    assert (support(sentence, source) is not WITHHELD) is held


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Sharing of information between agencies is good.",
         "Sharing of information between agencies is poor."),
        ("The vacancy rate of control staff rose.", "The vacancy rate of control staff fell."),
        ("Concern about answering calls is open.", "Concern about answering calls is closed."),
        ("Most supervisors review risk assessments.", "Few supervisors review risk assessments."),
    ],
)  # fmt: skip
def test_a_plain_opposite_is_withheld(sentence: str, source: str) -> None:
    assert support(sentence, source) is WITHHELD


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Callers give up and the force does not record why.", CLEAR),
        ("The force keeps no record of why callers give up early.", TO_CHECK),
        ("Managers are proud of the new building and its garden.", WITHHELD),
    ],
)
def test_the_share_of_words_held_decides_the_rest(sentence: str, expected: Support) -> None:
    verdict = check(sentence, [NOT_DONE])
    assert verdict.support is expected
    assert bool(verdict.reasons) is (expected is not CLEAR)


@pytest.mark.parametrize("short", ["212.", "212 cases.", "The visit."])
def test_what_is_too_short_to_tell_is_to_check(short: str) -> None:
    assert support(short, BACKLOG) is TO_CHECK


def test_words_may_be_held_by_several_sources_together() -> None:
    joined = "The hub shares information every morning and 212 cases were waiting."
    assert support(joined, HUB, BACKLOG) is CLEAR
    assert support(joined, HUB) is WITHHELD


def test_every_broken_rule_is_named_once() -> None:
    verdict = check("On 3 May 2020 Inspector Gadd found 7 of 7 “grave” cases.", [BACKLOG])
    assert verdict.reasons == (
        "the quoted words “grave” do not stand there",
        "the number 7 does not stand there",
        "the date 3 May 2020 does not stand there",
        "the name Inspector does not stand there",
        "the name Gadd does not stand there",
    )


@pytest.mark.xfail(reason="a contradiction in other words is not seen by words", strict=True)
@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Officers attend the meetings of the panel each month.",
         "Officers skip the meetings of the panel each month."),
        ("The backlog of cases is under control in the hub.",
         "The backlog of cases in the hub is out of control."),
    ],
)  # fmt: skip
def test_a_contradiction_in_other_words_is_withheld(sentence: str, source: str) -> None:
    assert support(sentence, source) is WITHHELD


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_gets_a_verdict_and_no_error(sentence: str, cited: list[str]) -> None:
    verdict = check(sentence, cited)
    assert 0.0 <= verdict.covered <= 1.0
    assert verdict.support is CLEAR or verdict.reasons


@given(st.text(alphabet="0123456789 ,.%£/-mkbn", max_size=20))
def test_any_figures_get_a_verdict_and_no_error(figures: str) -> None:
    assert check(f"There were {figures} cases.", [f"Cases: {figures}"]).support in Support
