"""The record and the two indexes made from it, and how they are kept equal."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.index import VectorIndex
from retrieval.keywords import WordIndex
from retrieval.library import Generation, Library


@dataclass(frozen=True)
class Shelves:
    """Where an indexed document goes: the record, and the two indexes made from it."""

    library: Library
    vectors: VectorIndex
    words: WordIndex


def agree(shelves: Shelves, generation: Generation) -> bool:
    """Whether both indexes hold what the library holds, by their counts and the record."""
    wanted = len(shelves.library.keys(generation))
    counts = (shelves.vectors.count(generation), shelves.words.count(generation))
    return generation.clean and counts == (wanted, wanted)


def mend(shelves: Shelves, generation: Generation) -> None:
    """Make both indexes equal to the library again, from its stored vectors."""
    wanted, there = shelves.library.keys(generation), shelves.vectors.keys(generation)
    shelves.vectors.remove(generation, sorted(there - wanted))
    shelves.vectors.put(generation, shelves.library.held(generation, sorted(wanted)))
    shelves.words.rebuild(generation, shelves.library.walk(generation))
    shelves.library.mark(generation, clean=True)


def derive(
    shelves: Shelves, generation: Generation, gone: Sequence[str], come: Sequence[str]
) -> None:
    """Bring both indexes after a change in the library: these keys have gone, these have come."""
    held = shelves.library.held(generation, come)
    if gone:
        shelves.vectors.remove(generation, gone)
        shelves.words.remove(generation, gone)
    shelves.vectors.put(generation, held)
    shelves.words.put(generation, held)
