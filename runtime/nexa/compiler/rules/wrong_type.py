"""A value of another type than its place needs.

Types are written for parameters, results, fields and variables, and are inferred for everything else. Where nothing
is known, nothing is reported. A whole number may stand for a `float`, text is parsed where an agent or flow takes a
protocol, and a dict stands for any record.

Bad:

    fn twice(n: int) -> int { n * 2 }
    flow main {
        print(twice("four"))
                  //^^^^^^ NX301: expected `int`, found `str`
    }

Bad:

    protocol Bill { payee: str, sum: float }
    fn settle(bill: Bill) -> str { bill.payee }
    flow main {
        print(settle({payee: "Ann"}))
                   //^^^^^^^^^^^^^^ NX301: expected `Bill`, found `{payee: str}`: `sum` is missing
        print(settle({payee: "Ann", sum: "2"}))
                                       //^^^ NX301: expected `float`, found `str`
    }

Good:

    fn twice(n: int) -> int { n * 2 }
    flow main {
        print(twice(4), twice(int("4")))
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.remedies import separator
from nexa.compiler.rule import Change, Draft, Note, Remedy, Severity, Told, TypeRule, alternatives, replace
from nexa.compiler.table import Entry
from nexa.compiler.types import Type, show
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.fits import fits, gaps
from nexa.compiler.types.plain import plain_value
from nexa.compiler.types.terms import BOOL, FLOAT, INT, STR, Applied, Named, base_of, is_list, is_option
from nexa.compiler.types.union import without_null
from nexa.compiler.wording import listed
from nexa.syntax.span import Span

_CONVERSIONS: dict[tuple[Type, Type], str] = {
    (STR, INT): "int",
    (STR, FLOAT): "float",
    (INT, STR): "str",
    (FLOAT, STR): "str",
    (BOOL, STR): "str",
    (FLOAT, INT): "int",
    (BOOL, INT): "int",
    (INT, BOOL): "bool",
}
"""What turns one basic type into another: (found, wanted)."""


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that is needed, the type that was found; who wants it, and where that is declared.

    Of who is `predeclared`, a declaration may be meant whose name is missing.
    """
    wanted, found = cast("tuple[Type, Type]", told.words[:2])
    who = cast("tuple[str, ...]", told.words[2:3])
    missing = gaps(told.names, base_of(without_null(found)), base_of(without_null(wanted)))
    why = f": {', '.join(text for _, text in missing)}" if missing else ""
    notes = _wanted_by(told) + tuple(
        _declared(told.names, one) for one in (found, wanted) if isinstance(base_of(without_null(one)), Named)
    )
    absent = [name for name, text in missing if text.endswith("is missing")]
    ways = (
        _convert(told, wanted, found),
        _in_list(told, wanted, found),
        _as_struct(told, wanted),
        _fill(told, wanted, absent),
    )
    fix, others = alternatives(*ways, _otherwise(told, wanted, found))
    text = f"expected `{show(wanted)}`, found `{show(found)}`{why}"
    shown = tuple(note for note in notes if note is not None)
    yield Draft(told.span, text, shown, fix, others=others, unknown="value" if who == ("predeclared",) else None)


def _wanted_by(told: Told) -> tuple[Note, ...]:
    """The parameter, field or written type that wants the value."""
    if len(told.words) <= _WHO:
        return ()
    text, place = cast("tuple[str, Entry | Span]", told.words[_WHO - 1 :])
    return (Note(text, place) if isinstance(place, Span) else Note(text, of=place),)


_WHO = 3
"""How many words say what is wrong and who wants it; where that is comes behind them."""


def _fill(told: Told, wanted: Type, missing: list[str]) -> Remedy | None:
    """The missing fields of a literal."""
    literal = next((one for one in told.item.of(ast.Dict) if one.span == told.span), None)
    fields = fields_of(told.names, base_of(without_null(wanted)))
    if literal is None or fields is None or not missing:
        return None
    values = {name: plain_value(told.names, fields[name].type) for name in missing}
    blanks = tuple(value for value in values.values() if value is not None)
    if len(blanks) < len(values):
        return None
    apart = separator(told.item, literal.entries)
    written = apart.join(f"{name}: {value}" for name, value in values.items())
    at = literal.entries[-1].end if literal.entries else literal.end - 1
    change = Change(Span(at, at), f"{apart}{written}" if literal.entries else written)
    return Remedy(f"Add {listed(missing)}", (change,), safe=False, blanks=blanks)


