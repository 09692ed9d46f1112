"""Names that patterns bind, and the enums and shapes that they name."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.resolve.walk import Handler, Walk
from nexa.compiler.scope import LocalKind


def bind(walk: Walk, pattern: ast.Pattern, kind: LocalKind, type_: ast.TypeExpr | None = None) -> None:
    """Declare what a pattern binds, in textual order. At the top level `let` makes variables of the program."""
    if isinstance(pattern, ast.PName):
        _bind_name(walk, pattern.name, kind, type_)
    elif isinstance(pattern, ast.PTuple):
        for item in pattern.items:
            bind(walk, item, kind)
    elif isinstance(pattern, ast.PList):
        for item in pattern.items:
            bind(walk, item, kind)
        _bind_rest(walk, pattern.rest, kind)
    elif isinstance(pattern, ast.PRecord):
        _bind_record(walk, pattern, kind)
    elif isinstance(pattern, ast.PVariant):
        _bind_variant(walk, pattern, kind)
    else:
        walk.visit(pattern)


def _bind_name(walk: Walk, name: ast.Name, kind: LocalKind, type_: ast.TypeExpr | None) -> None:
    if kind == "let" and walk.is_script and isinstance(walk.item, ast.Let) and walk.function.parent is None:
        if name.text != "_":
            walk.use(name, "assign")
        return
    walk.declare(name, kind, type_)
    if kind == "match" and name.text[:1].isupper():
        walk.use(name, "variant")  # `Waiting =>` binds nothing if an enum has such a variant: the program decides


def _bind_rest(walk: Walk, rest: ast.Name | None, kind: LocalKind) -> None:
    if rest is not None:
        _bind_name(walk, rest, kind, None)


def _bind_record(walk: Walk, pattern: ast.PRecord, kind: LocalKind) -> None:
    if pattern.name is not None:
        walk.use(pattern.name, "shape")
    for entry in pattern.entries:
        if entry.pattern is not None:
            bind(walk, entry.pattern, kind)
        elif isinstance(entry.key, ast.Name):
            _bind_name(walk, entry.key, "let" if kind == "let" else kind, None)
    _bind_rest(walk, pattern.rest, kind)


def _bind_variant(walk: Walk, pattern: ast.PVariant, kind: LocalKind) -> None:
    if pattern.enum is not None:
        walk.use(pattern.enum, "enum")
    else:
        walk.use(pattern.variant, "variant")
    for item in pattern.items:
        bind(walk, item, kind)


def _literal(walk: Walk, node: ast.Node) -> None:
    walk.visit(cast("ast.PLiteral", node).value)


HANDLERS: dict[type[ast.Node], Handler] = {ast.PLiteral: _literal}
