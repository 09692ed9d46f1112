"""A positional argument follows a named one.

Which parameter it means would depend on the names before it.

Bad:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(add(b: 1, 2))
                      //^ NX121: positional argument after a named one; put it first, or name it
    }

Good:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(add(2, b: 1))
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Slip, SyntaxRule
from nexa.compiler.slips import slipped
from nexa.compiler.wording import listed
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: for each argument, `named` or `""`. Spans: the arguments."""
    return [_draft(slip, _positional_first(item, slip)) for slip in _slips(item)] if item.is_broken else ()


def check_names(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """In an item that is whole the callee says which parameter each argument is for."""
    for slip in _slips(item):
        callee = _callee(item, names, slip)
        fix = _positional_first(item, slip) if callee is None else _fitting(item, slip, callee)
        yield _draft(slip, fix)


def _slips(item: ItemFacts) -> Iterable[Slip]:
    return slipped(item, "NX121")


def _draft(slip: Slip, fix: Remedy | None) -> Draft:
    return Draft(slip.span, "positional argument after a named one; put it first, or name it", fix=fix)


def _callee(item: ItemFacts, names: Names, slip: Slip) -> list[str] | None:
    """The names of the parameters of what is called, where the program declares it."""
    call = next((one for one in item.of(ast.Call) if any(arg.span == slip.span for arg in one.args)), None)
    name = call.callee if call is not None else None
    if not isinstance(name, ast.Name) or name in item.scope.bindings:
        return None
    meaning = names.value(name.text)
    node = meaning.node if isinstance(meaning, Declared) and not meaning.is_broken else None
    if isinstance(node, ast.Function | ast.Flow):
        return [one.name.text for one in node.params]
    return [one.name.text for one in node.fields] if isinstance(node, ast.Struct) else None


def _fitting(item: ItemFacts, slip: Slip, params: list[str]) -> Remedy | None:
    """Positional arguments first where that leaves the named ones their parameters; else each gets its name."""
    words = [item.source(span) for span in slip.spans]
    named = {
        word.partition("=")[0].partition(":")[0].strip() for word, kind in zip(words, slip.words, strict=True) if kind
    }
    count = len(words) - len([kind for kind in slip.words if kind])
    if named.isdisjoint(params[:count]):
        return _positional_first(item, slip)
    before = slip.words.index("named")
    free = [one for one in params[before:] if one not in named]
    late = [
        span for span, kind in zip(slip.spans, slip.words, strict=True) if not kind and span.start >= slip.span.start
    ]
    if len(free) < len(late) or not named.isdisjoint(params[:before]):
        return None  # there are too many of them
    given = free[: len(late)]
    changes = tuple(Change(Span(at.start, at.start), f"{name}: ") for at, name in zip(late, given, strict=True))
    return Remedy(f"Name {listed(given)}", changes, safe=False)


def _positional_first(item: ItemFacts, slip: Slip) -> Remedy:
    """In the places that there are, so that what stands between the arguments, comments included, stays."""
    arguments = sorted(zip(slip.words, slip.spans, strict=True), key=lambda argument: argument[0])
    pairs = zip(slip.spans, (span for _, span in arguments), strict=True)
    changes = tuple(Change(place, item.source(span)) for place, span in pairs if place != span)
    return Remedy("Put positional arguments first", changes, safe=False)


RULE = SyntaxRule("NX121", "positional-after-named", Severity.ERROR, check, names=check_names)
