import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.slack.blocks import limits, text
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import ATTACKS, hostile


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_does_anything_in_any_field_and_nothing_of_it_is_lost(attack: str) -> None:
    checking.check_mrkdwn(text.escaped(attack))
    checking.check_plain(text.plain(attack))
    shown = text.escaped(attack)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, sign)
    assert checking.bare(shown) == checking.bare(attack)
    assert checking.bare(text.plain(attack)) == checking.bare(attack)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("R&D costs < £5m", "R&amp;D costs &lt; £5m"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1> and <#C1|news>", "&lt;@U1&gt; and &lt;#C1|news&gt;"),
        ("Tell @channel, @here and @everyone", "Tell ＠channel, ＠here and ＠everyone"),
        ("a@b.example and @hereford", "a@b.example and @hereford"),
        ("*two* of ~ten~", "∗two∗ of ∼ten∼"),
        ("`x` snake_case _y_", "ˋxˋ snake_case ＿y＿"),
        ("> no quotation", "＞ no quotation"),
        ("5 > 4", "5 &gt; 4"),
        ("at 10:30, :warning:", "at 10:30, ∶warning:"),
        ("https://example.org", "https∶//example.org"),
        ("a\u200bb\u202ec\U000e0041d\x07e", "abcde"),
        ("one\u2028two\tthree\u00a0four", "one\ntwo three four"),
    ],
)
def test_words_for_mrkdwn(written: str, shown: str) -> None:
    assert text.escaped(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*as it is* & <5 `x`_y_ :warning:", "*as it is* & <5 `x`_y_ :warning:"),
        ("<!channel> <@U1> <#C1>", "＜!channel> ＜@U1> ＜#C1>"),
        ("<https://evil.example|here>", "＜https://evil.example|here>"),
        ("@everyone", "＠everyone"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_words_for_plain_text_are_as_they_were_written(written: str, shown: str) -> None:
    assert text.plain(written) == shown


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("<@U1> what waits?", "what waits?"),
        ("R&amp;D &lt;5 &amp;lt;", "R&D <5 &lt;"),
        ("see <https://example.org|this> and <https://example.org>", "see this and https://example.org"),
        ("in <#C1|news>, <#C2>, <!here>", "in #news, ,"),
    ],
)  # fmt: skip
def test_a_message_as_it_was_typed(raw: str, said: str) -> None:
    assert text.typed(raw) == said


@pytest.mark.parametrize(
    ("whole", "limit", "left"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("one two", 7, "one two"),
        ("a &amp; b &amp; c", 9, "a…"),
        ("as said [12] there", 12, "as said…"),
        ("go <https://example.org|to the page> now", 20, "go…"),
        ("unbreakable", 6, "unbre…"),
        ("🚔🚔🚔", 4, "🚔…"),
    ],
)
def test_cutting_ends_behind_a_word_and_spares_what_belongs_together(
    whole: str, limit: int, left: str
) -> None:
    assert text.cut(whole, limit) == left


@settings(max_examples=150, deadline=None)
@given(hostile(), st.integers(40, 4000))
def test_what_is_cut_is_within_the_limit_and_a_beginning(whole: str, limit: int) -> None:
    shown = text.cut(text.escaped(whole), limit)
    assert limits.size(shown) <= limit
    assert text.escaped(whole).startswith(shown.removesuffix("…"))
    assert not re.search("&(?!(?:amp|lt|gt);)", shown)


@settings(max_examples=150, deadline=None)
@given(hostile(), st.integers(40, 4000))
def test_parts_lose_nothing_and_split_no_entity_or_mark(whole: str, limit: int) -> None:
    escaped = text.escaped(whole)
    found = text.parts(escaped, limit)
    assert "".join(found) == escaped
    assert all(0 < limits.size(part) <= limit for part in found)
    assert not any(re.search("&(?!(?:amp|lt|gt);)", part) for part in found)
    assert sum(_marks(part) for part in found) == _marks(escaped)


def _marks(shown: str) -> int:
    return len(re.findall(r"\[\d{1,4}\]", shown))


@given(st.lists(st.sampled_from(["word", "[12]", "<https://example.org|a page>", "R&amp;D"])))
def test_parts_end_between_words(words: list[str]) -> None:
    for part in text.parts(" ".join(words), 40):
        assert set(re.findall(r"<[^>]*>|\S+", part)) <= set(words)


def test_a_long_text_is_parted_in_a_time_that_grows_with_its_length() -> None:
    # A page of these once took minutes with a pattern that looked ahead over all of them.
    for sign in ("\n", "<", "&", "[", " >", "_", ":a", "@", "<https:", "[1"):
        whole = sign * (50_000 // len(sign))
        assert "".join(text.parts(text.escaped(whole), 3000)) == text.escaped(whole)
        assert "\n" not in text.markdown(whole)


@settings(max_examples=150, deadline=None)
@given(hostile(3000))
def test_markdown_of_a_text_is_one_paragraph_of_nothing_but_words(whole: str) -> None:
    shown = text.markdown(whole)
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(f"{shown} [1]")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inline = tokens[1].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}
    said = "".join(token.content for token in inline)
    assert checking.bare(said) == checking.bare(f"{whole} [1]")
    assert not re.search(r"[@<>]|://|\bwww\.|[\w-]\.[^\W\d_]{2}", shown)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_does_anything_in_markdown(attack: str) -> None:
    tokens = MarkdownIt("commonmark").parse(text.markdown(attack))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in tokens[1].children or []} <= {"text"}
