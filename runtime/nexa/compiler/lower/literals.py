"""Numbers, durations, and the words that are values."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower import numbers
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node


def integer(reading: Reading, node: Node) -> ast.Int:
    """A whole number."""
    start, end = node.start_byte, node.end_byte
    text = reading.text[start:end].decode()
    value = numbers.whole(text)
    if value is None:
        return malformed(reading, node)
    return ast.Int(start - reading.base, end - reading.base, text, value)


def real(reading: Reading, node: Node) -> ast.Expr:
    """A number with a point or an exponent."""
    text = reading.text[node.start_byte : node.end_byte].decode()
    value = numbers.real(text)
    if value is None:
        return malformed(reading, node)
    return ast.Float(node.start_byte - reading.base, node.end_byte - reading.base, text, value)


def duration(reading: Reading, node: Node) -> ast.Expr:
    """A number with a unit of time."""
    text = reading.text[node.start_byte : node.end_byte].decode()
    length = numbers.seconds(text)
    if length is None:
        return malformed(reading, node)
    return ast.Duration(node.start_byte - reading.base, node.end_byte - reading.base, text, length)


def malformed(reading: Reading, node: Node) -> ast.Int:
    """A token that begins like a number (NX114)."""
    start, end = node.start_byte, node.end_byte
    text = reading.text[start:end].decode("utf-8", "replace")
    if text:  # a missing number is reported as missing
        reading.slip("NX114", start, end, text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
    return ast.Int(start - reading.base, end - reading.base, text, 0)


_SHOWN = 40
"""How much of a malformed number a message quotes, in characters."""


def _true(reading: Reading, node: Node) -> ast.Expr:
    return ast.Bool(node.start_byte - reading.base, node.end_byte - reading.base, value=True)


def _false(reading: Reading, node: Node) -> ast.Expr:
    return ast.Bool(node.start_byte - reading.base, node.end_byte - reading.base, value=False)


def _null(reading: Reading, node: Node) -> ast.Expr:
    return ast.Null(node.start_byte - reading.base, node.end_byte - reading.base)


NUMBERS = {"integer": integer, "float": real, "duration": duration, "malformed_number": malformed}
TABLE = {**NUMBERS, "true": _true, "false": _false, "null": _null}
