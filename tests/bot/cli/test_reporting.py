"""A report comes in on the command line: proposed, corrected, confirmed, and the clock runs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.settings import Settings
from bot.store.audit import Audit
from bot.store.casebook import Casebook
from retrieval.documents import Kind
from tests.bot.cli.conftest import Ran, Rejoinder
from tests.bot.responding.cases import REPORT, written
from tests.corpus.samples import DOCUMENTS, ROOT

CASE = "peel-2031-fernshire"
LETTER = """
# Fernshire Police: revisit letter
Published 6 February 2032
## Cause of concern 1: missing children (closed)
Recommendation 1: Fernshire Police should make sure that every child is offered an interview.
This cause of concern is now closed.
"""
RESPONSE = """
# Response of the Police and Crime Commissioner for Fernshire to PEEL 2031
Published 2 April 2031
## Recommendation 1
By 30 June 2031, Fernshire Police should make sure that:
- every child who goes missing is offered an interview; and
- supervisors review each assessment before the end of a shift.
### Force response
The force will hire two people.
### PCC response
I will fund two advisers.
"""
Edit = Callable[..., None]


@pytest.fixture(autouse=True)
def _force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_FORCE", "Fernshire Police")


@pytest.fixture
def added(rejoinder: Rejoinder, tmp_path: Path) -> Path:
    """The sheet of a proposed case."""
    assert rejoinder("report", "add", written(tmp_path)).code == 0
    return tmp_path / f"{CASE}.yaml"


@pytest.fixture
def running(rejoinder: Rejoinder, added: Path) -> Path:
    """The sheet of a case whose clock runs."""
    edit(added, ("published_confirmed: no", "published_confirmed: yes"))
    assert rejoinder("report", "confirm", added, "--as", "U1").code == 0
    return added


@pytest.fixture
def record(home: Path) -> Casebook:
    return Casebook(Parts(Settings(home=home)).engine)


def edit(sheet: Path, *edits: tuple[str, str]) -> None:
    words = sheet.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in words
        words = words.replace(before, after, 1)
    sheet.write_text(words, encoding="utf-8")


def one_line(ran: Ran) -> str:
    """What a refused command says: one line, nothing on standard output."""
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    return ran.err


def test_a_report_is_proposed_and_its_sheet_written(
    rejoinder: Rejoinder, tmp_path: Path, record: Casebook
) -> None:
    ran = rejoinder("report", "add", written(tmp_path), "--as", "U1")
    assert ran.code == 0
    assert "Read: 1 cause of concern, 2 recommendations, 1 area for improvement, of which 1 is not ours." in ran.out  # fmt: skip # noqa: E501
    assert "Published 4 March 2031 (page 1: “Published 4 March 2031”). Not confirmed" in ran.out
    assert (tmp_path / f"{CASE}.yaml").exists()
    assert record.get(CASE).added_by == "U1"


def test_the_proposal_is_one_json_document(rejoinder: Rejoinder, tmp_path: Path) -> None:
    told = rejoinder("report", "add", written(tmp_path), "--json").data
    assert told["case"] == CASE
    assert told["proposed"]["published_confirmed"] is False
    assert told["proposed"]["items"][0]["page"] == 1


def test_a_date_that_is_given_is_confirmed_by_giving_it(
    rejoinder: Rejoinder, tmp_path: Path
) -> None:
    rejoinder("report", "add", written(tmp_path), "--published", "3 March 2031")
    ran = rejoinder("report", "confirm", f"{CASE}.yaml", "--json")
    assert (ran.code, ran.data["last_day"], ran.data["corrections"]) == (0, "2031-04-27", [])
    assert ran.data["last_working_day"] == "2031-04-25"


def test_a_stated_date_may_be_given_with_its_rule(rejoinder: Rejoinder, tmp_path: Path) -> None:
    rejoinder("report", "add", written(tmp_path), "--published", "2031-03-04", "--by", "2031-06-02")
    told = rejoinder("report", "confirm", f"{CASE}.yaml", "--json").data
    assert (told["rule"], told["last_day"], told["length"]) == ("stated_date", "2031-06-02", 91)


def test_no_clock_starts_from_a_date_that_was_only_read(
    rejoinder: Rejoinder, added: Path, record: Casebook
) -> None:
    ran = rejoinder("report", "confirm", added)
    assert ran.code == 1
    assert "No clock runs" in ran.out
    assert record.get(CASE).content.counted_from is None
    assert "No clock" in rejoinder("reports").out


def test_corrections_are_kept_counted_and_said_by_somebody(
    rejoinder: Rejoinder, added: Path, record: Casebook
) -> None:
    edit(
        added,
        ("published: 2031-03-04\npublished_confirmed: no", "published: 2031-03-05\npublished_confirmed: yes"),  # noqa: E501
        ("    deadline: By 30 June 2031", "    deadline: 30 June 2031"),
        ("owner:", "owner: U7"),
    )  # fmt: skip
    told = rejoinder("report", "confirm", added, "--as", "U1", "--json").data
    assert told["corrections"] == ["published", "items.2.deadline"]
    assert told["owner"] == "U7"
    case = record.get(CASE)
    assert (case.latest.person, case.latest.corrections) == (
        "U1", ("published", "items.2.deadline"),
    )  # fmt: skip


def test_the_same_sheet_corrected_later_moves_the_dates(
    rejoinder: Rejoinder, running: Path, record: Casebook
) -> None:
    edit(running, ("published: 2031-03-04", "published: 2031-03-06"))
    told = rejoinder("report", "confirm", running, "--as", "U2", "--json").data
    assert (told["last_day"], told["corrections"]) == ("2031-04-30", ["published"])
    assert [one.person for one in record.get(CASE).revisions] == ["operator", "U1", "U2"]
    said = rejoinder("report", "show", CASE, "--json").data["said"]
    assert (said["published"]["person"], said["title"]["person"]) == ("U2", "U1")


def test_confirming_the_same_twice_changes_nothing(
    rejoinder: Rejoinder, running: Path, record: Casebook
) -> None:
    before = record.get(CASE)
    ran = rejoinder("report", "confirm", running)
    assert ran.code == 0
    assert "this is what revision 2 says already" in ran.out
    assert record.get(CASE) == before


def test_an_old_sheet_does_not_undo_what_another_has_confirmed(
    rejoinder: Rejoinder, running: Path, record: Casebook, tmp_path: Path
) -> None:
    old = tmp_path / "old.yaml"
    old.write_bytes(running.read_bytes())
    edit(running, ("owner:", "owner: U7"))
    rejoinder("report", "confirm", running)
    edit(old, ("owner:", "owner: U8"))
    told = one_line(rejoinder("report", "confirm", old))
    assert "revision: the case is at revision 3 by now" in told
    assert record.get(CASE).content.owner == "U7"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("rule: s55", "rule: s56", "rule: write one of"),
        ("    ours: yes", "    ours: no", "say why the item is not ours"),
        ("neighbourhood teams", "neighborhood teams", "these words do not stand in the document"),
        ("case: peel", "case: pele", "there is no case"),
    ],
)
def test_a_sheet_with_a_slip_changes_nothing(
    rejoinder: Rejoinder, added: Path, record: Casebook, before: str, after: str, said: str
) -> None:
    edit(added, (before, after))
    words, known = added.read_bytes(), record.all()
    ran = rejoinder("report", "confirm", added)
    assert ran.code == 3
    assert said in one_line(ran)
    assert f"{added}, line " in ran.err
    assert (added.read_bytes(), record.all()) == (words, known)


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("add", "nowhere.pdf"), 2, "neither a file nor an indexed document"),
        (("add", "peel.md", "--published", "March"), 2, "--published: write one date"),
        (("add", "peel.md", "--rule", "s56"), 2, "there is no rule 's56'"),
        (("add", "peel.md", "--rule", "s55", "--by", "2031-06-01"), 2, "--by goes with"),
        (("add", "peel.md", "--out", "nowhere"), 2, "nowhere is not a folder"),
        (("add", "empty.md"), 3, "empty.md is empty"),
        (("confirm", "nowhere.yaml"), 3, "cannot be read"),
        (("show", "nowhere"), 2, "there is no case 'nowhere'"),
        (("sheet", "nowhere"), 2, "there is no case 'nowhere'"),
        (("chief", "nowhere", "invited", "--on", "2026-01-05"), 2, "there is no case"),
        (("respond", "Not A Name", "peel.md"), 2, "cannot name a case"),
    ],
)
def test_bad_input_gets_one_line_and_changes_nothing(
    rejoinder: Rejoinder, tmp_path: Path, record: Casebook, given: tuple[str, ...], code: int,
    said: str,
) -> None:  # fmt: skip
    written(tmp_path)
    (tmp_path / "empty.md").touch()
    ran = rejoinder("report", *given)
    assert ran.code == code
    assert said in one_line(ran)
    assert record.all() == []


def test_a_report_that_is_in_is_not_added_again(
    rejoinder: Rejoinder, added: Path, tmp_path: Path
) -> None:
    ran = rejoinder("report", "add", tmp_path / "peel.md")
    assert ran.code == 2
    assert f"this is case {CASE} already" in one_line(ran)


def test_a_sheet_is_written_anew_unless_it_holds_what_is_not_confirmed(
    rejoinder: Rejoinder, added: Path
) -> None:
    before = added.read_text(encoding="utf-8")
    added.unlink()
    assert rejoinder("report", "sheet", CASE).code == 0
    assert added.read_text(encoding="utf-8") == before
    edit(added, ("owner:", "owner: U7"))
    ran = rejoinder("report", "sheet", CASE)
    assert (ran.code, "has words that are not confirmed" in one_line(ran)) == (2, True)


def test_a_sheet_that_stands_in_the_way_stops_the_addition(
    rejoinder: Rejoinder, tmp_path: Path, record: Casebook
) -> None:
    (tmp_path / f"{CASE}.yaml").write_text("mine", encoding="utf-8")
    assert rejoinder("report", "add", written(tmp_path)).code == 2
    assert record.all() == []


def test_an_indexed_document_is_taken_by_its_name_and_its_catalogue(
    rejoinder: Rejoinder, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    source, target = samples / "rejoinder.db", copy / "rejoinder.db"
    import sqlite3

    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()
    monkeypatch.setenv("REJOINDER_HOME", str(copy))
    ran = rejoinder("report", "add", "2023-12-08-peel-2023-25-fernshire.pdf", "--json")
    assert (ran.code, ran.data["case"]) == (0, "peel-2023-25-fernshire")
    assert ran.data["proposed"]["title"] == "PEEL 2023-25, Fernshire Police"
    hidden = rejoinder("report", "add", "2030-01-01-prepublication-custody-fernshire.pdf")
    assert "neither a file nor an indexed document" in one_line(hidden)


def test_an_embargo_is_said_on_the_sheet(rejoinder: Rejoinder, tmp_path: Path) -> None:
    file = written(tmp_path, REPORT.replace("Published 4", "Embargoed copy.\nPublished 4"))
    assert "It speaks of an embargo" in rejoinder("report", "add", file).out


def test_a_second_report_joins_the_case_and_waits_to_be_confirmed(
    rejoinder: Rejoinder, running: Path, tmp_path: Path, record: Casebook
) -> None:
    national = written(
        tmp_path,
        "# Vetting: a national report\nPublished 1 March 2031\n## Recommendation 9\n"
        "Forces should keep vetting files in one place.",
        "national.md",
    )
    ran = rejoinder("report", "link", CASE, national)
    assert ran.code == 0
    assert "The second report is of another day" in ran.out
    assert len(record.get(CASE).content.items) == 4
    assert rejoinder("report", "confirm", running).code == 0
    assert [item.document for item in record.get(CASE).content.items] == [1, 1, 1, 1, 2]
    again = rejoinder("report", "add", national)
    assert f"this is case {CASE} already" in one_line(again)


def test_a_letter_closes_older_items_only_when_a_person_says_yes(
    rejoinder: Rejoinder, running: Path, tmp_path: Path, record: Casebook
) -> None:
    letter = written(tmp_path, LETTER, "letter.md")
    told = rejoinder("report", "add", letter, "--published", "2032-02-06", "--json").data
    sheet = Path(told["sheet"])
    assert [one["item"] for one in told["proposed"]["closes"]] == [1, 2]
    assert rejoinder("report", "confirm", sheet).code == 0
    assert record.get(CASE).statuses == ()
    edit(sheet, ("    confirmed: no", "    confirmed: yes"))
    assert rejoinder("report", "confirm", sheet, "--as", "U1").code == 0
    (status,) = record.get(CASE).statuses
    assert (status.item, status.quote) == (1, "This cause of concern is now closed.")


def test_a_response_gives_decisions_that_a_person_confirms(
    rejoinder: Rejoinder, running: Path, tmp_path: Path, record: Casebook
) -> None:
    response = written(tmp_path, RESPONSE, "response.md")
    assert rejoinder("report", "respond", CASE, response).code == 0
    assert {item.decision for item in record.get(CASE).content.items} == {None}
    edit(running, ("response_confirmed: no", "response_confirmed: yes"))
    told = rejoinder("report", "confirm", running, "--json").data
    assert told["coverage"] == {"items": 3, "decided": 1, "limbs": 2, "limbs_answered": 0}
    assert (told["answered_on"], told["next"]) == ("2031-04-02", None)
    shown = rejoinder("report", "show", CASE).out
    assert "Decision: action proposed: “I will fund two advisers.” (document 2, page 1)" in shown
    assert "Answered on Wednesday 2 April 2031, day 30: in time" in shown


def test_the_real_response_becomes_a_case_of_its_own(rejoinder: Rejoinder) -> None:
    real = ROOT.parent / "shared" / "data" / "pcc-response-2017-04-27-peel-effectiveness-2016.md"
    if not real.exists():
        pytest.skip(f"the real response is not there: {real.name}")
    rejoinder("report", "respond", "wmp-peel-2016", real)
    sheet = Path("wmp-peel-2016.yaml")
    edit(sheet, ("published_confirmed: no", "published_confirmed: yes"),
         ("response_confirmed: no", "response_confirmed: yes"))  # fmt: skip
    told = rejoinder("report", "confirm", sheet, "--json").data
    assert told["corrections"] == []
    assert told["coverage"] == {"items": 2, "decided": 2, "limbs": 4, "limbs_answered": 0}
    assert "day 57: neither late in law nor on time" in told["words"]
    assert "came into force on 2 May 2017" in told["working_of_response"]


@pytest.mark.parametrize("name", ["2017-01-12-response-peel-effectiveness-2016.pdf"])
def test_the_sample_response_becomes_a_case_of_its_own(rejoinder: Rejoinder, name: str) -> None:
    told = rejoinder("report", "respond", "peel-2016", DOCUMENTS / name, "--json").data
    assert told["proposed"]["published"] == "2016-12-08"
    assert told["proposed"]["kind"] == Kind.INSPECTION_REPORT
    assert json.dumps(told["proposed"]).count("Decision: action taken and proposed.") == 2


def test_the_record_of_all_this_is_whole(
    rejoinder: Rejoinder, running: Path, record: Casebook, home: Path
) -> None:
    rejoinder("report", "chief", CASE, "invited", "--on", "2026-01-05")
    audit = Audit(Parts(Settings(home=home)).engine)
    assert [one.event for one in audit.entries()] == [
        "case.added", "case.confirmed", "case.chief",
    ]  # fmt: skip
    assert audit.verify().ok
