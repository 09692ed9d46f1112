"""Runs every benchmark and prints its table: `make bench`, or `python tests/bench/table.py check keystroke` for some.

Machines differ and are shared: only figures out of one run compare, and a ratio says more than a time.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run `bench_<name>.py` for the names given, or all of them; the exit status is the number that failed."""
    wanted = sys.argv[1:] or sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    failed = 0
    for name in wanted:
        print(f"\n## {name}\n", flush=True)
        failed += subprocess.run([sys.executable, str(HERE / f"bench_{name}.py")], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
