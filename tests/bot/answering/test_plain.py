import pytest

from bot.answering.plain import plain


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- **Two** of [ten](https://example.org) cases.", "Two of ten cases."),
        ("1. 12 children waited [kx7f]", "12 children waited [kx7f]"),
        ("2019. That was the year.", "2019. That was the year."),
        ("## What they said", "What they said"),
        ("```json", ""),
        ("> quoted *it*, snake_case, __bold__", "quoted it, snake_case, bold"),
        ("<https://evil.example|click here> now", "click here now"),
        ("<@U123> and <!channel> and <#C1|general> met.", "and and general met."),
        ("&lt;!channel&gt; and &amp;lt;!here&amp;gt; met", "and met"),
        ("See https://x.example/y. Then.", "See. Then."),
        ("Write to a.b@c.example now", "Write to now"),
        ("Tell @here and @everyone.", "Tell and."),
        ("He said so.[1] She did.[^2]", "He said so. She did."),
        ("They wait. [kx7f](javascript:alert)", "They wait. [kx7f]"),
        ("<img src=x onerror=y>They wait.<!-- hidden -->", "They wait."),
        ("wai\u200bt\u202e now\x07", "wait now"),
        ("Fewer than 2 < 3 and 5 > 4", "Fewer than 2 < 3 and 5 > 4"),
        ("“It’s 5%” (a) of £5m – or so", "“It’s 5%” (a) of £5m – or so"),
        ("They [the force] wait.", "They [the force] wait."),
    ],
)
def test_a_line_comes_out_as_plain_text(line: str, text: str) -> None:
    assert plain(line) == text
