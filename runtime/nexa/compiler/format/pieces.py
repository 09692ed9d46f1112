"""Small things that do not stand in a row with blanks between: keys, arguments, signs, types."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from nexa.compiler.format.printer import Doc
from nexa.compiler.format.rows import Line, doc, row
from nexa.compiler.format.source import COMMENTS, Source
from nexa.syntax import Node


def keyed(source: Source, node: Node) -> Doc:
    """`key: value`, also where `=` or nothing was written. A dict there looks like a body."""
    nodes = [one for one in node.children if one.type not in _SEPARATORS]
    line = Line()
    line.add(source.word(nodes[0]))
    line.add(":")
    _add_value(source, line, nodes)
    return line.doc()


def entry(source: Source, node: Node) -> Doc:
    """`key: value` of a dict; `KEY = value` of a secrets file."""
    if not source.is_secrets:
        return row(source, node.children, node.type)
    nodes = [one for one in node.children if one.type not in _SEPARATORS]
    line = Line()
    line.add(source.word(nodes[0]))
    line.add("=", " ")
    _add_value(source, line, nodes)
    return line.doc()


def rules(source: Source, node: Node) -> Doc:
    """`cors { … }`."""
    nodes = [one for one in node.children if one.type not in (",", ";")]
    line = Line()
    line.add(source.word(nodes[0]))
    _add_value(source, line, nodes)
    return line.doc()


def _add_value(source: Source, line: Line, nodes: list[Node]) -> None:
    for before, one in pairwise(nodes):
        if one.type in COMMENTS:
            line.comment(source, one, before, None)
        else:
            line.add(row(source, one.children, "spaced dict") if one.type == "dict" else doc(source, one), " ")


_SEPARATORS: Final = frozenset({":", "=", ",", ";"})


def argument(source: Source, node: Node) -> Doc:
    """`name: value`, `name=value`, `..rest`, `value`."""
    nodes = node.children
    if len(nodes) == 1:
        return doc(source, nodes[0])
    if not any(one.type == "=" for one in nodes):
        return row(source, nodes, node.type)
    return tight(source, node)


def unary(source: Source, node: Node) -> Doc:
    """`-x`; two signs keep apart."""
    nodes = node.children
    is_double = nodes[-1].type == "unary" and source.word(nodes[-1].children[0]) == source.word(nodes[0])
    if is_double or len(nodes) > 2:
        return row(source, nodes, node.type)
    return tight(source, node)


def type_name(source: Source, node: Node) -> Doc:
    """`a.b`, `list[T]`, `Option<T>`."""
    nodes = node.children
    if len(nodes) == 1:
        return source.word(nodes[0])
    if not any(one.type == "<" for one in nodes):
        return row(source, nodes, node.type)
    line = Line()
    for one in nodes:
        line.add(", " if one.type == "," else doc(source, one))
    return line.doc()


def tight(source: Source, node: Node) -> Doc:
    """Parts without blanks between them."""
    line = Line()
    for before, one in zip((None, *node.children), node.children, strict=False):
        if one.type in COMMENTS:
            line.comment(source, one, before, None)
        else:
            line.add(doc(source, one))
    return line.doc()


TABLE = {
    "property": keyed,
    "entry": entry,
    "header_rules": rules,
    "argument": argument,
    "decorator": tight,
    "option": argument,
    "unary": unary,
    "negative_number": unary,
    "signed_number": unary,
    "use_item": tight,
    "type_name": type_name,
}
