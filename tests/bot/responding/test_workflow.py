"""Every cell of status × step × who, written out, and the rules that hold over all of them."""

from collections.abc import Iterator
from itertools import chain, combinations

import pytest

from bot.responding import diagram, told, workflow
from bot.responding.workflow import MINDED, TABLE, Move, Refusal, Status, Step, Who, Why, judge
from bot.store.drafted import NOTES, Draft, Event, Revision
from tests.bot.responding.reviews import NOW, wording

# Rows are statuses: - none, D drafted, C changes asked for, N needs a second reviewer, A approved,
# V void, P published. Columns are who somebody is, in the order of `Who`: bot, requester, last
# editor, has approved, reviewer, publisher, officer, nobody special. A capital is the status after
# the step (A/N: N while another has to approve). Otherwise it is refused: "!" bars the person
# whatever else they are, "?" is a role that is missing, "." is how far the draft is.
CELLS = {
    "request": """
        - bot!   off?   off?   off?   D      D      D      off?
        D bot!   off?   off?   off?   D      D      D      off?
        C bot!   off?   off?   off?   D      D      D      off?
        N bot!   off?   off?   off?   D      D      D      off?
        A bot!   off?   off?   off?   D      D      D      off?
        V bot!   off?   off?   off?   D      D      D      off?
        P bot!   off?   off?   off?   publ.  publ.  publ.  off?
    """,
    "edit": """
        - bot!   off?   off?   off?   none.  none.  none.  off?
        D bot!   off?   off?   off?   D      D      D      off?
        C bot!   off?   off?   off?   D      D      D      off?
        N bot!   off?   off?   off?   D      D      D      off?
        A bot!   off?   off?   off?   D      D      D      off?
        V bot!   off?   off?   off?   D      D      D      off?
        P bot!   off?   off?   off?   publ.  publ.  publ.  off?
    """,
    "ask_changes": """
        - bot!   rev?   rev?   rev?   none.  rev?   rev?   rev?
        D bot!   rev?   rev?   rev?   C      rev?   rev?   rev?
        C bot!   rev?   rev?   rev?   asked. rev?   rev?   rev?
        N bot!   rev?   rev?   rev?   C      rev?   rev?   rev?
        A bot!   rev?   rev?   rev?   done.  rev?   rev?   rev?
        V bot!   rev?   rev?   rev?   C      rev?   rev?   rev?
        P bot!   rev?   rev?   rev?   publ.  rev?   rev?   rev?
    """,
    "approve": """
        - bot!   own!   edit!  twice! none.  rev?   rev?   rev?
        D bot!   own!   edit!  twice! A/N    rev?   rev?   rev?
        C bot!   own!   edit!  twice! open.  rev?   rev?   rev?
        N bot!   own!   edit!  twice! A/N    rev?   rev?   rev?
        A bot!   own!   edit!  twice! done.  rev?   rev?   rev?
        V bot!   own!   edit!  twice! A/N    rev?   rev?   rev?
        P bot!   own!   edit!  twice! publ.  rev?   rev?   rev?
    """,
    "withdraw": """
        - bot!   rev?   rev?   rev?   none.  rev?   rev?   rev?
        D bot!   rev?   rev?   rev?   nowd.  rev?   rev?   rev?
        C bot!   own!   edit!  rev?   D      rev?   rev?   rev?
        N bot!   rev?   rev?   rev?   D      rev?   rev?   rev?
        A bot!   rev?   rev?   rev?   D      rev?   rev?   rev?
        V bot!   rev?   rev?   rev?   nowd.  rev?   rev?   rev?
        P bot!   rev?   rev?   rev?   publ.  rev?   rev?   rev?
    """,
    "take_over": """
        - bot!   off?   off?   twice! none.  none.  none.  off?
        D bot!   off?   off?   twice! D      D      D      off?
        C bot!   off?   off?   twice! C      C      C      off?
        N bot!   off?   off?   twice! N      N      N      off?
        A bot!   off?   off?   twice! A      A      A      off?
        V bot!   off?   off?   twice! V      V      V      off?
        P bot!   off?   off?   twice! publ.  publ.  publ.  off?
    """,
    "open": """
        - bot!   none.  none.  none.  none.  none.  none.  none.
        D bot!   D      D      D      D      D      D      D
        C bot!   C      C      C      C      C      C      C
        N bot!   N      N      N      N      N      N      N
        A bot!   A      A      A      A      A      A      A
        V bot!   V      V      V      V      V      V      V
        P bot!   P      P      P      P      P      P      P
    """,
    "waive": """
        - bot!   r/p?   r/p?   r/p?   none.  none.  r/p?   r/p?
        D bot!   r/p?   r/p?   r/p?   D      D      r/p?   r/p?
        C bot!   r/p?   r/p?   r/p?   C      C      r/p?   r/p?
        N bot!   r/p?   r/p?   r/p?   N      N      r/p?   r/p?
        A bot!   r/p?   r/p?   r/p?   A      A      r/p?   r/p?
        V bot!   r/p?   r/p?   r/p?   V      V      r/p?   r/p?
        P bot!   r/p?   r/p?   r/p?   publ.  publ.  r/p?   r/p?
    """,
    "let_past": """
        - bot!   r/p?   r/p?   r/p?   none.  none.  r/p?   r/p?
        D bot!   r/p?   r/p?   r/p?   D      D      r/p?   r/p?
        C bot!   r/p?   r/p?   r/p?   C      C      r/p?   r/p?
        N bot!   r/p?   r/p?   r/p?   N      N      r/p?   r/p?
        A bot!   r/p?   r/p?   r/p?   A      A      r/p?   r/p?
        V bot!   r/p?   r/p?   r/p?   V      V      r/p?   r/p?
        P bot!   r/p?   r/p?   r/p?   publ.  publ.  r/p?   r/p?
    """,
    "second": """
        - bot!   own!   edit!  r/p?   none.  none.  r/p?   r/p?
        D bot!   own!   edit!  r/p?   D      D      r/p?   r/p?
        C bot!   own!   edit!  r/p?   C      C      r/p?   r/p?
        N bot!   own!   edit!  r/p?   N      N      r/p?   r/p?
        A bot!   own!   edit!  r/p?   A      A      r/p?   r/p?
        V bot!   own!   edit!  r/p?   V      V      r/p?   r/p?
        P bot!   own!   edit!  r/p?   publ.  publ.  r/p?   r/p?
    """,
    "void": """
        - none.  only?  only?  only?  only?  only?  only?  only?
        D novd.  only?  only?  only?  only?  only?  only?  only?
        C novd.  only?  only?  only?  only?  only?  only?  only?
        N V      only?  only?  only?  only?  only?  only?  only?
        A V      only?  only?  only?  only?  only?  only?  only?
        V novd.  only?  only?  only?  only?  only?  only?  only?
        P publ.  only?  only?  only?  only?  only?  only?  only?
    """,
    "publish": """
        - bot!   pub?   pub?   pub?   pub?   none.  pub?   pub?
        D bot!   pub?   pub?   pub?   pub?   noap.  pub?   pub?
        C bot!   pub?   pub?   pub?   pub?   noap.  pub?   pub?
        N bot!   pub?   pub?   pub?   pub?   noap.  pub?   pub?
        A bot!   pub?   pub?   pub?   pub?   P      pub?   pub?
        V bot!   pub?   pub?   pub?   pub?   noap.  pub?   pub?
        P bot!   pub?   pub?   pub?   pub?   publ.  pub?   pub?
    """,
}
STATUSES = dict(zip("-DCNAVP", Status, strict=True))
REFUSALS = {
    "bot": Why.BOT, "only": Why.ONLY_BOT, "own": Why.OWN, "edit": Why.EDITED, "twice": Why.TWICE,
    "rev": Why.NOT_REVIEWER, "pub": Why.NOT_PUBLISHER, "r/p": Why.NOT_EITHER,
    "off": Why.NOT_OFFICE, "none": Why.NO_DRAFT, "open": Why.CHANGES_OPEN, "done": Why.DECIDED,
    "asked": Why.ASKED, "nowd": Why.NOTHING_TO_WITHDRAW, "novd": Why.NOTHING_TO_VOID,
    "noap": Why.NOT_APPROVED, "publ": Why.PUBLISHED,
}  # fmt: skip
DECIDES = (Step.APPROVE, Step.ASK_CHANGES)


