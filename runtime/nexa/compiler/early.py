"""Reads that come too early: which of them are cycles, and which top-level variables have no value yet."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.assignment import Certainty, EarlyRead, ScriptRead
from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.program import Program
from nexa.compiler.scope import Local

_NODES = (
    ast.Call, ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall, ast.AmpAmp, ast.BarBar, ast.Branch, ast.Await, ast.Spawn
)  # fmt: skip
"""What becomes a node of the flow graph."""


def is_cyclic(item: ItemFacts, read: EarlyRead) -> bool:
    """Whether the local that is read depends on the very statement that reads it: a cycle, which has its own code."""
    if read.waits_for is None:
        return False
    sources = _sources(item)
    pending, seen = [read.local], {read.local}
    while pending:
        for local in sources.get(pending.pop(), ()):
            if local is read.waits_for:
                return True
            if local not in seen:
                seen.add(local)
                pending.append(local)
    return False


def _sources(item: ItemFacts) -> dict[Local, set[Local]]:
    """For each local the locals that its assigned values read, where a value runs something."""
    found: dict[Local, set[Local]] = {}
    for assign in item.of(ast.Assign):
        target = item.scope.bindings.get(assign.target) if isinstance(assign.target, ast.Name) else None
        below = ast.walk(assign.value)
        if target is None or not any(isinstance(node, _NODES) for node in below):
            continue
        reads = found.setdefault(target, set())
        for node in below:
            if isinstance(node, ast.Name):
                use = item.scope.use_of.get(node)
                local = item.scope.bindings.get(node) or (use.late if use is not None else None)
                if local is not None:
                    reads.add(local)
    return found


def script_reads(program: Program, certainty: Certainty) -> Iterator[tuple[str, int, ScriptRead]]:
    """Reads of top-level variables in script statements that no path, or not every path, assigned before."""
    for path, file in program.files.items():
        variables = file.variables - PREDECLARED_VALUES.keys()
        if not variables or any(item.is_broken for item in file.items):
            continue
        definite: set[str] = set()
        maybe: set[str] = set()
        for index, item in enumerate(file.items):
            if isinstance(item.node, ast.Declaration):
                continue
            for read in item.flow.script_reads:
                name = read.name.text
                if name not in variables or name in definite or _is_declared_elsewhere(program, path, name):
                    continue
                how = "some" if read.certainty == "some" or name in maybe else "none"
                if how == certainty and not (how == "none" and _is_script_cycle(file, index, name)):
                    yield path, index, read
            definite |= item.flow.assigned
            maybe |= item.flow.maybe_assigned


def _is_declared_elsewhere(program: Program, path: str, name: str) -> bool:
    return any(entry.path != path for entry in program.table.rows.get(("value", name), ()))


def _is_script_cycle(file: File, index: int, name: str) -> bool:
    """Whether the statements that assign a variable need, in turn, what this statement assigns."""
    wanted = file.items[index].flow.maybe_assigned
    needed, seen = [name], {name}
    while needed:
        current = needed.pop()
        for item in file.items[index + 1 :]:
            if not isinstance(item.node, ast.Declaration) and current in item.flow.maybe_assigned:
                if item.used & wanted:
                    return True
                fresh = item.used - seen
                seen |= fresh
                needed += fresh
    return False
