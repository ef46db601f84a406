"""What is shown is looked at again each time: by whom, where, and by the clock."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.answering import keeping, telling
from bot.answering.answers import Answer
from bot.slack import parsing, revealing
from bot.store.asking import Question
from retrieval.library import Scope
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, Bot, Facts
from tests.bot.slack.rooms import room, somebody
from tests.corpus.samples import CORPUS, RESTRICTED
from tests.fakes.slack_workspace import CUSTODY, DANIEL, GUEST, OFFICE, PRIYA, STRANGER, TOM

RAO = "What did DCC Rao write to us on 12 October 2023?"
EMBARGO = "restricted:embargo"
ENDS: datetime = next(
    one["embargo_until"]
    for one in tomllib.loads((CORPUS / "catalogue.toml").read_text("utf-8"))["document"]
    if one["path"].endswith(RESTRICTED)
)
CELLS = "What did inspectors find in the custody suite?"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    own = ("public", "office", EMBARGO)
    readers = {TOM.id: own, PRIYA.id: own, DANIEL.id: ("public", "office")}
    with desks.working(indexed, tmp_path_factory.mktemp("revealing"), readers=readers) as working:
        yield working


@pytest.fixture(scope="module")
def told(bot: Bot) -> tuple[Question, Answer]:
    """A question about the office's own papers, and its answer."""
    return kept(bot, bot.mention(RAO, OFFICE.id), OFFICE.id)


def kept(bot: Bot, said: Facts, where: str) -> tuple[Question, Answer]:
    bot.quiet()
    key = parsing.message_key(where, said["ts"])
    question, found = bot.desk.asking.get(key), bot.desk.asking.kept(key)
    assert question is not None
    assert found is not None
    return question, keeping.answer(found.data["answer"])


def words(view: Facts) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def test_an_answer_shows_words_of_the_documents_it_cites(
    bot: Bot, told: tuple[Question, Answer]
) -> None:
    titles = {filed.digest: filed.entry.title for filed in bot.desk.library.documents()}
    assert "Briefing note" in " ".join(titles[one] for one in revealing.cited(told[1]))


@pytest.mark.parametrize(
    ("where", "shared"), [(OFFICE.id, True), (CUSTODY.id, True), ("C0NEWS", False)]
)
def test_an_answer_is_shared_only_where_all_may_read_it(
    bot: Bot, told: tuple[Question, Answer], where: str, shared: bool
) -> None:
    question = replace(told[0], channel=where)
    assert revealing.may_share(bot.desk, question, told[1]) is shared
    assert revealing.may_show(bot.desk, question, told[1]) is shared


@pytest.mark.parametrize("where", ["C0SHARED", "C0SECRET", "C0NONE"])
def test_nothing_is_shared_where_outsiders_are_or_nobody_knows_who_is(
    bot: Bot, told: tuple[Question, Answer], where: str
) -> None:
    assert not revealing.may_share(bot.desk, replace(told[0], channel=where), told[1])


def test_an_answer_without_a_source_can_be_shown_anywhere_we_answer(
    bot: Bot, told: tuple[Question, Answer]
) -> None:
    question, answer = told
    bare = replace(answer, sentences=(), nearest=())
    assert revealing.may_show(bot.desk, replace(question, channel="C0NEWS"), bare)
    assert not revealing.may_show(bot.desk, replace(question, channel="C0SHARED"), bare)
    assert not revealing.may_show(bot.desk, replace(question, person=GUEST.id), bare)


def test_the_passage_is_the_page_with_the_exact_words_between_rules(bot: Bot) -> None:
    question, answer = kept(bot, bot.mention(DASH, OFFICE.id), OFFICE.id)
    for number, source in enumerate(telling.numbered(answer), start=1):
        view = revealing.view(bot.desk, TOM.id, question.key, number)
        first, second = (n for n, one in enumerate(view["blocks"]) if one["type"] == "divider")
        quoted = view["blocks"][first + 1 : second]
        assert " ".join(words({"blocks": quoted}).replace("*", "").split()) == source.quote
        assert telling.source(source) in str(view["blocks"][0])
    assert BACKLOG in words(revealing.view(bot.desk, TOM.id, question.key, 1))


