"""What becomes of a cited document in a real library is seen, whoever changed it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.responding.approving import Place, Source
from bot.responding.sourcing import Sourcing
from bot.store.wordings import Cited, Sentence, Voice, Wording
from retrieval.documents import Kind, Page, Span
from tests.bot.responding.reviews import wording
from tests.builders import NOW, Office

TEXT = "# Vetting\nFernshire Police has cleared its backlog."
TITLE = "PEEL 2031: Fernshire Police"


@pytest.fixture
def filed(office: Office) -> Office:
    """An office whose library holds the report."""
    office.write("report.md", TEXT, title=TITLE)
    office.index()
    return office


def digest(office: Office) -> str:
    return office.library.documents()[0].digest


def said(document: str, title: str = TITLE) -> Wording:
    one = Cited(document, title, Kind.INSPECTION_REPORT, None, 1, "Vetting", (Span(1, 0, 7),))
    return replace(wording(), sentences=(Sentence("S.", Voice.INSPECTORATE, (one,)),))


def found(office: Office, document: str, kept: tuple[Page, ...] = (), **how: str) -> Source:
    sourcing = Sourcing(office.library, lambda digest: kept if digest == document else ())
    return sourcing.of(said(document, **how), NOW)[document]


def test_a_document_in_the_library_is_there_with_its_pages(filed: Office) -> None:
    now = found(filed, digest(filed))
    assert (now.place, now.collection, now.embargoed) == (Place.LIBRARY, "public", False)
    assert now.pages == filed.library.pages(digest(filed))


def test_it_is_restricted_or_embargoed_as_the_catalogue_says_now(filed: Office) -> None:
    document = digest(filed)
    filed.write("report.md", TEXT, collection="restricted:gold")
    filed.index()
    assert found(filed, document).collection == "restricted:gold"
    filed.write("report.md", TEXT, embargo_until=NOW + timedelta(hours=1))
    filed.index()
    assert found(filed, document).embargoed
    filed.write("report.md", TEXT, embargo_until=NOW - timedelta(hours=1))
    filed.index()
    assert not found(filed, document).embargoed


def test_a_file_with_other_content_has_taken_its_place(filed: Office) -> None:
    document = digest(filed)
    filed.write("report.md", f"{TEXT} It grew again.")
    filed.index()
    assert found(filed, document) == Source(Place.GONE, successor=True)
    assert not found(filed, document, title="Another").successor


def test_a_document_taken_out_is_gone_unless_the_case_keeps_its_pages(filed: Office) -> None:
    document = digest(filed)
    pages = filed.library.pages(document)
    filed.library.withdraw(document)
    assert found(filed, document) == Source(Place.GONE)
    assert found(filed, document, pages) == Source(Place.KEPT, pages=pages)


def test_only_what_is_cited_is_looked_up(filed: Office) -> None:
    assert Sourcing(filed.library, lambda _: ()).of(Wording(()), NOW) == {}
