"""A loop that nothing ends.

Its condition always holds, and nothing in it leaves it, waits for anything or ends the program.

Bad:

    flow main {
        while true {
      //^^^^^ NX536: endless loop without break, await or exit
            print("again")
        }
    }

Good:

    flow main {
        count = 0
        while true {
            count += 1
            if count > 3 { break }
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_LEAVES = (
    ast.Return, ast.Raise, ast.Await, ast.Receive, ast.Propagate, ast.Verify, ast.Assert, ast.Python, ast.Pass,
)  # fmt: skip
_LOOPS = (ast.While, ast.Loop, ast.For, ast.Autoloop)
_WAITS = frozenset(
    {"exit", "restore", "recv", "recv_timeout", "receive", "select", "sleep", "sleep_ms", "send", "input"}
)


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """`loop` without `until`, and `while true`."""
    for loop in item.of(ast.Loop):
        if loop.until is None and not _may_end(item, names, loop, loop.body):
            yield Draft(loop.keyword, "endless loop without break, await or exit")
    for repeat in item.of(ast.While):
        is_true = isinstance(repeat.cond, ast.Bool) and repeat.cond.value
        if is_true and not _may_end(item, names, repeat, repeat.body):
            yield Draft(repeat.keyword, "endless loop without break, await or exit")


def _may_end(item: ItemFacts, names: Names, loop: ast.Node, body: ast.Block) -> bool:
    if may_be_torn(item, names, loop):
        return True
    for node in ast.walk(body):
        if isinstance(node, _LEAVES):
            return True
        if isinstance(node, ast.Break) and _loop_of(item, node) is loop:
            return True
        if isinstance(node, ast.Call) and _ends(item, names, node):
            return True
    return False


def may_be_torn(item: ItemFacts, names: Names, loop: ast.Node) -> bool:
    """Whether a word that means nothing (NX201) stands where a `break` may be meant, or an `until` behind the loop."""
    block = item.parents.get(loop)
    row = block.statements if isinstance(block, ast.Block) else ()
    behind = next((one for one in row if one.start >= loop.end), None)
    return is_no_word(item, names, behind) or any(
        is_no_word(item, names, node) for node in item.of(ast.ExprStmt) if loop.start < node.start < loop.end
    )


def is_no_word(item: ItemFacts, names: Names, statement: ast.Node | None) -> bool:
    """Whether a statement is nothing but a name that nothing declares, or a call of it."""
    value = statement.value if isinstance(statement, ast.ExprStmt) else None
    name = value.callee if isinstance(value, ast.Call) else value
    return isinstance(name, ast.Name) and name not in item.scope.bindings and names.value(name.text) is None


def _loop_of(item: ItemFacts, node: ast.Node) -> ast.Node | None:
    """The loop that a `break` leaves."""
    current = item.parents.get(node)
    while current is not None and not isinstance(current, _LOOPS):
        current = item.parents.get(current)
    return current


def _ends(item: ItemFacts, names: Names, call: ast.Call) -> bool:
    """Whether a call waits or ends the program, or runs what the program wrote, which may do so."""
    callee = call.callee
    if isinstance(callee, ast.Member):
        return callee.member.text in _WAITS
    if not isinstance(callee, ast.Name):
        return True
    return callee.text in _WAITS or callee in item.scope.bindings or bool(names.entries("value", callee.text))


RULE = NameRule("NX536", "endless-loop", Severity.WARNING, check, about=(ast.Loop, ast.While))
