"""Random mutations of every program that we have through the whole analyser: `python tests/bench/fuzz.py 20000`.

What must hold is in `harness/fuzzing.py`; a fast slice of the same mutations is in the test suite. Failures that look
alike are shown once, with the mutant that has the shortest text, which is written to a file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from harness.fuzzing import Mutant, failure, mutants

PER_SEED = 100


def main() -> int:
    """Run, show, and fail if anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2_000, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0, help="where to begin; each seed gives a hundred mutants")
    parser.add_argument("--verbose", action="store_true", help="show tracebacks")
    given = parser.parse_args()
    start, done = time.perf_counter(), 0
    counts: Counter[str] = Counter()
    shortest: dict[str, tuple[Mutant, str, int]] = {}
    for seed in range(given.seed, given.seed + -(-given.count // PER_SEED)):
        for mutant in mutants(seed, min(PER_SEED, given.count - done)):
            done += 1
            found = failure(mutant)
            if found is not None:
                alike, full = found
                counts[alike] += 1
                if alike not in shortest or len(mutant.after) < len(shortest[alike][0].after):
                    shortest[alike] = (mutant, full, seed)
    for alike, number in counts.most_common():
        mutant, full, seed = shortest[alike]
        with tempfile.NamedTemporaryFile(suffix=Path(mutant.path).suffix, delete=False) as kept:
            kept.write(mutant.after)
        print(f"{number:5}  {alike}\n       seed {seed}, of {Path(mutant.path).name}: {kept.name}")
        if given.verbose:
            print(full)
    print(
        f"{done} mutants, {sum(counts.values())} failures of {len(counts)} kinds, {time.perf_counter() - start:.0f} s"
    )
    return int(bool(counts))


if __name__ == "__main__":
    sys.exit(main())
