import re
from pathlib import Path

import pytest

from bot import settings
from bot.settings import PREFIX, Settings, SettingsWrong

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting but those of the test, and no ``.env``."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_defaults_hold() -> None:
    found = settings.load()
    assert found.home == Path("var")
    assert found.model == ""
    assert found.operator_collections == ("public", "office")


def test_the_environment_sets_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_HOME", "/srv/rejoinder")
    monkeypatch.setenv("REJOINDER_OPERATOR_COLLECTIONS", "public, restricted:custody,")
    monkeypatch.setenv("REJOINDER_READERS", '{"U1": ["public", "office"], "U2": []}')
    found = settings.load()
    assert found.home == Path("/srv/rejoinder")
    assert found.operator_collections == ("public", "restricted:custody")
    assert found.readers == {"U1": ("public", "office"), "U2": ()}


def test_a_file_sets_what_the_environment_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("REJOINDER_MAX_PAGES=7\nREJOINDER_READ_SECONDS=8\nOTHER=x\n")
    monkeypatch.setenv("REJOINDER_READ_SECONDS", "9")
    found = settings.load()
    assert (found.max_pages, found.read_seconds) == (7, 9)


WRONG = {
    "REJOINDER_MODEL": "gpt",
    "REJOINDER_JUDGE_MODEL": "gpt",
    "REJOINDER_MODEL_SECONDS": "0",
    "REJOINDER_MODEL_TOKENS": "many",
    "REJOINDER_READERS": "everybody",
    "REJOINDER_MAX_MEGABYTES": "-1",
    "REJOINDER_MAX_PAGES": "0",
    "REJOINDER_READ_SECONDS": "x",
    "REJOINDER_OCR": "perhaps",
    "REJOINDER_LOG_LEVEL": "LOUD",
}


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WRONG.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsWrong) as raised:
        settings.load()
    assert {line.partition(":")[0] for line in str(raised.value).splitlines()} == set(WRONG)


@pytest.mark.parametrize("value", ['["U1"]', '{"U1": "public"}', '{"U1": [1]}', "{", "U1=public"])
def test_readers_in_another_form_name_their_variable(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_READERS", value)
    with pytest.raises(SettingsWrong, match=r"^REJOINDER_READERS: "):
        settings.load()


def test_a_secret_is_in_no_text_about_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_MODEL_API_KEY", "sk-very-secret")
    found = settings.load()
    assert "very-secret" not in f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"
    assert found.model_api_key.get_secret_value() == "sk-very-secret"
    monkeypatch.setenv("REJOINDER_MODEL", "sk-very-secret")
    with pytest.raises(SettingsWrong) as raised:
        settings.load()
    assert "very-secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("person", "collections"),
    [
        (None, {"public", "office"}),
        ("U1", {"public", "restricted:custody"}),
        ("U2", set()),
        ("stranger", {"public"}),
        ("", {"public"}),
    ],
)
def test_who_may_read_what(person: str | None, collections: set[str]) -> None:
    found = Settings(readers={"U1": ("public", "restricted:custody"), "U2": ()})
    assert found.collections_of(person) == collections


def test_the_example_file_names_every_setting_and_its_values_can_be_used(
    tmp_path: Path,
) -> None:
    lines = settings.example().replace("# REJOINDER", "REJOINDER").splitlines()
    (tmp_path / ".env").write_text("\n".join(lines))
    assert all(f"{PREFIX}{name.upper()}=" in settings.example() for name in Settings.model_fields)
    assert settings.load() == Settings(_env_file=None)


def test_the_example_file_of_the_repository_is_up_to_date() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8").strip() == settings.example().strip()


def test_a_slip_in_a_name_is_said_with_the_setting_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_MAX_PAGE", "5")
    with pytest.raises(SettingsWrong, match="did you mean REJOINDER_MAX_PAGES"):
        settings.load()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CHANNELS", '{"C1": ["pubic"]}', "there is no collection 'pubic'"),
        ("READERS", '{"U1": ["restricted:"]}', "there is no collection 'restricted:'"),
        ("OPERATOR_COLLECTIONS", "foo", "there is no collection 'foo'"),
        ("CHANNELS", '{"C1": "public"}', "an id with a list"),
        ("ROLES", '["x"]', "an id with a list"),
        ("ROLES", '{"boss": ["U1"]}', "there is no role 'boss'"),
        ("COLLEAGUES", "tom", "'tom' is no id of a person"),
        ("SLACK_API_URL", "foo", "write an address"),
        ("HOME", "", "name a folder"),
    ],
)
def test_a_slip_in_who_may_do_what_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"REJOINDER_{name}", value)
    with pytest.raises(SettingsWrong, match=f"^REJOINDER_{name}: .*{re.escape(words)}"):
        settings.load()


def test_no_corpus_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_CORPUS", "")
    assert settings.load().corpus is None
