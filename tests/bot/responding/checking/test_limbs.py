"""A limb is answered by a sentence that names it and says what is done about it."""

import pytest

from bot.responding.checking.limbs import acts, coverage, marked, nearest
from bot.responding.drafting.rebinding import rebind
from bot.responding.evidence import Sort
from bot.store.cases import Item, Limb
from tests.bot.responding.packs import LIMBS, item, pack, piece


def answered(text: str, one: Item | None = None) -> list[int]:
    said = rebind(text, pack())
    return [row.limb for row in coverage(said, one or item()).rows if row.answered]


@pytest.mark.parametrize(
    ("text", "limbs"),
    [
        ("I will see that every child who goes missing is offered an interview.", [1]),
        ("Sergeants will check each assessment before the end of the shift.", [2]),
        ("On (b): I have asked for a weekly count.", [2]),
        ("The second point: I will ask for a weekly count.", [2]),
        ("I will act on the second point by May.", [2]),
        ("I am concerned that supervisors do not review each assessment.", []),
        ("The report asks that supervisors review each assessment before the end of a shift.", []),
        ("I will monitor the position.", []),
        ("No action is proposed on the interviews of children, because they are offered.", [1]),
        ("On (a): [say what will be done, by whom, by when]", []),
        ("In 2029 I said: “I will see that supervisors review each assessment in a shift.”", []),
    ],
)
def test_a_limb_is_answered_by_name(text: str, limbs: list[int]) -> None:
    assert answered(text) == limbs


def test_a_sentence_that_points_back_answers_with_the_one_before() -> None:
    text = "Supervisors review few assessments in a shift. This will be put right by May."
    assert answered(text) == [2]


def test_the_forces_words_are_told_apart_from_the_commissioners() -> None:
    comment = "Supervisors will review each assessment before the end of a shift."
    given = pack(piece(Sort.COMMENT, comment))
    said = rebind(f"Chief Constable’s comments\n“{comment}”", given)
    row = coverage(said, item()).rows[1]
    assert (row.answered, row.chief) == (False, (1,))


def test_a_gap_is_where_a_limb_still_waits() -> None:
    one = marked(rebind("I will offer each missing child an interview.", pack()), item())
    assert one.sentences[0].limbs == (1,)
    matrix = coverage(one, item())
    assert [row.limb for row in matrix.open] == [2]
    assert matrix.of(1) == (1,)


def test_an_item_without_limbs_is_its_own_limb() -> None:
    alone = item(limbs=(), text="The force should answer 101 calls.")
    assert answered("I will publish how many 101 calls are answered.", alone) == [1]
    assert answered("I welcome the report.", alone) == []


def test_words_that_all_limbs_share_answer_none() -> None:
    both = item(limbs=(Limb("assess the risk to children"), Limb("assess the risk to adults")))
    assert answered("I will have the risk assessed.", both) == []
    assert answered("I will have the risk to adults assessed.", both) == [2]


def test_a_text_is_about_the_limb_whose_words_it_has() -> None:
    assert nearest("Supervisors have reviewed 52 assessments.", item()) == 2
    assert nearest("Nothing of this.", item()) == 0
    assert len(LIMBS) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I have asked for it.", True),
        ("It has been done.", True),
        ("The Chief Constable says that it has stopped.", True),
        ("I share the concern.", False),
        ("Inspectors found that it will fail.", False),
        ("I do not accept this.", True),
    ],
)
def test_what_acts_and_what_only_speaks(text: str, said: bool) -> None:
    assert acts(text) is said
