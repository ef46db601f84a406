"""Break each rule of the review on purpose, in a copy of the source, and see that it is noticed.

Run: python -m tests.bot.responding.mutations [NAME …]. Ends with 1 when a break goes unnoticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
COPIED = ("bot", "corpus", "docs", "prompts", "retrieval", "tests", "pyproject.toml")
HERE = "tests/bot/responding"
MACHINE = ("tests.bot.responding.review_machine", "--steps", "1000", "--seed", "1")
TESTS = (
    f"{HERE}/test_workflow.py", f"{HERE}/test_approving.py", f"{HERE}/test_publishing.py",
    f"{HERE}/test_reviewing.py", "tests/bot/store/test_drafts.py",
)  # fmt: skip
WORKFLOW, PRESSING = "bot/responding/workflow.py", "bot/responding/pressing.py"
APPROVING, REVIEWING = "bot/responding/approving.py", "bot/responding/reviewing.py"
PUBLISHABLE, PUBLISHING = "bot/responding/publishable.py", "bot/responding/publishing.py"
DRAFTED, DRAFTS = "bot/store/drafted.py", "bot/store/drafts.py"


@dataclass(frozen=True)
class Break:
    """One rule broken: ``name`` begins with the number of the invariant; edits are exact."""

    name: str
    edits: tuple[tuple[str, str, str], ...]


def broken(name: str, *edits: tuple[str, str, str]) -> Break:
    """A break by these edits: file, what stands there once, what is put in its place."""
    return Break(name, edits)


BREAKS = (
    broken(
        "1 who asked for a draft may approve it",
        (WORKFLOW, "(Step.APPROVE, _W.REQUESTER): (Why.OWN, tuple(Status))",
         "(Step.APPROVE, _W.REQUESTER): (Why.OWN, ())"),
        (WORKFLOW, "draft and person in (draft.latest.requested_by, draft.holder)", "False"),
    ),
    broken(
        "1 the last editor may approve",
        (WORKFLOW, "draft and person == draft.latest.edited_by", "False"),
    ),
    broken(
        "1 who took a draft over may approve it",
        (WORKFLOW, "person in (draft.latest.requested_by, draft.holder)",
         "person == draft.latest.requested_by"),
    ),
    broken(
        "1 an edit forgets who asked for the draft",
        (PRESSING, "requested_by=draft.latest.requested_by if draft and edits else ",
         "requested_by="),
    ),
    broken(
        "1 an edit that changes nothing frees the last editor",
        (WORKFLOW, "Step.EDIT: (Why.OLD, Why.SAME)", "Step.EDIT: (Why.OLD,)"),
    ),
    broken(
        "2 an officer may approve",
        (WORKFLOW, "Step.APPROVE: (frozenset({_W.REVIEWER}), Why.NOT_REVIEWER)",
         "Step.APPROVE: (frozenset({_W.REVIEWER, _W.OFFICER}), Why.NOT_REVIEWER)"),
    ),
    broken(
        "2 roles are remembered",
        (REVIEWING, "        self._office = office\n",
         "        self._office = office\n        self._held: dict[str, tuple[str, ...]] = {}\n"),
        (REVIEWING, "tuple(sorted(office.roles(press.person)))",
         "self._held.setdefault(press.person, tuple(sorted(office.roles(press.person))))"),
    ),
    broken(
        "2 an app may approve in a reviewer's name",
        (REVIEWING, "roles=() if press.bot else ", "roles="),
        (WORKFLOW, "{Who.BOT} if bot else ", ""),
    ),
    broken(
        "2 one reviewer counts for two",
        (WORKFLOW, "    if person in approved:\n        yield Who.APPROVER\n", ""),
    ),
    broken(
        "3 an approval outlives an edit",
        (DRAFTED, "_ENDING = frozenset({Step.REQUEST, Step.EDIT, ", "_ENDING = frozenset({"),
        (DRAFTED, "tuple(one for one in since if one.revision == self.latest.number)",
         "tuple(since)"),
        (PRESSING, "    if now and move.next is before:\n",
         "    if now and now.approvals and asked.wording:\n"
         "        return now.draft.status\n    if now and move.next is before:\n"),
        (APPROVING, "if now != draft.latest.hash or any(one.hash != now for one in "
         "draft.approvals):", "if now != draft.latest.hash:"),
        (APPROVING, "tuple(one for one in draft.approvals if one.hash == now)",
         "draft.approvals"),
    ),
    broken(
        "3 the text on record is not held to its hash",
        (APPROVING, "found = [*_of_content(draft), *_of_sources", "found = [*_of_sources"),
        (APPROVING, "tuple(one for one in draft.approvals if one.hash == now)",
         "draft.approvals"),
    ),
    broken(
        "3 the hash is taken from the record instead of reckoned",
        (APPROVING, "    latest = draft.latest\n    return content_hash(draft.case, draft.item, "
         "latest.wording, latest.pack)\n", "    return draft.latest.hash\n"),
    ),
    broken(
        "3 the hash forgets what is cited and decided",
        (APPROVING, '"wording": wordings.data(wording)',
         '"wording": [one.text for one in wording.sentences]'),
    ),
    broken(
        "3 the hash forgets the evidence",
        (APPROVING, ', "pack": dict(pack)}', "}"),
    ),
    broken(
        "3 sources are not asked about",
        (APPROVING, ", *_of_sources(draft.latest, sources)]", "]"),
    ),
    broken(
        "3 a withdrawn source is cited from the case's copy",
        (APPROVING, " or (before is Place.LIBRARY and now.place is Place.KEPT)", ""),
    ),
    broken(
        "3 a restricted source is as good as a public one",
        (APPROVING, "now.place is Place.LIBRARY and now.collection != _PUBLIC", "False"),
    ),
    broken("3 an embargo is not minded", (APPROVING, "    if now.embargoed:", "    if False:")),
    broken(
        "3 words that no longer stand on their page are cited",
        (APPROVING, "return None if _stands(one, now.pages) else Differs.QUOTE", "return None"),
    ),
    broken(
        "3 a text is approved though a source differs",
        (WORKFLOW, "Step.APPROVE: (Why.OLD, Why.CHANGED, Why.UNOPENED)",
         "Step.APPROVE: (Why.OLD, Why.UNOPENED)"),
    ),
    broken(
        "3 a void approval comes back with its source",
        (DRAFTED, "Step.WITHDRAW, Step.VOID})", "Step.WITHDRAW})"),
    ),
    broken(
        "4 an old card decides",
        (PRESSING, "return not seen or (step not in NOTES and press.event != draft.turned.number)",
         "return False"),
    ),
    broken(
        "4 a card is old only when the text has changed",
        (PRESSING, "return not seen or (step not in NOTES and press.event != draft.turned.number)",
         "return not seen"),
    ),
    broken(
        "4 it is decided before the record is locked",
        (DRAFTS, "        with audit.changing(self._engine) as connection:\n"
         "            if before := draft_rows.pressed(connection, press):",
         "        found = self.find(case, item)\n"
         "        with audit.changing(self._engine) as connection:\n"
         "            if before := draft_rows.pressed(connection, press):"),
        (DRAFTS, "            found = draft_rows.draft(connection, case, item)\n", ""),
    ),
    broken(
        "4 what is decided can be decided again",
        (WORKFLOW, "Step.APPROVE: dict.fromkeys((_S.DRAFTED, ",
         "Step.APPROVE: dict.fromkeys((_S.DRAFTED, _S.APPROVED, "),
        (WORKFLOW, "Step.ASK_CHANGES: dict.fromkeys((_S.DRAFTED, ",
         "Step.ASK_CHANGES: dict.fromkeys((_S.DRAFTED, _S.APPROVED, "),
    ),
    broken(
        "5 a press delivered again is a new one",
        (DRAFTS, "if before := draft_rows.pressed(connection, press):",
         "if (before := draft_rows.pressed(connection, press)) and False:"),
        (DRAFTS, '"detail": dict(event.detail)}\n    connection',
         '"detail": dict(event.detail)}\n    told["press"] += f" {event.number}"\n    connection'),
    ),
    broken(
        "5 a refused press may be taken later",
        (DRAFTS, "if found is None and change.event.refused:", "if change.event.refused:"),
    ),
    broken(
        "5 the same publishing press is not known again",
        (DRAFTS, "if before := _published(connection, case, press):",
         "if (before := _published(connection, case, press)) and False:"),
    ),
    broken(
        "6 a recommendation without an approval is no obstacle",
        (PUBLISHABLE, "must = item.kind in MUST", "must = False"),
    ),
    broken(
        "6 drafts that are not approved go out",
        (PUBLISHABLE, "if one and one.status is Status.APPROVED)", "if one)"),
        (PUBLISHABLE, "if standing is None or standing.status not in (Status.APPROVED, "
         "Status.PUBLISHED):", "if standing is None:"),
    ),
    broken(
        "6 open limbs are not minded",
        (PUBLISHABLE, "sorted({*prepared.open_limbs.get(item.id, ())} - waived(draft).keys())",
         "()"),
    ),
    broken(
        "6 the chief officer need not be invited",
        (PUBLISHABLE, "if not any(one.step is Chief.INVITED for one in case.chief):", "if False:"),
    ),
    broken(
        "6 any legal sentence will do",
        (PUBLISHABLE, "elif prepared.legal != prepared.legal_now:", "elif False:"),
    ),
    broken(
        "6 checks of another revision count",
        (PUBLISHABLE, "if prepared.revisions.get(item.id) != draft.latest.number:", "if False:"),
    ),
    broken(
        "6 a decision of no action needs no reason",
        (PUBLISHABLE, "said.choice is Choice.NONE and not said.reason.strip()", "False"),
    ),
    broken(
        "6 a reviewer may publish",
        (WORKFLOW, "Step.PUBLISH: (frozenset({_W.PUBLISHER})",
         "Step.PUBLISH: (frozenset({_W.PUBLISHER, _W.REVIEWER})"),
    ),
    broken(
        "6 sources asked about before an edit count after it",
        (PUBLISHING, "if before is None or before.draft.latest != draft.latest:",
         "if before is None:"),
    ),
    broken(
        "7 changes are asked for without a reason",
        (WORKFLOW, "Step.ASK_CHANGES: (Why.OLD, Why.NO_REASON)", "Step.ASK_CHANGES: (Why.OLD,)"),
    ),
    broken(
        "7 an approval is withdrawn without a reason",
        (WORKFLOW, "Step.WITHDRAW: (Why.OLD, Why.NO_REASON)", "Step.WITHDRAW: (Why.OLD,)"),
    ),
    broken(
        "7 blanks are a reason",
        (PRESSING, "return coded and bool(asked.words.strip())",
         "return coded and bool(asked.words)"),
    ),
    broken(
        "7 any code is a reason",
        (PRESSING, "coded = asked.step is not Step.ASK_CHANGES or asked.reason in CODES",
         "coded = True"),
    ),
    broken(
        "8 a failed check stops nothing",
        (PUBLISHABLE, "        if one.check not in let:", "        if False:"),
    ),
    broken(
        "8 one person lets a check past alone",
        (PRESSING, "elif set(first) == {asked.press.person}:", "elif False:"),
    ),
    broken(
        "8 who wrote the text agrees to let it past",
        (WORKFLOW, "(Step.SECOND, _W.REQUESTER): (Why.OWN, tuple(Status))",
         "(Step.SECOND, _W.REQUESTER): (Why.OWN, ())"),
    ),
    broken(
        "8 a check is let past without a reason",
        (WORKFLOW, "Step.LET_PAST: (Why.OLD, Why.NO_REASON)", "Step.LET_PAST: (Why.OLD,)"),
    ),
    broken(
        "8 what was let past is not kept with the publication",
        (PUBLISHING, '"past": [asdict(one) for one in past]', '"past": []'),
    ),
    broken(
        "8 what was let past holds for every later text",
        (DRAFTED, "tuple(one for one in mine if one.revision == self.latest.number)",
         "tuple(mine)"),
    ),
    broken(
        "9 a publication is made again from a changed record",
        (PUBLISHING, "if audit.sha256(made.decode()) != listed[number].hash:", "if False:"),
    ),
    broken(
        "9 what is made again depends on what came later",
        (PUBLISHING, '    lines = [content["title"], ',
         "    count = sum(len(one.events) for one in drafts.values())\n"
         '    lines = [content["title"], str(count), '),
    ),
    broken(
        "9 a published text can be edited",
        (WORKFLOW, "Step.EDIT: dict.fromkeys(_BEGUN, _S.DRAFTED)",
         "Step.EDIT: dict.fromkeys((*_BEGUN, _S.PUBLISHED), _S.DRAFTED)"),
    ),
    broken(
        "attention: evidence need not be opened",
        (WORKFLOW, "Why.CHANGED, Why.UNOPENED)", "Why.CHANGED)"),
    ),
    broken(
        "attention: opened by somebody else counts",
        (PRESSING, "if one.person == asked.press.person)\n    return sorted",
         ")\n    return sorted"),
    ),
)  # fmt: skip


def copy(folder: Path) -> None:
    """The source as it is, without what is made from it."""
    leave = shutil.ignore_patterns("__pycache__", "*.pyc", "node_modules")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, folder / name)


def apply(one: Break, folder: Path) -> None:
    """Make the edits. ValueError when what is to be replaced does not stand there once."""
    for name, before, after in one.edits:
        file = folder / name
        words = file.read_text(encoding="utf-8")
        if words.count(before) != 1:
            raise ValueError(f"{one.name}: {words.count(before)} times in {name}: {before!r}")
        file.write_text(words.replace(before, after), encoding="utf-8")


def passes(folder: Path, *command: str) -> bool:
    """Whether a module ends well in the copy, from which all is imported."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode not in (0, 1):
        raise RuntimeError(ended.stdout[-2000:] + ended.stderr[-2000:])
    return ended.returncode == 0


def noticed(one: Break | None) -> str:
    """What notices a break: the machine, the tests, or "" for nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy(folder)
        if one:
            apply(one, folder)
        if not passes(folder, *MACHINE):
            return "machine"
        tests = ("pytest", "-x", "-q", "-k", "not postgresql", *TESTS)
        return "" if passes(folder, *tests) else "tests"


def main(wanted: list[str]) -> int:
    """Each break with what noticed it; without a break nothing may be noticed."""
    if not wanted and (found := noticed(None)):
        print(f"nothing is broken, and yet the {found} failed")
        return 1
    missed = 0
    for one in BREAKS:
        if not wanted or any(one.name.startswith(part) for part in wanted):
            found = noticed(one)
            missed += not found
            print(f"{found or 'UNNOTICED':9}  {one.name}", flush=True)
    print(f"{missed} unnoticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
