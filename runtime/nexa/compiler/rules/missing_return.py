"""A flow promises a result, but some path reaches its end without one.

A flow gives what it returns, or what its local `result` holds.

Bad:

    flow sign(n: int) -> int {
       //^^^^ NX317: not every path returns `int`
        if n > 1 {
            return n
        }
    }
    flow main { print(sign(2)) }

Good:

    flow sign(n: int) -> int {
        if n > 1 {
            return n
        }
        return 0
    }
    flow main { print(sign(2)) }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.compiler.types import Type, show
from nexa.compiler.types.terms import BOOL, FLOAT, INT, STR, base_of, is_dict, is_list, is_option
from nexa.syntax.span import Span

_EMPTY: dict[Type, str] = {STR: '""', INT: "0", FLOAT: "0.0", BOOL: "false"}


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that is promised, the end of the body."""
    wanted, end = cast("tuple[Type, int]", told.words)
    value = _empty(wanted)
    at = Span(end - 1, end - 1)
    fix = None if value is None else Remedy(f"Return `{value}`", (Change(at, f"    return {value}\n"),), safe=False)
    yield Draft(told.span, f"not every path returns `{show(wanted)}`", fix=fix)


def _empty(wanted: Type) -> str | None:
    """The plainest value of a type; None where there is none."""
    plain = base_of(wanted)
    if is_option(plain):
        return "null"
    return "[]" if is_list(plain) else "{}" if is_dict(plain) else _EMPTY.get(plain)


RULE = TypeRule("NX317", "missing-return", Severity.ERROR, check)
