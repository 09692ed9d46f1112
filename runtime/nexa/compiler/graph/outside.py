"""Calls of what the language brings along and that touch the world: input, files, the network, databases, tasks."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED
from nexa.compiler.emit.tasks import is_handler
from nexa.compiler.graph.trace import NOTHING, Sources, Trace, joined

_IO = frozenset({"fs", "http", "shell", "db", "kv", "ask_human"})
"""Namespaces of `std` whose functions reach out of the program."""


def outside_call(t: Trace, node: ast.Call) -> Sources | None:
    """The call as a node, or as an end to what may be moved; None for calls of everything else."""
    path, root = _path(node.callee)
    if root is None:
        return None
    if t.is_predeclared(root, "print") and not path:
        return _told(t, node)
    if t.is_predeclared(root, "std") and path[:1] == ["ui"]:
        return _asked(t, node, f"std.{'.'.join(path)}") if path[1:] == ["input"] else _told(t, node)
    if t.is_predeclared(root, "input") and not path:
        return _asked(t, node, "input")
    if t.is_predeclared(root, "exit") and not path:
        t.leaves = True
        return _arguments(t, node)
    if t.is_predeclared(root, "std") and path and path[0] in _IO:
        return _touched(t, node, f"std.{'.'.join(path)}", f"std.{path[0]}")
    if t.is_predeclared(root, "spawn") and not path:
        return _spawn(t, node)
    if _is_of_tasks(t, root, path, ("after", "schedule")):
        return _later(t, node)
    if _is_of_tasks(t, root, path, ("parallel", "race")):
        return _at_once(t, node, path[-1] if path else root.text)
    handle = _handle(t, node, root, path)
    return None if handle is None else _touched(t, node, f"{handle}.{path[0] if path else root.text}", handle)


def _path(callee: ast.Expr) -> tuple[list[str], ast.Name | None]:
    path: list[str] = []
    while isinstance(callee, ast.Member):
        path.insert(0, callee.member.text)
        callee = callee.object
    return path, callee if isinstance(callee, ast.Name) else None


def _arguments(t: Trace, node: ast.Call) -> Sources:
    return joined(*(t.visit(arg.value) for arg in node.args))


def _told(t: Trace, node: ast.Call) -> Sources:
    _arguments(t, node)
    t.fence()
    return NOTHING


def _asked(t: Trace, node: ast.Call, label: str) -> Sources:
    """What a person sees or says stands at its place: nothing is moved across."""
    sources = _arguments(t, node)
    t.fence()
    made = t.node((node, "call"), "io", label, node, sources)
    t.fence()
    return made


def _spawn(t: Trace, node: ast.Call) -> Sources:
    """The task's value is what `await` gives; what runs in it runs because of the call."""
    made = t.node((node, "call"), "actor", "spawn", node)
    with t.guarded(made):
        _arguments(t, node)
    return made


def _is_of_tasks(t: Trace, root: ast.Name, path: list[str], words: tuple[str, ...]) -> bool:
    if path[:1] == ["concurrent"]:
        return t.is_predeclared(root, "std") and path[1:] in ([word] for word in words)
    return not path and any(t.is_predeclared(root, word) for word in words)


def _at_once(t: Trace, node: ast.Call, word: str) -> Sources:
    """Functions that run at the same time: what runs in them runs because of the call."""
    before = t.order
    made = t.node((node, "operator"), "fan_out", word, node.callee)
    first = len(t.drafts)
    with t.guarded(made):
        sources = _arguments(t, node)
    if len(t.drafts) == first:
        t.drop(next(iter(made)), before)
    return sources


def _later(t: Trace, node: ast.Call) -> Sources:
    """A function that is written as a call runs when it is time, as one that is written as a function."""
    sources: list[Sources] = []
    for arg in node.args:
        if isinstance(arg.value, ast.Call) and is_handler(node.args, arg):
            with t.region("fn"), t.later():
                t.visit(arg.value)
        else:
            sources.append(t.visit(arg.value))
    return joined(*sources)


def _touched(t: Trace, node: ast.Call, label: str, key: str) -> Sources:
    made = t.node((node, "call"), "io", label, node, _arguments(t, node))
    t.touch(f"handle {key}", made)
    return made


def _handle(t: Trace, node: ast.Call, root: ast.Name, path: list[str]) -> str | None:
    """The database or store that a call touches: `rooms.get(…)`, `execute(shop, …)`."""
    named = root
    if not path:
        spec = PREDECLARED.get(root.text)
        takes = spec is not None and spec.params and spec.params[0].type in ("db", "kv")
        first = node.args[0].value if takes and node.args and t.is_predeclared(root, root.text) else None
        if not isinstance(first, ast.Name):
            return None
        named = first
    symbol = t.symbol(named)
    return named.text if symbol is not None and symbol.kind == "handle" else None
