"""What `rejoinder doctor` says of Slack: everything wrong is named, with what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.operating.checking import Check
from bot.settings import ROLES
from bot.slack import checking
from bot.slack.manifest import needed
from tests.bot.slack import desks
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_faults import Dropped, Fault, Garbage, RateLimited, Says, Status
from tests.fakes.slack_workspace import (
    APP_TOKEN,
    CLOSED,
    DANIEL,
    GUEST,
    LEAVER,
    NEWS,
    OFFICE,
    OTHER_BOT,
    PRIYA,
    RETIRED,
    REVIEWERS,
    SECRET,
    SHARED,
    STRANGER,
    TOKEN,
    TOM,
    UNJOINED,
    office,
)

CONNECTED = Garbage(b'{"ok": true, "url": "wss://127.0.0.1/none"}')
PUBLIC = ("public",)


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack(office(scopes=needed())) as made:
        made.fail("apps.connections.open", CONNECTED)
        yield made


def looked(slack: Slack, **changes: Any) -> list[Check]:
    """All that is said; the settings are an office's where everything is as it should be."""
    usual = {
        "slack_app_token": SecretStr(APP_TOKEN),
        "roles": {"officer": (TOM.id,), "reviewer": (REVIEWERS.id,), "publisher": (PRIYA.id,)},
    }
    return list(checking.checks(desks.settings(Path("unused"), slack, **(usual | changes))))


def lines(found: list[Check], name: str) -> list[tuple[bool | None, str]]:
    return [(one.ok, one.words) for one in found if one.name == name]


def line(found: list[Check], name: str) -> tuple[bool | None, str]:
    (one,) = lines(found, name)
    return one


def test_where_all_is_well_each_thing_has_one_good_line(slack: Slack) -> None:
    found = looked(slack)
    assert [one for one in found if not one.ok] == []
    said = {one.name: one.words for one in found}
    assert len(said) == len(found)
    assert said["slack"] == "Fernshire OPCC, as @rejoinder"
    assert said["slack scopes"] == f"all {len(needed())} that are needed"
    assert said["slack channels"] == "#policing-news, #office-policy, #custody-embargo"
    assert said["slack people"] == "@tom.garbutt, @priya.nandakumar, user group S0REVIEWERS"
    assert said["slack officers"] == "@tom.garbutt"
    assert said["slack reviewers"] == "@daniel.okafor-reid, @priya.nandakumar"
    assert said["slack colleagues"] == "@priya.nandakumar"


def test_nothing_is_changed_in_slack(slack: Slack) -> None:
    looked(slack)
    reading = {"apps.connections.open", "auth.test", "conversations.info", "users.info",
               "usergroups.users.list"}  # fmt: skip
    assert {call.method for call in slack.journal} == reading


def test_without_anything_of_slack_there_is_one_line_and_no_call(slack: Slack) -> None:
    none = {f"slack_{name}": SecretStr(" ") for name in ("bot_token", "app_token")}
    found = looked(slack, **none, slack_signing_secret=SecretStr(""))
    assert [(one.name, one.ok) for one in found] == [("slack", None)]
    assert "`rejoinder manifest`" in found[0].words
    assert slack.journal == []


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "REJOINDER_SLACK_BOT_TOKEN is not set"),
        (APP_TOKEN, "REJOINDER_SLACK_BOT_TOKEN is not a bot token"),
        ("xoxb-another", "does not take the bot token (invalid_auth)"),
    ],
)
def test_a_wrong_bot_token_is_said(slack: Slack, token: str, words: str) -> None:
    found = looked(slack, slack_bot_token=SecretStr(token))
    ok, said = line(found, "slack")
    assert ok is False
    assert words in said
    assert lines(found, "slack app token"), "the rest is looked at"


@pytest.mark.parametrize(
    "fault",
    [Status(503), Dropped(), Garbage(), Garbage(b"{"), RateLimited(30), Says("fatal_error")],
)
def test_a_slack_that_is_down_is_said(slack: Slack, fault: Fault) -> None:
    slack.fail("auth.test", fault)
    found = looked(slack)
    assert line(found, "slack")[0] is False
    assert lines(found, "slack channels") == []


def test_a_slack_that_is_not_there_is_said(slack: Slack) -> None:
    found = looked(slack, slack_api_url="http://127.0.0.1:9/api/")
    assert "cannot be reached" in line(found, "slack")[1]
    assert line(found, "slack app token")[0] is False


@pytest.mark.parametrize(
    ("token", "fault", "words"),
    [
        ("", CONNECTED, "REJOINDER_SLACK_APP_TOKEN is not set"),
        (TOKEN, CONNECTED, "REJOINDER_SLACK_APP_TOKEN is not an app-level token"),
        (APP_TOKEN, Says("missing_scope"), "it lacks connections:write"),
        (APP_TOKEN, Says("invalid_auth"), "Slack does not take it (invalid_auth)"),
        (APP_TOKEN, Says("socket_mode_off"), "see that Socket Mode is switched on"),
        (APP_TOKEN, Status(503), "Slack refused it (apps.connections.open: 503)"),
    ],
)
def test_a_wrong_app_token_is_said(slack: Slack, token: str, fault: Fault, words: str) -> None:
    slack.faults.queues.clear()
    slack.fail("apps.connections.open", fault)
    secret = SecretStr("")
    found = looked(slack, slack_app_token=SecretStr(token), slack_signing_secret=secret)
    ok, said = line(found, "slack app token")
    assert ok is False
    assert words in said
    assert line(found, "slack signing secret")[0] is None


