"""What may follow a dot or `::`."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, MEMBERS, NO_PARENTHESES, STD, STD_NAMESPACES, std_children
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import dotted
from nexa.compiler.names import Names
from nexa.compiler.scope import Local
from nexa.ide.features.completion.candidates import Candidate, of_builtin
from nexa.ide.features.completion.place import Place
from nexa.ide.signature import declared_as, source


def members(place: Place) -> Iterator[Candidate]:
    """The members of what stands before the dot, as far as its kind is known without its type."""
    path = _path_before(place)
    if path and path[0].text == "std":
        yield from _std(".".join(name.text for name in path))
        return
    if len(path) != 1:
        if path:
            yield from _builtin_members(".".join(name.text for name in path))
        else:
            yield from _members_of_literal(place)
        return
    local = place.item.scope.bindings.get(path[0])
    if local is not None:
        yield from _of_local(place, local)
        return
    meaning = Names(place.view, place.item.node).value(path[0].text)
    if isinstance(meaning, Builtin):
        yield from _builtin_members(meaning.path)
    elif meaning is not None:
        yield from _own(place, meaning.node)
        yield from _builtin_members(meaning.kind)


def variants(place: Place) -> Iterator[Candidate]:
    """The variants of the enum before `::`."""
    parent = place.parent
    enum = parent.enum if isinstance(parent, ast.VariantExpr | ast.TypeVariant | ast.PVariant) else None
    if enum is None:
        return
    for name in BUILTIN_VARIANTS.get(enum.text, {}):
        yield Candidate(name, "variant", f"{enum.text}::{name}")
    meaning = Names(place.view, place.item.node).type(enum.text)
    node = None if meaning is None or isinstance(meaning, Builtin) else meaning.node
    for one in node.variants if isinstance(node, ast.Enum) else ():
        if one.name.text:
            yield Candidate(one.name.text, "variant", f"{enum.text}::{one.name.text}")


def _path_before(place: Place) -> tuple[ast.Name, ...]:
    parent = place.parent
    if isinstance(parent, ast.Member):
        return dotted(parent.object)
    if isinstance(parent, ast.UseItem):
        return parent.path[: parent.path.index(place.name)]
    return ()


def _std(namespace: str) -> Iterator[Candidate]:
    for name in std_children(namespace):
        full = f"{namespace}.{name}"
        if full in STD_NAMESPACES:
            yield Candidate(name, "namespace", full, STD_NAMESPACES[full])
        else:
            yield of_builtin(STD[namespace][name], "builtin", name)


def _builtin_members(kind: str) -> Iterator[Candidate]:
    for name, entry in MEMBERS.get(kind, {}).items():
        is_called = entry.params is not None and name not in NO_PARENTHESES
        yield of_builtin(entry, "method" if is_called else "field", name)


def _members_of_literal(place: Place) -> Iterator[Candidate]:
    """`"text".`, `[1].`, `{a: 1}.`: the value says what it is."""
    value = place.parent.object if isinstance(place.parent, ast.Member) else None
    for classes, kind in _LITERALS:
        if isinstance(value, classes):
            yield from _builtin_members(kind)


_LITERALS: tuple[tuple[tuple[type[ast.Expr], ...], str], ...] = (
    ((ast.Str, ast.Raw), "str"),
    ((ast.List,), "list"),
    ((ast.Dict,), "dict"),
    ((ast.Template,), "template"),
)


def _of_local(place: Place, local: Local) -> Iterator[Candidate]:
    if local.kind == "self":
        yield from _own(place, place.item.node)
        return
    written = local.type
    if isinstance(written, ast.TypeOption):
        written = written.inner
    if not isinstance(written, ast.TypeName) or len(written.path) != 1:
        return
    name = written.path[0].text
    meaning = Names(place.view, place.item.node).type(name)
    if isinstance(meaning, Builtin):
        yield from _builtin_members(meaning.name)
    elif meaning is not None:
        yield from _own(place, meaning.node)


def _own(place: Place, node: ast.Node) -> Iterator[Candidate]:
    """What a declaration of the program has."""
    text = _text(place, node)
    match node:
        case ast.Agent(members=parts) | ast.Impl(methods=parts):
            for one in parts:
                if isinstance(one, ast.Function | ast.Flow) and one.name.text:
                    yield Candidate(one.name.text, "method", declared_as(one, text), one.doc)
        case ast.Protocol(fields=rows) | ast.Struct(fields=rows):
            for row in rows:
                if row.name.text:
                    yield Candidate(row.name.text, "field", source(row, text))


def _text(place: Place, node: ast.Node) -> bytes:
    """The text of the item that a declaration is."""
    for path in place.project.program(place.path).files:
        file = place.project.file(path)
        for item in file.items if file else ():
            if item.node is node:
                return item.text
    return b""