@pytest.mark.parametrize("number", [0, -1, 99])
def test_a_number_that_is_none_shows_nothing(
    bot: Bot, told: tuple[Question, Answer], number: int
) -> None:
    view = revealing.view(bot.desk, TOM.id, told[0].key, number)
    assert words(view) == revealing.NOT_HERE


def test_an_answer_that_is_not_kept_shows_nothing(bot: Bot) -> None:
    assert words(revealing.view(bot.desk, TOM.id, "q:C0NONE:1", 1)) == revealing.NOT_HERE


@pytest.mark.parametrize(
    ("person", "shown"),
    [(TOM.id, True), (DANIEL.id, True), (GUEST.id, False), (STRANGER.id, False),
     ("U0NOBODY", False)],
)  # fmt: skip
def test_whoever_presses_must_be_allowed_to_read_the_page(
    bot: Bot, told: tuple[Question, Answer], person: str, shown: bool
) -> None:
    view = revealing.view(bot.desk, person, told[0].key, 1)
    assert (words(view) != revealing.NOT_HERE) is shown


def test_a_colleague_who_reads_public_documents_only_does_not_see_the_offices(
    bot: Bot, told: tuple[Question, Answer]
) -> None:
    sources = enumerate(telling.numbered(told[1]), start=1)
    number = next(n for n, one in sources if one.title.startswith("Briefing note"))
    me = somebody(bot)
    assert words(revealing.view(bot.desk, me, told[0].key, number)) == revealing.NOT_HERE
    assert words(revealing.view(bot.desk, TOM.id, told[0].key, number)) != revealing.NOT_HERE


@pytest.mark.parametrize(("seconds", "admitted"), [(-1, False), (0, True), (1, True)])
def test_an_embargo_ends_by_the_clock_to_the_second(bot: Bot, seconds: int, admitted: bool) -> None:
    moment = ENDS + timedelta(seconds=seconds)
    desk = replace(bot.desk, now=lambda: moment)
    own = desk.members.collections(TOM.id)
    names = {Path(filed.file).name for filed in desk.library.admitted(Scope(own, desk.now()))}
    assert (RESTRICTED in names) is admitted


@pytest.mark.parametrize(("seconds", "shown"), [(-1, False), (1, True)])
def test_an_answer_from_a_document_is_shown_once_its_embargo_has_ended(
    bot: Bot, seconds: int, shown: bool
) -> None:
    after = ENDS + timedelta(days=1)
    scope = Scope(frozenset({EMBARGO}), after)
    answer = bot.desk.quoting.answer(CELLS, scope=scope)
    assert revealing.cited(answer)
    question, _ = kept(bot, bot.mention(CELLS, CUSTODY.id), CUSTODY.id)
    desk = replace(bot.desk, now=lambda: ENDS + timedelta(seconds=seconds))
    assert revealing.may_show(desk, question, answer) is shown
    assert revealing.may_share(desk, question, answer) is shown
    assert not revealing.may_show(desk, replace(question, channel=OFFICE.id), answer)


def test_the_words_of_a_page_that_was_indexed_anew_are_looked_at_again(bot: Bot) -> None:
    """An answer kept with other words than stand on the page now shows none of them."""
    me = somebody(bot)
    question, answer = kept(bot, bot.mention(DASH, where := room(bot, me), me), where)
    data = keeping.data(answer)
    for sentence in data["sentences"]:
        for cited in sentence["citations"]:
            cited["quote"] = "Other words than those."
    moved = replace(question, key=f"{question.key}.moved")
    stored = bot.desk.asking.kept(question.key)
    assert stored is not None
    bot.desk.asking.record(moved, now=bot.desk.now())
    altered = replace(stored, key=moved.key, data=stored.data | {"answer": data})
    assert bot.desk.asking.keep(altered, now=bot.desk.now())
    assert words(revealing.view(bot.desk, me, moved.key, 1)) == revealing.MOVED
