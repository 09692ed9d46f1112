"""Cycles among the locals of an item: a value is needed to make what it is made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.scope import Local

NODES = (
    ast.Call, ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall, ast.AmpAmp, ast.BarBar, ast.Branch, ast.Await, ast.Spawn
)  # fmt: skip
"""What becomes a node of the flow graph."""

_BODIES = (ast.Lambda, ast.Function, ast.Flow)


@dataclass(frozen=True, slots=True)
class Early:
    """A read of a local that has no value yet on any path."""

    name: ast.Name
    local: Local


@dataclass(frozen=True, slots=True)
class Step:
    """A variable of a cycle, and the name by which it gets the value that needs the next one."""

    local: Local
    place: ast.Name

    @property
    def name(self) -> str:
        """What the variable is called."""
        return self.local.name


@dataclass(frozen=True, slots=True)
class _Giver:
    """What gives locals a value: the names by which it does, what it reads for it, whether it runs something."""

    node: ast.Node
    gives: dict[Local, ast.Name]
    reads: tuple[Local, ...]
    runs: bool


def early_names(item: ItemFacts, names: Names) -> Iterator[Early]:
    """Reads of locals that nothing has given a value, where nothing else answers the name, in textual order."""
    found = [
        Early(read.name, read.local)
        for read in item.flow.early_reads
        if read.certainty == "none" and not (read.name in item.scope.use_of and names.value(read.name.text) is not None)
    ]
    introduced = {local.name for let in item.of(ast.Let) for local in _gives(item, let)}
    for use in item.scope.uses if introduced else ():
        is_unknown = use.name.text in introduced and use.role == "value" and use.late is None
        if is_unknown and names.value(use.name.text) is None:
            local = let_below(item, use.name)
            if local is not None:
                found.append(Early(use.name, local))
    yield from sorted(found, key=lambda early: early.name.start)


def cyclic_reads(item: ItemFacts, names: Names) -> dict[Early, list[Step]]:
    """The early reads of what is made from what reads it, each with the shortest way round."""
    reads = [(early, around) for early in early_names(item, names) if (around := _around(item, early.name)) is not None]
    if not reads:
        return {}
    readers: dict[ast.Node, _Giver] = {}
    by_local: dict[Local, list[_Giver]] = {}
    for giver in _givers(item, names):
        readers[giver.node] = giver
        for local in giver.gives:
            by_local.setdefault(local, []).append(giver)
    found = {early: _cycle(early.local, readers[around], by_local) for early, around in reads if around in readers}
    return {early: steps for early, steps in found.items() if steps}


def _cycle(local: Local, reader: _Giver, by_local: dict[Local, list[_Giver]]) -> list[Step]:
    """The shortest way from the local that is read to what the statement that reads it gives a value.

    Everything that gives the local its value has to lead there, and something has to run on the way.
    """
    ways = [_way(giver, local, reader, by_local) for giver in by_local.get(local, ())]
    return min(ways, key=len) if ways and all(ways) else []


def _way(first: _Giver, local: Local, reader: _Giver, by_local: dict[Local, list[_Giver]]) -> list[Step]:
    """From what gives the local that is read a value to the statement that reads it."""
    own = Step(local, first.gives[local])
    if first is reader:
        return [own] if first.runs else []
    pending, seen = deque([(first, [own], first.runs or reader.runs)]), {local}
    while pending:
        giver, steps, runs = pending.popleft()
        for needed in giver.reads:
            if needed in reader.gives and runs:
                return [*steps, Step(needed, reader.gives[needed])]
            if needed not in seen:
                seen.add(needed)
                nexts = by_local.get(needed, ())
                pending += [(one, [*steps, Step(needed, one.gives[needed])], runs or one.runs) for one in nexts]
    return []


def _givers(item: ItemFacts, names: Names) -> Iterator[_Giver]:
    nodes: list[ast.Assign | ast.Let | ast.ForkBranch]
    nodes = [*item.of(ast.Assign), *item.of(ast.Let), *item.of(ast.ForkBranch)]
    for node in nodes:
        gives = _gives(item, node)
        if gives:
            below = list(ast.walk(node.value))
            locals_ = (_local(item, names, one) for one in below if isinstance(one, ast.Name))
            runs = any(isinstance(one, NODES) for one in below)
            yield _Giver(node, gives, tuple(dict.fromkeys(one for one in locals_ if one is not None)), runs)


def _gives(item: ItemFacts, node: ast.Node) -> dict[Local, ast.Name]:
    """The locals that a statement gives a value, by their names there."""
    if isinstance(node, ast.Assign):
        target = node.target
        names = [target] if isinstance(target, ast.Name) else getattr(target, "items", ())
    elif isinstance(node, ast.Let):
        names = [one for one in ast.walk(node.pattern) if isinstance(one, ast.Name)]
    else:
        names = [node.name] if isinstance(node, ast.ForkBranch) and node.name is not None else []
    bindings = item.scope.bindings
    return {bindings[name]: name for name in names if isinstance(name, ast.Name) and name in bindings}


def _local(item: ItemFacts, names: Names, name: ast.Name) -> Local | None:
    local, use = item.scope.bindings.get(name), item.scope.use_of.get(name)
    if local is not None or use is None or names.value(name.text) is not None:
        return local
    return use.late or let_below(item, name)


def _around(item: ItemFacts, name: ast.Name) -> ast.Node | None:
    """The innermost statement of the same body that gives its locals what this read is part of."""
    node: ast.Node | None = name
    while node is not None and not isinstance(node, _BODIES):
        if isinstance(node, ast.Assign | ast.Let) or (isinstance(node, ast.ForkBranch) and node.name is not None):
            return node
        node = item.parents.get(node)
    return None


def let_below(item: ItemFacts, name: ast.Name, *, through_functions: bool = False) -> Local | None:
    """The local that a `let` further down, in a block around the read, introduces under this name.

    A function that is written in a statement may run when those behind it have run: with `through_functions` it counts
    as a part of its block.
    """
    node: ast.Node | None = name if item.of(ast.Let) else None
    while node is not None and not isinstance(node, ast.Function | ast.Flow):
        if isinstance(node, ast.Lambda) and not through_functions:
            return None
        if isinstance(node, ast.Block):
            for statement in node.statements:
                if isinstance(statement, ast.Let) and statement.end > name.start:
                    for one, binding in _gives(item, statement).items():
                        if binding.text == name.text:
                            return one
        node = item.parents.get(node)
    return None
