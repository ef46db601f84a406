"""One run of the fault test: questions in bad weather until enough has gone wrong, then peace."""

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store.asking import Asking
from bot.store.audit import Audit
from bot.store.engine import connect
from tests.fakes.model_server import serving
from tests.fakes.slack import Slack, serving_slack
from tests.faults import office
from tests.faults.driving import Asked, Driver, Kind
from tests.faults.judging import Judge, Verdict
from tests.faults.process import Process
from tests.faults.weather import Weather, trouble

STAFF, ROOMS = 36, 14
WORKERS = 6
_AT_ONCE = 12
_BETWEEN = 0.12  # seconds between two questions
_OPEN = 80  # jobs; with more, people wait with the next question
_QUIET = 600
_MODEL = 0.4  # how often the language model is in a bad mood
_STEADY = 4  # seconds from a start to the next kill: Slack's last retry comes after minutes
_TICK = 0.05


@dataclass(frozen=True)
class Outcome:
    """What a run came to. ``audit`` are the words of its verdict, ``sound`` whether it is good."""

    verdict: Verdict
    faults: Counter[str]
    asked: int
    unacknowledged: int
    quiet: bool
    sound: bool
    audit: str
    seconds: float
    restarts: list[float]


def run(faults: int, kills: int, seed: int, home: Path | None = None) -> Outcome:
    """Ask until so many faults were met, ``kills`` of the process among them; judge the rest."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults") as temporary:
        folder = office.indexed(Path(home or temporary) / "home")
        chance = random.Random(seed)
        weather = Weather(chance=random.Random(chance.random()), enough=faults, kills=kills)
        with _places(folder, weather) as (slack, process):
            driver = Driver(slack, process, weather)
            _storm(driver, slack, process, weather, chance)
            quiet = process.quiet(_QUIET)
            return _outcome(folder, slack, process, weather, driver, quiet, began)


@contextmanager
def _places(home: Path, weather: Weather) -> Iterator[tuple[Slack, Process]]:
    """Slack, the language model and the bot."""
    workspace = office.workspace(STAFF, ROOMS)
    with serving() as model, serving_slack(workspace, clock=time.time) as slack:
        slack.faults = weather
        trouble(model, weather, _MODEL)
        process = Process(
            home / "log", home=str(home), slack=slack.base_url, model=model.address, workers=WORKERS
        )
        process.start()
        try:
            yield slack, process
        finally:
            process.stop()


def _storm(
    driver: Driver,
    slack: Slack,
    process: Process,
    weather: Weather,
    chance: random.Random,
) -> None:
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(slack, process, weather, over))
    watcher.start()
    try:
        _ask_on(driver, slack, process, weather, chance)
    finally:
        over.set()
        watcher.join()
        weather.mend(slack)


def _watch(slack: Slack, process: Process, weather: Weather, over: threading.Event) -> None:
    """Give scopes back, and kill the bot each time that a share of the faults was met."""
    step, started = weather.enough / (weather.kills + 1), time.monotonic()
    while not over.wait(_TICK):
        weather.mend(slack)
        due = weather.counted.total() >= step * (process.kills + 1)
        if process.kills < weather.kills and due and time.monotonic() > started + _STEADY:
            process.kill()
            weather.count("killed")
            process.start()
            started = time.monotonic()


def _ask_on(
    driver: Driver, slack: Slack, process: Process, weather: Weather, chance: random.Random
) -> None:
    tick = threading.Event()
    places = _pairs(chance)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        number = 0
        while not weather.over:
            number += 1
            pool.submit(_ask, driver, slack, number, chance.random(), places)
            tick.wait(_BETWEEN)
            while number % 10 == 0 and not weather.over and _behind(process, pool):
                tick.wait(_BETWEEN)


def _behind(process: Process, pool: ThreadPoolExecutor) -> bool:
    if pool._work_queue.qsize() > _AT_ONCE:
        return True
    try:
        return process.open() > _OPEN
    except OSError:
        return True


def _pairs(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Who uses the command where: each in each channel once, for its answers carry no mark."""
    staff, rooms = office.workspace(STAFF, ROOMS).people[:STAFF], range(ROOMS)
    pairs = [(one.id, f"C0R{room:04d}") for one in staff for room in rooms]
    chance.shuffle(pairs)
    return iter(pairs)


def _ask(
    driver: Driver, slack: Slack, number: int, drawn: float, places: Iterator[tuple[str, str]]
) -> None:
    """One thing that somebody does: most often to ask, at times to press a button."""
    person, place = number % STAFF, number % ROOMS
    if drawn < 0.35:
        driver.mention(number, f"U0P{person:04d}", f"C0R{place:04d}")
    elif drawn < 0.55:
        driver.direct(number, f"U0P{person:04d}", f"D0P{person:04d}")
    elif drawn < 0.75:
        pair = next(places, None)
        if pair:
            driver.command(number, *pair)
    elif drawn < 0.88:
        _follow_up(driver, number)
    else:
        _press(driver, slack, number)


def _follow_up(driver: Driver, number: int) -> None:
    before = [one for one in driver.asked if one.kind is Kind.MENTION and one.taken]
    if before:
        driver.follow_up(number, before[-1 - number % min(5, len(before))])


def _press(driver: Driver, slack: Slack, number: int) -> None:
    """Under the newest answer whose button nobody has pressed."""
    pressed = {one.key for one in driver.asked if one.kind in (Kind.HELPFUL, Kind.SHARE)}
    kind = Kind.SHARE if number % 2 else Kind.HELPFUL
    wanted = (Kind.COMMAND,) if kind is Kind.SHARE else (Kind.MENTION,)
    for one in reversed(list(driver.asked)):
        shown = _shown(slack, one, kind) if one.kind in wanted and one.key not in pressed else None
        if shown:
            driver.press(kind, one, shown)
            return


def _shown(slack: Slack, one: Asked, kind: Kind) -> dict[str, object] | None:
    """The message of its answer that has the button."""
    name = "share" if kind is Kind.SHARE else "feedback"
    with slack.state.lock:
        if kind is Kind.SHARE:
            said = [each for each in slack.whispers(one.person) if each["room"] == one.room]
        else:
            said = slack.thread(one.room, one.thread)
        found = [dict(each) for each in said if _has(each, name) and one.key in str(each["blocks"])]
    return found[-1] if found else None


def _has(said: dict[str, object], action: str) -> bool:
    return f"'action_id': '{action}'" in str(said.get("blocks"))


def _outcome(
    home: Path,
    slack: Slack,
    process: Process,
    weather: Weather,
    driver: Driver,
    quiet: bool,
    began: float,
) -> Outcome:
    engine = connect(f"sqlite:///{home / 'rejoinder.db'}")
    verdict = Judge(slack, Asking(engine), process.events()).verdict(driver.asked)
    audit = Audit(engine).verify()
    engine.dispose()
    return Outcome(
        verdict,
        weather.counted,
        len(driver.asked),
        driver.unacknowledged,
        quiet,
        audit.ok,
        audit.words,
        time.monotonic() - began,
        process.restarts,
    )
