"""What `rejoinder doctor` says of a Slack that others wrote; it lets any app connect."""

from pathlib import Path

from pydantic import SecretStr

from bot.playground.local_slack import LocalSlack
from bot.playground.workspace import CUSTODY, MEGAN, OFFICE, PRIYA, REJOINDER, TOM
from bot.settings import Settings
from bot.slack import checking


def test_the_app_of_the_playground_is_well(local_slack: LocalSlack) -> None:
    settings = Settings(
        home=Path("unused"),
        slack_api_url=f"{local_slack.address}/api/",
        slack_bot_token=SecretStr(REJOINDER.token),
        slack_app_token=SecretStr(REJOINDER.app_token),
        slack_signing_secret=SecretStr(REJOINDER.signing_secret),
        channels={OFFICE.id: ("public", "office"), CUSTODY.id: ("public",)},
        roles={"officer": (TOM.id,), "reviewer": (PRIYA.id, MEGAN.id), "publisher": (TOM.id,)},
        colleagues=(PRIYA.id,),
    )
    found = {one.name: (one.ok, one.words) for one in checking.checks(settings)}
    assert found.pop("slack scopes")[0] is None, "it does not say which scopes a token has"
    assert [one for one in found.items() if one[1][0] is not True] == []
    assert found["slack app token"][1] == "Slack takes it for Socket Mode"
    assert found["slack channels"][1] == "#office-policy, #custody-embargo"
    assert found["slack reviewers"][1] == "@megan.sorrell, @priya.nandakumar"
