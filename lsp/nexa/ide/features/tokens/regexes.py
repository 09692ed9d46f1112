"""Which strings of an item are regular expressions: those that the compiler reads as such."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.chains import dotted
from nexa.compiler.facts import ItemFacts


def regexes(item: ItemFacts) -> frozenset[int]:
    """Where the raw strings begin that stand in a regex position."""
    return frozenset(raw.start for raw in item.of(ast.Raw) if _is_regex(item, raw))


def _is_regex(item: ItemFacts, raw: ast.Raw) -> bool:
    parent = item.parents.get(raw)
    if isinstance(parent, ast.SemanticIf):
        return parent.fast_match is raw
    call = item.parents.get(parent) if isinstance(parent, ast.Argument) else None
    if not isinstance(call, ast.Call):
        return False
    place = next((index for index, one in enumerate(call.args) if one.value is raw), -1)
    if isinstance(call.callee, ast.Name):
        pipe = item.parents.get(call)
        is_piped = isinstance(pipe, ast.PipeCall) and pipe.right is call
        return call.callee.text == "matches" and place == (0 if is_piped else 1)
    return place == 0 and [name.text for name in dotted(call.callee)][:2] == ["std", "regex"]
