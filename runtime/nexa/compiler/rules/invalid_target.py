"""The left side of an assignment cannot be assigned to.

Names, members and elements can be assigned to: `x = 1`, `order.total = 2`, `rows[0] = 3`.

Bad:

    fn one() { 1 }
    flow main {
        one() = 2
      //^^^ NX110: cannot assign to this: a call is not a variable
    }

Bad:

    agent Bot { prompt: "Answer." }
    flow main {
        Bot = 2
      //^^^ NX110: cannot assign to this: `Bot` is an agent
        print(Bot.run("hi"))
    }

Good:

    fn one() { 1 }
    flow main {
        two = one() + 1
        print(two)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, Note, Severity, SyntaxRule
from nexa.compiler.slips import slipped
from nexa.compiler.table import lasting
from nexa.compiler.wording import kind_word, with_article


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: why not."""
    for slip in slipped(item, "NX110"):
        yield Draft(slip.span, f"cannot assign to this: {slip.words[0]}")


def check_names(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Assignments to the name of a declaration."""
    for assign in item.of(ast.Assign):
        target = assign.target
        if not isinstance(target, ast.Name) or not target.text:
            continue
        local, use = item.scope.bindings.get(target), item.scope.use_of.get(target)
        if (local is not None and local.kind == "assigned") or (use is not None and use.role == "assign"):
            others = lasting(names.entries("value", target.text))
            if others and others[0].declared.is_headed:  # which may be a member of something
                what = with_article(kind_word(others[0].declared))
                note = Note(f"`{target.text}` is declared here", of=others[0])
                yield Draft(target.span, f"cannot assign to this: `{target.text}` is {what}", (note,))


RULE = SyntaxRule("NX110", "invalid-target", Severity.ERROR, check, check_names)
