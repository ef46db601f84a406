"""Figures for whoever watches the office's bot, in the format of Prometheus; ids and text never."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.operating import logs

_ACKNOWLEDGED = (0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # Slack gives up after three seconds
_SIGNED = (0.25, 0.5, 1, 2, 3, 5, 10, 30)
_ANSWERED = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300)
_CALLED = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """All figures of one process. Times are seconds; names that are not one word count as other."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._received = self._counter("questions_received", "Questions received.")
        self._refused = self._counter("questions_refused", "Questions refused.", "reason")
        self._answered = self._counter("questions_answered", "Questions answered.", "status")
        self._deliveries = self._counter("deliveries", "Messages delivered or not.", "outcome")
        self._model_calls = self._counter("model_calls", "Calls of a language model.", "outcome")
        self._signs = self._histogram(
            "first_sign_seconds", "From a question to the first sign of work.", _SIGNED
        )
        self._answers = self._histogram(
            "answer_seconds", "From a question to its answer.", _ANSWERED, "status"
        )
        self._slack_calls = self._histogram(
            "slack_call_seconds", "Calls of Slack.", _CALLED, "method", "outcome"
        )
        self._acknowledgements = self._histogram(
            "acknowledgement_seconds", "From an event to its acknowledgement.", _ACKNOWLEDGED
        )

    def received(self) -> None:
        """A question came in."""
        self._received.inc()

    def refused(self, reason: str) -> None:
        """A question was not taken on."""
        self._refused.labels(_label(reason)).inc()

    def first_sign(self, seconds: float) -> None:
        """Whoever asked has seen that work began."""
        self._signs.observe(seconds)

    def answered(self, status: str, seconds: float) -> None:
        """A question was answered with one of the statuses of an answer."""
        self._answered.labels(_label(status)).inc()
        self._answers.labels(_label(status)).observe(seconds)

    def delivered(self, outcome: str) -> None:
        """A message was posted, found posted already, or given up."""
        self._deliveries.labels(_label(outcome)).inc()

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """A method of Slack's Web API was called; ``outcome`` is "ok" or Slack's error."""
        self._slack_calls.labels(_label(method), _label(outcome)).observe(seconds)

    def acknowledged(self, seconds: float) -> None:
        """Slack was told that an event has arrived."""
        self._acknowledgements.observe(seconds)

    def model_called(self, outcome: str) -> None:
        """A language model was asked."""
        self._model_calls.labels(_label(outcome)).inc()

    def watch_queues(self, waiting: Callable[[], Mapping[str, int]]) -> None:
        """Show how many jobs wait in each queue, asked anew each time that figures are read."""
        self._watch("jobs_waiting", "Jobs that wait, by queue.", waiting, "queue")

    def watch_index(self, documents: Callable[[], int], passages: Callable[[], int]) -> None:
        """Show how much is indexed, asked anew each time that figures are read."""
        self._watch("index_documents", "Documents indexed.", lambda: {"": documents()})
        self._watch("index_passages", "Passages indexed.", lambda: {"": passages()})

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"rejoinder_{name}", words, labels, registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(
            f"rejoinder_{name}", words, labels, buckets=buckets, registry=self.registry
        )

    def _watch(
        self, name: str, words: str, counted: Callable[[], Mapping[str, int]], *labels: str
    ) -> None:
        self.registry.register(_Watched(f"rejoinder_{name}", words, counted, labels))


@dataclass(frozen=True)
class _Watched(Collector):
    """A gauge that is counted when it is read; left out while it cannot be counted."""

    name: str
    words: str
    counted: Callable[[], Mapping[str, int]]
    labels: tuple[str, ...]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauge, with one figure for each value of its label."""
        gauge = GaugeMetricFamily(self.name, self.words, labels=self.labels)
        try:
            counts = self.counted()
        except Exception:  # a database that is down must not take all other figures with it
            logs.get().exception("figure missing", figure=self.name)
            return
        for label, count in counts.items():
            gauge.add_metric([_label(label)] if self.labels else [], count)
        yield gauge


def _label(value: str) -> str:
    return str(value) if logs.is_plain(value) else "other"
