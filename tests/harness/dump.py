"""The AST as one line of text: `(Flow main (Block (ExprStmt (Call print "a"))))`.

What is absent (None, False, an empty tuple) is left out; so are places. Names, numbers and plain strings are
written as in Nexa.
"""

from __future__ import annotations

import json
from dataclasses import fields

from nexa.compiler import ast
from nexa.syntax import Span

_LEFT_OUT = {"start", "end", "keyword", "op_span", "word_span", "until_keyword", "quote", "offset", "indent"}


_PLAIN = {"op", "event", "clause", "family", "form", "sep", "word", "sugar", "kind", "owner", "clauses"}
"""Fields that hold a word of the language, not a text of the program."""


def dump(node: ast.Node, without: frozenset[str] = frozenset()) -> str:
    """One node and everything below it; `without` are more fields to leave out."""
    if isinstance(node, ast.Name):
        return node.text or "‹›"
    if isinstance(node, ast.Int | ast.Float | ast.Duration):
        return node.text
    if isinstance(node, ast.Bool):
        return str(node.value).lower()
    if isinstance(node, ast.Null):
        return "null"
    if isinstance(node, ast.Text):
        return json.dumps(node.value, ensure_ascii=False)
    if isinstance(node, ast.Str) and node.plain is not None and not node.prefix:
        return json.dumps(node.plain, ensure_ascii=False)
    if isinstance(node, ast.ErrorNode):
        return "‹error›"
    words = [type(node).__name__]
    for field in fields(node):
        if field.name not in _LEFT_OUT and field.name not in without:
            words += _words(field.name, getattr(node, field.name), without)
    return f"({' '.join(words)})"


def _words(name: str, value: object, without: frozenset[str]) -> list[str]:
    if value is None or value is False or value in ((), ""):
        return []
    if value is True:
        return [f":{name}"]
    if isinstance(value, ast.Node):
        return [dump(value, without)]
    if isinstance(value, Span):
        return []
    if isinstance(value, tuple):
        inner = [word for part in value for word in _words(name, part, without)]
        return [f"[{' '.join(inner)}]"] if inner else []
    return [value if isinstance(value, str) and name in _PLAIN else json.dumps(value, ensure_ascii=False)]