def written() -> Iterator[tuple[Status, Step, Who, str]]:
    for step, grid in CELLS.items():
        for line in grid.strip().splitlines():
            status, *cells = line.split()
            for who, cell in zip(Who, cells, strict=True):
                yield STATUSES[status], Step(step), who, cell


def test_every_cell_is_written_out() -> None:
    cells = [(status, step, who) for status, step, who, _ in written()]
    assert len(cells) == len(set(cells)) == len(Status) * len(Step) * len(Who) == 672
    assert set(cells) == set(TABLE)


@pytest.mark.parametrize("step", Step)
def test_every_cell_is_as_it_is_written(step: Step) -> None:
    for status, of, who, cell in written():
        if of is step:
            assert (status, who, told_of(TABLE[status, step, who])) == (status, who, cell)


def told_of(cell: Move | Refusal) -> str:
    letters = {status: letter for letter, status in STATUSES.items()}
    if isinstance(cell, Move):
        return letters[cell.next] + (f"/{letters[cell.short]}" if cell.short else "")
    words = {why: word for word, why in REFUSALS.items()}
    return words[cell.why] + ("!" if cell.bars else "?" if cell.lacks else ".")


def test_every_taken_step_has_a_name_in_the_audit_of_its_own() -> None:
    names = {(step, cell.event) for (_, step, _), cell in TABLE.items() if isinstance(cell, Move)}
    assert len(names) == len({event for _, event in names}) == len(Step)
    assert all(event.startswith("draft.") and len(event) <= 60 for _, event in names)


