from collections.abc import Iterator

import numpy as np
import pytest

from retrieval.exact import Aside, ExactVectors
from retrieval.library import Scope
from retrieval.search import Search
from tests.builders import Office, new_office, scope
from tests.fakes.embedder import hashed


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("office"))
    made.write("a.md", "# Custody\nChildren wait in cells overnight.", place="Fernshire")
    made.write("b.md", "# Stalking\nThe clinic for victims opened.", place="Oxmere")
    made.write("c.md", "# Custody\nChildren wait in secret.", collection="restricted:custody")
    made.index()
    yield made
    made.engine.dispose()


def nearest(office: Office, words: str, bounds: Scope, limit: int = 9) -> list[tuple[str, float]]:
    return ExactVectors(office.library).nearest(office.live(), hashed(words), bounds, limit)


@pytest.mark.parametrize("bounds", [scope(), scope("public", "restricted:custody")])
def test_it_finds_what_the_index_finds_in_the_same_order(office: Office, bounds: Scope) -> None:
    ours = nearest(office, "Children wait in cells.", bounds)
    theirs = office.shelves.vectors.nearest(
        office.live(), hashed("Children wait in cells."), bounds, 9
    )
    assert [key for key, _ in ours] == [key for key, _ in theirs]
    assert [cosine for _, cosine in ours] == pytest.approx([near for _, near in theirs], abs=1e-4)


def test_the_nearest_comes_first_and_no_more_than_asked_for(office: Office) -> None:
    ((key, cosine),) = nearest(office, "The clinic for victims of stalking", scope(), limit=1)
    (held,) = office.library.held(office.live(), [key])
    assert held.filed.name == "b.md"
    assert cosine > 0.5
    assert cosine == pytest.approx(
        float(np.dot(held.vectors.passage, hashed("The clinic for victims of stalking"))), abs=1e-5
    )


def test_what_may_not_be_read_is_not_found(office: Office) -> None:
    assert nearest(office, "Children wait in secret.", scope("office")) == []
    found = {key for key, _ in nearest(office, "Children wait in secret.", scope())}
    names = {held.filed.name for held in office.library.held(office.live(), found)}
    assert names == {"a.md", "b.md"}


def test_a_search_beside_the_owner_finds_the_same(office: Office) -> None:
    aside = Aside(office.library, ExactVectors(office.library), office.shelves.words)
    beside = Search(aside, lambda _: office.embedder)
    question = "Where do children wait?"
    (found,) = beside.find(question, scope())
    assert [one.held.passage.key for one in found.found] == [
        one.passage.key for one in office.found(question)
    ]
