"""The variables whose values a debugger shows beside the lines, where a flow or function has stopped."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.ide.place import Place, place_before
from nexa.syntax import Span

_SHOWN = frozenset({"parameter", "let", "assigned", "for", "catch", "match", "hook", "member"})
"""The kinds of locals that hold values."""


@dataclass(frozen=True, slots=True)
class InlineVariable:
    """A variable at one of its places."""

    span: Span
    name: str


def inline_values(project: Project, path: str, span: Span, stopped: int) -> list[InlineVariable]:
    """Those in a span of the text that belong to the function which has stopped, up to the line where it has.

    Each name once a line, where it stands last.
    """
    place = place_before(project, path, stopped)
    if place is None:
        return []
    function = next((one for one in place.around() if isinstance(one, _FUNCTIONS)), place.item.node)
    lines = place.file.lines
    last = lines.line(stopped)
    found: dict[tuple[int, str], InlineVariable] = {}
    for name in place.item.of(ast.Name):
        where = place.span(name)
        line = lines.line(where.start)
        is_inside = function.start <= name.start and name.end <= function.end and line <= last
        if is_inside and span.start <= where.start and where.end <= span.end and _is_variable(place, name):
            found[line, name.text] = InlineVariable(where, name.text)
    return sorted(found.values(), key=lambda one: one.span)


_FUNCTIONS = (ast.Flow, ast.Function, ast.Test, ast.JobBody, ast.Hook, ast.Lambda)


def _is_variable(place: Place, name: ast.Name) -> bool:
    local = place.item.scope.bindings.get(name)
    if local is not None:
        return local.kind in _SHOWN
    use = place.item.scope.use_of.get(name)
    if use is None or use.role not in ("value", "assign"):
        return False
    entry = next(iter(place.names.entries("value", name.text)), None)
    return use.role == "assign" or (entry is not None and entry.declared.kind == "variable")
