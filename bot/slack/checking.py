"""Whether Slack lets us in and lets us do what we do: tokens, scopes, the secret, features.

Slack is only asked, nothing is posted. No line holds a token.
"""

from collections.abc import Iterator

from slack_sdk import WebClient

from bot.jobs import Refused, TryAgain
from bot.operating.checking import Check
from bot.operating.metrics import Metrics
from bot.settings import Settings
from bot.slack import named, opening
from bot.slack.calling import Calls
from bot.slack.manifest import APP_SCOPE, needed

_CALL_SECONDS = 5
_WRONG_TOKEN = ("invalid_auth", "not_authed", "token_revoked", "not_allowed_token_type")
_APP_TOKEN, _SECRET = "slack app token", "slack signing secret"


def checks(settings: Settings) -> Iterator[Check]:
    """One line for each thing; one alone when nothing of Slack is set."""
    bot, app, secret = (
        one.get_secret_value().strip()
        for one in (
            settings.slack_bot_token,
            settings.slack_app_token,
            settings.slack_signing_secret,
        )
    )
    if not (bot or app or secret):
        words = (
            "make the app from what `rejoinder manifest` prints, then set "
            "REJOINDER_SLACK_BOT_TOKEN and REJOINDER_SLACK_APP_TOKEN"
        )
        yield Check("slack", None, words)
        return
    yield from _bot(settings, bot)
    yield _app(settings, app, over_http=bool(secret))
    yield _secret(secret)
    yield _agent(settings)


def _bot(settings: Settings, token: str) -> Iterator[Check]:
    """The bot's token, and all that can only be asked with it."""
    if "xoxb-" not in token:
        said = "is not a bot token" if token else "is not set"
        words = f"REJOINDER_SLACK_BOT_TOKEN {said}: {_copied('OAuth & Permissions', 'xoxb-…')}"
        yield Check("slack", False, words)
        return
    client = _client(settings, token)
    try:
        us = opening.ourselves(client)
        told = client.auth_test()
    except (opening.SlackUnusable, ValueError) as no:
        yield Check("slack", False, str(no))
        return
    yield Check("slack", True, f"{told.get('team')}, as @{told.get('user')}")
    yield _scopes(us.scopes)
    yield from named.checks(settings, Calls(client, Metrics()), us.team)


def _scopes(has: frozenset[str]) -> Check:
    name = "slack scopes"
    if not has:
        return Check(name, None, "Slack does not say which ones the bot token has")
    missing, more = sorted(needed() - has), sorted(has - needed())
    unneeded = f"; not needed: {', '.join(more)}" if more else ""
    if not missing:
        return Check(name, True, f"all {len(needed())} that are needed{unneeded}")
    words = f"{', '.join(missing)} missing: add to the app and reinstall it in the workspace"
    return Check(name, False, words + unneeded)


def _app(settings: Settings, token: str, *, over_http: bool) -> Check:
    """The app-level token; over HTTP none is needed."""
    if not token and over_http:
        return Check(_APP_TOKEN, None, "set REJOINDER_SLACK_APP_TOKEN to connect by Socket Mode")
    made = _copied("Basic Information", f"xapp-…, with {APP_SCOPE}")
    if not token.startswith("xapp-"):
        said = "is not an app-level token" if token else "is not set"
        over = "" if token else ", or set REJOINDER_SLACK_SIGNING_SECRET for `serve --http`"
        return Check(_APP_TOKEN, False, f"REJOINDER_SLACK_APP_TOKEN {said}: {made}{over}")
    try:
        client = _client(settings, token)
        Calls(client, Metrics()).call("apps.connections.open", app_token=token)
    except (TryAgain, Refused) as no:
        return Check(_APP_TOKEN, False, _unconnected(str(no), made))
    return Check(_APP_TOKEN, True, "Slack takes it for Socket Mode")


def _unconnected(said: str, made: str) -> str:
    code = said.rpartition(": ")[2]
    if code == "missing_scope":
        return f"it lacks {APP_SCOPE}: {made}"
    if code in _WRONG_TOKEN:
        return f"Slack does not take it ({code}): {made}"
    if code[:1].isupper():  # the class of an error, and no code of Slack's
        return f"Slack cannot be reached ({code}): check the network and REJOINDER_SLACK_API_URL"
    return f"Slack refused it ({said}): see that Socket Mode is switched on for the app"


def _secret(secret: str) -> Check:
    if secret:
        return Check(_SECRET, True, "set, for `rejoinder serve --http`")
    copied = _copied("Basic Information")
    return Check(_SECRET, None, f"set REJOINDER_SLACK_SIGNING_SECRET to serve over HTTP: {copied}")


def _agent(settings: Settings) -> Check:
    name = "slack agent features"
    if not settings.slack_agent:
        return Check(name, None, "switched off by REJOINDER_SLACK_AGENT")
    return Check(name, True, "switched on; where the plan has none, messages are edited instead")


def _copied(page: str, form: str = "") -> str:
    return f"copy it from the app's page “{page}”" + (f" ({form})" if form else "")


def _client(settings: Settings, token: str) -> WebClient:
    client = opening.web_client(settings, token)
    client.timeout = _CALL_SECONDS
    return client
