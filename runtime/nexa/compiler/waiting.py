"""Tasks that local variables hold: which of them wait for which."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.cycles import Edge, circles
from nexa.compiler.data_cycles import let_below
from nexa.compiler.facts import ItemFacts
from nexa.compiler.links import spawned
from nexa.compiler.names import Names
from nexa.compiler.scope import Local


def local_waits(item: ItemFacts, names: Names) -> Iterator[Edge[ast.Await]]:
    """Which task's function awaits which task. A task is known by its variable's name and a number behind a blank."""
    numbers: dict[Local, int] = {}

    def identity(local: Local) -> str:
        return f"{local.name} {numbers.setdefault(local, len(numbers))}"

    for name, value in _given(item):
        target = item.scope.bindings.get(name)
        body = spawned(item, value)
        if target is None or len(target.writes) > 1 or not isinstance(body, ast.Lambda):
            continue
        for node in ast.walk(body):
            if isinstance(node, ast.Await) and isinstance(node.value, ast.Name):
                local = _meant(item, names, node.value)
                if local is not None and len(local.writes) <= 1:
                    yield Edge(identity(target), identity(local), node)


def is_waited_for_in_a_circle(item: ItemFacts, names: Names, name: ast.Name) -> bool:
    """Whether a name that is awaited before it has a value is a task in a circle of tasks."""
    awaited = item.parents.get(name)
    if not isinstance(awaited, ast.Await) or let_below(item, name, through_functions=True) is None:
        return False
    return any(edge.about is awaited for cycle in circles(list(local_waits(item, names))) for edge in cycle)


def _given(item: ItemFacts) -> Iterator[tuple[ast.Name, ast.Expr]]:
    for assign in item.of(ast.Assign):
        if isinstance(assign.target, ast.Name):
            yield assign.target, assign.value
    for let in item.of(ast.Let):
        if isinstance(let.pattern, ast.PName):
            yield let.pattern.name, let.value


def _meant(item: ItemFacts, names: Names, name: ast.Name) -> Local | None:
    """The local that a name means when the function around it runs."""
    local, use = item.scope.bindings.get(name), item.scope.use_of.get(name)
    if local is not None or use is None or names.value(name.text) is not None:
        return local
    return use.late or let_below(item, name, through_functions=True)
