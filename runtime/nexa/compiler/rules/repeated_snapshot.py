"""A loop takes a snapshot on every turn and never goes back to it there.

A snapshot copies what changes after it. One in front of the loop keeps the moment that the loop began with.

Bad:

    flow main {
        for x in [1, 2, 3] {
            mark = snapshot()
                 //^^^^^^^^ NX539: snapshot taken on every iteration and never restored there
            print(x, mark)
        }
    }

Good:

    flow main {
        mark = snapshot()
        for x in [1, 2, 3] {
            print(x)
            restore(mark) if x > 2
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import calls_builtin, inside
from nexa.compiler.names import Names
from nexa.compiler.remedies import put_before
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity

_LOOPS = (ast.For, ast.While, ast.Loop, ast.Autoloop)
_BODIES = (ast.Lambda, ast.Function, ast.Flow, ast.Hook)


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Snapshots that go into a plain local which nothing but the loop reads."""
    calls = item.of(ast.Call)
    restores = [one for one in calls if calls_builtin(item, names, one, "restore")]
    for call in calls:
        loop = _loop_of(item, call)
        if loop is None or not calls_builtin(item, names, call, "snapshot"):
            continue
        if _stays(item, call, loop) and not any(inside(item, one, loop) for one in restores):
            text = "snapshot taken on every iteration and never restored there"
            yield Draft(call.callee.span, text, fix=_hoist(item, call, loop))


def _hoist(item: ItemFacts, call: ast.Call, loop: ast.Node) -> Remedy | None:
    """The statement before the loop, if every turn comes to it."""
    statement = item.parents.get(call)
    block = item.parents.get(statement) if statement is not None else None
    if statement is None or block is None or item.parents.get(block) is not loop:
        return None
    changes = (put_before(item, loop, item.source(statement.span).rstrip("; \t")), Change(statement.span, ""))
    return Remedy("Take it once, before the loop", changes, safe=False)


def _loop_of(item: ItemFacts, node: ast.Node) -> ast.Node | None:
    """The loop whose every turn comes here; what runs at another time does not count."""
    current: ast.Node | None = item.parents.get(node)
    while current is not None and not isinstance(current, _LOOPS):
        if isinstance(current, _BODIES):
            return None
        current = item.parents.get(current)
    return current


def _stays(item: ItemFacts, call: ast.Call, loop: ast.Node) -> bool:
    """Whether what is kept is dropped with the turn: nothing behind the loop reads the variable."""
    parent = item.parents.get(call)
    if isinstance(parent, ast.ExprStmt):
        return True
    if not isinstance(parent, ast.Assign) or not isinstance(parent.target, ast.Name):
        return False
    local = item.scope.bindings.get(parent.target)
    return local is not None and all(inside(item, one, loop) for one in local.reads)


RULE = NameRule("NX539", "repeated-snapshot", Severity.WARNING, check, about=(ast.Call,))
