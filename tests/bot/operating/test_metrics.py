import json
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.answering.answers import Status
from bot.operating import logs
from bot.operating.metrics import Metrics

TEXT = "Why was the backlog 212 cases?"


def figures(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Each figure as its reader sees it: name and values of its labels, to value."""
    families = text_string_to_metric_families(metrics.text().decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("done", "figure", "value"),
    [
        (lambda m: m.received(), ("questions_received_total",), 1),
        (lambda m: m.refused("guest"), ("questions_refused_total", "guest"), 1),
        (lambda m: m.first_sign(0.4), ("first_sign_seconds_sum",), 0.4),
        (lambda m: m.first_sign(0.4), ("first_sign_seconds_bucket", "0.25"), 0),
        (lambda m: m.first_sign(0.4), ("first_sign_seconds_bucket", "0.5"), 1),
        (lambda m: m.answered(Status.PARTLY, 3), ("questions_answered_total", "partly"), 1),
        (lambda m: m.answered(Status.PARTLY, 3), ("answer_seconds_sum", "partly"), 3),
        (lambda m: m.delivered("posted"), ("deliveries_total", "posted"), 1),
        (
            lambda m: m.slack_called("chat.postMessage", "ratelimited", 0.2),
            ("slack_call_seconds_count", "chat.postMessage", "ratelimited"),
            1,
        ),
        (lambda m: m.acknowledged(0.02), ("acknowledgement_seconds_bucket", "0.05"), 1),
        (lambda m: m.acknowledged(4), ("acknowledgement_seconds_bucket", "3.0"), 0),
        (lambda m: m.acknowledged(4), ("acknowledgement_seconds_bucket", "+Inf"), 1),
        (lambda m: m.model_called("too_slow"), ("model_calls_total", "too_slow"), 1),
    ],
)
def test_what_happened_is_counted(
    done: Callable[[Metrics], None], figure: tuple[str, ...], value: float
) -> None:
    metrics = Metrics()
    done(metrics)
    name, *labels = figure
    assert figures(metrics)[(f"rejoinder_{name}", *labels)] == value


def test_waiting_jobs_are_counted_each_time_that_somebody_looks() -> None:
    waiting = {"answers": 2, "posts": 0}
    metrics = Metrics()
    metrics.watch_queues(lambda: waiting)
    assert figures(metrics)["rejoinder_jobs_waiting", "answers"] == 2
    waiting["answers"] = 5
    assert figures(metrics)["rejoinder_jobs_waiting", "answers"] == 5
    assert figures(metrics)["rejoinder_jobs_waiting", "posts"] == 0


def test_the_index_is_counted() -> None:
    metrics = Metrics()
    metrics.watch_index(documents=lambda: 13, passages=lambda: 421)
    assert figures(metrics)[("rejoinder_index_documents",)] == 13
    assert figures(metrics)[("rejoinder_index_passages",)] == 421


def test_a_figure_that_cannot_be_counted_is_left_out_and_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def passages() -> int:
        raise ConnectionError(TEXT)

    metrics = Metrics()
    metrics.watch_index(documents=lambda: 13, passages=passages)
    logs.set_up("INFO")
    try:
        seen = figures(metrics)
    finally:
        logs.put_back()
    assert seen[("rejoinder_index_documents",)] == 13
    assert ("rejoinder_index_passages",) not in seen
    line = json.loads(capsys.readouterr().err)
    assert (line["figure"], line["error"]) == ("rejoinder_index_passages", "ConnectionError")
    assert TEXT not in json.dumps(line)


def test_no_text_becomes_the_name_of_a_figure() -> None:
    metrics = Metrics()
    metrics.refused(TEXT)
    metrics.model_called("xoxb-1-secret")
    metrics.slack_called(TEXT, "ok", 1)
    metrics.watch_queues(lambda: {TEXT: 1})
    seen = figures(metrics)
    assert seen["rejoinder_questions_refused_total", "other"] == 1
    assert seen["rejoinder_model_calls_total", "other"] == 1
    assert seen["rejoinder_jobs_waiting", "other"] == 1
    assert TEXT.encode() not in metrics.text()


def test_each_has_figures_of_its_own() -> None:
    counted, other = Metrics(), Metrics()
    counted.received()
    assert figures(other)[("rejoinder_questions_received_total",)] == 0
