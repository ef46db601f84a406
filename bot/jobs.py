"""Durable work: what was started is finished, across crashes and restarts. The only home of DBOS.

A job is a name, a key and facts (plain JSON). The key makes it one: started again under the same
key it is not done again. Within a job each step is done and remembered; a job that was cut off
goes on behind its last finished step, so a step may run twice and must bear it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")
Facts = dict[str, Any]
Work = Callable[[Facts], None]
Failed = Callable[[str, Facts, Exception], None]
"""Told of a job that ended in an error nobody foresaw: its name, facts and the error."""

TRIES = 12
_PAUSES = (0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300)  # seconds; the last one goes on
_OFTEN = 0.05  # seconds between two looks at a queue
_VERSION = "1"  # the same over all releases, or jobs of an older release would wait for ever
_RECOVERIES = 1000


class TryAgain(Exception):
    """It may work later: ``after`` seconds when somebody said so, None for a usual pause."""

    def __init__(self, words: str, after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


class Refused(Exception):
    """It will never work: ``where`` it was refused, and ``code``, the reason in one word."""

    def __init__(self, where: str, code: str) -> None:
        super().__init__(f"{where}: {code}")
        self.where = where
        self.code = code


class GaveUp(Exception):
    """A step was tried as often as it may be; the message is the last attempt's."""


@dataclass(frozen=True)
class Lane:
    """A queue. ``at_once`` jobs run together in a process; ``alone``: one in all processes.

    ``paced``: at most one a second starts for each value of ``within`` (a channel).
    """

    name: str
    at_once: int | None = None
    alone: bool = False
    paced: bool = False


