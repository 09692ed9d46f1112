"""Mistakes of syntax in every program, and what they add elsewhere: `python tests/bench/cascades.py 20000`.

Nothing may be added. How much of what is found in other declarations stays is shown, too: what cannot depend on the
broken part should.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from harness.cascading import outcome
from harness.damage import damages
from harness.slips import slips


def main() -> int:
    """Run, show, and fail if anything was added."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2_000, help="how many mistakes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--damage", action="store_true", help="damage that nobody would plan, instead of human slips")
    given = parser.parse_args()
    start, broken, kept, failures = time.perf_counter(), 0, 0, 0
    lost: Counter[str] = Counter()
    for slip in (damages if given.damage else slips)(given.seed, given.count):
        found = outcome(slip)
        if not found.counts:
            continue
        broken += 1
        kept += found.kept
        lost.update(place.code for place in found.lost)
        if found.added:
            failures += 1
            print(f"── {slip.kind} in {Path(slip.path).name} at {slip.start}: {slip.new!r}")
            for place in found.added:
                print(f"   {Path(place.path).name} {place.code} {place.message}")
            print(found.text[max(0, slip.start - 100) : slip.start + 200].decode("utf-8", "replace"))
    share = 100 * kept / max(1, kept + sum(lost.values()))
    print(f"{broken} mistakes of syntax, {failures} added findings elsewhere, {time.perf_counter() - start:.0f} s")
    print(f"{share:.1f} % of the findings elsewhere stayed; most often lost: {lost.most_common(8)}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
