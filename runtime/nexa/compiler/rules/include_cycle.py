"""Files include each other in a circle.

An included file stands before its includer, so none of them can be the first. Move what both need into a third file.

Bad:

    include "tools.nxlib"
    flow main { print(greeting()) }
    //- tools.nxlib
    include "more.nxlib"
    fn greeting() -> str { word() }
    //- more.nxlib
    include "tools.nxlib"
          //^^^^^^^^^^^^^ NX403: include cycle: tools.nxlib → more.nxlib → tools.nxlib
    fn word() -> str { "hello" }

Good:

    include "tools.nxlib"
    flow main { print(greeting()) }
    //- tools.nxlib
    include "more.nxlib"
    fn greeting() -> str { word() }
    //- more.nxlib
    fn word() -> str { "hello" }
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from nexa.compiler.program import IncludeEdge, Program
from nexa.compiler.rule import Draft, Note, ProgramDraft, ProgramRule, Severity
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """The includes that lead back, each found on the way down from the entry."""
    for cycle in _cycles(program):
        last = cycle[-1]
        names = _short([edge.path for edge in cycle])
        text = f"include cycle: {' → '.join([*names, names[0]])}"
        notes = tuple(
            Note(f"`{name}` includes `{after}`", _place(edge), place=(edge.path, edge.index))
            for edge, name, after in zip(cycle, names, [*names[1:], names[0]], strict=True)
        )
        yield ProgramDraft(last.path, last.index, Draft(_place(last), text, notes))


def _cycles(program: Program) -> Iterator[list[IncludeEdge]]:
    """Depth first: the edges of each cycle from the file that is met again, the closing one last."""
    edges: dict[str, list[IncludeEdge]] = {}
    for edge in program.includes:
        if edge.target is not None and edge.node.path is not None:
            edges.setdefault(edge.path, []).append(edge)
    row: list[IncludeEdge] = []
    work = [(program.entry, iter(edges.get(program.entry, ())))]
    seen = {program.entry}
    while work:
        below = next(work[-1][1], None)
        if below is None:
            work.pop()
            del row[len(work) - 1 if work else 0 :]
            continue
        around = [path for path, _ in work]
        if below.target in around:
            yield [*row[around.index(below.target) :], below]
        elif below.target is not None and below.target not in seen:
            seen.add(below.target)
            row.append(below)
            work.append((below.target, iter(edges.get(below.target, ()))))


def _place(edge: IncludeEdge) -> Span:
    return edge.node.path.span if edge.node.path is not None else edge.node.span


def _short(paths: list[str]) -> list[str]:
    """File names, with folders where two would look alike."""
    names = [os.path.basename(path) for path in paths]  # noqa: PTH119 - pure text, no Path objects on this path
    return names if len(set(names)) == len(names) else paths


RULE = ProgramRule("NX403", "include-cycle", Severity.ERROR, check)
