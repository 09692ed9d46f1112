"""Shows in one minute what the tooling does: a check, a graph and a run, all offline.

Run by `make demo`; the README quotes its output.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def show(*command: str) -> int:
    """Print a command as a reader would type it, run it, and return its exit status."""
    print(f"\n$ {' '.join(command)}", flush=True)
    module = {"nexa": "nexa.cli", "nexa-lsp": "nexa.lsp"}[command[0]]
    return subprocess.run([sys.executable, "-m", module, *command[1:]], check=False).returncode


def main() -> int:
    """Exit 0 if every command did what the demo promises: the check finds the planted mistakes, the rest succeeds."""
    examples = Path(sys.argv[1])
    newsletter = str(examples / "newsletter.nx")
    found = show("nexa-lsp", "--check", str(examples), "--format", "full")
    drawn = show("nexa", "graph", newsletter, "--flow", "draft", "--format", "text")
    ran = show("nexa", "run", newsletter, "--mock")
    if (found, drawn, ran) == (1, 0, 0):
        print("\nThe check found the mistakes planted in faulty.nx; the other workflows are clean, drawn and run.")
        return 0
    print(f"\nUnexpected exit statuses: check {found} (1 expected), graph {drawn}, run {ran} (0 expected)")
    return 1


if __name__ == "__main__":
    sys.exit(main())
