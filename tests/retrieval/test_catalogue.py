"""What a catalogue says of documents, and what is proposed where it says nothing."""

import doctest
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import catalogue
from retrieval.catalogue import CatalogueWrong, Proposal, load, near, propose, written
from retrieval.documents import CatalogueEntry, Kind
from tests.builders import entry
from tests.fakes import readings

GOOD = '[[document]]\npath = "a.md"\ntitle = "A report"\n'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / catalogue.FILE_NAME


def proposed(markup: str, name: str = "scan.pdf", **properties: str) -> Proposal:
    return propose(readings.reading(markup, **properties), name)


class TestLoading:
    def test_fills_in_what_an_entry_leaves_out(self, book: Path) -> None:
        book.write_text(GOOD)
        assert load(book) == [CatalogueEntry("a.md", "A report")]

    def test_reads_every_key(self, book: Path) -> None:
        book.write_text(
            GOOD + 'kind = "response"\nbody = "Fernshire Police"\nplace = "Fernshire"\n'
            'published = 2031-03-04\nsource = "https://www.example.org/a"\n'
            'collection = "restricted:custody-2031"\nembargo_until = 2031-04-01T00:01:00+01:00\n'
            "confirmed = true\nwithdrawn = true\n"
        )
        assert load(book) == [
            CatalogueEntry(
                path="a.md",
                title="A report",
                kind=Kind.RESPONSE,
                body="Fernshire Police",
                place="Fernshire",
                published=date(2031, 3, 4),
                source="https://www.example.org/a",
                collection="restricted:custody-2031",
                embargo_until=datetime(2031, 3, 31, 23, 1, tzinfo=UTC),
                confirmed=True,
                withdrawn=True,
            )
        ]

    def test_takes_a_file_saved_with_a_byte_order_mark(self, book: Path) -> None:
        book.write_text(GOOD, encoding="utf-8-sig")
        assert len(load(book)) == 1

    def test_an_empty_catalogue_says_nothing(self, book: Path) -> None:
        book.write_text("# nothing yet\n")
        assert load(book) == []

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            ('titel = "A"', "there is no key 'titel'"),
            ('kind = "letter"', "kind 'letter' is not one of inspection_report"),
            ('kind = ["response"]', "kind is words in quotation marks"),
            ('collection = "secret"', "collection is public, office or restricted:name"),
            ('collection = "restricted:"', "collection is public, office or restricted:name"),
            ('collection = "restricted:Big Name"', "collection is public, office or restricted"),
            ('collection = "public\\n"', "collection is public, office or restricted:name"),
            ("collection = 7", "collection is words in quotation marks"),
            ('published = "2031-03-04"', "published is a date"),
            ("published = 2031-03-04T09:00:00Z", "published is a date"),
            ("embargo_until = 2031-03-04T09:00:00", "embargo_until is a time with its zone"),
            ("embargo_until = 2031-03-04", "embargo_until is a time with its zone"),
            ('embargo_until = "noon"', "embargo_until is a time with its zone"),
            ("place = 4", "place is words in quotation marks"),
            ('confirmed = "yes"', "confirmed is true or false"),
            ("withdrawn = 1", "withdrawn is true or false"),
        ],
    )
    def test_names_the_entry_and_the_key_at_fault(self, book: Path, lines: str, said: str) -> None:
        book.write_text(GOOD + f'\n[[document]]\npath = "b.md"\ntitle = "B"\n{lines}\n')
        with pytest.raises(CatalogueWrong) as wrong:
            load(book)
        assert str(wrong.value).startswith(f"{book}, document 2 (b.md): {said}")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[[document]]\ntitle = "A"', "document 1 (no path): path is missing"),
            ('[[document]]\npath = "a.md"', "document 1 (a.md): title is missing"),
            ('[[document]]\npath = "a.md"\ntitle = " "', "document 1 (a.md): title is missing"),
            ("[[document]]\npath = 7\ntitle = 'A'", "path is words in quotation marks"),
            (GOOD + GOOD, "document 2 (a.md): path stands in document 1 too"),
            (GOOD + GOOD.replace("a.md", "./a.md"), "path stands in document 1 too"),
            ('[document]\npath = "a.md"', "every entry begins with a line [[document]]"),
            (GOOD.replace("document", "documents"), "every entry begins with a line [[document]]"),
            ("document = [1]", "every entry begins with a line [[document]]"),
            ("[[document]\n", "line 1"),
        ],
    )
    def test_says_what_is_wrong_with_the_rest(self, book: Path, text: str, said: str) -> None:
        book.write_text(text)
        with pytest.raises(CatalogueWrong) as wrong:
            load(book)
        assert said in str(wrong.value)
        assert str(wrong.value).startswith(str(book))

    def test_says_when_there_is_no_such_file(self, book: Path) -> None:
        with pytest.raises(CatalogueWrong, match="No such file"):
            load(book)

    def test_says_when_the_file_is_no_text(self, book: Path) -> None:
        book.write_bytes(b"\xff\xfe[")
        with pytest.raises(CatalogueWrong, match="mend the file"):
            load(book)


