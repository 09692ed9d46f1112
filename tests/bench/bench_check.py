"""`nexa-lsp --check` as a command: one file, and trees of 200 and of 1 000 files × 100 lines; cold and warm.

ruff checks a Python tree of the same size in the same run where it is installed: another language,
but the same wait for a user.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from sources import program
from timing import in_turn, milliseconds, table

ROUNDS = 5
CHECK = [sys.executable, "-m", "nexa.lsp", "--check", "--severity", "hint", "--exit-zero"]


PYTHON_BLOCK = """\
def part_{n}(values: list[int]) -> int:
    total = 0
    for value in values:
        total += value
    return total


"""


def python_source(number: int) -> str:
    return "".join(PYTHON_BLOCK.format(n=f"{number}_{k}") for k in range(14))[:-1]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        trees = {"200": here / "tree", "1 000": here / "large"}
        for count, tree in trees.items():
            tree.mkdir()
            for number in range(int(count.replace(" ", ""))):
                (tree / f"part{number}.nx").write_text(program(100, seed=number), encoding="utf-8")
        for lines in (1000, 10_000):
            (here / f"{lines}.nx").write_text(program(lines), encoding="utf-8")
        peer = here / "python"
        peer.mkdir()
        for number in range(200):
            (peer / f"part{number}.py").write_text(python_source(number), encoding="utf-8")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "1 file, 1 000 lines": [*CHECK, "--no-cache", str(here / "1000.nx")],
            "1 file, 10 000 lines": [*CHECK, "--no-cache", str(here / "10000.nx")],
        }
        for count, tree in trees.items():
            commands[f"{count} × 100, no cache, 1 process"] = [*CHECK, "--no-cache", "--jobs", "1", str(tree)]
            commands[f"{count} × 100, no cache, 2 processes"] = [*CHECK, "--no-cache", "--jobs", "2", str(tree)]
            commands[f"{count} × 100, warm cache"] = [*CHECK, str(tree)]
        ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
        if ruff is not None:
            commands["ruff, 200 Python files × 100, no cache"] = [ruff, "check", "--no-cache", "--isolated", str(peer)]
        taken = in_turn(commands, ROUNDS, cwd=str(here))
        table(["command", "ms (range)"], [(name, milliseconds(values)) for name, values in taken.items()])


if __name__ == "__main__":
    main()
