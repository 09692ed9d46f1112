"""A hook does nothing.

Bad:

    agent Ann {
        prompt: "Answer."
        before_step { }
      //^^^^^^^^^^^ NX526: empty hook
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        prompt: "Answer."
        before_step { print("next step") }
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Hooks of agents and of bodies whose block has no statement."""
    for hook in item.of(ast.Hook):
        if not hook.body.statements:
            yield Draft(hook.keyword, "empty hook", fix=_without(item, hook), unnecessary=True)


def _without(item: ItemFacts, hook: ast.Hook) -> Remedy | None:
    """The whole line, or what stands between its neighbours; no comment may say what is to come."""
    if item.source(hook.body.span)[1:-1].strip():
        return None
    line = item.text.rfind(b"\n", 0, hook.start) + 1
    rest = item.text[hook.end : (item.text.find(b"\n", hook.end) + 1 or len(item.text))]
    alone = not item.text[line : hook.start].strip() and not rest.strip(b" \t\r\n;,")
    place = Span(line, hook.end + len(rest)) if alone and line else _among_others(item.text, hook.span)
    return Remedy("Remove the hook", (Change(place, ""),))


def _among_others(text: bytes, place: Span) -> Span:
    """The hook with the separator behind it, or else the one before it."""
    behind = text[place.end :]
    after = len(behind) - len(behind.lstrip(b" \t"))
    if behind[after : after + 1] in (b",", b";"):
        rest = behind[after + 1 :]
        return Span(place.start, place.end + after + 1 + len(rest) - len(rest.lstrip(b" \t")))
    before = text[: place.start].rstrip(b" \t")
    if before.endswith((b",", b";")):
        return Span(len(before) - 1, place.end)
    return Span(place.start, place.end + after)


RULE = NameRule("NX526", "empty-hook", Severity.WARNING, check, about=(ast.Hook,))
