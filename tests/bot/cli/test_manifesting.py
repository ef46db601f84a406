from typing import Any

import pytest

from bot.slack.manifest import manifest
from tests.bot.cli.conftest import Rejoinder

HOST = "https://rejoinder.example.org"


def test_the_manifest_is_printed_for_socket_mode(rejoinder: Rejoinder) -> None:
    ran = rejoinder("manifest")
    assert ran.code == 0
    assert ran.data == manifest()


@pytest.mark.parametrize(
    ("given", "posted"),
    [
        (HOST, f"{HOST}/slack/events"),
        (f"{HOST}/", f"{HOST}/slack/events"),
        (f"{HOST}:8443", f"{HOST}:8443/slack/events"),
        (f"{HOST}/behind/a/proxy/", f"{HOST}/behind/a/proxy"),
    ],
)
def test_over_http_slack_posts_to_the_address(
    rejoinder: Rejoinder, given: str, posted: str
) -> None:
    found: Any = rejoinder("manifest", "--http", given).data
    assert found == manifest(posted)


@pytest.mark.parametrize(
    "given", ["", "rejoinder.example.org", "http://rejoinder.example.org", "https://", f"{HOST}?a"]
)
def test_an_address_that_slack_cannot_post_to_is_refused(rejoinder: Rejoinder, given: str) -> None:
    ran = rejoinder("manifest", "--http", given)
    assert ran.code == 2
    assert ran.out == ""
    assert "such as https://rejoinder.example.org" in ran.err
