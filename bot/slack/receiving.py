"""A dropped file fetched, read in its sandbox, and kept with what it seems to be; or refused."""

from pathlib import Path

from bot.jobs import Facts, TryAgain
from bot.slack import fetching, offers
from bot.slack.calling import Refused
from bot.slack.desk import Desk
from retrieval import catalogue, documents, reading


def receive(desk: Desk, facts: Facts) -> dict[str, str]:
    """Fetch and read a file: its folder as ``shelf``, or as ``refused`` why there is none.

    TryAgain when Slack or the disk does not do it now.
    """
    name = f".{facts['channel']}.{facts['file']}.{facts['message']}.part"
    part = offers.root(desk.settings.home) / name
    try:
        return _fetched(desk, facts, part)
    except documents.Refused as refusal:
        return {"refused": str(refusal)}
    except Refused as no:
        return {"refused": f"Slack does not give me this file ({no.code})."}
    except OSError as cause:
        raise TryAgain(f"disk: {type(cause).__name__}") from None
    finally:
        part.unlink(missing_ok=True)


def _fetched(desk: Desk, facts: Facts, part: Path) -> dict[str, str]:
    told = desk.calls.call("files.info", file=facts["file"])["file"]
    settings = desk.settings
    source = fetching.Source(settings.slack_api_url, desk.calls.token, settings.max_megabytes)
    digest = fetching.fetch(told, part, source)
    file = offers.shelve(settings.home, part, digest, str(told.get("name") or ""))
    shelf = file.parent.name
    known = offers.load(settings.home, shelf)
    if known is None or known.file != file:
        _propose(desk, file, digest)
    return {"shelf": shelf}


def _propose(desk: Desk, file: Path, digest: str) -> None:
    """Read a file and keep what it seems to be; one that is refused does not stay."""
    try:
        read = reading.read(file, desk.limits)
    except documents.Refused:
        offers.forget(desk.settings.home, file.parent.name)
        raise
    offers.keep(file, digest, len(read.pages), catalogue.propose(read, file.name))
