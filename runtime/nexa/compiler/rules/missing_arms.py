"""A `match` has no arm for some of the values that it may meet.

The run stops at such a value. Add the arms, or `_` for all others.

Bad:

    enum Color { Red, Green, Blue }
    flow main {
        c = Color::Red
        print(match c { Color::Red => 1, Color::Green => 2 })
            //^^^^^ NX314: match is not exhaustive: `Blue` is missing
    }

Good:

    enum Color { Red, Green, Blue }
    flow main {
        c = Color::Red
        print(match c { Color::Red => 1, _ => 2 })
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.remedies import indentation
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule, alternatives
from nexa.compiler.wording import listed
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: what no arm takes, the end of the match, the end of its last arm."""
    missing, _, last = cast("tuple[tuple[str, ...], int, int]", told.words)
    verb = "is" if len(missing) == 1 else "are"
    others = Remedy("Add an arm for all others", (_arms(told, last, ["_"]),), safe=False)
    fix, more = alternatives(others, _each(told, missing, last))
    text = f"match is not exhaustive: {listed(missing)} {verb} missing"
    yield Draft(told.span, text, fix=fix, others=more)


def _arms(told: Told, last: int, patterns: list[str]) -> Change:
    """Arms behind the last one, on lines of their own if that one has its line."""
    arm = next((one for one in told.item.of(ast.Arm) if one.end == last), None)
    indent = indentation(told.item, arm) if arm is not None else None
    apart = ", " if indent is None else f"\n{indent}"
    return Change(Span(last, last), "".join(f"{apart}{one} => null" for one in patterns))


def _each(told: Told, missing: tuple[str, ...], last: int) -> Remedy | None:
    """An arm for each value or variant, if that is not all that can be said."""
    if "_" in missing:
        return None
    word = "an arm" if len(missing) == 1 else "arms"
    change = _arms(told, last, [_pattern(told, one) for one in missing])
    return Remedy(f"Add {word} for {listed(missing)}", (change,), safe=False)


def _pattern(told: Told, label: str) -> str:
    """A variant with a wildcard for each value that it carries."""
    for entry in told.names.entries("variant", label):
        node = entry.declared.node
        variants = node.variants if isinstance(node, ast.Enum) else ()
        for variant in (one for one in variants if one.name.text == label):
            inside = ", ".join("_" for _ in variant.payload)
            return f"{label}({inside})" if variant.has_payload else label
    return f"{label}(_)" if label in ("Ok", "Err") else label


RULE = TypeRule("NX314", "missing-arms", Severity.WARNING, check)
