"""Each part of an answer is counted before it is sent and named once it is there."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from bot.store.audit import Audit
from bot.store.deliveries import Deliveries, Delivery
from tests.bot.store.asked import at_once, events
from tests.builders import NOW

LATER = NOW + timedelta(seconds=5)


@pytest.fixture
def deliveries(engine: Engine) -> Deliveries:
    return Deliveries(engine)


def begun(deliveries: Deliveries, part: int = 0) -> Delivery:
    return deliveries.begin("k", part, "C1", "1.0", now=NOW)


def test_none_is_known_at_first(deliveries: Deliveries) -> None:
    assert deliveries.get("k", 0) is None
    assert deliveries.of("k") == []


def test_the_first_begin_tells_of_no_attempt(deliveries: Deliveries) -> None:
    assert begun(deliveries) == Delivery("k", 0, "C1", "1.0", "", 0)
    assert deliveries.get("k", 0) == Delivery("k", 0, "C1", "1.0", "", 1)


def test_a_second_begin_tells_of_the_first_and_keeps_its_place(deliveries: Deliveries) -> None:
    begun(deliveries)
    second = deliveries.begin("k", 0, "C2", "2.0", now=LATER)
    assert second == Delivery("k", 0, "C1", "1.0", "", 1)
    assert deliveries.get("k", 0) == Delivery("k", 0, "C1", "1.0", "", 2)


def test_what_was_sent_is_told_to_the_next_that_begins(deliveries: Deliveries) -> None:
    begun(deliveries)
    deliveries.sent("k", 0, "9.9", now=LATER)
    assert begun(deliveries).ts == "9.9"
    assert deliveries.get("k", 0) == Delivery("k", 0, "C1", "1.0", "9.9", 2)


def test_sending_is_audited_once(deliveries: Deliveries, engine: Engine) -> None:
    begun(deliveries)
    for _ in range(2):
        deliveries.sent("k", 0, "9.9", now=LATER)
    (entry,) = Audit(engine).entries()
    told = (entry.event, entry.subject, entry.facts, entry.at)
    assert told == ("message.delivered", "k", {"part": 0}, LATER)


def test_a_moved_one_starts_afresh(deliveries: Deliveries, engine: Engine) -> None:
    begun(deliveries)
    deliveries.sent("k", 0, "9.9", now=NOW)
    deliveries.move("k", 0, "D1", "", now=LATER)
    assert deliveries.get("k", 0) == Delivery("k", 0, "D1", "", "", 0)
    assert events(engine) == ["message.delivered"]


def test_parts_are_listed_in_order(deliveries: Deliveries) -> None:
    for part in (2, 10, 0, 1):
        begun(deliveries, part)
    deliveries.begin("other", 0, "C1", "", now=NOW)
    assert [one.part for one in deliveries.of("k")] == [0, 1, 2, 10]


def test_a_message_is_known_once_it_was_sent(deliveries: Deliveries) -> None:
    begun(deliveries)
    assert deliveries.at("C1", "") is None
    deliveries.sent("k", 0, "9.9", now=NOW)
    assert deliveries.at("C1", "9.9") == deliveries.get("k", 0)
    assert deliveries.at("C2", "9.9") is None


def test_what_was_not_begun_is_neither_sent_nor_moved(deliveries: Deliveries) -> None:
    begun(deliveries)
    with pytest.raises(KeyError):
        deliveries.sent("k", 1, "9.9", now=NOW)
    with pytest.raises(KeyError):
        deliveries.move("other", 0, "C1", "", now=NOW)


def test_of_threads_that_begin_at_once_each_is_counted(deliveries: Deliveries) -> None:
    found = at_once(lambda _: begun(deliveries).attempts)
    assert sorted(found) == list(range(8))


def test_a_failure_leaves_neither_change_nor_entry(deliveries: Deliveries, engine: Engine) -> None:
    begun(deliveries)
    with pytest.raises(StatementError):
        deliveries.sent("k", 0, "9.9", now=datetime(2031, 5, 1))
    assert deliveries.get("k", 0) == Delivery("k", 0, "C1", "1.0", "", 1)
    assert events(engine) == []
