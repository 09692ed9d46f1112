"""An `unharnessed` block does not say why it needs no checks.

Inside it contracts, `verify` and approvals are skipped. The reason goes to the trace, where somebody will look for it.

Bad:

    flow main {
        unharnessed {
      //^^^^^^^^^^^ NX532: unharnessed needs a reason
            print("a")
        }
    }

Good:

    flow main {
        unharnessed ("nothing here calls a model") {
            print("a")
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import is_blank
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span

_REASON = '"reviewed by hand"'


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Blocks without a reason, or with an empty one."""
    for node in item.of(ast.Unharnessed):
        if node.reason is None:
            change = Change(Span(node.keyword.end, node.keyword.end), f"({_REASON})")
        elif is_blank(node.reason):
            change = Change(node.reason.span, _REASON)
        else:
            continue
        fix = Remedy("Add a reason", (change,), safe=False, blanks=(_REASON,))
        yield Draft(node.keyword, "unharnessed needs a reason", fix=fix)


RULE = NameRule("NX532", "unexplained-unharnessed", Severity.ERROR, check, harness=True, about=(ast.Unharnessed,))
