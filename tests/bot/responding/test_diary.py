"""The calendar file is read back by the library that others use too."""

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from bot.responding import diary, progress
from bot.store.cases import Case
from tests.bot.responding.cases import NOW, case, content

ON = date(2031, 3, 10)


def entries(*cases: Case) -> dict[str, dict[str, Any]]:
    """The entries of the file by their UID."""
    file: Any = Calendar.from_ical(diary.written(progress.of(one, ON) for one in cases))
    return {
        str(one["uid"]): {
            "start": one["dtstart"].dt, "end": one["dtend"].dt, "sequence": int(one["sequence"]),
            "summary": str(one["summary"]), "stamp": one["dtstamp"].dt,
        }
        for one in file.walk("VEVENT")
    }  # fmt: skip


def test_each_step_that_is_not_done_is_an_all_day_entry() -> None:
    found = entries(case())
    assert len(found) == 7
    last = found["peel-2031-fernshire.last_day@rejoinder"]
    assert (last["start"], last["end"]) == (date(2031, 4, 28), date(2031, 4, 29))
    assert last["summary"] == "Last day: PEEL 2031: Fernshire Police"
    assert last["stamp"] == NOW


def test_a_moved_date_keeps_the_uid_and_grows_the_sequence() -> None:
    before = entries(case(content()))
    after = entries(case(content(), content(published=date(2031, 3, 6))))
    assert before.keys() == after.keys()
    for uid, one in before.items():
        assert after[uid]["start"] == one["start"] + timedelta(days=2)
        assert (one["sequence"], after[uid]["sequence"]) == (1, 2)


def test_the_same_record_gives_the_same_bytes() -> None:
    told = [progress.of(case(), ON)]
    assert diary.written(told) == diary.written(told)


def test_cases_without_a_clock_and_answered_ones_have_no_entries() -> None:
    unsure = case(content(published_confirmed=False))
    answered = case(content(response=date(2031, 4, 1), response_confirmed=True))
    assert entries(unsure, answered) == {}


def test_signs_in_a_title_stay_in_their_line() -> None:
    odd = case(content(title="A; B, C\\n\nBEGIN:VEVENT"))
    assert len(entries(odd)) == 7
    assert {one["summary"] for one in entries(odd).values()} >= {
        "Last day: A; B, C\\n\nBEGIN:VEVENT"
    }
