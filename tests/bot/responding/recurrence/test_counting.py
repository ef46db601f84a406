"""The sentence on how many reports raised something rests on confirmed links and nothing else."""

from datetime import date

import pytest

from bot.responding.recurrence import counting
from bot.store.cases import Case
from bot.store.recurrences import Recurrence
from tests.bot.responding.cases import case, content, document, item
from tests.bot.responding.links import earlier, said

CASE = "peel-2031-fernshire"


def told(*links: Recurrence, one: Case | None = None, others: tuple[Case, ...] = ()) -> str:
    mine = one or case()
    return counting.sentence(mine, mine.content.items[0], {mine.id: links}, [mine, *others])


def old(name: str, year: int, repeats: str = "", *, confirmed: bool = True) -> Case:
    """A case of that year with one item."""
    said = content(item(1, repeats=repeats), title=f"PEEL {year}", published=date(year, 5, 6))
    return case(said, confirmed=confirmed, id=name, documents=(document(digest=name * 8),))


TITLED = earlier(2015, document="f" * 64, title="Crime recording")


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ((), ""),
        ((said(same=False),), ""),
        ((said(item=2),), ""),
        ((said(), said(same=False)), ""),
        ((said(earlier(2016)),), "Second report to raise this: 2016, 2031."),
        ((said(earlier(2016)), said(earlier(2014))), "Third report to raise this: 2014, 2016, 2031."),  # noqa: E501
        ((said(earlier(2016)), said(earlier(2016, "Another line."))), "Second report to raise this: 2016, 2031."),  # noqa: E501
        ((said(earlier(2015)), said(TITLED)), "Third report to raise this: 2015 (two reports), 2031."),  # noqa: E501
        ((said(earlier(2015)), said(earlier(2015, document="c" * 64))), "Second report to raise this: 2015, 2031."),  # noqa: E501
        ((said(earlier(2031, title="A letter")),), "Second report to raise this: 2031 (two reports)."),  # noqa: E501
    ],
    ids=["none", "denied", "other-item", "taken-back", "one", "two", "same-report-twice",
         "two-of-a-year", "filed-twice", "of-this-year"],
)  # fmt: skip
def test_reports_are_counted_once_each_by_what_is_confirmed(
    links: tuple[Recurrence, ...], sentence: str
) -> None:
    assert told(*links) == sentence


def test_this_report_itself_is_not_counted_twice() -> None:
    assert told(said(earlier(2031, document="1" * 64))) == ""


def test_many_reports_are_counted_in_figures() -> None:
    links = [said(earlier(year)) for year in range(2010, 2021)]
    assert told(*links).startswith("12th report to raise this: 2010, 2011")


def test_a_day_that_nobody_confirmed_gives_no_year() -> None:
    mine = case(content(published_confirmed=False))
    assert told(said(), one=mine) == (
        "Second report to raise this: 2016, “PEEL 2031: Fernshire Police” (day not confirmed)."
    )


def test_an_item_that_repeats_an_older_one_has_its_report_and_its_links() -> None:
    mine = case(content(item(1, repeats="peel-2019/1")))
    older = old("peel-2019", 2019, "peel-2017/1")
    oldest = old("peel-2017", 2017)
    links = {"peel-2017": (said(earlier(2014)),)}
    sentence = counting.sentence(mine, mine.content.items[0], links, [mine, older, oldest])
    assert sentence == "Fourth report to raise this: 2014, 2017, 2019, 2031."


def test_what_is_only_proposed_to_repeat_is_not_followed() -> None:
    mine = case(content(item(1, repeats="peel-2019/1")), confirmed=False)
    assert told(one=mine, others=(old("peel-2019", 2019),)) == ""
    mine = case(content(item(1, repeats="peel-2019/1")))
    older = old("peel-2019", 2019, "peel-2017/1", confirmed=False)
    sentence = told(one=mine, others=(older, old("peel-2017", 2017)))
    assert "2017" not in sentence
    assert "Second" in sentence


def test_a_denied_link_is_denied_however_it_is_reached() -> None:
    mine = case(content(item(1, repeats="peel-2019/1")))
    older = old("peel-2019", 2019)
    denied = said(earlier(2019, older="peel-2019/1"), same=False)
    assert told(denied, one=mine, others=(older,)) == ""
    links = {mine.id: (said(earlier(2014), same=False),), "peel-2019": (said(earlier(2014)),)}
    sentence = counting.sentence(mine, mine.content.items[0], links, [mine, older])
    assert sentence == "Second report to raise this: 2019, 2031."


def test_links_of_theme_are_not_followed_further() -> None:
    """That 2019 was like 2014, and 2031 like 2019, does not say that 2031 is like 2014."""
    mine, older = case(), old("peel-2019", 2019)
    links = {
        mine.id: (said(earlier(2019, older="peel-2019/1")),),
        "peel-2019": (said(earlier(2014)),),
    }
    sentence = counting.sentence(mine, mine.content.items[0], links, [mine, older])
    assert sentence == "Second report to raise this: 2019, 2031."


def test_items_that_repeat_each_other_end() -> None:
    mine = case(content(item(1, repeats="peel-2019/1")))
    older = old("peel-2019", 2019, f"{CASE}/1")
    assert told(one=mine, others=(older,)) == "Second report to raise this: 2019, 2031."


def test_who_may_not_read_a_report_is_not_told_of_it() -> None:
    mine = case()
    open_one, closed = earlier(2016), earlier(2014)
    links = {mine.id: (said(open_one), said(closed))}
    first = mine.content.items[0]
    for readable, sentence in (
        ({open_one.document}, "Second report to raise this that may be shown here: 2016, 2031."),
        (set(), ""),
        ({open_one.document, closed.document}, "Third report to raise this: 2014, 2016, 2031."),
    ):
        assert counting.sentence(mine, first, links, [mine], readable=readable) == sentence
