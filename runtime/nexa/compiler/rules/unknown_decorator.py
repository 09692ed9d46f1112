"""A decorator, or an argument of one, that the language does not have.

It has no effect, so the limit or the description that it was meant to set is missing.

Bad:

    @tiemout(seconds=3)
   //^^^^^^^ NX206: unknown decorator `@tiemout`; did you mean `timeout`?
    agent Ann { prompt: "x" }
    flow main { print(Ann.run("a")) }

Bad:

    @timeout(secs=3)
           //^^^^ NX206: `@timeout` has no argument `secs`; it takes `seconds`
    agent Ann { prompt: "x" }
    flow main { print(Ann.run("a")) }

Good:

    @timeout(seconds=3)
    agent Ann { prompt: "x" }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS
from nexa.compiler.builtins.decorators import Decorator
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed, with_article


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Decorators of declarations and of members."""
    for decorator in item.of(ast.Decorator):
        known = DECORATORS.get(decorator.name.text)
        if known is not None:
            yield from _arguments(decorator, known.entry)
            yield from _misplaced(item, decorator, known)
        elif decorator.name.text:
            similar = nearest(decorator.name.text, DECORATORS)
            fix = replace(decorator.name.span, similar, f"Write `@{similar}`", safe=False) if similar else None
            yield Draft(decorator.name.span, f"unknown decorator `@{decorator.name.text}`{hint(similar)}", fix=fix)


_KINDS: dict[type, str] = {
    ast.Agent: "agent",
    ast.Flow: "flow",
    ast.Function: "function",
    ast.Tool: "tool",
    ast.Job: "job",
}


def _misplaced(item: ItemFacts, decorator: ast.Decorator, known: Decorator) -> Iterable[Draft]:
    """A decorator of one kind of declaration before one of another kind, where it does nothing."""
    kind = _KINDS.get(type(item.parents.get(decorator)))
    wanted = {"function" if one == "fn" else one for one in known.on}
    if kind is not None and len(wanted) == 1 and kind not in wanted:
        text = f"`@{known.entry.name}` does nothing before {with_article(kind)}; it is for {with_article(*wanted)}"
        yield Draft(decorator.name.span, text)


def _arguments(decorator: ast.Decorator, entry: Builtin) -> Iterable[Draft]:
    known = [one.name for one in entry.params or ()]
    for arg in decorator.args:
        if arg.name is None or not arg.name.text or arg.name.text in known:
            continue
        similar = nearest(arg.name.text, known)
        takes = f"; it takes {listed(known)}" if known else ""
        fix = replace(arg.name.span, similar, f"Write `{similar}`", safe=False) if similar else None
        text = f"`@{entry.name}` has no argument `{arg.name.text}`{hint(similar) or takes}"
        yield Draft(arg.name.span, text, fix=fix)


RULE = NameRule("NX206", "unknown-decorator", Severity.WARNING, check, about=(ast.Decorator,))