def crowds() -> list[frozenset[Who]]:
    """All that a person can be at once, a bot apart."""
    roles = [Who.REQUESTER, Who.EDITOR, Who.APPROVER, Who.REVIEWER, Who.PUBLISHER, Who.OFFICER]
    sets = chain.from_iterable(combinations(roles, n) for n in range(len(roles) + 1))
    return [frozenset({Who.NOBODY, *one}) for one in sets]


@pytest.mark.parametrize("who", crowds(), ids=lambda who: "+".join(sorted(who)))
def test_nobody_approves_what_they_asked_for_edited_or_approved(who: frozenset[Who]) -> None:
    for status in Status:
        cell = judge(status, Step.APPROVE, who, ())
        if who & {Who.REQUESTER, Who.EDITOR, Who.APPROVER} or Who.REVIEWER not in who:
            assert isinstance(cell, Refusal)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("status", Status)
def test_a_bot_does_nothing_but_void(status: Status, step: Step) -> None:
    for who in crowds():
        cell = judge(status, step, who | {Who.BOT}, ())
        assert isinstance(cell, Refusal) or (step is Step.VOID and cell.next is Status.VOID)
        if step is Step.VOID:
            assert isinstance(judge(status, step, who, ()), Refusal)


@pytest.mark.parametrize("who", crowds(), ids=lambda who: "+".join(sorted(who)))
def test_of_two_decisions_on_one_state_the_second_is_refused(who: frozenset[Who]) -> None:
    for first in DECIDES:
        for status in Status:
            moved = judge(status, first, {Who.REVIEWER}, ())
            if isinstance(moved, Move):
                for second in DECIDES:
                    assert isinstance(judge(moved.next, second, who, ()), Refusal)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("status", Status)
def test_what_a_step_minds_refuses_it_and_nothing_else_does(status: Status, step: Step) -> None:
    everything = frozenset(Who) - {Who.BOT, Who.REQUESTER, Who.EDITOR, Who.APPROVER}
    who = {Who.BOT} if step is Step.VOID else everything
    usual = judge(status, step, who, ())
    for why in Why:
        cell = judge(status, step, who, {why})
        if why in MINDED[step] and (isinstance(usual, Move) or why is Why.OLD):
            assert cell == Refusal(why)
        else:
            assert cell == usual


def test_a_decision_names_what_it_saw_and_asking_or_withdrawing_needs_a_reason() -> None:
    decides = set(Step) - {Step.VOID, Step.PUBLISH}
    assert all(MINDED[step][0] is Why.OLD for step in decides)
    reasoned = {step for step in Step if Why.NO_REASON in MINDED[step]}
    assert reasoned == {Step.ASK_CHANGES, Step.WITHDRAW, Step.WAIVE, Step.LET_PAST}


def test_only_an_approved_text_is_published_and_what_is_published_stays() -> None:
    for (status, step, _), cell in TABLE.items():
        if isinstance(cell, Move):
            assert (cell.next is Status.PUBLISHED) == (
                (status, step) == (Status.APPROVED, Step.PUBLISH)
                or (status, step) == (Status.PUBLISHED, Step.OPEN)
            )
            assert status is not Status.PUBLISHED or step is Step.OPEN


