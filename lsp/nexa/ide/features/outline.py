"""The symbols of one file, as a tree: for breadcrumbs, the outline view and jumping within a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.lower.secrets import SecretEntry
from nexa.ide.memo import per_item
from nexa.ide.signature import head
from nexa.syntax import Node
from nexa.syntax.span import Span

OutlineKind = Literal[
    "agent",
    "tool",
    "fn",
    "flow",
    "protocol",
    "type",
    "struct",
    "enum",
    "variant",
    "trait",
    "impl",
    "job",
    "server",
    "route",
    "db",
    "kv",
    "auth",
    "test",
    "property",
    "field",
    "variable",
    "include",
    "config",
    "secret",
    "hook",
]


@dataclass(frozen=True, slots=True)
class OutlineSymbol:
    """A named place. `span` is all of it, `name_span` what to put the cursor on; `name_span` lies in `span`."""

    name: str
    kind: OutlineKind
    detail: str
    span: Span
    name_span: Span
    children: tuple[OutlineSymbol, ...] = ()


def outline(file: File) -> list[OutlineSymbol]:
    """What the file declares, in textual order. A declaration without a name (a hole) is left out."""
    if file.language == "nxs":
        return _secrets(file)
    return [
        _moved(symbol, start)
        for start, item in zip(file.starts, file.items, strict=True)
        for symbol in symbols_of(item)
    ]


def _secrets(file: File) -> list[OutlineSymbol]:
    """The configurations of a secrets file, and the keys; never a value."""
    found = [_key(one, file.text) for one in file.secrets.entries if one.key]
    for config in file.secrets.configs:
        keys = tuple(_key(one, file.text) for one in config.entries if one.key)
        block = _block_of(file.tree.root.descendant_for_byte_range(config.span.start, config.span.end))
        found += [OutlineSymbol(config.name, "config", "", block or config.span, config.span, keys)] * bool(config.name)
    return sorted(found, key=lambda one: one.span.start)


def _key(entry: SecretEntry, text: bytes) -> OutlineSymbol:
    """A key, which may stand in quotes, with those in its value."""
    inner = tuple(_key(one, text) for one in entry.entries if one.key)
    end = max([entry.span.end, *(one.span.end for one in inner)])
    at = max(text.find(entry.key.encode(), entry.span.start, entry.span.end), entry.span.start)
    name = Span(at, min(at + len(entry.key.encode()), entry.span.end))
    return OutlineSymbol(entry.key, "secret", "", Span(entry.span.start, end), name, inner)


def _block_of(node: Node | None) -> Span | None:
    """The block of a configuration around a node."""
    while node is not None and node.type != "config_block":
        node = node.parent
    return None if node is None else Span(node.start_byte, node.end_byte)


@per_item
def symbols_of(item: ItemFacts) -> tuple[OutlineSymbol, ...]:
    """The symbols of an item; places count from its start."""
    return tuple(_symbols(item.node, item.text))


def _symbols(node: ast.Node, text: bytes) -> Iterable[OutlineSymbol]:
    """The symbols that a declaration, a member or a script statement makes."""
    match node:
        case ast.Let(pattern=ast.PName(name=name), type=written):
            yield from _named(node, name, "variable", _written(written, text))
        case ast.Assign(target=ast.Name() as name, type=ast.TypeExpr() as written):
            yield from _named(node, name, "variable", _written(written, text))
        case ast.Include(path=ast.Str() as path):
            yield _symbol(node, _quoted(path, text), "include", path)
        case ast.UseConfig(name=name):
            yield from _named(node, name, "config", "")
        case ast.Test(title=title):
            yield _symbol(node, _quoted(title, text), "test", title)
        case ast.Declaration():
            yield from _declaration(node, text)
        case ast.BodyMember():
            yield from _member(node, text)


def _declaration(node: ast.Declaration, text: bytes) -> Iterable[OutlineSymbol]:
    kind = _KINDS.get(type(node))
    if isinstance(node, ast.Impl):
        title = f"{_written(node.trait, text)} for " if node.trait else ""
        name = f"impl {title}{_written(node.target, text)}"
        yield _symbol(node, name, "impl", node.target, children=_children(node.methods, text))
    elif isinstance(node, ast.Server):
        name = node.name.text if node.name else ""
        place = node.name or node.port or node.keyword
        yield _symbol(
            node,
            name or "server",
            "server",
            place,
            str(node.port.value) if node.port else "",
            _children(node.items, text),
        )
    elif isinstance(node, ast.Handle):
        yield from _named(node, node.name, node.family, "")
    elif kind is not None:
        name_node: ast.Name = node.name  # type: ignore[attr-defined]  # every class of _KINDS has a name
        yield from _named(node, name_node, kind, head(node, text), _children(_parts(node), text))


def _parts(node: ast.Declaration) -> Iterable[ast.Node]:
    """What is shown under a declaration."""
    match node:
        case ast.Agent(members=parts) | ast.Tool(properties=parts):
            return parts
        case ast.Protocol(fields=parts) | ast.Struct(fields=parts):
            return parts
        case ast.Enum(variants=parts) | ast.Trait(methods=parts):
            return parts
        case ast.Job(properties=properties, bodies=bodies):
            return sorted((*properties, *bodies), key=lambda part: part.start)
    return ()


def _children(parts: Iterable[ast.Node], text: bytes) -> tuple[OutlineSymbol, ...]:
    found: list[OutlineSymbol] = []
    for part in parts:
        match part:
            case ast.Field(name=name, type=written) | ast.StructField(name=name, type=written):
                found += _named(part, name, "field", _written(written, text))
            case ast.Variant(name=name):
                payload = text[name.end : part.end].decode("utf-8", "replace").strip()
                found += _named(part, name, "variant", _squeezed(payload))
            case _:
                found += _symbols(part, text)
    return tuple(found)


def _member(node: ast.BodyMember, text: bytes) -> Iterable[OutlineSymbol]:
    match node:
        case ast.Property(key=key, value=value):
            yield from _named(node, key, "property", _squeezed(_source(value, text)))
        case ast.Hook(event=event, keyword=keyword) | ast.JobBody(event=event, keyword=keyword):
            yield _symbol(node, event, "hook", keyword)
        case ast.ContextBlock(keyword=keyword):
            yield _symbol(node, "context", "property", keyword)
        case ast.ContextPolicy(keyword=keyword):
            yield _symbol(node, "context_policy", "property", keyword)
        case ast.Route(method=method, path=path, target=target):
            name = f"{method.text} {_quoted(path, text)}" if method else _quoted(path, text)
            yield _symbol(node, name, "route", path, _squeezed(_source(target, text)) if target else "")
        case ast.Group(prefix=prefix, items=items):
            yield _symbol(node, _quoted(prefix, text), "route", prefix, children=_children(items, text))


def _named(
    node: ast.Node, name: ast.Name, kind: OutlineKind, detail: str, children: tuple[OutlineSymbol, ...] = ()
) -> Iterable[OutlineSymbol]:
    if name.text:
        yield _symbol(node, name.text, kind, name, detail, children)


def _symbol(
    node: ast.Node,
    name: str,
    kind: OutlineKind,
    place: ast.Node | Span,
    detail: str = "",
    children: tuple[OutlineSymbol, ...] = (),
) -> OutlineSymbol:
    return OutlineSymbol(name, kind, detail, node.span, Span(place.start, place.end), children)


def _moved(symbol: OutlineSymbol, by: int) -> OutlineSymbol:
    return OutlineSymbol(
        symbol.name,
        symbol.kind,
        symbol.detail,
        Span(symbol.span.start + by, symbol.span.end + by),
        Span(symbol.name_span.start + by, symbol.name_span.end + by),
        tuple(_moved(child, by) for child in symbol.children),
    )


def _written(written: ast.TypeExpr | None, text: bytes) -> str:
    return _squeezed(_source(written, text)) if written else ""


def _quoted(node: ast.Str, text: bytes) -> str:
    return _source(node, text).strip("\"'`") or "…"


def _source(node: ast.Node, text: bytes) -> str:
    return text[node.start : node.end].decode("utf-8", "replace")


def _squeezed(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


_KINDS: dict[type[ast.Declaration], OutlineKind] = {
    ast.Agent: "agent",
    ast.Tool: "tool",
    ast.Function: "fn",
    ast.Flow: "flow",
    ast.Protocol: "protocol",
    ast.TypeAlias: "type",
    ast.Struct: "struct",
    ast.Enum: "enum",
    ast.Trait: "trait",
    ast.Job: "job",
}
