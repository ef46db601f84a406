"""Print how the checks do on both parts of the set: python -m tests.evals.drafts [--misses]."""

import sys

from tests.evals.drafts.measuring import PARTS, checked, figures, misses

for part in PARTS:
    found = checked(part)
    told = figures(found)
    print(f"{part}: {told.drafts} drafts")
    print(f"  limbs answered: F1 {told.f1:.3f} ({told.right} right, {told.found} found, "
          f"{told.wanted} wanted)")  # fmt: skip
    print(f"  planted errors caught: {told.caught} of {told.planted} = "
          f"{told.caught / told.planted:.3f}")  # fmt: skip
    print(f"  clean drafts with a false alarm: {told.alarmed} of {told.clean} = "
          f"{told.alarmed / told.clean:.3f}")  # fmt: skip
    if "--misses" in sys.argv:
        print(*(f"    {line}" for line in misses(found)), sep="\n")
