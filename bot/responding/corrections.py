"""Which proposals a person changed: the measure of how well a report was read."""

from collections.abc import Iterator

from bot.store.cases import Content, Item

_SAID = ("title", "kind", "published", "rule", "reply_by", "response", "addressees")
_OF_ITEM = (
    "kind", "number", "page", "text", "finding", "limbs", "addressee", "deadline", "grade", "ours",
    "repeats", "decision",
)  # fmt: skip


def made(proposed: Content, said: Content) -> tuple[str, ...]:
    """The paths of what was changed, removed or added; white space and spans do not count."""
    return (
        *(name for name in _SAID if _plain(proposed, name) != _plain(said, name)),
        *_grades(proposed, said),
        *_items(proposed, said),
    )


def _grades(proposed: Content, said: Content) -> Iterator[str]:
    before = {(one.area, one.grade) for one in proposed.grades}
    after = {(one.area, one.grade) for one in said.grades}
    areas = {area for area, _ in before ^ after}
    yield from sorted(f"grades.{area}" for area in areas)


def _items(proposed: Content, said: Content) -> Iterator[str]:
    before = {one.id: one for one in proposed.items}
    after = {one.id: one for one in said.items}
    for number in sorted(before.keys() | after.keys()):
        if number not in after:
            yield f"items.{number} removed"
        elif number not in before:
            yield f"items.{number} added"
        else:
            yield from _changed(before[number], after[number])


def _changed(before: Item, after: Item) -> Iterator[str]:
    for name in _OF_ITEM:
        if _plain(before, name) != _plain(after, name):
            yield f"items.{after.id}.{name}"


def _plain(one: Content | Item, name: str) -> object:
    """A value as it compares: words without their white space, limbs and decisions as words."""
    value = getattr(one, name)
    if name == "limbs":
        return [" ".join(limb.text.split()) for limb in value]
    if name == "decision":
        return value and (value.choice, value.reason, " ".join(value.quote.split()))
    return " ".join(value.split()) if isinstance(value, str) else value
