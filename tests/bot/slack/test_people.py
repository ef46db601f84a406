"""Who may ask and what may be read for them, as Slack and the settings say now."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.jobs import TryAgain
from bot.operating.metrics import Metrics
from bot.settings import Settings
from bot.slack.calling import Calls
from bot.slack.people import (
    BOT,
    GUEST,
    PUBLIC,
    SHARED,
    STRANGER,
    UNSEEN,
    Admission,
    Members,
)
from bot.store.asking import Place, Question
from bot.store.people import People
from tests.builders import NOW, Office
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_faults import Says, Status
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import (
    BOT_USER,
    CUSTODY,
    DANIEL,
    LEAVER,
    NEWS,
    OFFICE,
    OTHER_BOT,
    PRIYA,
    REVIEWERS,
    SECRET,
    TEAM,
    TOM,
    TOM_IM,
    UNJOINED,
    VISITOR,
)  # fmt: skip
from tests.fakes.slack_workspace import (
    GUEST as JO,
)
from tests.fakes.slack_workspace import (
    SHARED as WITH_THE_FORCE,
)
from tests.fakes.slack_workspace import (
    STRANGER as SAM,
)

EMBARGO = "restricted:embargo"
STAFF = frozenset({"public", "office"})
ALL = STAFF | {EMBARGO}


@dataclass
class Reception:
    """Members over the fake Slack, with a clock to move."""

    slack: Slack
    people: People
    clock: Clock = field(default_factory=Clock)
    changes: dict[str, Any] = field(default_factory=dict)

    def members(self, **changes: Any) -> Members:
        usual: dict[str, Any] = {
            "home": Path("unused"),
            "readers": {
                TOM.id: ("public", "office", EMBARGO),
                PRIYA.id: ("public", "office", EMBARGO),
                REVIEWERS.id: ("public", "office"),
            },
            "channels": {
                OFFICE.id: ("public", "office"),
                CUSTODY.id: ("public", "office", EMBARGO),
            },
            "roles": {"officer": (TOM.id,), "reviewer": (REVIEWERS.id,)},
        }
        return Members(
            Calls(self.slack.client(), Metrics()),
            self.people,
            Settings(**(usual | changes)),
            team=TEAM,
            now=lambda: datetime.fromtimestamp(self.clock.now, UTC),
        )


@pytest.fixture
def reception(office: Office) -> Iterator[Reception]:
    with serving_slack() as slack:
        yield Reception(slack, People(office.engine))


def asked(person: str, channel: str, place: Place = Place.CHANNEL) -> Question:
    return Question(
        key="q:1", team=TEAM, channel=channel, thread="1.0", message="1.0", person=person,
        place=place, text="Why?", asked_at=NOW,
    )  # fmt: skip


def admit(members: Members, person: str, channel: str, place: Place = Place.CHANNEL) -> Admission:
    return members.admit(asked(person, channel, place))


@pytest.mark.parametrize("place", [Place.CHANNEL, Place.PRIVATE])
@pytest.mark.parametrize(
    ("person", "channel", "refused"),
    [
        (JO.id, NEWS.id, GUEST),
        (VISITOR.id, NEWS.id, GUEST),
        (SAM.id, WITH_THE_FORCE.id, STRANGER),
        (LEAVER.id, NEWS.id, STRANGER),
        (OTHER_BOT.id, NEWS.id, BOT),
        ("USLACKBOT", NEWS.id, STRANGER),
        ("U0NOBODY", NEWS.id, STRANGER),
        ("", NEWS.id, STRANGER),
        (TOM.id, WITH_THE_FORCE.id, SHARED),
    ],
)
def test_who_is_refused_is_told_why(
    reception: Reception, person: str, channel: str, refused: str, place: Place
) -> None:
    assert admit(reception.members(), person, channel, place) == Admission(refused)


@pytest.mark.parametrize("person", [JO.id, SAM.id, LEAVER.id, OTHER_BOT.id])
def test_a_direct_message_opens_no_door(reception: Reception, person: str) -> None:
    assert admit(reception.members(), person, "D1", Place.DIRECT).refused


@pytest.mark.parametrize(
    ("person", "channel", "place", "collections", "elsewhere"),
    [
        (TOM, NEWS, Place.CHANNEL, PUBLIC, True),
        (TOM, OFFICE, Place.CHANNEL, STAFF, True),
        (DANIEL, OFFICE, Place.CHANNEL, STAFF, False),
        (TOM, CUSTODY, Place.CHANNEL, ALL, False),
        (TOM, UNJOINED, Place.CHANNEL, PUBLIC, True),
        (TOM, TOM_IM, Place.DIRECT, ALL, False),
        (DANIEL, TOM_IM, Place.DIRECT, STAFF, False),
        (TOM, NEWS, Place.PRIVATE, STAFF, True),
        (TOM, OFFICE, Place.PRIVATE, STAFF, True),
        (TOM, CUSTODY, Place.PRIVATE, ALL, False),
        (DANIEL, NEWS, Place.PRIVATE, STAFF, False),
        (TOM, SECRET, Place.PRIVATE, STAFF, True),
    ],
    ids=lambda one: getattr(one, "id", "+".join(sorted(one)) if one in (STAFF, ALL) else str(one)),
)
def test_what_is_read_depends_on_who_asks_and_who_sees_it(
    reception: Reception, person: Any, channel: Any, place: Place,
    collections: frozenset[str], elsewhere: bool,
) -> None:  # fmt: skip
    found = admit(reception.members(), person.id, channel.id, place)
    assert found == Admission("", collections, elsewhere)


def test_a_channel_that_cannot_be_seen_is_not_answered_in(reception: Reception) -> None:
    assert admit(reception.members(), TOM.id, SECRET.id).refused == UNSEEN
    assert reception.members().for_channel(SECRET.id) is None
    assert reception.members().for_channel(WITH_THE_FORCE.id) is None


@pytest.mark.parametrize(
    ("newcomer", "left"),
    [(DANIEL, STAFF), (JO, PUBLIC), (VISITOR, PUBLIC), (SAM, PUBLIC), (LEAVER, PUBLIC),
     (OTHER_BOT, ALL)],
    ids=lambda one: getattr(one, "id", ""),
)  # fmt: skip
def test_a_member_who_joins_narrows_the_channel_at_once(
    reception: Reception, newcomer: Any, left: frozenset[str]
) -> None:
    members = reception.members()
    assert members.for_channel(CUSTODY.id) == ALL
    reception.slack.join(newcomer.id, CUSTODY.id)
    assert members.for_channel(CUSTODY.id) == left
    assert admit(members, TOM.id, CUSTODY.id).collections == left
    reception.slack.leave(newcomer.id, CUSTODY.id)
    assert members.for_channel(CUSTODY.id) == ALL


def test_a_restricted_collection_stays_out_of_channels_not_named_for_it(
    reception: Reception,
) -> None:
    reception.slack.leave(DANIEL.id, OFFICE.id)  # all who are left may read it
    members = reception.members()
    for place in (Place.CHANNEL, Place.PRIVATE):
        assert EMBARGO not in admit(members, TOM.id, OFFICE.id, place).collections
        assert EMBARGO in admit(members, TOM.id, CUSTODY.id, place).collections


def test_a_channel_named_for_a_collection_gives_it_to_nobody_who_may_not_read_it(
    reception: Reception,
) -> None:
    members = reception.members(readers={TOM.id: ("public", EMBARGO)})
    assert members.for_channel(CUSTODY.id) == PUBLIC  # Priya has none


def test_a_user_group_gives_and_takes(reception: Reception) -> None:
    members = reception.members(readers={REVIEWERS.id: ("public", "office")})
    assert members.collections(PRIYA.id) == STAFF
    assert members.collections(TOM.id) == PUBLIC
    assert members.roles(PRIYA.id) == {"reviewer"}
    reception.slack.regroup(REVIEWERS.id, TOM.id)
    reception.clock.forward(3 * 60 + 1)
    assert members.collections(PRIYA.id) == PUBLIC
    assert members.collections(TOM.id) == STAFF
    assert members.roles(PRIYA.id) == frozenset()


def test_a_user_group_is_asked_for_once_in_three_minutes(reception: Reception) -> None:
    members = reception.members()
    for _ in range(5):
        members.collections(DANIEL.id)
    assert len(reception.slack.calls("usergroups.users.list")) == 1


@pytest.mark.parametrize("code", ["no_such_subteam", "subteam_disabled", "missing_scope"])
def test_a_group_that_cannot_be_read_has_nobody_in_it(reception: Reception, code: str) -> None:
    reception.slack.fail("usergroups.users.list", Says(code))
    assert reception.members().collections(DANIEL.id) == PUBLIC


def test_a_slack_that_does_not_answer_is_asked_again_and_not_taken_for_a_no(
    reception: Reception,
) -> None:
    members = reception.members()
    for method in ("users.info", "conversations.info", "conversations.members"):
        reception.slack.fail(method, Status(503))
        with pytest.raises(TryAgain):
            admit(members, TOM.id, OFFICE.id)
    assert admit(members, TOM.id, OFFICE.id).collections == STAFF


def test_who_becomes_a_guest_is_one_within_ten_minutes(reception: Reception) -> None:
    members = reception.members()
    assert members.person(TOM.id).name == TOM.name
    reception.slack.state.people[TOM.id] = replace(TOM, guest=True)
    assert not members.person(TOM.id).guest
    reception.clock.forward(10 * 60 + 1)
    assert members.person(TOM.id).guest
    assert members.collections(TOM.id) == PUBLIC
    assert not members.may_add(TOM.id)


def test_what_slack_said_of_a_person_outlasts_a_restart(reception: Reception) -> None:
    reception.members().person(TOM.id)
    reception.members().person(TOM.id)
    assert len(reception.slack.calls("users.info")) == 1


def test_somebody_slack_does_not_know_is_asked_for_again(reception: Reception) -> None:
    members = reception.members()
    reception.slack.fail("users.info", Says("user_not_found"))
    assert members.person(TOM.id).stranger
    assert not members.person(TOM.id).stranger


@pytest.mark.parametrize(
    ("person", "officer"),
    [(TOM.id, True), (PRIYA.id, False), (JO.id, False), (BOT_USER, False), ("U0NOBODY", False)],
)
def test_only_an_officer_may_add_documents(
    reception: Reception, person: str, officer: bool
) -> None:
    assert reception.members().may_add(person) is officer


def test_a_guest_named_in_the_settings_still_reads_public_documents_only(
    reception: Reception,
) -> None:
    members = reception.members(readers={JO.id: ("public", "office")}, roles={"officer": (JO.id,)})
    assert members.collections(JO.id) == PUBLIC
    assert members.roles(JO.id) == frozenset()
