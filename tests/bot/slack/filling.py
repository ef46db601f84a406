"""Windows as people fill them in."""

from typing import Any

Facts = dict[str, Any]


def filled(view: Facts, **changes: str | None) -> Facts:
    """What Slack sends for a window: what stands in each field, but for the changes."""
    values: Facts = {}
    for block in (one for one in view["blocks"] if one["type"] == "input"):
        name, element = block["block_id"], block["element"]
        values[name] = {name: _field(element, changes.get(name, _proposed(element)))}
    return values


def _proposed(element: Facts) -> str | None:
    option = element.get("initial_option") or {}
    return element.get("initial_value") or element.get("initial_date") or option.get("value")


def _field(element: Facts, said: str | None) -> Facts:
    if element["type"] == "static_select":
        return {"selected_option": {"value": said} if said else None}
    return {"selected_date" if element["type"] == "datepicker" else "value": said}