class TestTheNearestCatalogue:
    def test_is_the_one_in_the_folder(self, book: Path, tmp_path: Path) -> None:
        book.write_text(GOOD)
        assert list(near(tmp_path)) == [tmp_path / "a.md"]

    def test_is_found_for_a_file_and_from_folders_below(self, book: Path, tmp_path: Path) -> None:
        book.write_text(GOOD.replace("a.md", "below/a.md"))
        below = tmp_path / "below"
        below.mkdir()
        assert list(near(below)) == list(near(below / "a.md")) == [below / "a.md"]

    def test_hides_those_above_it(self, book: Path, tmp_path: Path) -> None:
        book.write_text(GOOD)
        below = tmp_path / "below"
        below.mkdir()
        (below / catalogue.FILE_NAME).write_text(GOOD)
        assert list(near(below)) == [below / "a.md"]

    def test_may_be_none(self, tmp_path: Path) -> None:
        assert near(tmp_path) == {}


class TestWriting:
    FULL = entry(
        "b c.md",
        title='A "quoted" \\ title\nof two lines, 5 £ and a delete \x7f',
        collection="restricted:custody",
        embargo_until=datetime(2031, 4, 1, 0, 1, tzinfo=timezone(timedelta(hours=1))),
        withdrawn=True,
    )

    def test_gives_what_loading_reads(self, book: Path) -> None:
        entries = [entry("a.md"), self.FULL, entry("d.md", published=None, confirmed=False)]
        book.write_text(written(entries), encoding="utf-8")
        assert load(book) == entries

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
    def test_keeps_any_title(self, title: str) -> None:
        read = tomllib.loads(written([entry(title=title)]))
        assert read["document"][0]["title"] == title


