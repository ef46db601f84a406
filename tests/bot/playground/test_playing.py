import shutil
from pathlib import Path

import pytest

from bot.playground import playing
from bot.playground.workspace import CHANNELS, PEOPLE, REJOINDER
from bot.settings import Settings
from tests.corpus.samples import DOCUMENTS


def test_the_office_has_a_home_and_ports_of_its_own(tmp_path: Path) -> None:
    given = Settings(
        home=tmp_path, database_url="postgresql+psycopg://x", model="openai:gpt-5-mini"
    )
    office = playing.settings(given, "http://127.0.0.1:1/api/")
    assert (office.home, office.database_url) == (tmp_path / "playground", "")
    assert (office.operating_port, office.slack_api_url) == (0, "http://127.0.0.1:1/api/")
    assert office.slack_bot_token.get_secret_value() == REJOINDER.token
    assert office.model == given.model


def test_everybody_and_every_channel_has_collections() -> None:
    assert set(playing.READERS) == {person.id for person in PEOPLE}
    assert set(playing.CHANNELS) == {channel.id for channel in CHANNELS}


def test_no_channel_may_see_what_one_of_its_members_may_not_read() -> None:
    for channel in CHANNELS:
        readable = [set(playing.READERS[person.id]) for person in channel.members]
        assert set(playing.CHANNELS[channel.id]) <= set.intersection(*readable)


def test_without_npm_it_says_so_and_is_played_in_the_terminal(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(indexed, tmp_path / "playground")
    monkeypatch.setenv("PATH", str(tmp_path))
    said: list[str] = []
    given = Settings(home=tmp_path, corpus=DOCUMENTS, ocr=False)
    playing.play(given, port=0, demo=True, stay=False, say=said.append)
    played = " ".join(" ".join(said).split())
    assert "The same conversation is played here, without Slack." in played
    assert "npm" in played or "runs on Linux" in played
    assert "applied for 31 stalking protection orders" in played
