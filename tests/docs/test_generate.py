from pathlib import Path

from docs import generate

REPOSITORY = Path(__file__).parents[2]


def test_the_example_environment_is_as_the_settings_are() -> None:
    written = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    assert written == generate.env_example(), "run `make docs`"


def test_the_settings_table_of_the_readme_is_as_the_settings_are() -> None:
    written = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert generate.settings_table() in written, "run `make docs`"
