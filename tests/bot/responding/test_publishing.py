"""What may be published, what is kept of it, and that it can be made again byte for byte."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.responding.publishable import Failed
from bot.responding.publishing import NotAsPublished, NotReady
from bot.responding.reviewing import Press
from bot.store.audit import Audit
from bot.store.cases import Choice
from bot.store.drafted import Publication
from retrieval.documents import ItemKind
from tests.bot.responding.reviews import CASE, DIGEST, NOW, Bench, source, wording
from tests.bot.responding.test_reviewing import tamper
from tests.bot.store.asked import at_once, events
from tests.builders import new_office

FIGURES = Failed("figures", "The figure 38 has no source.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    """A case of two recommendations, both drafts approved."""
    engine = new_office(tmp_path).engine
    yield ready(engine)
    engine.dispose()


def ready(engine: Engine, kind: ItemKind = ItemKind.RECOMMENDATION) -> Bench:
    made = Bench(engine)
    made.add_case(2, kind)
    for number in (1, 2):
        made.request("asker", number)
        made.approve("reviewer", number)
    return made


def publish(
    desk: Bench, person: str = "publisher", key: str = "out", **changes: Any
) -> Publication:
    press = Press(key, person, desk.now)
    return desk.publishing.publish(desk.prepared(**changes), press)


def missing(desk: Bench, person: str = "publisher", **changes: Any) -> list[tuple[int, str]]:
    with pytest.raises(NotReady) as refused:
        publish(desk, person, **changes)
    assert desk.drafts.publications(CASE) == []
    return [(one.item, one.words) for one in refused.value.wanting]


def test_all_approved_drafts_are_published_at_once(desk: Bench) -> None:
    made = publish(desk)
    assert [desk.status(number) for number in (1, 2)] == ["published"] * 2
    assert [one["approved_by"] for one in made.content["items"]] == [["reviewer"]] * 2
    assert [one["hash"] for one in made.content["items"]] == [
        one.latest.hash for one in desk.drafts.of(CASE)
    ]
    assert events(desk.engine, CASE)[-1] == "case.published"
    assert events(desk.engine, f"{CASE}/1")[-1] == "draft.published"
    assert Audit(desk.engine).verify().ok


CASE_WANTS: list[tuple[dict[str, Any], str]] = [
    ({"legal": "Comments are due within 30 days."}, "The legal sentence is not the one in force."),
    ({"legal_now": None}, "No legal sentence fits this report today."),
    ({"on": date(2031, 3, 3)}, "The report is not published yet."),
    ({"failed": {1: [FIGURES]}}, "The check “figures” fails: The figure 38 has no source."),
    ({"open_limbs": {1: [2]}}, "Limb 2 is neither answered nor waived."),
    ({"revisions": {1: 1}}, "The checks were made on another revision; make them again."),
]


@pytest.mark.parametrize(("changes", "words"), CASE_WANTS)
def test_what_is_missing_stops_it_and_is_said(
    desk: Bench, changes: dict[str, Any], words: str
) -> None:
    assert [told for _, told in missing(desk, **changes)] == [words]
    assert desk.status() == "approved"


def test_the_chief_officer_has_to_be_invited(desk: Bench) -> None:
    prepared = desk.prepared()
    words = missing(desk, case=replace(prepared.case, chief=()))
    assert "has not been invited to comment" in words[0][1]


def test_the_day_of_publication_of_the_report_has_to_be_confirmed(desk: Bench) -> None:
    case = desk.prepared().case
    last = case.revisions[-1]
    content = replace(last.content, published_confirmed=False)
    changed = replace(case, revisions=(*case.revisions[:-1], replace(last, content=content)))
    assert missing(desk, case=changed)[0][1].startswith("Nobody has confirmed the day")


@pytest.mark.parametrize("person", ["reviewer", "asker", "nobody"])
def test_only_publishers_publish(desk: Bench, person: str) -> None:
    assert missing(desk, person) == [(0, "Only publishers can publish a response.")]


def test_no_app_publishes(desk: Bench) -> None:
    press = Press("out", "publisher", NOW, bot=True)
    with pytest.raises(NotReady, match="not apps"):
        desk.publishing.publish(desk.prepared(), press)


def test_every_recommendation_needs_an_approval_that_holds(desk: Bench) -> None:
    desk.edit("editor", number=2)
    assert missing(desk) == [(2, "No approval holds.")]
    desk.approve("reviewer", 2)
    desk.sources = {DIGEST: source(embargoed=True)}
    assert [item for item, _ in missing(desk)] == [1, 2, 0]
    assert "is under embargo" in missing(desk)[0][1]


def test_an_item_without_a_draft_stops_it(tmp_path: Path) -> None:
    desk = Bench(new_office(tmp_path).engine)
    desk.add_case(2)
    desk.request()
    desk.approve()
    assert missing(desk) == [(2, "There is no draft.")]
    desk.engine.dispose()


def test_a_recommendation_needs_a_decision_and_a_reason_where_none(desk: Bench) -> None:
    for choice, words in ((None, "Nobody has chosen"), (Choice.NONE, "the reason is missing")):
        desk.request("asker", 1, wording(choice=choice))
        desk.approve("reviewer", 1)
        assert words in missing(desk)[0][1]
    desk.request("asker", 1, wording(choice=Choice.NONE, reason="It was done in 2030."))
    desk.approve("reviewer", 1)
    assert publish(desk)


def test_what_is_missing_of_an_area_for_improvement_is_a_warning(tmp_path: Path) -> None:
    engine = new_office(tmp_path).engine
    desk = ready(engine, ItemKind.AREA_FOR_IMPROVEMENT)
    desk.edit("editor", number=2)
    made = publish(desk, open_limbs={1: [1]})
    assert [one["item"] for one in made.content["items"]] == [1]
    assert [(one["item"], one["blocks"]) for one in made.content["warnings"]] == [
        (1, False), (2, False),
    ]  # fmt: skip
    assert [desk.status(number) for number in (1, 2)] == ["published", "drafted"]
    engine.dispose()


def test_what_was_left_out_can_be_published_later(tmp_path: Path) -> None:
    engine = new_office(tmp_path).engine
    desk = ready(engine, ItemKind.AREA_FOR_IMPROVEMENT)
    desk.edit("editor", number=2)
    publish(desk)
    desk.approve("reviewer", 2)
    assert [one["item"] for one in publish(desk, key="more").content["items"]] == [2]
    with pytest.raises(NotReady, match="No draft of this report is approved"):
        publish(desk, key="again")
    engine.dispose()


def test_items_for_others_are_not_asked_for(desk: Bench) -> None:
    case = desk.prepared().case
    last = case.revisions[-1]
    items = tuple(replace(one, ours=one.id == 1) for one in last.content.items)
    content = replace(last.content, items=items)
    changed = replace(case, revisions=(*case.revisions[:-1], replace(last, content=content)))
    made = publish(desk, case=changed)
    assert [one["item"] for one in made.content["items"]] == [1]


def test_a_waived_limb_is_published_with_who_and_why(desk: Bench) -> None:
    press = desk.press("publisher")
    assert desk.review.waive(CASE, 1, 2, "It is for the College.", press).taken
    made = publish(desk, open_limbs={1: [2]})
    assert made.content["waived"] == [
        {"item": 1, "limb": 2, "person": "publisher", "reason": "It is for the College."}
    ]


class TestAFailedCheck:
    def test_let_past_by_two_people_is_kept_counted_and_shown(self, desk: Bench) -> None:
        desk.review.let_past(CASE, 1, "figures", "It is of 2016.", desk.press("publisher"))
        assert desk.review.second(CASE, 1, "figures", desk.press("second")).taken
        made = publish(desk, failed={1: [FIGURES]})
        assert made.content["past"] == [
            {
                "item": 1,
                "check": "figures",
                "person": "publisher",
                "reason": "It is of 2016.",
                "second": "second",
            }
        ]
        assert desk.publishing.let_past(CASE) == 1
        assert Audit(desk.engine).entries(CASE)[-1].facts["let_past"] == 1

    def test_is_not_let_past_by_one_alone(self, desk: Bench) -> None:
        desk.review.let_past(CASE, 1, "figures", "It is of 2016.", desk.press("publisher"))
        done = desk.review.second(CASE, 1, "figures", desk.press("publisher"))
        assert done.event.refused == "same_person"
        assert missing(desk, failed={1: [FIGURES]})

    def test_needs_a_reason_and_something_to_agree_to(self, desk: Bench) -> None:
        done = desk.review.let_past(CASE, 1, "figures", " ", desk.press("publisher"))
        assert done.event.refused == "no_reason"
        done = desk.review.second(CASE, 1, "figures", desk.press("second"))
        assert done.event.refused == "not_let_past"

    def test_is_not_agreed_to_by_who_wrote_the_text(self, desk: Bench) -> None:
        desk.roles["asker"] = {"reviewer"}
        desk.review.let_past(CASE, 1, "figures", "It is of 2016.", desk.press("publisher"))
        assert desk.review.second(CASE, 1, "figures", desk.press("asker")).event.refused == "own"

    def test_let_past_before_an_edit_is_asked_about_again(self, desk: Bench) -> None:
        desk.review.let_past(CASE, 1, "figures", "It is of 2016.", desk.press("publisher"))
        desk.review.second(CASE, 1, "figures", desk.press("second"))
        desk.edit("editor")
        desk.approve("reviewer")
        assert missing(desk, failed={1: [FIGURES]})

    def test_of_another_name_is_not_let_past_with_it(self, desk: Bench) -> None:
        desk.review.let_past(CASE, 1, "dates", "It is of 2016.", desk.press("publisher"))
        desk.review.second(CASE, 1, "dates", desk.press("second"))
        assert missing(desk, failed={1: [FIGURES]})


class TestWhatWasPublished:
    def test_is_made_again_byte_for_byte_whatever_came_later(self, desk: Bench) -> None:
        made = publish(desk)
        before = desk.publishing.rebuilt(CASE, made.number)
        assert "I have asked for a review by 1 June." in before.decode()
        desk.sources = {}
        desk.roles.clear()
        desk.restart()
        assert desk.publishing.rebuilt(CASE, 1) == before
        assert desk.edit("editor").event.refused == "not_office"

    def test_keeps_the_three_voices_apart(self, desk: Bench) -> None:
        publish(desk)
        lines = desk.publishing.rebuilt(CASE, 1).decode().splitlines()
        assert lines.index("The inspectorate:") < lines.index("The commissioner:")
        assert "Decision: proposed." in lines

    @pytest.mark.parametrize("column", ["wording"])
    def test_is_refused_when_the_record_was_changed(self, desk: Bench, column: str) -> None:
        publish(desk)
        tamper(desk.engine, "draft_revisions", column, "1 June", "1 July")
        with pytest.raises(NotAsPublished):
            desk.publishing.rebuilt(CASE, 1)

    def test_stays_as_it_is(self, desk: Bench) -> None:
        publish(desk)
        for done in (desk.edit(), desk.request(), desk.approve("second"), desk.ask()):
            assert done.event.refused in ("published",)
        assert desk.status() == "published"

    def test_is_not_known_under_another_number(self, desk: Bench) -> None:
        with pytest.raises(KeyError):
            desk.publishing.rebuilt(CASE, 1)


def test_the_same_press_publishes_once_on_both_databases(engine: Engine) -> None:
    desk = ready(engine)
    prepared, press = desk.prepared(), Press("out", "publisher", desk.now)
    made = at_once(lambda _: desk.publishing.publish(prepared, press), 8)
    assert len(set(map(repr, made))) == len(desk.drafts.publications(CASE)) == 1


def test_twenty_publishers_at_once_publish_once(engine: Engine) -> None:
    desk = ready(engine)
    prepared = desk.prepared()

    def press(number: int) -> bool:
        try:
            desk.publishing.publish(prepared, Press(f"out {number}", "publisher", desk.now))
        except NotReady as refused:
            return not refused.wanting
        return True

    assert sum(at_once(press, 20)) == len(desk.drafts.publications(CASE)) == 1


def test_an_edit_that_comes_between_is_not_published_unseen(desk: Bench) -> None:
    """Approved again in a moment, its sources were still asked about the text before it."""

    def edited_and_approved() -> None:
        desk.edit("editor")
        desk.approve("second")

    prepared = desk.prepared(revisions={1: 2, 2: 1})
    desk.between = edited_and_approved
    with pytest.raises(NotReady, match="no longer the text"):
        desk.publishing.publish(prepared, Press("out", "publisher", desk.now))
    assert publish(desk, key="again").content["items"][0]["revision"] == 2


def test_an_approval_withdrawn_in_between_is_not_published(desk: Bench) -> None:
    prepared = desk.prepared()
    desk.between = lambda: desk.withdraw("second")
    with pytest.raises(NotReady, match="No approval holds"):
        desk.publishing.publish(prepared, Press("out", "publisher", desk.now))
