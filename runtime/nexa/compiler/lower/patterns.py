"""Patterns (language reference, section 2.9)."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import hole, too_deep, unread
from nexa.compiler.lower.literals import NUMBERS
from nexa.compiler.lower.literals import TABLE as LITERALS
from nexa.compiler.lower.names import name, word
from nexa.compiler.lower.reading import MAX_DEPTH, Reading
from nexa.compiler.lower.strings import STRINGS, literal, raw_string, string
from nexa.syntax import Node


def pattern(reading: Reading, node: Node | None, at: int) -> ast.Pattern:
    """A pattern; a hole at `at` when there is none."""
    if node is None:
        return hole(reading, at)
    kind = node.type
    if kind == "identifier":
        return _bound(reading, node)
    if kind in LITERALS or kind in STRINGS:
        return _literal(reading, node, kind)
    build = _PATTERNS.get(kind)
    if build is None:
        return unread(reading, node)
    if reading.depth >= MAX_DEPTH:
        return too_deep(reading, node)
    reading.depth += 1
    found = build(reading, node)
    reading.depth -= 1
    return found


def arm_pattern(reading: Reading, node: Node | None, at: int) -> ast.Pattern:
    """The pattern of a match arm, where `default` and `intent("…")` mean something too."""
    if node is not None:
        start, end = node.start_byte - reading.base, node.end_byte - reading.base
        if node.type == "intent_pattern":
            return ast.PIntent(start, end, literal(reading, node.child_by_field_name("text"), node.end_byte))
        if node.type == "identifier" and reading.text[node.start_byte : node.end_byte] == b"default":
            return ast.PWildcard(start, end, default=True)
    return pattern(reading, node, at)


def _bound(reading: Reading, node: Node) -> ast.Pattern:
    found = name(reading, node, node.start_byte)
    if found.text == "_":
        return ast.PWildcard(found.start, found.end, default=False)
    return ast.PName(found.start, found.end, found)


def _literal(reading: Reading, node: Node, kind: str) -> ast.Pattern:
    value: ast.Expr
    if kind in STRINGS:
        value = raw_string(reading, node) if kind == "raw_string" else literal(reading, node, 0)
    else:
        value = LITERALS[kind](reading, node)
    return ast.PLiteral(value.start, value.end, value)


def _negative(reading: Reading, node: Node) -> ast.Pattern:
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    number = next((child for child in node.named_children if child.type in NUMBERS), None)
    if number is None:
        return unread(reading, node)
    value = NUMBERS[number.type](reading, number)
    if isinstance(value, ast.Int):
        return ast.PLiteral(start, end, ast.Int(start, end, "-" + value.text, -value.value))
    if isinstance(value, ast.Float):
        return ast.PLiteral(start, end, ast.Float(start, end, "-" + value.text, -value.value))
    reading.slip("NX100", node.start_byte, node.end_byte, "negative duration", "a number")
    return ast.PLiteral(start, end, value)


def _parts(node: Node) -> list[Node]:
    """The elements of a tuple or list pattern."""
    return [child for child in node.named_children if child.type in _ELEMENTS]


def _tuple(reading: Reading, node: Node) -> ast.Pattern:
    items = tuple(pattern(reading, child, 0) for child in _parts(node))
    return ast.PTuple(node.start_byte - reading.base, node.end_byte - reading.base, items)


def _rest(reading: Reading, parts: list[Node]) -> tuple[bool, ast.Name | None]:
    """Whether the elements end in `..`, and its name; NX100 for one that is not the last."""
    rests = [part for part in parts if part.type == "rest_pattern"]
    for part in rests:
        if part != parts[-1]:
            reading.slip("NX100", part.start_byte, part.start_byte + 2, "`..` here", "`..` as the last element")
            break
    named = rests[-1].child_by_field_name("name") if rests else None
    return bool(rests), name(reading, named, 0) if named is not None else None


def _list(reading: Reading, node: Node) -> ast.Pattern:
    parts = _parts(node)
    items = tuple(pattern(reading, part, 0) for part in parts if part.type != "rest_pattern")
    return ast.PList(node.start_byte - reading.base, node.end_byte - reading.base, items, *_rest(reading, parts))


def _record(reading: Reading, node: Node) -> ast.Pattern:
    parts = [child for child in node.named_children if child.type in ("record_entry", "rest_pattern")]
    entries = tuple(_entry(reading, part) for part in parts if part.type == "record_entry")
    of = node.child_by_field_name("name")
    return ast.PRecord(
        node.start_byte - reading.base,
        node.end_byte - reading.base,
        name(reading, of, 0) if of is not None else None,
        entries,
        *_rest(reading, parts),
    )


def _entry(reading: Reading, node: Node) -> ast.PRecordEntry:
    key = node.child_by_field_name("key")
    below = node.child_by_field_name("pattern")
    found: ast.Name | ast.Str
    if key is not None and key.type in STRINGS:
        found = string(reading, key) if key.type == "string" else literal(reading, key, 0)
    else:
        # Without a pattern of its own the key is the name that it binds.
        found = (name if below is None else word)(reading, key, node.start_byte)
    inner = pattern(reading, below, 0) if below is not None else None
    return ast.PRecordEntry(node.start_byte - reading.base, node.end_byte - reading.base, found, inner)


def _variant(reading: Reading, node: Node) -> ast.Pattern:
    enum = node.child_by_field_name("enum")
    variant = (name if enum is None else word)(reading, node.child_by_field_name("variant"), node.end_byte)
    items = tuple(pattern(reading, child, 0) for child in node.children_by_field_name("items"))
    has_items = bool(items) or any(child.type == "(" for child in node.children)
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    return ast.PVariant(start, end, name(reading, enum, 0) if enum is not None else None, variant, has_items, items)


_PATTERNS = {
    "negative_number": _negative,
    "tuple_pattern": _tuple,
    "list_pattern": _list,
    "record_pattern": _record,
    "variant_pattern": _variant,
}
_ELEMENTS = frozenset({*_PATTERNS, *LITERALS, *STRINGS, "identifier", "rest_pattern", "missing_operand"})
