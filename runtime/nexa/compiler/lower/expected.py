"""What could have stood where something else was found, in few words."""

from __future__ import annotations

from typing import Final

from nexa.compiler.lower.faults import BRACKETS, Surroundings
from nexa.compiler.lower.instead import instead
from nexa.syntax import acceptable

_HEADS: Final = frozenset({"if", "while", "for", "match", "fast_match", "semantic_if", "autoloop", "with_context"})
_ORDER: Final = (
    "=>", "identifier", '"', "integer", ")", "]", "}", ",", ":", "=", "=>", "->", "{", "(", "[", "in", "then",
    "else", "config", "from", "for", "against", "satisfies", ".", "@", "and", "_auto", "_auto_sep", ";",
)  # fmt: skip
_SPOKEN: Final = {
    "identifier": "a name",
    '"': "a string",
    "integer": "a number",
    "_auto": "the end of the line",
    "_auto_sep": "the end of the line",
}
_NEVER_MEANT: Final = frozenset(
    {"missing_body", "missing_closer", "missing_name", "missing_opener", "missing_operand", "missing_quote"}
    | {"string_content", "raw_content", "escape_sequence", "unterminated_content", "unterminated_comment"}
)
"""Tokens that nobody would write on purpose, or that are no tokens to the reader."""

_NEWLINES: Final = frozenset({"_auto", "_auto_sep"})
_SHOWN: Final = 4
"""How many alternatives a message names."""


def names_at(state: int) -> frozenset[str]:
    """The names of the tokens that a state takes."""
    if not state:
        return frozenset()
    found = acceptable(state).values()
    # Names that begin with `_` are the grammar's own; two of them are newlines.
    return frozenset(name for name in found if name[0] != "_" or name in _NEWLINES) - _NEVER_MEANT


def expected(around: Surroundings, index: int, state: int) -> str:
    """What the parser wanted in place of the token `index`; `""` when there is nothing short to say."""
    return (
        instead(around, index, _expected(around, index, state))
        if index < len(around.leaves)
        else _expected(around, index, state)
    )


def _expected(around: Surroundings, index: int, state: int) -> str:
    names = names_at(state)
    opener = around.open_bracket(index)
    before = around.word(index - 1)
    if before in ("uses", "implements"):
        names -= {"["}  # read there so that what follows can be read, too
    if before in _UNFINISHED:
        return _UNFINISHED[before]
    if before == "|" and opener is not None and around.leaves[opener].kind == "#{":
        return "the name of a filter after `|`"
    if before == "for" and around.word(around.line_start(index)) == "impl":
        return "a type"
    if index < len(around.leaves) and around.word(index) == "," == around.word(index - 1):
        return "one `,`"
    is_end = opener is None and index == len(around.leaves) and before != "@"
    if is_end and around.is_junk and around.word(0) == "@":
        return "the declaration that the decorator is for"
    if opener is not None and (member := _member(around, index, opener)):
        return member
    bracket = around.leaves[opener].kind if opener is not None else ""
    closer = BRACKETS.get(bracket, "")
    first = around.line_start(index)
    words = [around.word(at) for at in range(first, min(index, len(around.leaves)))]
    if (not names or "else" in names) and "if" in words and "then" in words and "else" not in words:
        return "`else`"
    if not names and opener is not None and index - 1 > opener and _begins_field(around, index - 1, opener):
        return "`:`"
    if not names:
        return _somehow(around, index, closer)
    if {"+", "*", "=="} <= names:
        return _after_operand(around, index, names, closer)
    if {"integer", "(", "["} <= names:
        what = "a statement" if "let" in names else "an expression"
        return f"{what} or `{closer}`" if closer and closer in names and closer != "}" else what
    if "identifier" in names and "(" in names and "null" in names:
        return "a pattern" if "integer" in names else "a type"
    sign = _SIGNS.get(around.word(around.line_start(index)), "")
    if sign in names:
        return f"`{sign}`"
    return _listed(names)


