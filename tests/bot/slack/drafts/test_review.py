"""A draft's way in Slack: asked for, read, edited, sent back, approved, voided, once each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.blocks import draftcards
from bot.slack.cases import admitting, starting, threads
from bot.slack.drafts import card, requesting, stepping
from bot.store.audit import Audit
from bot.store.drafted import Draft, Status
from bot.store.wordings import Voice
from tests.bot.slack import desks
from tests.bot.slack.desks import Bot
from tests.bot.slack.filling import filled
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_workspace import BOT_USER, DANIEL, OFFICE, PRIYA, TOM

Facts = dict[str, Any]
REPORT = "2023-12-08-peel-2023-25-fernshire.pdf"
CASE = "peel-2023-25-fernshire"
ITEM = 6


@pytest.fixture
def bot(indexed: Path, tmp_path: Path) -> Iterator[Bot]:
    with reviewing(indexed, tmp_path / "home") as made:
        yield made


def reviewing(indexed: Path, home: Path, **changes: Any) -> Any:
    """An office where Tom drafts and two people review; its case is confirmed and has a card."""
    usual: Facts = {
        "roles": {"officer": (TOM.id,), "reviewer": (PRIYA.id, DANIEL.id)},
        "readers": dict.fromkeys((TOM.id, PRIYA.id, DANIEL.id), ("public", "office")),
        "force": "Fernshire Police",
        "evidence_first": False,
    }
    return desks.working(indexed, home, **usual | changes)


def begun(bot: Bot) -> None:
    """The case, confirmed, with its card."""
    (filed,) = [one for one in bot.desk.library.documents() if one.name == REPORT]
    facts = {"person": TOM.id, "channel": OFFICE.id, "thread": "", "press": "begun"}
    starting.begin(bot.desk, filed.digest, facts, "begun")
    bot.quiet()
    case = bot.desk.casebook.get(CASE)
    bot.desk.casebook.confirm(CASE, case.content, (), after=1, person=TOM.id, now=bot.desk.now())


def draft(bot: Bot, text: str = f"{CASE} {ITEM}", user: str = TOM.id) -> None:
    """Somebody uses the command."""
    bot.hear(payloads.slash_command(bot.slack, user, OFFICE.id, "/draft", text))
    bot.quiet()


def drafted(bot: Bot) -> Draft:
    """A draft of one item, asked for by Tom."""
    begun(bot)
    draft(bot)
    return bot.desk.drafts.get(CASE, ITEM)


def shown(bot: Bot, item: int = ITEM) -> list[Facts]:
    """The messages of a draft's card."""
    found = [one for one in in_thread(bot) if _mark(one).startswith(f"{card.key(CASE, item)}#")]
    return sorted(found, key=_mark)


def _mark(said: Facts) -> str:
    return str(((said.get("metadata") or {}).get("event_payload") or {}).get("mark", ""))


def in_thread(bot: Bot) -> list[Facts]:
    thread = threads.thread(bot.desk, CASE)
    assert thread
    return bot.slack.thread(thread.channel, thread.thread)


def lines(bot: Bot) -> list[str]:
    """What the thread says has happened."""
    begin, cards = f"Item {ITEM}: ", f"{card.key(CASE, ITEM)}#"
    told = [one for one in in_thread(bot) if not _mark(one).startswith(cards)]
    return [one["text"] for one in told if one["text"].startswith(begin)]


def press(bot: Bot, action: str, user: str, *, old: Facts | None = None) -> None:
    """Somebody presses a button of the card, or of an older state of it."""
    with_button = [one for one in shown(bot) if action in str(one["blocks"])]
    bot.press(old or with_button[-1], action, OFFICE.id, user)
    bot.quiet()


def buttons(bot: Bot) -> Facts:
    """The message that has the buttons, as it is now."""
    return dict(json.loads(json.dumps(shown(bot)[-1])))


def fill(bot: Bot, action: str, user: str, **changes: str | None) -> Facts:
    """Somebody opens a window of the card and sends it off; what Slack is answered."""
    press(bot, action, user)
    view = bot.slack.view(user)
    assert view, bot.slack.whispers(user)[-1:]
    answer = bot.hear(payloads.view_submission(bot.slack, user, view, filled(view, **changes)))
    bot.quiet()
    return dict(json.loads(answer.body)) if answer.body else {}


def words(bot: Bot) -> str:
    return " ".join(one["text"] for one in shown(bot))


def whisper(bot: Bot, user: str) -> str:
    return str(bot.slack.whispers(user)[-1]["text"])


OWN = (
    "I have required the force to review every case by 1 March 2024, and the Deputy Chief "
    "Constable will report to my meeting of 14 March 2024."
)


