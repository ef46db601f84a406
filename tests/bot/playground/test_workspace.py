"""The fictional office's workspace as local-slack reads it."""

import json
import re

from bot.playground.workspace import CHANNELS, COLIN, NEWS, PEOPLE, REJOINDER, config


def test_every_id_looks_like_one_of_slacks_and_is_there_once() -> None:
    found = json.loads(config())
    ids = [one["id"] for one in (*found["users"], *found["channels"])]
    ids += [found["apps"][0][name] for name in ("appId", "botUserId")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[ACDU]0[A-Z]+", one) for one in ids)


def test_the_app_is_in_every_channel_and_has_one_with_each_person() -> None:
    found = json.loads(config())["channels"]
    assert all(REJOINDER.user in one["members"] for one in found)
    direct = {one["id"]: set(one["members"]) for one in found if one.get("is_im")}
    assert direct == {person.dm: {person.id, REJOINDER.user} for person in PEOPLE}


def test_somebody_from_outside_the_office_sees_the_public_channel_only() -> None:
    assert [one for one in CHANNELS if COLIN in one.members] == [NEWS]


def test_with_an_address_everything_is_posted_there() -> None:
    [app] = json.loads(config("http://127.0.0.1:1/slack/events"))["apps"]
    assert (app["mode"], app["requestUrl"]) == ("events", "http://127.0.0.1:1/slack/events")
    [app] = json.loads(config())["apps"]
    assert app["mode"] == "socket"
    assert "requestUrl" not in app
