"""Top-level variables that script statements read before they have a value, and which of these reads are cycles."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.assignment import Certainty, ScriptRead
from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.compiler.data_cycles import NODES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.program import Program
from nexa.syntax.span import Span


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
    """The statements that assign a variable and need, in turn, what the statement at `index` assigns.

    Something has to run on the way: what never gets a value at all is only assigned too late.
    """
    start = file.items[index]
    wanted = start.flow.maybe_assigned
    pending, ways = deque([name]), dict[str, tuple[list[Stop], bool]]({name: ([], _runs_something(start))})
    while pending:
        current = pending.popleft()
        for at, item in enumerate(file.items):
            if at < index or isinstance(item.node, ast.Declaration) or current not in item.flow.maybe_assigned:
                continue
            way, runs = [*ways[current][0], (current, at, _place(item, current))], ways[current][1]
            runs = runs or _runs_something(item)
            if at == index:
                return way if runs else []
            for needed in [name for name in item.used if name not in item.flow.maybe_assigned]:
                if needed in wanted and runs:
                    return [*way, (needed, index, _place(start, needed))]
                if needed not in ways:
                    ways[needed] = way, runs
                    pending.append(needed)
    return []


def _runs_something(item: ItemFacts) -> bool:
    return any(item.nodes.get(cls) for cls in NODES)


def _place(item: ItemFacts, name: str) -> Span:
    return next((one.span for one in item.declared if one.name == name), Span(0, 0))
