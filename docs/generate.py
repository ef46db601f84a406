"""Write what is generated: ``.env.example``, the README's settings and diagram (``make docs``)."""

import re
from pathlib import Path

from bot import settings
from bot.responding import diagram
from bot.settings import PREFIX, Settings

REPOSITORY = Path(__file__).parents[1]
_TABLE = re.compile(r"(<!-- settings -->\n).*?(<!-- end of settings -->)", re.DOTALL)
_REVIEW = re.compile(r"(<!-- review -->\n).*?(<!-- end of review -->)", re.DOTALL)


def env_example() -> str:
    """The text of ``.env.example``."""
    return settings.example()


def readme(before: str) -> str:
    """The README with its settings table and its diagram of the review as the code is now."""
    settled = _TABLE.sub(lambda match: match[1] + settings_table() + match[2], before)
    drawn = f"```mermaid\n{diagram.mermaid()}```\n"
    return _REVIEW.sub(lambda match: match[1] + drawn + match[2], settled)


def settings_table() -> str:
    """Every setting with its default and what it is for, as a Markdown table."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_cell(settings.default(name))} | {field.description} |\n"
        for name, field in Settings.model_fields.items()
    ]
    return "| Setting | Default | For |\n| --- | --- | --- |\n" + "".join(rows)


def _cell(value: str) -> str:
    return f"`{value}`" if value else ""


def main() -> None:
    """Write both files."""
    (REPOSITORY / ".env.example").write_text(env_example(), encoding="utf-8")
    page = REPOSITORY / "README.md"
    page.write_text(readme(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