class TestAProposal:
    def test_is_not_confirmed_and_for_the_office(self) -> None:
        found = proposed("# Report on Fernshire Police\nText.").entry
        assert (found.confirmed, found.collection, found.path) == (False, "office", "scan.pdf")

    def test_takes_the_date_that_stands_alone(self) -> None:
        found = proposed("# Report on Fernshire Police\n4 March 2031\nIt was done on 5 May 2030.")
        assert found.entry.published == date(2031, 3, 4)
        assert found.note == "proposed, not confirmed: date read from “4 March 2031”"

    def test_takes_the_date_that_follows_published(self) -> None:
        found = proposed(
            "# A report\nThis report on Fernshire was published on 4 March 2031 by us."
        )
        assert found.entry.published == date(2031, 3, 4)

    @pytest.mark.parametrize(
        "markup",
        [
            "# A report\nInspectors visited the force on 5 May 2030 and found it ready to act.",
            "# A report\nMarch 2031",
            "# A report\nText.",
            "# A report\n===\nText.\n===\n4 March 2031",
        ],
    )
    def test_has_no_date_that_the_first_pages_do_not_give(self, markup: str) -> None:
        found = proposed(
            markup, "2029-01-02-report.pdf", created="2028-01-02", title="Report 3 May 2027"
        )
        assert found.entry.published is None
        assert found.note == "proposed, not confirmed: no publication date found"

    @pytest.mark.parametrize(
        "words",
        [
            "EMBARGOED until 00:01 on 1 April",
            "Under embargo",
            "Pre-publication copy",
            "Not for publication",
            "OFFICIAL-SENSITIVE",
            "Not for disclosure",
        ],
    )
    def test_holds_back_what_speaks_of_an_embargo(self, words: str) -> None:
        found = proposed(f"# Report on Fernshire Police\n{words}\nText.")
        assert found.entry.collection == "restricted:unchecked"
        assert "held back because it says" in found.note

    def test_of_an_open_document_is_not_held_back(self) -> None:
        found = proposed("# Report\nThe officers published it and were not for turning.")
        assert found.entry.collection == "office"

    @pytest.mark.parametrize(
        ("markup", "title"),
        [
            ("# Foreword\nInspection of Fernshire Police\nText.", "Inspection of Fernshire Police"),
            ("# Fernshire 2031\nSome words of no kind.", "Fernshire 2031"),
            ("Just some plain words", "Just some plain words"),
            ("= Report of the running head\n# Fernshire", "Fernshire"),
        ],
    )
    def test_takes_the_title_from_the_words(self, markup: str, title: str) -> None:
        assert proposed(markup).entry.title == title

    def test_falls_back_on_what_the_file_says_of_itself_then_on_its_name(self) -> None:
        assert proposed("One.", title="Own title").entry.title == "Own title"
        assert proposed("One.", "annex b.pdf").entry.title == "annex b"

    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("Joint targeted area inspection of services in Oxmere", Kind.JOINT_INSPECTION_LETTER),
            ("Commissioner's response to PEEL 2031", Kind.RESPONSE),
            ("Response to the report on custody", Kind.RESPONSE),
            ("Progress letter to the Chief Constable of Fernshire", Kind.FOLLOW_UP_LETTER),
            ("Revisit of Fernshire Police", Kind.FOLLOW_UP_LETTER),
            ("Police and crime plan 2031 to 2035", Kind.POLICE_AND_CRIME_PLAN),
            ("PEEL 2031: Fernshire Police", Kind.INSPECTION_REPORT),
            ("Thematic review of custody", Kind.INSPECTION_REPORT),
            ("Minutes of a meeting", Kind.OTHER),
        ],
    )
    def test_sees_the_kind_in_the_title(self, title: str, kind: Kind) -> None:
        assert proposed(f"# {title}\nSome words that follow it.").entry.kind is kind

    @pytest.mark.parametrize(
        ("markup", "body", "place"),
        [
            ("# PEEL 2031: Fernshire Police", "Fernshire Police", "Fernshire"),
            ("# Inspection of Sallow and Marsh Constabulary", "Sallow and Marsh Constabulary",
             "Sallow and Marsh"),
            ("# Joint targeted area inspection of services in Oxmere", "", "Oxmere"),
            ("# Joint inspection of services in the London Borough of Oxmere", "", "Oxmere"),
            ("# Joint inspection of services in Stoke-on-Marsh", "", "Stoke-on-Marsh"),
            ("# Response of the Police and Crime Commissioner for Fernshire", "", "Fernshire"),
            ("# Joint inspection letter\nOxmere City Council leads. Oxmere City Council acts.\n"
             "Fernshire Police follows.", "", "Oxmere"),
            ("# A report on custody\nFernshire Police acts. Fernshire Police reports.\n"
             "Sallowshire Police helps.", "Fernshire Police", "Fernshire"),
            ("# A report on custody\nNobody is named.", "", ""),
        ],
    )  # fmt: skip
    def test_sees_whose_report_it_is(self, markup: str, body: str, place: str) -> None:
        found = proposed(markup).entry
        assert (found.body, found.place) == (body, place)

    @pytest.mark.parametrize("markup", ["", "= Page 1", "^ 5 A note."])
    def test_is_made_of_next_to_nothing_too(self, markup: str) -> None:
        assert proposed(markup, "annex.pdf").entry == CatalogueEntry(
            "annex.pdf", "annex", collection="office"
        )


def test_the_examples_in_the_module_hold() -> None:
    assert doctest.testmod(catalogue).failed == 0
