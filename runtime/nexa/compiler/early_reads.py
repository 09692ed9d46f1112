"""Reads that come too early: which of them are cycles, and which top-level variables have no value yet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.assignment import Certainty, EarlyRead, ScriptRead
from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.program import Program
from nexa.compiler.scope import Local
from nexa.syntax.span import Span

_NODES = (
    ast.Call, ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall, ast.AmpAmp, ast.BarBar, ast.Branch, ast.Await, ast.Spawn
)  # fmt: skip
"""What becomes a node of the flow graph."""


@dataclass(frozen=True, slots=True)
class Step:
    """A variable of a cycle, and the name by which it gets the value that needs the next one."""

    local: Local
    place: ast.Name

    @property
    def name(self) -> str:
        """What the variable is called."""
        return self.local.name


def is_cyclic(item: ItemFacts, read: EarlyRead) -> bool:
    """Whether the local that is read depends on the very statement that reads it: a cycle, which has its own code."""
    return bool(cycle_of(item, read))


def cycle_of(item: ItemFacts, read: EarlyRead) -> list[Step]:
    """The shortest way from the local that is read to what the statement around it assigns; empty without a cycle."""
    if read.waits_for is None:
        return []
    sources = _sources(item)
    pending, steps = deque([read.local]), dict[Local, list[Step]]({read.local: []})
    while pending:
        current = pending.popleft()
        for local, place in sources.get(current, {}).items():
            if local is read.waits_for:
                ways = [*steps[current], Step(current, place)]
                back = sources.get(local, {}).get(read.local)
                return ways if local is read.local or back is None else [*ways, Step(local, back)]
            if local not in steps:
                steps[local] = [*steps[current], Step(current, place)]
                pending.append(local)
    return []


def _sources(item: ItemFacts) -> dict[Local, dict[Local, ast.Name]]:
    """For each local the locals that its assigned values read, where a value runs something, and what is assigned."""
    found: dict[Local, dict[Local, ast.Name]] = {}
    for assign in item.of(ast.Assign):
        target = assign.target if isinstance(assign.target, ast.Name) else None
        written = item.scope.bindings.get(target) if target is not None else None
        below = ast.walk(assign.value)
        if target is None or written is None or not any(isinstance(node, _NODES) for node in below):
            continue
        reads = found.setdefault(written, {})
        for node in below:
            if isinstance(node, ast.Name):
                use = item.scope.use_of.get(node)
                local = item.scope.bindings.get(node) or (use.late if use is not None else None)
                if local is not None:
                    reads.setdefault(local, target)
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A script statement's read of a top-level variable, and what the statements before it assign.

    The two sets grow as the file is read on: they hold for this read until the next one is asked for.
    """

    file: File
    index: int
    read: ScriptRead
    definite: set[str]
    maybe: set[str]

    @property
    def name(self) -> str:
        """The variable."""
        return self.read.name.text


def _readings(program: Program) -> Iterator[_Reading]:
    """All reads of top-level variables by script statements, in order, where the text can be trusted."""
    for file in program.files.values():
        variables = file.variables - PREDECLARED_VALUES.keys()
        if not variables or file.is_broken:
            continue
        definite, maybe = set[str](), set[str]()
        for index, item in enumerate(file.items):
            if isinstance(item.node, ast.Declaration):
                continue
            for read in item.flow.script_reads:
                if read.name.text in variables:
                    yield _Reading(file, index, read, definite, maybe)
            definite |= item.flow.assigned
            maybe |= item.flow.maybe_assigned


def script_reads(program: Program, certainty: Certainty) -> Iterator[tuple[str, int, ScriptRead]]:
    """Reads of top-level variables in script statements that no path, or not every path, assigned before."""
    for one in _readings(program):
        file, name = one.file, one.name
        if name in one.definite or _is_declared_elsewhere(program, file.path, name):
            continue
        how = "some" if one.read.certainty == "some" or name in one.maybe else "none"
        if how == certainty and not (how == "none" and _script_cycle(file, one.index, name)):
            yield file.path, one.index, one.read


def _is_declared_elsewhere(program: Program, path: str, name: str) -> bool:
    return any(entry.path != path for entry in program.table.row("value", name))


Stop = tuple[str, int, Span]
"""A top-level variable of a cycle, the index of the item that assigns it, and its name there."""


def script_cycles(program: Program) -> Iterator[tuple[str, int, ast.Name, list[Stop]]]:
    """The first read of each cycle among top-level variables: file, item, the name that is read, and the way."""
    reported = set[tuple[str, str]]()
    for one in _readings(program):
        path, name = one.file.path, one.name
        if name in one.maybe or (path, name) in reported or one.read.certainty == "some":
            continue
        way = [] if _is_declared_elsewhere(program, path, name) else _script_cycle(one.file, one.index, name)
        if way:
            reported |= {(path, stop) for stop, _, _ in way}
            yield path, one.index, one.read.name, way


def _script_cycle(file: File, index: int, name: str) -> list[Stop]:
    """The statements that assign a variable and need, in turn, what the statement at `index` assigns."""
    start = file.items[index]
    wanted = start.flow.maybe_assigned
    if not _runs_something(start):
        return []
    pending, ways = deque([name]), dict[str, list[Stop]]({name: []})
    while pending:
        current = pending.popleft()
        for at, item in enumerate(file.items):
            if at < index or isinstance(item.node, ast.Declaration) or current not in item.flow.maybe_assigned:
                continue
            way = [*ways[current], (current, at, _place(item, current))]
            if at == index:
                return way
            for needed in [name for name in item.used if name not in item.flow.maybe_assigned]:
                if needed in wanted:
                    return [*way, (needed, index, _place(start, needed))]
                if needed not in ways:
                    ways[needed] = way
                    pending.append(needed)
    return []


def _runs_something(item: ItemFacts) -> bool:
    return any(item.nodes.get(cls) for cls in _NODES)


def _place(item: ItemFacts, name: str) -> Span:
    return next((one.span for one in item.declared if one.name == name), Span(0, 0))
