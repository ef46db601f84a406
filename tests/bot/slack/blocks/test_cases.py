"""The list of cases and one case whole say what the record says, and Slack takes them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.responding import progress
from bot.slack.blocks import actions, cases, message
from bot.slack.blocks.cases import Shown
from bot.slack.blocks.message import Message, Profile
from bot.store.cases import Case, Choice, Decided, Limb, Status, Step
from tests.bot.responding.cases import case, chief, content, document, item, status
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile

DAY = date(2031, 3, 6)
NAMES = {"U1": "Tom Garbutt", "U0TOM": "Tom Garbutt"}
LINK = "https://office.slack.example/archives/C1/p1"
DONE = Decided(Choice.TAKEN, quote="We have acted.", document=1, page=1)
FIRST = replace(item(1, decision=DONE, limbs=(Limb("first"), Limb("second"))), number="1")
ITEMS = (FIRST, item(2, ours=False, reason="For the Home Office."), item(3))


def shown(told: Case, link: str = "", on: date = DAY) -> Shown:
    return Shown(progress.of(told, on), link, names=NAMES)


def words(messages: list[Message], profile: Profile = Profile.PLAIN) -> list[str]:
    for one in messages:
        checking.check_message(one, profile)
    return [said["text"] for one in messages for said in checking.texts(one.blocks)]


def whole(told: Case, link: str = "", on: date = DAY) -> list[str]:
    return words(cases.whole(shown(told, link, on), Profile.PLAIN))


def listed(*told: Shown) -> list[str]:
    return words(cases.listed(told, [], Profile.PLAIN))


def test_no_case_is_said_to_be_none() -> None:
    assert cases.listed([], [], Profile.RICH) == [message.single(cases.NONE)]


@pytest.mark.parametrize(
    "said",
    [
        "*PEEL 2031: Fernshire Police (peel-2031-fernshire)*",
        "Day 3 of 56 · publish by Monday 28 April 2031",
        "Decided: 1 of 2 items. Next: Invite the chief officer to comment (day 5, by Saturday "
        "8 March 2031), with Tom Garbutt.",
        cases.MORE,
    ],
)
def test_the_list_says_day_coverage_next_step_and_who_has_it(said: str) -> None:
    assert said in listed(shown(case(content(*ITEMS, owner="U0TOM"))))


def test_the_last_working_day_is_said_where_the_last_day_is_none() -> None:
    told = case(content(published=date(2022, 11, 1)))
    said = " ".join(listed(shown(told, on=date(2022, 11, 3))))
    assert "Last working day Friday 23 December 2022." in said


def test_what_is_answered_is_one_line() -> None:
    told = case(content(response=date(2031, 4, 25), response_confirmed=True))
    assert listed(shown(told, on=date(2031, 6, 1)))[0] == (
        "PEEL 2031: Fernshire Police (peel-2031-fernshire): "
        "Answered on Friday 25 April 2031, day 53: in time"
    )


@pytest.mark.parametrize(
    ("link", "offered"),
    [(LINK, True), ("", False), ("javascript:alert(1)", False), (f"https://x/{'a' * 3000}", False)],
)
def test_the_thread_is_linked_where_there_is_one(link: str, offered: bool) -> None:
    (told,) = cases.listed([shown(case(), link)], [], Profile.PLAIN)
    buttons = [one["accessory"] for one in told.blocks if "accessory" in one]
    assert [one["url"] for one in buttons] == [link] * offered
    assert all(one["action_id"].startswith(actions.LINK) for one in buttons)


@pytest.mark.parametrize(
    "said",
    [
        "Day 3 of 56 · publish by Monday 28 April 2031",
        "Owner: Tom Garbutt. Items: confirmed by Tom Garbutt, revision 1.",
        "Chief officer: invited to comment on 5 March 2031, noted by Tom Garbutt.",
        "The plan",
        "● Day 5, Saturday 8 March 2031: Invite the chief officer to comment; done 5 March 2031",
        "○ Day 28, Monday 31 March 2031: The chief officer's comments due; next, with the chief "
        "officer",
        "○ Day 35, Monday 7 April 2031: Drafts ready; with Tom Garbutt",
        "Item 1: Recommendation 1 (page 1)",
        "The force should act 1.",
        "• second",
        "Decision: action taken: “We have acted.” Status: closed on 1 May 2031, noted by Tom "
        "Garbutt: “It is so.”",
        "Not ours: For the Home Office.",
        "Decision: none on record. Status: none on record.",
    ],
)
def test_one_case_is_shown_with_clock_plan_and_items(said: str) -> None:
    told = case(
        content(*ITEMS, owner="U0TOM"),
        chief=(chief(Step.INVITED, date(2031, 3, 5)),),
        statuses=(status(1, Status.CLOSED, date(2031, 5, 1)),),
    )
    assert said in [one.strip("*") for one in whole(told)]


def test_a_case_that_is_not_confirmed_says_so_and_has_no_plan() -> None:
    said = whole(case(content(published_confirmed=False), confirmed=False))
    assert "Owner: nobody yet. Items: proposed, not confirmed yet." in said
    assert not any("The plan" in one for one in said)


def test_of_several_documents_each_item_says_its_own() -> None:
    told = case(documents=(document(1), document(2)))
    assert "*Item 1: Recommendation (document 1, page 1)*" in whole(told)


def test_a_name_that_fits_no_case_or_several_is_told() -> None:
    assert "Perhaps: a-1, a-2." in cases.unknown("a", ["a-1", "a-2"]).text
    assert cases.unknown("a", []).text.endswith("/reports lists them.")


@settings(max_examples=12, deadline=None)
@given(hostile(), st.sampled_from([1, 45]), st.sampled_from(list(Profile)))
def test_any_words_and_any_number_of_items_are_taken(
    text: str, many: int, profile: Profile
) -> None:
    items = tuple(
        item(number, text=text, reason=text, ours=number % 2 == 0, limbs=(Limb(text),))
        for number in range(1, many + 1)
    )
    told = replace(shown(case(content(*items, title=text, owner=text)), LINK), names={text: text})
    for one in (*cases.whole(told, profile), *cases.listed([told] * many, [], profile)):
        checking.check_message(one, profile)
    checking.check_message(cases.unknown(text, [text] * many), Profile.PLAIN)
