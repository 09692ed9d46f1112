"""A `reflect` has nothing to say.

The agents run again without knowing what to do better.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        try_agent {
            print(Ann.run("a"))
        } catch_correction (e) {
            reflect ""
                  //^^ NX528: reflect with empty text
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        try_agent {
            print(Ann.run("a"))
        } catch_correction (e) {
            reflect "It failed: #{e}"
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import calls_builtin, is_blank
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Both forms: `reflect "…"` and `reflect("…")`."""
    for call in item.of(ast.Call):
        if len(call.args) != 1 or not isinstance(call.args[0].value, ast.Str) or not is_blank(call.args[0].value):
            continue
        parent = item.parents.get(call)
        is_sugar = isinstance(parent, ast.ExprStmt) and parent.sugar == "reflect"
        if is_sugar or calls_builtin(item, names, call, "reflect"):
            yield Draft(call.args[0].value.span, "reflect with empty text")


RULE = NameRule("NX528", "empty-reflection", Severity.WARNING, check, about=(ast.Call,))
