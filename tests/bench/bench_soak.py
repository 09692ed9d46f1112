"""2 000 edits and 500 requests of every kind in one session: what was answered, and how the server grew.

    python tests/bench/bench_soak.py [--edits 2000] [--requests 500] [--seed 0]

Fails when a request is not answered, when one meets a bug, or when the server doubles after its first quarter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.timing import table
from harness.soak import soak

MOST_GROWTH = 2.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), chosen.edits, chosen.requests, chosen.seed, quarters=8)
    seconds = time.perf_counter() - began
    table(("method", "answer", "count"), [(f"`{m}`", kind, str(n)) for (m, kind), n in sorted(found.answers.items())])
    print(f"\n{chosen.edits} edits and {chosen.requests} requests in {seconds:.0f} s, exit status {found.status}")
    print(f"MiB along the way: {', '.join(f'{size:.0f}' for size in found.sizes)}; growth {found.growth:.2f}")
    for bug in found.bugs:
        print(f"BUG: {bug}")
    is_whole = sum(found.answers.values()) == chosen.requests
    return int(not is_whole or bool(found.bugs) or found.growth > MOST_GROWTH or found.status != 0)


if __name__ == "__main__":
    sys.exit(main())
