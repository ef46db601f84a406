from pathlib import Path

import pytest

from tests.bot.cli.conftest import Rejoinder


@pytest.mark.parametrize(
    "command", [("ask", "Who?"), ("index",), ("doctor",), ("items", "x.pdf"), ("catalogue", ".")]
)
def test_wrong_settings_end_with_3_and_name_each(
    rejoinder: Rejoinder, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_MAX_PAGES", "none")
    monkeypatch.setenv("REJOINDER_MODEL", "gpt")
    monkeypatch.setenv("REJOINDER_READERS", "everybody")
    ran = rejoinder(*command)
    assert (ran.code, ran.out) == (3, "")
    for name in ("REJOINDER_MAX_PAGES", "REJOINDER_MODEL", "REJOINDER_READERS"):
        assert f"{name}: " in ran.err
    assert "Traceback" not in ran.err


def test_a_database_that_cannot_be_used_ends_with_3(
    rejoinder: Rejoinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_DATABASE_URL", "nonsense+driver://x/y")
    ran = rejoinder("ask", "Who?")
    assert (ran.code, ran.out) == (3, "")
    assert "REJOINDER_DATABASE_URL" in ran.err
    assert ran.err.count("\n") == 1


def test_a_model_that_cannot_be_reached_ends_with_3(
    rejoinder: Rejoinder, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_MODEL", "openai:one")
    monkeypatch.setenv("REJOINDER_MODEL_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("REJOINDER_MODEL_API_KEY", "sk-very-secret")
    monkeypatch.setenv("REJOINDER_MODEL_SECONDS", "5")
    ran = rejoinder("ask", "How many people were without up-to-date vetting in Fernshire?")
    assert (ran.code, ran.out) == (3, "")
    assert "very-secret" not in ran.err
    assert "Traceback" not in ran.err
