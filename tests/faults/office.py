"""A large office for the fault test: many people and channels, and documents short and huge."""

from pathlib import Path

from bot.bootstrap import Parts
from bot.settings import Settings
from retrieval import catalogue, indexing
from tests.builders import entry
from tests.fakes.embedder import HashedEmbedder
from tests.fakes.slack_workspace import BOT_USER, REJOINDER, Kind, Person, Room, Workspace

MODEL = "hashed"
TEAMS = (
    "Domestic Abuse Review", "Missing Children", "Rural Crime", "Custody Visiting",
    "Firearms Licensing", "Online Grooming", "Stalking", "Road Harm", "Burglary", "Vetting",
)  # fmt: skip
HUGE = "What did inspectors list about the custody suite register in Fernshire?"
NOWHERE = "How much does the Fernshire police helicopter cost each year?"


def people(count: int) -> tuple[Person, ...]:
    """Members of staff."""
    return tuple(Person(f"U0P{number:04d}", f"person.{number}") for number in range(count))


def workspace(staff: int, rooms: int) -> Workspace:
    """Everybody is in every channel, and has a direct conversation with the bot."""
    everybody = people(staff)
    ids = frozenset(one.id for one in everybody) | {BOT_USER}
    channels = tuple(Room(f"C0R{n:04d}", f"room-{n}", members=ids) for n in range(rooms))
    direct = tuple(
        Room(f"D0P{n:04d}", kind=Kind.IM, members=frozenset({one.id, BOT_USER}))
        for n, one in enumerate(everybody)
    )
    return Workspace((*everybody, REJOINDER), (*channels, *direct))


def question(number: int) -> str:
    """A question; most are answered, some at great length, some not at all."""
    if number % 8 == 3:
        return HUGE
    if number % 8 == 6:
        return NOWHERE
    return f"How many cases were in the backlog of the {TEAMS[number % len(TEAMS)]} Team in 2031?"


def indexed(home: Path) -> Path:
    """A home in which the documents are indexed under the hashed model."""
    folder = home / "documents"
    folder.mkdir(parents=True)
    for name, text in {"backlogs.md": _backlogs(), "register.md": _register()}.items():
        (folder / name).write_text(text, encoding="utf-8")
    book = folder / catalogue.FILE_NAME
    listed = [entry("backlogs.md"), entry("register.md", title="Custody in Fernshire 2031")]
    book.write_text(catalogue.written(listed), encoding="utf-8")
    parts = Parts(Settings(home=home, embedding_model=MODEL, ocr=False))
    parts.lend(HashedEmbedder())
    _index(parts, folder)
    parts.engine.dispose()
    return home


def _index(parts: Parts, folder: Path) -> None:
    with parts.shelves() as shelves:
        outcomes = indexing.bring_up_to_date(
            [folder],
            shelves=shelves,
            model=MODEL,
            encoder=parts.embedder,
            limits=parts.limits,
        )
        assert [one.state for one in outcomes] == [indexing.State.ADDED] * 2


def _backlogs() -> str:
    lines = (
        f"## {team}\n\nThere were {10 + number} cases in the backlog of the {team} Team in 2031.\n"
        for number, team in enumerate(TEAMS)
    )
    return "# PEEL 2031: Fernshire Police\n\n" + "\n".join(lines)


def _register() -> str:
    """Sentences of some 7,000 characters: an answer of two needs several messages."""
    rows = (
        f"Inspectors list about the custody suite register in Fernshire part {part}: "
        + ", ".join(f"cell {part}{cell} of the custody suite register" for cell in range(170))
        + "."
        for part in range(1, 7)
    )
    return "# Custody in Fernshire\n\n" + "\n\n".join(
        f"## Part {number}\n\n{row}" for number, row in enumerate(rows, start=1)
    )
