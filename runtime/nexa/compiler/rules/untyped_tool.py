"""A tool does not say what it returns.

The type tells the model what to expect of a call, and what it returns is checked against it.

Bad:

    @tool("Look up a topic")
    fn lookup(topic: str) { return "#{topic}: nothing" }
     //^^^^^^ NX518: tool `lookup` has no return type
    agent Ann uses lookup { prompt: "x" }
    flow main { print(Ann.run("a")) }

Good:

    @tool("Look up a topic")
    fn lookup(topic: str) -> str { return "#{topic}: nothing" }
    agent Ann uses lookup { prompt: "x" }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import is_silent
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Functions offered as tools; a `tool` block says `returns` where it matters."""
    for fn in item.of(ast.Function):
        if fn.returns is None and fn.body is not None and any(one.name.text == "tool" for one in fn.decorators):
            yield Draft(fn.name.span, f"tool `{fn.name.text}` has no return type", fix=_add(item, names, fn))


def _add(item: ItemFacts, names: Names, fn: ast.Function) -> Remedy | None:
    """The type of what the body gives behind the parameters; `str`, as models read it, where nobody knows."""
    last = fn.params[-1].end if fn.params else fn.name.end
    end = item.text.find(b")", last)
    if end < 0:
        return None
    gives = f"-> {_result(item, names, fn)}"
    return Remedy(f"Add `{gives}`", (Change(Span(end + 1, end + 1), f" {gives}"),), safe=False)


_WRITABLE = re.compile(r"[\w\[\], ?]+")


def _result(item: ItemFacts, names: Names, fn: ast.Function) -> str:
    owner = item.parents.get(fn)
    found = names.inferred(f"{owner.name.text}.{fn.name.text}" if isinstance(owner, ast.Agent) else fn.name.text)
    if is_silent(found):
        return "str"
    text = show(found)
    return text if _WRITABLE.fullmatch(text) else "any"


RULE = NameRule("NX518", "untyped-tool", Severity.WARNING, check, harness=True, about=(ast.Decorator,))