_OPERATORS = ">> |>> &>> |> || && ?? == != <= >= + - * / % and or not in =="
_UNFINISHED: Final = {**dict.fromkeys(_OPERATORS.split(), "an expression"), ".": "a name", "->": "a type"}
"""What follows a token that never ends anything."""

_MEMBERS: Final = {
    "agent_body": "a property, or another member of the agent",
    "property_body": "a property",
    "context_block": "a property",
    "context_policy": "a property",
    "route_body": "a property",
    "handle_body": "a property",
    "protocol_declaration": "a field, as in `name: str`",
    "struct_declaration": "a field, as in `name: str`",
    "enum_declaration": "a variant",
    "trait_body": "a method, as in `fn name() -> str`",
    "impl_body": "a method, as in `fn name() { … }`",
    "job_declaration": "a property, `perform (…) { … }` or `on_failure (…) { … }`",
    "server_declaration": "a route, or another entry of the server",
    "group": "a route, or another entry of the server",
    "match_expression": "an arm, as in `pattern => value`",
    "case_block": 'a case, as in `"text" => value`',
}
_SIGNS: Final = {"let": "=", "for": "in", "type": "=", "use": "config"}
"""What the words need that a statement begins with, sooner or later."""


def _somehow(around: Surroundings, index: int, closer: str) -> str:
    """What may be expected where the parser was recovering already."""
    if index >= len(around.leaves):
        return "the rest of the statement"
    if closer in (")", "]"):
        return f"`,` or `{closer}`"
    return "a statement" if closer and around.line_start(index) == index else ""


def _member(around: Surroundings, index: int, opener: int) -> str:
    """What a body consists of, for a token that should begin a member of it."""
    of = around.leaves[opener].node.parent
    begins = index == opener + 1 or around.leaves[index - 1].kind in (";", ",") or around.line_start(index) == index
    return _MEMBERS.get(of.type, "") if of is not None and begins else ""


def _begins_field(around: Surroundings, index: int, opener: int) -> bool:
    """Whether a word stands where a field begins that has no type yet."""
    of = around.leaves[opener].node.parent
    is_record = of is not None and of.type in ("protocol_declaration", "struct_declaration")
    return is_record and (index == opener + 1 or around.leaves[index - 1].kind in (";", ","))


def _after_operand(around: Surroundings, index: int, names: frozenset[str], closer: str) -> str:
    """Behind a complete operand nearly every operator fits: say what ends it instead."""
    first = around.line_start(index)
    begin = around.word(first)
    if begin == "pass" and around.word(first + 1) not in CALLS:
        return "`to`"
    if "then" in names and _is_choice(around, first + 1, index):
        return "`then`"
    opener = around.open_bracket(index)
    of = around.leaves[opener].node.parent if opener is not None else None
    if closer and closer in names and (closer != "}" or (of is not None and of.type != "block")):
        is_list = of is None or of.type not in ("parenthesized", "index", "interpolation")
        return f"`,` or `{closer}`" if is_list else f"`{closer}`"
    if begin in _HEADS and "{" in names:
        return "`{`"
    if "_auto_sep" in names:
        return "an operator, `,` or the end of the line"
    return "an operator, or the end of the statement"


CALLS: Final = frozenset({"(", "[", ".", "=", ""})
"""What follows a word that is used as a name."""


def _is_choice(around: Surroundings, first: int, index: int) -> bool:
    """Whether the last `if` among some tokens waits for its `then`."""
    words = [around.word(at) for at in range(first, index)]
    return "if" in words and "then" not in words[len(words) - 1 - words[::-1].index("if") :]


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
    if found[:1] == ["`=>`"]:
        found = found[:1]  # the rest may go on with what stands before the arrow
    elif len(found) > _SHOWN:
        found = ["`{`"] if "`{`" in found else []
    return f"{', '.join(found[:-1])} or {found[-1]}" if len(found) > 1 else "".join(found)
