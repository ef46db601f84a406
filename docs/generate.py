"""Write what is generated: ``.env.example`` and the README's settings table (``make docs``)."""

import re
from pathlib import Path

from bot import settings
from bot.settings import PREFIX, Settings

REPOSITORY = Path(__file__).parents[1]
_TABLE = re.compile(r"(<!-- settings -->\n).*?(<!-- end of settings -->)", re.DOTALL)


def env_example() -> str:
    """The text of ``.env.example``."""
    return settings.example()


def readme(before: str) -> str:
    """The README with its settings table as the settings are now."""
    return _TABLE.sub(lambda match: match[1] + settings_table() + match[2], before)


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
