from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from tests.fakes.slack import Slack, refusal, serving_slack
from tests.fakes.slack_answers import RESPONSE_URL
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import BOT_USER, DANIEL, OFFICE, TOM, UNJOINED

BLOCK = {"type": "section", "block_id": "words", "text": {"type": "mrkdwn", "text": "x"}}
MODAL = {"type": "modal", "callback_id": "passage", "blocks": [BLOCK],
         "title": {"type": "plain_text", "text": "The page"}}  # fmt: skip
HOME = {"type": "home", "blocks": [BLOCK]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[Slack]:
    with serving_slack(clock=clock) as running:
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return slack.client()


def opened(slack: Slack, **changes: Any) -> dict[str, Any]:
    trigger = slack.state.trigger(TOM.id)
    view: dict[str, Any] = slack.client().views_open(trigger_id=trigger, view=MODAL | changes)[
        "view"
    ]
    return view


def test_a_modal_opens_for_the_person_whose_trigger_it_is(slack: Slack) -> None:
    view = opened(slack, private_metadata="k1")
    assert slack.view(TOM.id) == view
    assert slack.view(DANIEL.id) is None
    assert (view["private_metadata"], view["state"]) == ("k1", {"values": {}})
    assert view["blocks"][0]["block_id"] == "words"


def test_a_trigger_is_good_once_and_for_three_seconds(
    slack: Slack, client: WebClient, clock: Clock
) -> None:
    def use(trigger: str) -> str:
        return refusal(lambda: client.views_open(trigger_id=trigger, view=MODAL))

    used, old = slack.state.trigger(TOM.id), slack.state.trigger(TOM.id)
    clock.forward(3)
    client.views_open(trigger_id=used, view=MODAL)
    clock.forward(0.1)
    assert use(used) == "exchanged_trigger_id"
    assert use(old) == "expired_trigger_id"
    assert use("1.2.abc") == "invalid_trigger_id"


def test_a_wrong_view_does_not_use_its_trigger_up(slack: Slack, client: WebClient) -> None:
    trigger = slack.state.trigger(TOM.id)

    def use(view: Any) -> str:
        return refusal(lambda: client.views_open(trigger_id=trigger, view=view))

    assert {use(wrong) for wrong in ("{", "[1]", MODAL | {"blocks": []}, HOME)} == {
        "invalid_arguments"
    }
    assert client.views_open(trigger_id=trigger, view=MODAL)["ok"]


def test_modals_lie_on_each_other_three_deep(slack: Slack, client: WebClient) -> None:
    def push() -> Any:
        return client.views_push(trigger_id=slack.state.trigger(TOM.id), view=MODAL)["view"]

    assert refusal(push) == "not_found"
    root = opened(slack)
    second, third = push(), push()
    assert (second["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])
    assert slack.view(TOM.id) == third
    assert refusal(push) == "push_limit_reached"


def test_a_modal_is_updated_in_place_unless_it_has_changed(slack: Slack, client: WebClient) -> None:
    view = opened(slack, external_id="case-1")
    newer = MODAL | {"callback_id": "newer"}
    client.views_update(view_id=view["id"], hash=view["hash"], view=newer)
    shown = slack.view(TOM.id)
    assert shown is not None
    assert (shown["id"], shown["callback_id"]) == (view["id"], "newer")
    again = refusal(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=newer))
    nobodys = refusal(lambda: client.views_update(view_id="V0", view=newer))
    assert (again, nobodys) == ("hash_conflict", "not_found")


def test_a_view_can_be_meant_by_a_name_that_is_its_alone(slack: Slack, client: WebClient) -> None:
    opened(slack, external_id="case-1")
    assert refusal(lambda: opened(slack, external_id="case-1")) == "duplicate_external_id"
    client.views_update(external_id="case-1", view=MODAL | {"callback_id": "newer"})
    shown = slack.view(TOM.id)
    assert shown is not None
    assert shown["callback_id"] == "newer"


def test_each_person_has_a_home(slack: Slack, client: WebClient) -> None:
    first = client.views_publish(user_id=TOM.id, view=HOME)["view"]
    second = client.views_publish(user_id=TOM.id, view=HOME, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    assert slack.home(TOM.id) == second
    assert slack.home(DANIEL.id) is None
    stale = refusal(lambda: client.views_publish(user_id=TOM.id, view=HOME, hash=first["hash"]))
    wrong = refusal(lambda: client.views_publish(user_id=TOM.id, view=MODAL))
    nobody = refusal(lambda: client.views_publish(user_id="U0NOBODY", view=HOME))
    assert (stale, wrong, nobody) == ("hash_conflict", "invalid_arguments", "user_not_found")


def test_a_response_is_private_unless_it_says_otherwise(slack: Slack) -> None:
    hook = WebhookClient(slack.state.hook(TOM.id, OFFICE.id))
    assert hook.send(text="Only you.").body == "ok"
    assert [one["text"] for one in slack.whispers(TOM.id)] == ["Only you."]
    assert not slack.messages(OFFICE.id)
    hook.send(text="For all.", response_type="in_channel", blocks=[BLOCK])
    (posted,) = slack.messages(OFFICE.id)
    assert (posted["text"], posted["user"], posted["blocks"]) == ("For all.", BOT_USER, [BLOCK])


def test_a_response_reaches_a_channel_where_the_app_is_not(slack: Slack) -> None:
    hook = WebhookClient(slack.state.hook(TOM.id, UNJOINED.id))
    assert hook.send(text="For all.", response_type="in_channel").status_code == 200
    assert [one["text"] for one in slack.messages(UNJOINED.id)] == ["For all."]


def test_a_response_address_is_good_for_five_uses(slack: Slack) -> None:
    hook = WebhookClient(slack.state.hook(TOM.id, OFFICE.id))
    codes = [hook.send(text=f"Number {n}").status_code for n in range(6)]
    assert codes == [200] * 5 + [404]
    assert len(slack.whispers(TOM.id)) == 5
    assert [one.outcome for one in slack.calls(RESPONSE_URL)][-1] == "used_url"


def test_a_response_address_is_good_for_half_an_hour(slack: Slack, clock: Clock) -> None:
    hook = WebhookClient(slack.state.hook(TOM.id, OFFICE.id))
    clock.forward(30 * 60)
    assert hook.send(text="In time.").status_code == 200
    clock.forward(1)
    late = hook.send(text="Too late.")
    assert late.status_code == 404
    assert "expired_url" in late.body


@pytest.mark.parametrize(
    ("body", "error"),
    [({"text": ""}, "no_text"), ({"text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks")],
)
def test_a_wrong_response_is_refused_and_not_counted(
    slack: Slack, body: dict[str, Any], error: str
) -> None:
    url = slack.state.hook(TOM.id, OFFICE.id)
    refused = WebhookClient(url).send_dict(body)
    assert (refused.status_code, refused.body) == (400, error)
    assert all(WebhookClient(url).send(text="x").status_code == 200 for _ in range(5))


def test_an_address_that_nobody_was_given_is_refused(slack: Slack) -> None:
    wrong = WebhookClient(f"{slack.state.address}/hooks/H0").send(text="x")
    assert (wrong.status_code, wrong.body) == (404, "no_service")


def test_a_response_can_replace_or_take_away_what_was_pressed(
    slack: Slack, client: WebClient
) -> None:
    ts = client.chat_postMessage(channel=OFFICE.id, text="Before.", blocks=[BLOCK])["ts"]
    private = client.chat_postEphemeral(channel=OFFICE.id, user=TOM.id, text="Before.")[
        "message_ts"
    ]
    for pressed in (ts, private):
        hook = WebhookClient(slack.state.hook(TOM.id, OFFICE.id, pressed))
        hook.send(text="After.", replace_original=True)
    (message,), (whisper,) = slack.messages(OFFICE.id), slack.whispers(TOM.id)
    assert (message["text"], whisper["text"]) == ("After.", "After.")
    assert "blocks" not in message
    for pressed in (ts, private):
        WebhookClient(slack.state.hook(TOM.id, OFFICE.id, pressed)).send(delete_original=True)
    assert not slack.messages(OFFICE.id)
    assert not slack.whispers(TOM.id)


def test_a_command_has_nothing_to_replace_so_its_response_is_new(slack: Slack) -> None:
    hook = WebhookClient(slack.state.hook(TOM.id, OFFICE.id))
    hook.send(text="Answer.", replace_original=True)
    assert [one["text"] for one in slack.whispers(TOM.id)] == ["Answer."]