def test_with_a_signing_secret_no_app_token_is_needed(slack: Slack) -> None:
    found = looked(slack, slack_app_token=SecretStr(""))
    assert line(found, "slack app token")[0] is None
    assert line(found, "slack signing secret")[0] is True


def test_missing_scopes_are_named_and_what_to_do() -> None:
    lacking = needed() - {"im:write", "usergroups:read"}
    with serving_slack(office(scopes=lacking)) as slack:
        found = looked(slack)
    ok, words = line(found, "slack scopes")
    assert ok is False
    assert words.startswith("im:write, usergroups:read missing: add to the app and reinstall it")
    assert "could not be looked up (usergroups.users.list" in line(found, "slack reviewers")[1]
    assert line(found, "slack officers")[0] is True


def test_scopes_that_are_not_needed_are_named() -> None:
    with serving_slack(office(scopes=needed() | {"team:read", "files:write"})) as slack:
        ok, words = line(looked(slack), "slack scopes")
    assert ok is True
    assert words.endswith("; not needed: files:write, team:read")


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (UNJOINED.id, "#not-joined does not have the app in it: invite it"),
        (SECRET.id, "C0SECRET is not there, or the app cannot see it (channel_not_found)"),
        ("C0NOWHERE", "C0NOWHERE is not there"),
        (CLOSED.id, "#last-year is archived"),
        (SHARED.id, "#with-the-force is shared with people outside"),
    ],
)
def test_a_channel_that_cannot_be_answered_in_is_named(
    slack: Slack, channel: str, words: str
) -> None:
    found = lines(looked(slack, channels={OFFICE.id: PUBLIC, channel: PUBLIC}), "slack channels")
    (wrong, said), right = found
    assert wrong is False
    assert said.startswith(words)
    assert said.endswith("(REJOINDER_CHANNELS)")
    assert right == (True, "#office-policy")


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("U0NOBODY", "U0NOBODY is not there"),
        (LEAVER.id, "@pat.leaver has left"),
        (GUEST.id, "@jo.guest is a guest"),
        (STRANGER.id, "@sam.elsewhere is of another workspace"),
        (OTHER_BOT.id, "@reminders is an app"),
        ("tom", "tom is no id of a person (U…) or a user group (S…)"),
        ("S0NOWHERE", "user group S0NOWHERE is not there"),
        (RETIRED.id, "user group S0RETIRED is not there, or the app cannot see it (subteam_dis"),
    ],
)
def test_whoever_cannot_use_the_bot_is_named_with_the_settings_that_name_them(
    slack: Slack, id: str, words: str
) -> None:
    found = looked(slack, readers={id: PUBLIC}, roles={"officer": (id, TOM.id)}, colleagues=())
    wrong, right = lines(found, "slack people")
    assert wrong[0] is False
    assert wrong[1].startswith(words)
    assert wrong[1].endswith("(REJOINDER_READERS, REJOINDER_ROLES)")
    assert right == (True, "@tom.garbutt")


def test_an_empty_user_group_is_named(slack: Slack) -> None:
    slack.regroup(REVIEWERS.id)
    found = looked(slack)
    assert (False, "user group S0REVIEWERS is empty (REJOINDER_ROLES)") in lines(
        found, "slack people"
    )
    assert line(found, "slack reviewers")[0] is False


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_nobody_holds_is_said(slack: Slack, role: str) -> None:
    unset = line(looked(slack, roles={}), f"slack {role}s")
    empty = line(looked(slack, roles={role: (LEAVER.id, RETIRED.id)}), f"slack {role}s")
    assert unset[0] is None
    assert unset[1].startswith("nobody is named, so nobody can")
    assert empty[0] is False
    assert empty[1].startswith("nobody is left, so nobody can")


def test_colleagues_are_looked_at_too(slack: Slack) -> None:
    assert line(looked(slack, colleagues=()), "slack colleagues")[0] is None
    assert line(looked(slack, colleagues=(LEAVER.id,)), "slack colleagues")[0] is False
    found = looked(slack, colleagues=(LEAVER.id, DANIEL.id))
    assert line(found, "slack colleagues") == (True, "@daniel.okafor-reid")


def test_what_slack_does_not_say_now_is_told_and_the_rest_is_looked_at(slack: Slack) -> None:
    slack.fail("conversations.info", Status(503))
    found = looked(slack, channels={NEWS.id: PUBLIC})
    ok, words = line(found, "slack channels")
    assert ok is False
    assert "run `rejoinder doctor` again" in words
    assert line(found, "slack officers")[0] is True


def test_agent_features_are_said(slack: Slack) -> None:
    assert line(looked(slack), "slack agent features")[0] is True
    assert line(looked(slack, slack_agent=False), "slack agent features")[0] is None


def test_no_token_is_printed(slack: Slack) -> None:
    secrets = {"slack_bot_token": "xoxb-marigold", "slack_app_token": "xapp-marigold",
               "slack_signing_secret": "marigold"}  # fmt: skip
    given = {name: SecretStr(value) for name, value in secrets.items()}
    swapped = {**given, "slack_bot_token": SecretStr("xapp-marigold"),
               "slack_app_token": SecretStr("xoxb-marigold")}  # fmt: skip
    for settings in (given, swapped):
        assert "marigold" not in str(looked(slack, **settings))
