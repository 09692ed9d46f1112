"""Protocols, aliases, structs, enums, traits and impls."""

from __future__ import annotations

import ast as python
import keyword
from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS
from nexa.compiler.emit import py
from nexa.compiler.emit.functions import names_of_params, write_function
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import Writer


def _type_name(w: Writer, name: ast.Name) -> str:
    symbol = w.unit.symbols.types.get(name.text)
    return symbol.python if symbol is not None else name.text


def protocol(w: Writer, node: ast.Declaration) -> None:
    """`class P(nx.Protocol): …`."""
    written = cast("ast.Protocol", node)
    body: list[py.Stmt] = []
    for field in written.fields:
        if not field.name.text:
            continue
        with w.at(field):
            annotation = type_expr(w, field.type)
            if field.constraint is not None:
                annotation = _with_condition(w, annotation, field.constraint)
            made = _field(w, field.name, annotation, field.default, is_optional=_is_optional(field.type))
            w.locate(made)
            body.append(made)
    w.add(py.class_(_type_name(w, written.name), py.nx("Protocol"), body))


def _with_condition(w: Writer, annotation: py.Expr, text: ast.Str) -> py.Expr:
    condition = py.nx_call("Semantic", py.const(""), w.expr(text))
    return py.subscript(py.nx("Annotated"), py.tuple_([annotation, condition]))


def _is_optional(node: ast.TypeExpr) -> bool:
    if isinstance(node, ast.TypeOption):
        return True
    if isinstance(node, ast.TypeUnion):
        return any(map(_is_optional, node.members)) or any(_is_null(one) for one in node.members)
    return isinstance(node, ast.TypeName) and [one.text for one in node.path] == ["Option"]


def _is_null(node: ast.TypeExpr) -> bool:
    return isinstance(node, ast.TypeName) and [one.text for one in node.path] in (["null"], ["None"])


def _field(
    w: Writer, name: ast.Name, annotation: py.Expr, default: ast.Expr | None, *, is_optional: bool = False
) -> python.AnnAssign:
    """`name: type = default`, through `nx.field` where Python or pydantic need more words."""
    variable = field_name(name.text)
    options: dict[str, py.Expr] = {}
    value: py.Expr | None = py.const(None) if is_optional else None
    if default is not None:
        value = _plain_default(w, default)
        if value is None:
            options["default_factory"] = py.lambda_(w.expr(default))
    if variable != name.text:
        options["alias"] = py.const(name.text)
    if options and value is not None:
        options["default"] = value
    return py.annotated(variable, annotation, py.nx_call("field", **options) if options else value)


def field_name(text: str) -> str:
    """The Python attribute of a field: not a keyword, and not private to pydantic."""
    if keyword.iskeyword(text):
        return f"{text}_"
    return f"field{text}" if text.startswith("_") else text


def _plain_default(w: Writer, node: ast.Expr) -> py.Expr | None:
    is_constant = isinstance(node, ast.Int | ast.Float | ast.Bool | ast.Null) or (
        isinstance(node, ast.Str) and node.plain is not None
    )
    return w.expr(node) if is_constant else None


def alias(w: Writer, node: ast.Declaration) -> None:
    """`Ids = list[int]`, `Money = nx.semantic_type("Money", float, "…")`."""
    written = cast("ast.TypeAlias", node)
    base = type_expr(w, written.type)
    if written.constraint is not None:
        base = py.nx_call("semantic_type", py.const(written.name.text), base, w.expr(written.constraint))
    w.add(py.assign(_type_name(w, written.name), base))


def struct(w: Writer, node: ast.Declaration) -> None:
    """`class S(nx.Struct): …`."""
    written = cast("ast.Struct", node)
    body: list[py.Stmt] = []
    for field in written.fields:
        if not field.name.text:
            continue
        with w.at(field):
            annotation = type_expr(w, field.type) if field.type is not None else py.nx("Any")
            made = _field(w, field.name, annotation, field.default)
            w.locate(made)
            body.append(made)
    w.add(py.class_(_type_name(w, written.name), py.nx("Struct"), body))


def enum(w: Writer, node: ast.Declaration) -> None:
    """`E = nx.enum("E", {…})`. `Option` and `Result` declared again stay the built-in ones."""
    written = cast("ast.Enum", node)
    if written.name.text in BUILTIN_VARIANTS:
        return
    variants = [(one.name.text, _payload(w, one)) for one in written.variants if one.name.text]
    w.add(py.assign(_type_name(w, written.name), py.nx_call("enum", py.const(written.name.text), py.record(variants))))


def _payload(w: Writer, variant: ast.Variant) -> py.Expr:
    if not variant.has_payload:
        return py.const(None)
    return py.tuple_([py.const(_payload_name(w, one)) for one in variant.payload])


def _payload_name(w: Writer, payload: ast.Payload) -> str | None:
    """A lone word is the payload's type if there is such a type, else its name."""
    from nexa.compiler.builtins import builtin_type

    if payload.name is None:
        return None
    word = payload.name.text
    is_lone_word = payload.type is not None and payload.type.span == payload.name.span
    if not is_lone_word:
        return word
    type_name = payload.type.path[0] if isinstance(payload.type, ast.TypeName) and payload.type.path else None
    is_type = word in w.unit.symbols.types or builtin_type(word) is not None
    is_type = is_type or (type_name is not None and type_name in w.item.scope.bindings)
    return None if is_type else word


def trait(w: Writer, node: ast.Declaration) -> None:
    """`T = nx.trait("T", {…})`, with the default methods."""
    written = cast("ast.Trait", node)
    methods = [
        (one.name.text, _method(w, one, "trait") if one.body is not None else py.const(None))
        for one in written.methods
        if one.name.text
    ]
    w.add(py.assign(_type_name(w, written.name), py.nx_call("trait", py.const(written.name.text), py.record(methods))))


def impl(w: Writer, node: ast.Declaration) -> None:
    """`nx.impl(Trait, Type, {…})`."""
    written = cast("ast.Impl", node)
    declared: py.Expr = py.const(None)
    if isinstance(written.trait, ast.TypeName) and written.trait.path:
        declared = py.name(_type_name(w, written.trait.path[0]))
    methods = [(one.name.text, _method(w, one, "impl")) for one in written.methods if one.name.text]
    w.add(py.statement(py.nx_call("impl", declared, type_expr(w, written.target), py.record(methods))))


def _method(w: Writer, node: ast.Function, owner: str) -> py.Expr:
    with w.at(node):
        title = w.unit.fresh("method")
        write_function(w, node, title, has_self=True)
        made = py.nx_call(
            "fn", py.const(node.name.text), py.name(title), owner=py.const(owner), **names_of_params(w, node.params)
        )
        w.locate(made)
    return made
