"""A variable is read that only some paths have assigned.

On the other paths the run stops here. Give the variable a value before the paths part.

Bad:

    flow main {
        go = input("> ")
        if go == "y" {
            word = "yes"
        }
        print(word)
            //^^^^ NX211: `word` may be unassigned here
    }

Good:

    flow main {
        go = input("> ")
        word = "no"
        if go == "y" {
            word = "yes"
        }
        print(word)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.early_reads import script_reads
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.remedies import put_before
from nexa.compiler.rule import Draft, NameRule, Note, ProgramDraft, Remedy, Severity
from nexa.compiler.scope import Local


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Reads of locals; one finding for each local and function, at its first such read."""
    seen: set[ast.Node] = set()
    for read in item.flow.early_reads:
        is_outer = read.name in item.scope.use_of and names.value(read.name.text) is not None
        if read.certainty == "some" and not is_outer and read.local.binding not in seen:
            seen.add(read.local.binding)
            note = Note("assigned on some paths only, here first", read.local.binding.span)
            text = f"`{read.name.text}` may be unassigned here"
            yield Draft(read.name.span, text, (note,), _initialise(item, read.local))


def _initialise(item: ItemFacts, local: Local) -> Remedy | None:
    """A first value before whatever decides whether there is one."""
    node: ast.Node | None = local.binding
    while node is not None:
        above = item.parents.get(node)
        if isinstance(above, ast.Block) and item.parents.get(above) is local.owner.node:
            text = f"{local.name} = null"
            return Remedy(f"Begin with `{text}`", (put_before(item, node, text),), safe=False)
        node = above
    return None


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """Reads of top-level variables in script statements."""
    for path, index, read in script_reads(program, "some"):
        yield ProgramDraft(path, index, Draft(read.name.span, f"`{read.name.text}` may be unassigned here"))


RULE = NameRule("NX211", "maybe-unassigned", Severity.WARNING, check, check_program)
