"""What could have stood where something else was found, in few words."""

from __future__ import annotations

from typing import Final

from nexa.compiler.lower.faults import BRACKETS, Surroundings
from nexa.syntax import acceptable

_HEADS: Final = frozenset({"if", "while", "for", "match", "fast_match", "semantic_if", "autoloop", "with_context"})
_ORDER: Final = (
    "identifier", '"', "integer", "parameters", ")", "]", "}", ",", ":", "=", "=>", "->", "{", "(", "[", "in", "then",
    "else", "config", "from", "for", "against", "satisfies", ".", "@", "and", "_auto", "_auto_sep", ";",
)  # fmt: skip
_SPOKEN: Final = {
    "identifier": "a name",
    '"': "a string",
    "integer": "a number",
    "_auto": "the end of the line",
    "_auto_sep": "the end of the line",
}
_SHOWN: Final = 4
"""How many alternatives a message names."""


def names_at(state: int) -> frozenset[str]:
    """The names of the tokens that a state takes."""
    return frozenset(acceptable(state).values()) if state else frozenset()


def expected(around: Surroundings, index: int, state: int) -> str:
    """What the parser wanted in place of the token `index`; `""` when there is nothing short to say."""
    names = names_at(state)
    opener = around.open_bracket(index)
    bracket = around.leaves[opener].kind if opener is not None else ""
    closer = BRACKETS.get(bracket, "")
    if {"+", "*", "=="} <= names:
        return _after_operand(around, index, names, closer)
    if {"integer", "(", "["} <= names:
        what = "a statement" if "let" in names else "an expression"
        return f"{what} or `{closer}`" if closer and closer in names and closer != "}" else what
    if "identifier" in names and "(" in names and "null" in names:
        return "a pattern" if "integer" in names else "a type"
    return _listed(names)


def _after_operand(around: Surroundings, index: int, names: frozenset[str], closer: str) -> str:
    """Behind a complete operand nearly every operator fits: say what ends it instead."""
    opener = around.open_bracket(index)
    of = around.leaves[opener].node.parent if opener is not None else None
    if closer and closer in names and (closer != "}" or (of is not None and of.type != "block")):
        is_list = of is None or of.type not in ("parenthesized", "index", "interpolation")
        return f"`,` or `{closer}`" if is_list else f"`{closer}`"
    if around.word(around.line_start(index)) in _HEADS and "{" in names:
        return "`{`"
    return "an operator, or the end of the statement"


def _listed(names: frozenset[str]) -> str:
    """The alternatives one by one, if they are few."""
    found: list[str] = []
    for name in _ORDER:
        if name in names:
            spoken = _SPOKEN.get(name, f"`{name}`")
            if spoken not in found:
                found.append(spoken)
    keywords = sorted(name for name in names if name.isidentifier() and name not in _ORDER and name.islower())
    found.extend(f"`{name}`" for name in keywords if not name.endswith("_comment"))
    if not found or len(found) > _SHOWN:
        found = found[:_SHOWN] if found[:1] == ["a name"] else []
    return f"{', '.join(found[:-1])} or {found[-1]}" if len(found) > 1 else "".join(found)