def test_a_draft_comes_in_the_thread_with_coverage_and_checks(bot: Bot) -> None:
    begun(bot)
    draft(bot)
    text = words(bot)
    assert "waits for a reviewer" in text
    assert "What was found" in text
    assert "Limbs answered: 0 of" in text
    assert "No decision is chosen." in text
    assert lines(bot) == [f"Item {ITEM}: tom.garbutt asked for revision 1."]
    assert "Drafting on 1 item." in whisper(bot, TOM.id)


def test_all_items_of_ours_are_drafted_each_in_a_message(bot: Bot) -> None:
    begun(bot)
    draft(bot, CASE)
    ours = [one.id for one in bot.desk.casebook.get(CASE).content.items if one.ours]
    assert [one.item for one in bot.desk.drafts.of(CASE)] == ours
    assert all(shown(bot, item) for item in ours)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", requesting.HELP),
        ("help", requesting.HELP),
        ("nowhere", requesting.NO_CASE.format(name="nowhere")),
        (f"{CASE} 99", requesting.NO_ITEM.format(case=CASE, item=99)),
    ],
)
def test_what_cannot_be_drafted_is_told(bot: Bot, text: str, told: str) -> None:
    begun(bot)
    draft(bot, text)
    assert whisper(bot, TOM.id) == told


def test_only_officers_ask_for_drafts(bot: Bot) -> None:
    begun(bot)
    draft(bot, user=PRIYA.id)
    assert "Only officers can do this" in whisper(bot, PRIYA.id)
    assert bot.desk.drafts.of(CASE) == []


def test_nobody_approves_the_draft_that_they_asked_for(indexed: Path, tmp_path: Path) -> None:
    both = {"officer": (TOM.id,), "reviewer": (TOM.id, PRIYA.id)}
    with reviewing(indexed, tmp_path / "home", roles=both) as bot:
        drafted(bot)
        press(bot, "draft_approve", TOM.id)
        told = whisper(bot, TOM.id)
        assert "You asked for this draft or took it over, so someone else must approve it." in told
        assert "Reviewers here: tom.garbutt, priya" in told
        assert bot.desk.drafts.get(CASE, ITEM).status is Status.DRAFTED


def test_a_reviewer_approves_once_however_often_it_is_pressed(bot: Bot) -> None:
    drafted(bot)
    old = buttons(bot)
    press(bot, "draft_approve", PRIYA.id)
    press(bot, "draft_approve", DANIEL.id, old=old)
    found = bot.desk.drafts.get(CASE, ITEM)
    assert (found.status, len(found.approvals)) == (Status.APPROVED, 1)
    assert "Approved by priya" in words(bot)
    assert lines(bot)[-1].endswith("approved revision 1.")
    assert "your press changed nothing" in whisper(bot, DANIEL.id)


def test_an_edit_makes_a_revision_shows_the_difference_and_needs_somebody_else(bot: Bot) -> None:
    drafted(bot)
    assert fill(bot, "draft_edit", PRIYA.id, own=OWN, choice="taken") == {}
    found = bot.desk.drafts.get(CASE, ITEM)
    assert (found.latest.number, found.latest.edited_by) == (2, PRIYA.id)
    mine = [one.text for one in found.latest.wording.sentences if one.voice is Voice.COMMISSIONER]
    assert " ".join(mine) == OWN
    theirs = [one for one in found.latest.wording.sentences if one.voice is Voice.INSPECTORATE]
    before = found.revisions[0].wording.sentences
    assert theirs == [one for one in before if one.voice is Voice.INSPECTORATE]
    assert "Revision 2, asked for by tom.garbutt, edited by priya" in words(bot)
    (difference,) = [one for one in in_thread(bot) if "What changed" in one["text"]]
    assert "*I have required the force" in str(difference["blocks"])
    press(bot, "draft_approve", PRIYA.id)
    assert "You edited this draft last" in whisper(bot, PRIYA.id)
    press(bot, "draft_approve", DANIEL.id)
    assert bot.desk.drafts.get(CASE, ITEM).status is Status.APPROVED


def test_an_edit_that_changes_nothing_makes_no_revision(bot: Bot) -> None:
    drafted(bot)
    assert fill(bot, "draft_edit", PRIYA.id)["errors"] == {"own": stepping.SAME}
    assert bot.desk.drafts.get(CASE, ITEM).latest.number == 1


def test_an_edit_voids_the_approval(bot: Bot) -> None:
    drafted(bot)
    press(bot, "draft_approve", PRIYA.id)
    fill(bot, "draft_edit", TOM.id, own=OWN, choice="taken")
    assert bot.desk.drafts.get(CASE, ITEM).approvals == ()
    assert "waits for a reviewer" in words(bot)


