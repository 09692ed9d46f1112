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
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule, alternatives
from nexa.compiler.wording import listed
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: what no arm takes, the end of the match, the end of its last arm."""
    missing, end, last = cast("tuple[tuple[str, ...], int, int]", told.words)
    verb = "is" if len(missing) == 1 else "are"
    at = Span(last, last) if last < end else Span(end - 1, end - 1)
    others = Remedy("Add an arm for all others", (Change(at, ", _ => null"),), safe=False)
    fix, more = alternatives(others, _each(told, missing, at))
    text = f"match is not exhaustive: {listed(missing)} {verb} missing"
    yield Draft(told.span, text, fix=fix, others=more)


def _each(told: Told, missing: tuple[str, ...], at: Span) -> Remedy | None:
    """An arm for each value or variant, if that is not all that can be said."""
    if "_" in missing:
        return None
    arms = "".join(f", {_pattern(told, one)} => null" for one in missing)
    word = "an arm" if len(missing) == 1 else "arms"
    return Remedy(f"Add {word} for {listed(missing)}", (Change(at, arms),), safe=False)


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
