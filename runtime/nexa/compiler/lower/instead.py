"""What Nexa has instead of what other languages write at a place: the part in brackets behind what was expected."""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler.builtins import BUILTIN_TYPES
from nexa.compiler.lower.faults import Surroundings

CHOICE: Final = "a choice is written `if c then a else b`"
_FUNCTION: Final = "a function is written `fn(x) => …`"
_RANGE: Final = "a range is written `range(a, b)`"
_STAGE: Final = "what goes on to a stage is written `x >> A`"
_EACH: Final = "each element is written `for x in xs { … }`"
TYPED_FIRST: Final = "the end of the statement (a type stands behind the name, as in `x: int = 1`)"

_BEHIND_OPERAND: Final = {
    "|": "a filter stands inside `#{…}`",
    "->": _STAGE,
    "for": "a list of results is written `map(xs, fn(x) => …)`",
    "if": CHOICE,
    "=>": _FUNCTION,
}
"""By the token that surprised the parser behind a complete operand."""


def instead(around: Surroundings, index: int, what: str) -> str:
    """What was expected, with what would say the same in Nexa."""
    hint = _hint(around, index, what)
    return f"{what or 'the end of the statement'} ({hint})" if hint else what


def _hint(around: Surroundings, index: int, what: str) -> str:
    if "(" in what.replace("`(`", ""):
        return ""  # it says so already
    word, before = around.sign(index), around.word(index - 1)
    if word == "." and b".." in around.text[around.leaves[index].start - 1 : around.leaves[index].end + 1]:
        return _RANGE
    if word == "<" and before.isidentifier() and "`>`" in what:
        return "types inside each other are written with `[ ]`"
    if word == "|" and what.startswith("an expression"):
        return _FUNCTION
    if what == "`then`":
        return CHOICE
    if before == "." and word.isdecimal():
        return f"an element is written `t[{word}]`"
    begin = around.word(around.line_start(index))
    if begin == "for" and what in ("`in`", "`{`") and word in ("=", "of"):
        return _EACH
    if begin in ("if", "while") and word == "=":
        return "values are compared by `==`"
    if what in ("`=>`", "`(`") and any(around.word(at) == "fn" for at in range(around.line_start(index) + 1, index)):
        return _FUNCTION
    if (word in ("->", "=>") and what.startswith("`{`")) or what == "`=>`":
        return ""
    if word == "|" and around.word(index + 1)[:1].isupper():
        return _STAGE
    return _BEHIND_OPERAND.get(word, "") if _ENDS.search(before) else ""


def is_typed_first(around: Surroundings, index: int) -> bool:
    """Whether a name that gets a value stands behind a type: `int x = 1`."""
    if around.sign(index + 1) != "=" or around.leaves[index].kind != "identifier":
        return False
    begin = around.line_start(index)
    first, ends = around.word(begin), (around.word(begin + 1), around.word(index - 1))
    is_type = first in BUILTIN_TYPES or (first.isidentifier() and first[0].isupper())
    return is_type and begin < index and (begin + 1 == index or ends in (("[", "]"), ("?", "?")))


_ENDS: Final = re.compile(r"[\w)\]}\"'?]$")
"""How a complete operand ends."""


def surplus(around: Surroundings, index: int) -> str:
    """Why a `,` between the words of a statement does not do what was meant."""
    before, behind = around.word(index - 1), around.word(index + 1)
    begin = around.line_start(index)
    words = [
        around.word(at) for at in range(begin, len(around.leaves)) if around.leaves[at].row == around.leaves[index].row
    ]
    if words[0] in ("print", "reflect"):
        return "arguments stand in parentheses"
    if before.isdigit() and behind.isdigit() and len(behind) == _GROUP:
        return f"digits are grouped by `_`, as in `{before}_{behind}`"
    if "|>>" in words[: index - begin]:
        return "several stages stand in brackets, as in `[A, B]`"
    if "=" in words[index - begin :]:
        return "several names stand in parentheses, as in `let (a, b) = (1, 2)`"
    return "several values stand in parentheses, as in `(a, b)`"


_GROUP: Final = 3