def test_changes_are_asked_for_with_a_reason_and_words(bot: Bot) -> None:
    drafted(bot)
    assert fill(bot, "draft_changes", PRIYA.id, code="limb")["errors"].keys() == {"words"}
    fill(bot, "draft_changes", PRIYA.id, code="limb", words="Say what is done about (b).")
    assert "changes were asked for" in words(bot)
    assert "Say what is done about (b)." in lines(bot)[-1]
    assert "draft_approve" not in str(buttons(bot)["blocks"])


def test_a_decision_is_taken_back_with_a_reason(bot: Bot) -> None:
    drafted(bot)
    press(bot, "draft_approve", PRIYA.id)
    fill(bot, "draft_withdraw", PRIYA.id, words="The date is wrong.")
    assert bot.desk.drafts.get(CASE, ITEM).status is Status.DRAFTED
    assert "took a decision back: The date is wrong." in lines(bot)[-1]


def test_whoever_takes_a_draft_over_does_not_approve_it(bot: Bot) -> None:
    drafted(bot)
    press(bot, "draft_take_over", PRIYA.id)
    press(bot, "draft_approve", PRIYA.id)
    assert "took it over" in whisper(bot, PRIYA.id)


def test_two_people_approve_where_the_office_wants_it(indexed: Path, tmp_path: Path) -> None:
    kinds = ("recommendation",)
    with reviewing(indexed, tmp_path / "home", two_approvals=kinds) as bot:
        drafted(bot)
        press(bot, "draft_approve", PRIYA.id)
        assert "needs a second reviewer" in words(bot)
        press(bot, "draft_approve", DANIEL.id)
        assert "Approved by" in words(bot)
        assert "(2 of 2)" in words(bot)


def test_the_weakest_evidence_is_opened_before_an_approval_counts(
    indexed: Path, tmp_path: Path
) -> None:
    with reviewing(indexed, tmp_path / "home", evidence_first=True) as bot:
        drafted(bot)
        press(bot, "draft_approve", PRIYA.id)
        assert "Open first the evidence" in whisper(bot, PRIYA.id)
        rows = [one for one in buttons(bot)["blocks"] if one["type"] == "actions"]
        asked = [one["action_id"] for row in rows for one in row["elements"]
                 if one["action_id"].startswith("draft_evidence")]  # fmt: skip
        assert asked
        for action in asked:
            press(bot, action, PRIYA.id)
        view = bot.slack.view(PRIYA.id)
        assert view
        assert "page" in str(view["blocks"])
        press(bot, "draft_approve", PRIYA.id)
        assert bot.desk.drafts.get(CASE, ITEM).status is Status.APPROVED


def test_what_it_is_based_on_is_shown_with_its_pages(bot: Bot) -> None:
    drafted(bot)
    press(bot, "draft_basis", PRIYA.id)
    view = bot.slack.view(PRIYA.id)
    assert view
    assert "PEEL 2023-25, Fernshire Police, 8 December 2023, page" in str(view["blocks"])


def test_a_source_that_is_withdrawn_voids_the_approval_with_the_reason(bot: Bot) -> None:
    drafted(bot)
    press(bot, "draft_approve", PRIYA.id)
    (filed,) = [one for one in bot.desk.library.documents() if one.name == REPORT]
    entry = filed.entry
    bot.desk.library.withdraw(filed.digest)
    card.void_stale(bot.desk)
    bot.quiet()
    found = bot.desk.drafts.get(CASE, ITEM)
    assert found.status is Status.VOID
    assert f"A cited source was withdrawn: “{entry.title}”." in lines(bot)[-1]


def test_a_card_of_an_older_revision_says_that_it_is_old(bot: Bot) -> None:
    drafted(bot)
    old = buttons(bot)
    fill(bot, "draft_edit", TOM.id, own=OWN, choice="taken")
    press(bot, "draft_edit", PRIYA.id, old=old)
    assert whisper(bot, PRIYA.id) == draftcards.OLD


def test_who_may_not_read_the_report_is_shown_nothing(bot: Bot) -> None:
    drafted(bot)
    bot.desk.settings.readers.pop(DANIEL.id)
    (filed,) = [one for one in bot.desk.library.documents() if one.name == REPORT]
    assert filed.entry.collection == "public"
    bot.desk.library.withdraw(filed.digest)
    bot.press(buttons(bot), "draft_basis", OFFICE.id, DANIEL.id)
    bot.quiet()
    assert whisper(bot, DANIEL.id) == admitting.UNSEEN


def test_the_audit_holds_over_all_of_it(bot: Bot) -> None:
    drafted(bot)
    press(bot, "draft_approve", TOM.id)
    press(bot, "draft_approve", PRIYA.id)
    fill(bot, "draft_withdraw", PRIYA.id, words="Wrong.")
    assert Audit(bot.desk.drafts._engine).verify().ok
    assert BOT_USER not in {one.person for one in bot.desk.drafts.get(CASE, ITEM).events}
