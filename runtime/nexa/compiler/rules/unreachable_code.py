"""A statement that no path reaches.

It stands behind a `return`, `break`, `continue`, `raise` or `exit(…)`, or behind a loop that never ends.

Bad:

    flow f() -> int {
        return 1
        print("never")
      //^^^^^^^^^^^^^^ NX210: unreachable code
    }
    flow main { print(f()) }

Good:

    flow f() -> int {
        print("always")
        return 1
    }
    flow main { print(f()) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.rule import Change, Draft, NameRule, ProgramDraft, Remedy, Severity
from nexa.compiler.rules.endless_loop import may_be_torn
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The first statement of each dead stretch."""
    for statement in item.flow.dead:
        block = item.parents.get(statement)
        row = block.statements if isinstance(block, ast.Block) else ()
        before = next((one for one in reversed(row) if one.end <= statement.start), None)
        if isinstance(before, ast.Loop | ast.While) and may_be_torn(item, names, before):
            continue
        if isinstance(before, ast.ExprStmt) and not isinstance(names.value("exit"), Builtin):
            continue  # the program has an `exit` of its own
        yield Draft(statement.span, "unreachable code", fix=_remove(item, statement), unnecessary=True)


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """The first script statement behind one that does not end."""
    for path, file in program.files.items():
        if file.is_broken or program.table.row("value", "exit"):
            continue
        is_dead = False
        for index, is_last in file.rows(_scripts):
            if is_dead:
                span = file.items[index].node.span
                fix = Remedy("Remove the statement", (Change(span, "", whole=True),), safe=False)
                yield ProgramDraft(path, index, Draft(span, "unreachable code", fix=fix, unnecessary=True))
                break
            is_dead = is_last


def _scripts(item: ItemFacts) -> Iterable[bool]:
    """Of a script statement, whether nothing behind it runs."""
    return () if isinstance(item.node, ast.Declaration) else (item.flow.is_last and not item.slips,)


def _remove(item: ItemFacts, first: ast.Node) -> Remedy:
    """The whole stretch; what is declared in it may be used from elsewhere."""
    block = item.parents.get(first)
    row = block.statements if isinstance(block, ast.Block) else (first,)
    rest = [one for one in row if one.start >= first.start]
    dead = [one for one in rest if not isinstance(one, ast.Function | ast.Flow)]
    spans = [one.span for one in dead] if len(dead) < len(rest) else [Span(first.start, rest[-1].end)]
    title = "Remove the statement" if len(dead) == 1 else f"Remove {len(dead)} statements"
    return Remedy(title, tuple(Change(span, "") for span in spans), safe=False)


RULE = NameRule("NX210", "unreachable-code", Severity.WARNING, check, check_program)
