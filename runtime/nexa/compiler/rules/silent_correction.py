"""A `catch_correction` does not reflect.

The block is tried again only when the agents were told what went wrong; without `reflect` nothing is corrected.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        try_agent {
            print(Ann.run("a"))
        } catch_correction (e) {
        //^^^^^^^^^^^^^^^^ NX514: catch_correction without `reflect`
            print("failed: #{e}")
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
from nexa.compiler.harness import add_statement, calls_builtin
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Branches whose body certainly never reflects."""
    for node in item.of(ast.TryAgent):
        for catch in node.catches:
            if not any(_may_reflect(item, names, one) for one in ast.walk(catch.body)):
                yield Draft(catch.keyword, "catch_correction without `reflect`", fix=_add(item, catch))


def _may_reflect(item: ItemFacts, names: Names, node: ast.Node) -> bool:
    """Whether it reflects, or runs what the program wrote: a function, or Python, may reflect for it."""
    if isinstance(node, ast.Python) or (isinstance(node, ast.ExprStmt) and node.sugar == "reflect"):
        return True
    if not isinstance(node, ast.Call):
        return False
    if calls_builtin(item, names, node, "reflect"):
        return True
    callee = node.callee
    return isinstance(callee, ast.Name) and (callee in item.scope.bindings or bool(names.entries("value", callee.text)))


def _add(item: ItemFacts, catch: ast.Catch) -> Remedy:
    told = f'"It failed: #{{{catch.name.text}}}"' if catch.name is not None else '"It failed; try another way."'
    return Remedy("Add `reflect`", (add_statement(item, catch.body, f"reflect {told}"),), safe=False)


RULE = NameRule("NX514", "silent-correction", Severity.WARNING, check, harness=True, about=(ast.TryAgent,))