class Jobs:
    """All durable work of one process. ``replica`` stays the same after a restart.

    ``hurry``: every pause is that many times shorter, for tests that cannot wait for minutes.
    """

    def __init__(
        self,
        url: str,
        *,
        replica: str,
        lanes: tuple[Lane, ...],
        failed: Failed,
        hurry: float = 1.0,
    ) -> None:
        self._url = url
        self._replica = replica
        self._lanes = lanes
        self._failed = failed
        self._hurry = hurry
        self._works: dict[str, Work] = {}
        self._times: dict[str, tuple[Lane, str]] = {}
        self._run: Callable[[str, Facts], None] | None = None
        self._closing = False

    def add(self, name: str, work: Work) -> None:
        """Say what a job of that name does; before ``launch``."""
        self._works[name] = work

    def every(self, lane: Lane, name: str, times: str) -> None:
        """Have a job, without facts, done by the clock and at each start; before ``launch``.

        ``times`` are written as for cron, in UTC; with six fields the first is for seconds. At
        each time it is one job for all processes. Times at which none runs are left out.
        """
        self._times[name] = (lane, times)

    def launch(self) -> None:
        """Begin to work; jobs that a crash cut off go on."""
        from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

        config = DBOSConfig(
            name="rejoinder",
            system_database_url=self._url,
            application_version=_VERSION,
            executor_id=self._replica,
            serializer=DBOSPortableJSONSerializer(),
            log_level="CRITICAL",  # its errors print arguments; ours are told by ``failed``
            notification_listener_polling_interval_sec=0.1,
        )
        DBOS(config=config)

        @DBOS.workflow(name="job", max_recovery_attempts=_RECOVERIES)
        def job(name: str, facts: Facts) -> None:
            self._work(name, facts)

        @DBOS.workflow(name="timed", max_recovery_attempts=_RECOVERIES)
        def timed(_: datetime, name: str) -> None:
            self._work(name, {})

        self._run = job
        DBOS.launch()
        for lane in self._lanes:
            _open(lane)
        _keep_time(self._times, timed)

    def start(
        self,
        lane: Lane,
        name: str,
        key: str,
        facts: Facts | None = None,
        *,
        within: str = "",
        after: float | None = None,
    ) -> None:
        """Have a job done once; nothing happens when one with this name and key was started.

        ``after``: not before so many seconds have passed, whatever happens meanwhile.
        """
        from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

        assert self._run is not None, "launch first"
        id, partition = f"{name}/{key}", within or "all" if lane.paced else None
        if not DBOS.workflow_id and DBOS.get_workflow_status(id):
            return  # reading waits for no writer
        delay = None if after is None else after / self._hurry
        with (
            SetWorkflowID(id),
            SetEnqueueOptions(queue_partition_key=partition, delay_seconds=delay),
        ):
            DBOS.enqueue_workflow(lane.name, self._run, name, facts or {})

    def step(self, name: str, work: Callable[[], T], *, tries: int = TRIES) -> T:
        """Do one thing of a job and remember what it gave (plain JSON).

        TryAgain from ``work`` is waited out, without holding on to a database; GaveUp when it has
        been raised ``tries`` times. Refused from ``work`` is remembered and raised here.
        """
        from dbos import DBOS

        words = ""
        for attempt in range(tries):
            outcome = DBOS.run_step({"name": name}, _attempted, work)
            if "done" in outcome:
                done: T = outcome["done"]
                return done
            if "refused" in outcome:
                raise Refused(*outcome["refused"])
            words = outcome["words"]
            if attempt + 1 < tries:
                DBOS.sleep(_pause(outcome["after"], attempt) / self._hurry)
        raise GaveUp(words)

    def waiting(self) -> dict[str, int]:
        """How many jobs wait in each lane."""
        return self._count(["ENQUEUED"])

    def open(self) -> dict[str, int]:
        """How many jobs of each lane wait or are under way; those whose time is to come do not."""
        return self._count(["ENQUEUED", "PENDING"])

    def later(self) -> dict[str, int]:
        """How many jobs of each lane are for a later time."""
        return self._count(["DELAYED"])

    def _count(self, states: list[str]) -> dict[str, int]:
        """In one look: a job that starts another in the next lane is never missed."""
        from dbos import DBOS

        listed = DBOS.list_workflows(
            queue_name=[lane.name for lane in self._lanes],
            status=states,
            load_input=False,
            load_output=False,
        )
        counts = Counter(job.queue_name for job in listed)
        return {lane.name: counts[lane.name] for lane in self._lanes}

    def close(self, seconds: int = 10) -> None:
        """Take no new job, give those under way ``seconds`` to finish; the rest go on later."""
        from dbos import DBOS

        if self._run is not None:
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds)
            self._closing = True
            self._run = None

    def _work(self, name: str, facts: Facts) -> None:
        try:
            self._works[name](facts)
        except Exception as error:
            if self._closing:
                raise  # the job is not done: it goes on at the next start
            self._failed(name, facts, error)


def _open(lane: Lane) -> None:
    from dbos import DBOS

    DBOS.register_queue(
        lane.name,
        worker_concurrency=lane.at_once,
        global_concurrency=1 if lane.alone else None,
        partition_limiter={"limit": 1, "period": 1.0} if lane.paced else None,
        polling_interval_sec=_OFTEN,
        on_conflict="always_update",
    )


def _keep_time(
    times: Mapping[str, tuple[Lane, str]], timed: Callable[[datetime, str], None]
) -> None:
    """Tell the engine what is done when, and have each done once now."""
    from dbos import DBOS

    DBOS.apply_schedules(
        [
            {
                "schedule_name": name,
                "workflow_fn": timed,
                "schedule": when,
                "context": name,
                "queue_name": lane.name,
            }
            for name, (lane, when) in times.items()
        ]
    )
    for name in times:
        DBOS.trigger_schedule(name)


def _attempted(work: Callable[[], Any]) -> dict[str, Any]:
    """What a step gave; a recorded error would come back after a crash as one of another class."""
    try:
        return {"done": work()}
    except Refused as no:
        return {"refused": [no.where, no.code]}
    except TryAgain as later:
        return {"words": str(later), "after": later.after}


def _pause(after: float | None, attempt: int) -> float:
    return after if after is not None else _PAUSES[min(attempt, len(_PAUSES) - 1)]
