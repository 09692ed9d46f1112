"""Who calls whom: bodies, and the agents, tools, flows and functions that they speak of.

An agent or flow that is only named, as in a list of stages, counts as called: it is named to be run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.symbols import Reference, Symbol, symbol_of
from nexa.ide.place import Place, place_at
from nexa.ide.signature import head
from nexa.syntax import Span

CallerKind = Literal["agent", "tool", "fn", "flow", "method", "job", "test", "server", "route", "file"]

_CALLED: dict[str, CallerKind] = {
    "agent": "agent",
    "tool": "tool",
    "fn": "fn",
    "flow": "flow",
    "method": "method",
    "job": "job",
}
"""The symbols that can be called."""

_ROLES = frozenset({"value", "symbol", "contract", "use", "actor"})
"""How a name is used that calls."""


@dataclass(frozen=True, slots=True)
class Callable:
    """Something that calls or is called. `span` is all of it, `name_span` the place of its name; both in `path`."""

    kind: CallerKind
    name: str
    detail: str
    path: str
    span: Span
    name_span: Span


def callable_at(project: Project, path: str, offset: int) -> Callable | None:
    """What a name at an offset calls or declares; a test, a route or a server where its name stands."""
    reference = project.reference_at(path, offset)
    found = None if reference is None else of_symbol(project, reference.symbol)
    if found is not None:
        return found
    place = place_at(project, path, offset)
    caller = None if place is None else caller_of(place)
    is_named = caller is not None and caller.name_span.start <= offset <= caller.name_span.end
    return caller if is_named and caller is not None and caller.kind in ("test", "server", "route") else None


def of_symbol(project: Project, symbol: Symbol) -> Callable | None:
    """A declaration that can be called; None for any other symbol."""
    kind = _CALLED.get(symbol.kind)
    if kind is None or not symbol.path or not isinstance(symbol.node, ast.Declaration):
        return None
    place = place_at(project, symbol.path, symbol.span.start)
    detail = "" if place is None else head(symbol.node, place.item.text)
    owner = getattr(place.item.node, "name", None) if place is not None and kind == "method" else None
    if isinstance(owner, ast.Name):
        detail = f"{owner.text}{detail and ' '}{detail}"
    full = Span(min(symbol.full_span.start, symbol.span.start), max(symbol.full_span.end, symbol.span.end))
    return Callable(kind, symbol.name, detail, symbol.path, full, symbol.span)


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────


def caller_of(place: Place) -> Callable | None:
    """The body that a place is in: a flow, function, test, job, route or agent; the file for a script statement."""
    node = place.item.node
    for one in place.around():
        is_member = place.item.parents.get(one) is node and isinstance(node, ast.Agent | ast.Impl | ast.Trait)
        if isinstance(one, ast.Flow | ast.Function) and (one is node or is_member) and one.name.text:
            kind: CallerKind = "method" if is_member else "flow" if isinstance(one, ast.Flow) else "fn"
            return _of_body(place, one, one.name, kind)
        if isinstance(one, ast.Route):
            return _plain(place, one, one.path, "route", place.item.source(one.path.span).strip("\"'"))
    if isinstance(node, ast.Agent | ast.Tool | ast.Job) and node.name.text:
        kinds: dict[type[ast.Node], CallerKind] = {ast.Agent: "agent", ast.Tool: "tool", ast.Job: "job"}
        return _of_body(place, node, node.name, kinds[type(node)])
    if isinstance(node, ast.Test):
        return _plain(place, node, node.title, "test", place.item.source(node.title.span).strip("\"'"))
    if isinstance(node, ast.Server):
        return _plain(place, node, node.name or node.keyword, "server", node.name.text if node.name else "server")
    return None if isinstance(node, ast.Declaration) else _of_file(place.file)


def _of_body(place: Place, node: ast.Declaration, name: ast.Name, kind: CallerKind) -> Callable:
    detail = head(node, place.item.text)
    owner = getattr(place.item.node, "name", None) if kind == "method" else None
    if isinstance(owner, ast.Name):
        detail = f"{owner.text}{detail and ' '}{detail}"
    return Callable(kind, name.text, detail, place.file.path, place.span(node), place.span(name))


def _plain(place: Place, node: ast.Node, name: ast.Node | Span, kind: CallerKind, text: str) -> Callable:
    return Callable(kind, text, "", place.file.path, place.span(node), place.span(name))


def script_of(project: Project, path: str) -> Callable | None:
    """The script statements of a file, together."""
    file = project.file(path)
    return None if file is None else _of_file(file)


def _of_file(file: File) -> Callable:
    name = file.path.replace("\\", "/").rpartition("/")[2]
    return Callable("file", name, "", file.path, Span(0, len(file.text)), Span(0, 0))


# ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────


def calls_of(project: Project, caller: Callable) -> Iterator[tuple[Callable, Span]]:
    """What a body calls, and where, in textual order."""
    file = project.file(caller.path)
    if file is None:
        return
    for index, (start, item) in enumerate(zip(file.starts, file.items, strict=True)):
        if start > caller.span.end or start + len(item.text) < caller.span.start:
            continue
        for name in item.of(ast.Name):
            place = Place(project, file, index, name.start)
            span = place.span(name)
            if not (caller.span.start <= span.start and span.end <= caller.span.end) or not is_call(place, name):
                continue
            around = caller_of(place)
            symbol = symbol_of(project, file, index, name) if around == caller else None
            called = None if symbol is None or symbol.span == span else of_symbol(project, symbol)
            if called is not None:
                yield called, span


def callers_of(project: Project, references: tuple[Reference, ...]) -> Iterator[tuple[Callable, str, Span]]:
    """The bodies that references to one symbol stand in, and where."""
    for reference in references:
        place = place_at(project, reference.path, reference.span.start)
        if place is None or reference.is_declaration:
            continue
        name = next((one for one in place.around() if isinstance(one, ast.Name)), None)
        caller = caller_of(place) if name is not None and is_call(place, name) else None
        if caller is not None:
            yield caller, reference.path, reference.span


def is_call(place: Place, name: ast.Name) -> bool:
    """Whether a name is used to run what it means: not as a type, and not only to reach one of its members."""
    item = place.item
    parent = item.parents.get(name)
    if isinstance(parent, ast.Member):
        return parent.member is name or not _is_declared_member(place, parent)
    if isinstance(parent, ast.UseItem) and len(parent.path) > 1 and parent.path[0] is name:
        return False
    use = item.scope.use_of.get(name)
    local = item.scope.bindings.get(name)
    return (use is not None and use.role in _ROLES) or (local is not None and local.kind in ("method", "function"))


def _is_declared_member(place: Place, member: ast.Member) -> bool:
    """Whether the name behind a dot is one that the program declares: it is called then, not its owner."""
    symbol = symbol_of(place.project, place.file, place.index, member.member)
    return symbol is not None and bool(symbol.path)