def _as_struct(told: Told, wanted: Type) -> Remedy | None:
    """The struct before a literal that has its fields."""
    plain = base_of(without_null(wanted))
    fields = fields_of(told.names, plain)
    literal = next((one for one in told.item.of(ast.Dict) if one.span == told.span), None)
    if literal is None or fields is None or not isinstance(plain, Named) or plain.kind != "struct":
        return None
    keys = [entry.key.text if isinstance(entry.key, ast.Name) else "" for entry in literal.entries]
    if set(keys) != fields.keys():
        return None
    return replace(Span(told.span.start, told.span.start), f"{plain.name} ", f"Make it a `{plain.name}`", safe=False)


def _otherwise(told: Told, wanted: Type, found: Type) -> Remedy | None:
    """A value for the case that there is none, where everything else fits."""
    plain = base_of(found)
    if not is_option(plain) or is_option(base_of(wanted)) or not fits(told.names, plain.args[0], wanted):
        return None
    value = plain_value(told.names, wanted)
    if value is None:
        return None
    span = told.span
    changes = [Change(Span(span.end, span.end), f" ?? {value}")]
    if not _stands_alone(told):
        changes = [Change(Span(span.start, span.start), "("), Change(Span(span.end, span.end), f" ?? {value})")]
    return Remedy(f"Use `{value}` where there is none", tuple(changes), safe=False, blanks=(value,))


def _stands_alone(told: Told) -> bool:
    """Whether an operator may follow the expression without brackets around both."""
    parents = (told.item.parents.get(one) for cls in _PLAIN for one in told.item.of(cls) if one.span == told.span)
    return isinstance(next(parents, None), ast.Argument | ast.Assign | ast.Let | ast.Return | ast.Entry)


_PLAIN: tuple[type[ast.Expr], ...] = (ast.Name, ast.Member, ast.Call, ast.Index)


def _declared(names: Names, one: Type) -> Note | None:
    plain = base_of(without_null(one))
    row = names.entries("type", plain.name) if isinstance(plain, Named) else ()
    return Note(f"`{row[0].declared.name}` is declared here", of=row[0]) if row else None


def _convert(told: Told, wanted: Type, found: Type) -> Remedy | None:
    name = _CONVERSIONS.get((base_of(found), base_of(without_null(wanted))))
    if name is None:
        return None
    span = told.span
    written = _as_literal(told.item.source(span), name)
    if written is not None:
        return replace(span, written, f"Write `{written}`", safe=False)
    changes = (Change(Span(span.start, span.start), f"{name}("), Change(Span(span.end, span.end), ")"))
    return Remedy(f"Convert with `{name}`", changes, safe=False)


_NUMBERS = {"int": re.compile(r'"([+-]?\d+)"\Z'), "float": re.compile(r'"([+-]?\d+(?:\.\d+)?)"\Z')}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z|true\Z|false\Z")


def _as_literal(text: str, name: str) -> str | None:
    """A literal as one of the other type: `"4"` as `4`, and the other way round."""
    if name in _NUMBERS:
        found = _NUMBERS[name].match(text)
        return found and found[1]
    return f'"{text}"' if name == "str" and _NUMBER.match(text) else None


def _in_list(told: Told, wanted: Type, found: Type) -> Remedy | None:
    """The one element of a list that is wanted."""
    plain = base_of(without_null(wanted))
    element = plain.args[0] if isinstance(plain, Applied) and is_list(plain) else None
    if element is None or is_list(base_of(found)) or not fits(told.names, found, element):
        return None
    span = told.span
    changes = (Change(Span(span.start, span.start), "["), Change(Span(span.end, span.end), "]"))
    return Remedy("Put it into a list", changes, safe=False)


RULE = TypeRule("NX301", "wrong-type", Severity.ERROR, check)
