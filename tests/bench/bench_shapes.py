"""Programs of unusual shapes: what a check and a keystroke take, and how that grows when the text does.

    python tests/bench/bench_shapes.py [--size 200] [shape …]

Milliseconds of the processor. `check` is of a text of `size` parts (statements, stages, declarations), `× 4` of one
with four times as many; `keys` are a character in the middle of that and taking it back, the slowest of some.
A ratio over 5.5 is marked: something is gone through again for each part.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.timing import table
from harness.shapes import SHAPES
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Edit

PATH = "/a.nx"
MOST = 5.5
TYPED = (b"z", b'"', b"{")


def taken(run: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of the processor, and what a call gives."""
    gc.collect()
    before = time.process_time()
    given = run()
    return (time.process_time() - before) * 1e3, given


def checked(text: bytes) -> Project:
    project = Project(Settings(), lambda _: None).with_file(File.parse(PATH, text))
    project.findings(PATH)
    return project


def pressed(project: Project, edit: Edit, text: bytes) -> Project:
    file = project.file(PATH)
    assert file is not None
    after = project.with_file(file.edited([edit], text))
    after.findings(PATH)
    return after


def slowest(project: Project, text: bytes) -> float:
    """Of some keys in the middle, each taken back again."""
    at, found = len(text) // 2, 0.0
    for typed in TYPED:
        end = at + len(typed)
        there, after = taken(lambda: pressed(project, Edit(at, at, end), text[:at] + typed + text[at:]))  # noqa: B023  # called at once
        back, project = taken(lambda: pressed(after, Edit(at, end, at), text))  # noqa: B023
        found = max(found, there, back)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", default=list(SHAPES))
    parser.add_argument("--size", type=int, default=200)
    chosen = parser.parse_args()
    rows, steep = [], 0
    for name in chosen.shapes:
        small, large = (SHAPES[name](size).encode() for size in (chosen.size, 4 * chosen.size))
        few, _ = taken(lambda: checked(small))  # noqa: B023  # called at once
        many, project = taken(lambda: checked(large))  # noqa: B023
        steep += many > MOST * few
        mark = " !" if many > MOST * few else ""
        sizes = (f"{len(large) / 1024:.0f}", f"{few:.0f}", f"{many:.0f}")
        rows.append((name, *sizes, f"{many / few:.1f}{mark}", f"{slowest(project, large):.0f}"))
    table(("shape", "KiB", "check", "× 4", "ratio", "keys"), rows)
    return int(steep > 0)


if __name__ == "__main__":
    sys.exit(main())
