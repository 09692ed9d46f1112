"""Every declaration of every example typed key by key: `python tests/bench/typing_in.py`.

Nothing may be added anywhere else meanwhile. `--every 7` tries each seventh moment only; all of them take an hour.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from harness.slip import Slip, file_of
from harness.typing_in import examples, surprises, typed_again, typed_new


def _moments() -> Iterator[Slip]:
    for path in examples():
        count = len(file_of(path).items)
        for index in range(count):
            gaps = (typed_new(path, gap, index) for gap in range(count + 1))
            yield from chain(typed_again(path, index), *gaps)


def main() -> int:
    """Run, show, and fail if anything was added."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try each so manieth moment only")
    parser.add_argument("--first", type=int, default=0, help="begin with this one")
    given = parser.parse_args()
    start, tried, failures = time.perf_counter(), 0, 0
    shown: Counter[tuple[str, str]] = Counter()
    for slip in islice(_moments(), given.first, None, given.every):
        tried += 1
        found = surprises(slip)
        if not found:
            continue
        failures += 1
        shown[slip.path, found[0]] += 1
        if shown[slip.path, found[0]] <= 3:
            print(
                f"── {slip.kind} in {Path(slip.path).name} at {slip.start}: {slip.new[-80:]!r}",
                *found,
                sep="\n   ",
                flush=True,
            )
    print(f"{tried} moments, {failures} added findings elsewhere, {time.perf_counter() - start:.0f} s")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
