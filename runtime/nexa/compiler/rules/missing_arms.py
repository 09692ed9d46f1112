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

import re
from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.remedies import indentation
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule, alternatives
from nexa.compiler.types import Type
from nexa.compiler.types.plain import plain_value
from nexa.compiler.wording import listed
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: what no arm takes, the match, the type of what an arm gives."""
    missing, match, given = cast("tuple[tuple[str, ...], ast.Match, Type]", told.words)
    verb = "is" if len(missing) == 1 else "are"
    value = plain_value(told.names, given) or "null"
    others = Remedy("Add an arm for all others", (_arms(told, match, ["_"], value),), safe=False)
    fix, more = alternatives(others, _each(told, missing, match, value))
    text = f"match is not exhaustive: {listed(missing)} {verb} missing"
    yield Draft(told.span, text, fix=fix, others=more)


def _arms(told: Told, match: ast.Match, patterns: list[str], value: str) -> Change:
    """Arms behind the last one, on lines of their own if that one has its line."""
    last = match.arms[-1]
    indent = indentation(told.item, last)
    apart = ", " if indent is None else f"\n{indent}"
    at = last.end if indent is None else _behind_comment(told, last.end)
    return Change(Span(at, at), "".join(f"{apart}{one} => {value}" for one in patterns))


_COMMENT = re.compile(rb"[ \t]*,?[ \t]*(//[^\r\n]*|/\*[^\r\n]*\*/[ \t]*(?=[\r\n]))")


def _behind_comment(told: Told, end: int) -> int:
    """The end of an arm with what is said of it on its line."""
    comment = _COMMENT.match(told.item.text, end)
    return end if comment is None else comment.end()


def _each(told: Told, missing: tuple[str, ...], match: ast.Match, value: str) -> Remedy | None:
    """An arm for each value or variant, if that is not all that can be said."""
    if "_" in missing:
        return None
    word = "an arm" if len(missing) == 1 else "arms"
    patterns = [arm.pattern for arm in match.arms if isinstance(arm.pattern, ast.PVariant)]
    enum = next((f"{one.enum.text}::" for one in patterns if one.enum is not None and one.enum.text), "")
    change = _arms(told, match, [_pattern(told, one, enum) for one in missing], value)
    return Remedy(f"Add {word} for {listed(missing)}", (change,), safe=False)


def _pattern(told: Told, label: str, enum: str) -> str:
    """A variant as the other arms write theirs, with a wildcard for each value that it carries."""
    for entry in told.names.entries("variant", label):
        node = entry.declared.node
        variants = node.variants if isinstance(node, ast.Enum) else ()
        for variant in (one for one in variants if one.name.text == label):
            inside = ", ".join("_" for _ in variant.payload)
            return f"{enum}{label}({inside})" if variant.has_payload else f"{enum}{label}"
    declared = told.names.declared("type", label)
    if declared is not None and isinstance(declared.node, ast.Struct):
        return f"{label} {{..}}"
    return f"{enum}{label}(_)" if label in ("Ok", "Err") else label


RULE = TypeRule("NX314", "missing-arms", Severity.WARNING, check)