def test_what_is_only_noted_changes_no_status() -> None:
    for (status, step, _), cell in TABLE.items():
        if isinstance(cell, Move) and step in NOTES:
            assert cell.next is status


STANDINGS = [
    (Status.APPROVED, 1, 1, False, Status.APPROVED),
    (Status.APPROVED, 1, 2, False, Status.NEEDS_SECOND),
    (Status.NEEDS_SECOND, 1, 1, False, Status.APPROVED),
    (Status.NEEDS_SECOND, 1, 2, True, Status.VOID),
    (Status.APPROVED, 2, 2, True, Status.VOID),
    (Status.APPROVED, 0, 1, False, Status.VOID),
    (Status.DRAFTED, 0, 1, True, Status.DRAFTED),
    (Status.VOID, 0, 1, False, Status.VOID),
    (Status.PUBLISHED, 1, 1, True, Status.PUBLISHED),
]


@pytest.mark.parametrize(("recorded", "approvals", "needed", "differs", "now"), STANDINGS)
def test_an_approval_stands_as_long_as_enough_of_it_holds(
    recorded: Status, approvals: int, needed: int, differs: bool, now: Status
) -> None:
    assert workflow.standing(recorded, approvals, needed, differs=differs) is now


def draft(holder: str = "") -> Draft:
    revision = Revision(1, wording(), {}, {}, "asker", "editor", "h", NOW)
    step = Step.TAKE_OVER if holder else Step.REQUEST
    event = Event(step, 1, "h", Status.DRAFTED, holder or "asker", (), "p", NOW)
    return Draft("c", 1, (revision,), (event,))


@pytest.mark.parametrize(
    ("person", "roles", "who"),
    [
        ("asker", {"reviewer"}, {Who.REQUESTER, Who.REVIEWER}),
        ("editor", (), {Who.EDITOR}),
        ("holder", {"officer"}, {Who.REQUESTER, Who.OFFICER}),
        ("approver", {"reviewer"}, {Who.APPROVER, Who.REVIEWER}),
        ("other", {"publisher", "unknown"}, {Who.PUBLISHER}),
        ("other", (), set()),
    ],
)
def test_a_person_is_all_that_they_are(person: str, roles: set[str], who: set[Who]) -> None:
    found = workflow.capacities(draft("holder"), person, roles, ["approver"], bot=False)
    assert found == who | {Who.NOBODY}


def test_an_app_is_an_app_whatever_roles_it_was_given() -> None:
    found = workflow.capacities(draft(), "asker", {"reviewer", "publisher"}, (), bot=True)
    assert found == {Who.BOT}


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("step", Step)
def test_every_refusal_has_its_words(step: Step, why: Why) -> None:
    event = Event(step, 1, "h", Status.DRAFTED, "U1", (), "p", NOW, refused=why.value)
    words = told.refused(event, draft(), ["Ann", "Tom"], str.title)
    assert words.endswith(".")
    assert "{" not in words
    assert "  " not in words
    assert "!" not in words


def test_who_may_not_approve_is_told_who_can() -> None:
    event = Event(Step.APPROVE, 1, "h", Status.DRAFTED, "asker", (), "p", NOW, refused="own")
    assert told.refused(event, draft(), ["Ann", "Tom"], str) == (
        "You asked for this draft or took it over, so someone else must approve it. "
        "Reviewers here: Ann, Tom."
    )
    assert told.refused(event, draft(), [], str).endswith("nobody; the settings name none.")


def test_what_people_wrote_is_never_read_as_a_pattern() -> None:
    event = Event(Step.WITHDRAW, 1, "h", Status.DRAFTED, "{of}", (), "p", NOW, words="{person}")
    assert told.happened(event, str) == "{of} took a decision back: {person}"
    assert told.dated(event, str).startswith("20 March 2031: {of}")


def test_the_diagram_shows_every_change_of_status_in_the_table() -> None:
    drawn = diagram.mermaid()
    for (status, _, _), cell in TABLE.items():
        if isinstance(cell, Move) and cell.next is not status:
            before = "[*]" if status is Status.NONE else status.value
            assert f"    {before} --> {cell.next.value}: " in drawn
    arrows = [line.split(":")[0] for line in drawn.splitlines() if "-->" in line]
    assert len(arrows) == len(set(arrows))
    assert drawn.startswith("stateDiagram-v2\n")
