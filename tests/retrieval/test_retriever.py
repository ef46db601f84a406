from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from retrieval.documents import Span, quoted
from retrieval.library import Scope
from retrieval.retriever import PassageRetriever
from tests.builders import NOW, Office, new_office, scope

QUESTION = "Where do children wait?"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("office"))
    made.write("a.md", "# Custody\nChildren wait in cells overnight. Nobody asks why.",
               place="Fernshire", published=None)  # fmt: skip
    made.write("b.md", "# Custody\nChildren wait in vans.", place="Oxmere")
    made.write("c.md", "# Custody\nChildren wait in secret.", collection="restricted:custody",
               embargo_until=datetime(2032, 1, 1, tzinfo=UTC))  # fmt: skip
    made.index()
    yield made
    made.engine.dispose()


def retriever(office: Office, bounds: Scope | None = None, limit: int = 20) -> PassageRetriever:
    return PassageRetriever(search=office.search(), scope=lambda: bounds or scope(), limit=limit)


def files(found: list[Document]) -> set[str]:
    return {Path(one.metadata["file"]).name for one in found}


def test_it_is_a_retriever_like_any_other(office: Office) -> None:
    chain = retriever(office) | RunnableLambda(files)
    assert isinstance(retriever(office), BaseRetriever)
    assert chain.invoke(QUESTION) == {"a.md", "b.md"}


def test_a_document_carries_what_proves_it(office: Office) -> None:
    (found,) = [one for one in retriever(office).invoke(QUESTION) if "cells" in one.page_content]
    pages = office.library.pages(found.metadata["document"])
    words = [quoted(pages, Span(*span)) for span in found.metadata["spans"]]
    assert words[:2] == ["Custody", "Children wait in cells overnight."] or words[0].startswith(
        "Children wait"
    )
    assert found.id
    assert found.metadata["pages"] == [1]
    assert found.metadata["published"] is None
    assert found.metadata["title"] == "PEEL 2031: Fernshire Police"


def test_no_more_come_than_asked_for(office: Office) -> None:
    assert len(retriever(office, limit=1).invoke(QUESTION)) == 1


def test_a_comparison_gives_the_passages_of_both_places(office: Office) -> None:
    asked = "Compare where children wait in Fernshire and Oxmere."
    assert files(retriever(office, limit=1).invoke(asked)) == {"a.md", "b.md"}


def test_the_scope_is_asked_anew_each_time(office: Office) -> None:
    moments = iter([NOW, datetime(2032, 1, 2, tzinfo=UTC)])
    readers = frozenset({"restricted:custody"})
    found = PassageRetriever(search=office.search(), scope=lambda: Scope(readers, next(moments)))
    assert files(found.invoke(QUESTION)) == set()
    assert files(found.invoke(QUESTION)) == {"c.md"}
