"""Whatever passes the check is emitted: no program is a surprise to the emitter, however odd it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from harness.findings import project_of
from nexa.compiler.emit.compiled import compiled
from nexa.compiler.emit.files import files_of
from nexa.compiler.emit.printed import printed
from nexa.compiler.graph import graphs_of
from nexa.compiler.rule import Severity

SPEC = Path(__file__).parents[1] / "spec"
PROGRAMS = {path.name: path.read_text() for path in sorted([*SPEC.glob("examples/*.nx"), *SPEC.glob("bad/*.nx")])}
LINES = [line for text in PROGRAMS.values() for line in text.split("\n")]


def emits(text: str) -> bool:
    """Whether a program passes the check; if so it is emitted both ways. Its graphs are drawn either way."""
    project = project_of({"main.nx": text})
    program = project.program("main.nx")
    graphs_of(files_of(program))
    found = [*(project.findings("main.nx") or ()), *project.run_findings("main.nx")]
    if any(one.severity is Severity.ERROR for one in found):
        return False
    compiled(program)
    compile(printed(program), "out_main.py", "exec")
    return True


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_emitted_or_stopped(name: str) -> None:
    emits(PROGRAMS[name])


@pytest.mark.parametrize("seed", range(20))
def test_programs_with_lines_lost_added_and_shuffled(seed: int) -> None:
    rng = random.Random(seed)
    passed = 0
    for _ in range(60):
        lines = rng.choice(list(PROGRAMS.values())).split("\n")
        at = rng.randrange(len(lines))
        kind = rng.random()
        if kind < 0.4:
            del lines[at]
        elif kind < 0.7:
            lines.insert(at, rng.choice(LINES))
        else:
            words = lines[at].split(" ")
            rng.shuffle(words)
            lines[at] = " ".join(words)
        passed += emits("\n".join(lines))
    assert passed, "not one of the programs passed the check: nothing was tested"
