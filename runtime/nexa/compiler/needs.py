"""What an item needs from outside of its program: configurations, secrets, models, files and ports.

Collected as links (`links.Link`), from the item's text alone. What only the run knows, as a path with an interpolation
in it, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.chains import dotted
from nexa.compiler.facts import ItemFacts
from nexa.compiler.links import Link, LinkKind


def needs_of(item: ItemFacts) -> Iterator[Link]:
    """The needs of an item, by kind."""
    node = item.node
    if isinstance(node, ast.UseConfig):
        yield Link("use config", "", node.name.text, node.name.span)
    elif isinstance(node, ast.Agent):
        yield from _of_agent(node)
    elif isinstance(node, ast.Tool):
        for one in node.properties:
            yield from _named("python", node.name.text, one.value if one.key.text == "python" else None)
    elif isinstance(node, ast.Server):
        yield from _of_server(item, node)
    if b"secret" in item.text:
        yield from _secrets(item)
        yield from _configs(item)


def _named(kind: LinkKind, owner: str, value: ast.Expr | None) -> Iterator[Link]:
    """A need that a string names."""
    if isinstance(value, ast.Str) and value.plain:
        yield Link(kind, owner, value.plain, value.span)


# ── secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────


def is_free(item: ItemFacts, name: ast.Expr, text: str) -> bool:
    """Whether a name leaves the item under this text; what it means is the program's business."""
    if not isinstance(name, ast.Name) or name.text != text or name in item.scope.bindings:
        return False
    use = item.scope.use_of.get(name)
    return use is not None and use.late is None


def _secrets(item: ItemFacts) -> Iterator[Link]:
    """`secret("K")`. With a default, nothing is needed."""
    for call in item.of(ast.Call):
        if not is_free(item, call.callee, "secret") or len(call.args) != 1 or call.args[0].spread:
            continue
        only = call.args[0]
        if only.name is None or only.name.text == "key":
            yield from _named("secret", "", only.value)


def _configs(item: ItemFacts) -> Iterator[Link]:
    """`secrets.staging.K`: the configuration, and what must be in it."""
    for member in item.of(ast.Member):
        path = dotted(member)
        if not path or not is_free(item, path[0], "secrets") or not path[-1].text:
            continue
        if len(path) == 2:
            yield Link("config", "", path[1].text, path[1].span)
        elif len(path) == 3:
            yield Link("secret", path[1].text, path[2].text, path[2].span)


# ── agents and servers ──────────────────────────────────────────────────────────────────────────────────────────


def _of_agent(agent: ast.Agent) -> Iterator[Link]:
    owner = agent.name.text
    bodies = [one for member in agent.members if isinstance(member, ast.Uses) for one in member.items]
    for use in (*agent.uses, *bodies):
        if use.form == "string":
            yield from _document(owner, use.text)
    for member in agent.members:
        if not isinstance(member, ast.Property):
            continue
        key = member.key.text
        if key in ("model", "fallback"):
            for value in _strings(member.value):
                yield from _named("model", owner, value)
        elif key in ("uses", "tools"):
            for value in _strings(member.value):
                yield from _document(owner, value)
        elif key == "experience":
            yield from _named("file", owner, member.value)


def _strings(value: ast.Expr) -> Iterator[ast.Expr]:
    """The elements of a list, or the value itself."""
    if isinstance(value, ast.List | ast.Tuple):
        yield from value.items
    elif isinstance(value, ast.ModelList):
        yield from (one.value for one in value.entries)
    else:
        yield value


def _document(owner: str, value: ast.Expr | None) -> Iterator[Link]:
    """A skill document, or a Python file whose functions are tools."""
    text = value.plain if isinstance(value, ast.Str) else None
    if text is not None and "://" not in text:
        yield from _named("python" if text.endswith(".py") else "file", owner, value)


def _of_server(item: ItemFacts, server: ast.Server) -> Iterator[Link]:
    owner = server.name.text if server.name is not None else ""
    ports = [server.port, *(one.value for one in item.of(ast.Property) if _is_port(item, one))]
    for port in ports:
        if isinstance(port, ast.Int):
            yield Link("port", owner, str(port.value), port.span)
    for static in item.of(ast.Static):
        yield from _named("file", owner, static.folder)


def _is_port(item: ItemFacts, one: ast.Property) -> bool:
    return one.key.text == "port" and isinstance(item.parents.get(one), ast.Server)
