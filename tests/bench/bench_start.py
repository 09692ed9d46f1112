"""What starting costs: each command on the smallest input, and each package's import, beside bare Python."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import in_turn, milliseconds, table

ROUNDS = 9
PROGRAM = 'agent Ann { prompt: "Answer." }\nflow main {\n    print(Ann.run("hello"))\n}\n'


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hello.nx"
        file.write_text(PROGRAM, encoding="utf-8")
        python = sys.executable
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "nexa --version": [python, "-m", "nexa.cli", "--version"],
            "nexa-lsp --check hello.nx": [python, "-m", "nexa.lsp", "--check", "--no-cache", str(file)],
            "nexa run hello.nx --mock": [python, "-m", "nexa.cli", "run", str(file), "--mock"],
            **{
                f"import {name}": [python, "-c", f"import {name}"]
                for name in ("nexa.syntax", "nexa.compiler", "nexa.runtime", "nexa.ide", "nexa.lsp.server", "pygls")
            },
        }
        taken = in_turn(commands, ROUNDS, cwd=folder)
        table(["command", "ms (range)"], [(name, milliseconds(values)) for name, values in taken.items()])


if __name__ == "__main__":
    main()
