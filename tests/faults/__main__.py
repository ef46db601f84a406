"""The long fault test: ``python -m tests.faults --faults 2000 --kills 30 --seed 1``."""

import argparse
import sys
from pathlib import Path

from tests.faults.judging import WRONG, Fate
from tests.faults.storm import Outcome, run


def main() -> int:
    """0 when nothing was silent, double or lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--faults", type=int, default=2000, help="how much is to go wrong")
    parser.add_argument("--kills", type=int, default=30, help="how often the process is killed")
    parser.add_argument("--seed", type=int, default=1, help="chance; threads add their own")
    parser.add_argument("--keep", type=Path, help="folder to leave the bot's home and log in")
    given = parser.parse_args()
    outcome = run(given.faults, given.kills, given.seed, given.keep)
    print("\n".join(told(outcome)))
    return 1 if outcome.verdict.wrong or not (outcome.quiet and outcome.sound) else 0


def told(outcome: Outcome) -> list[str]:
    """The outcome as lines: faults by kind, fates by kind of question, and what was wrong."""
    verdict = outcome.verdict
    restarts = sorted(outcome.restarts)
    lines = [f"{outcome.faults.total()} faults in {outcome.seconds:.0f} s:"]
    lines += [f"  {count:6} {kind}" for kind, count in sorted(outcome.faults.items())]
    lines += [f"{outcome.asked} things asked:", f"  {'':24}" + "".join(_heads())]
    for kind, counts in sorted(verdict.counts.items()):
        lines.append(f"  {kind:24}" + "".join(f"{counts[fate]:>21}" for fate in Fate))
    lines += [
        f"said again in a direct message: {verdict.said_again}",
        f"said in a direct message alone: {verdict.elsewhere}",
        f"answers in several messages: {verdict.in_parts}",
        f"signs of searching left behind: {verdict.left_searching}",
        f"events sent again for want of an acknowledgement: {outcome.unacknowledged}",
        f"restart: {restarts[len(restarts) // 2]:.1f} s, longest {restarts[-1]:.1f} s",
        f"quiet at the end: {outcome.quiet}; audit: {outcome.audit}",
        " ".join(f"{fate}: {verdict.count(fate)}" for fate in WRONG),
    ]
    return [*lines, *verdict.wrong]


def _heads() -> list[str]:
    return [f"{fate.value:>21}" for fate in Fate]


if __name__ == "__main__":
    sys.exit(main())
