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
from nexa.compiler.rule import Change, Draft, NameRule, Note, ProgramDraft, Remedy, Severity
from nexa.compiler.scope import Local
from nexa.compiler.table import Entry
from nexa.syntax.span import Span


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
            value = _plainest(item, local.writes)
            text = f"{local.name} = {value}"
            return Remedy(f"Begin with `{text}`", (put_before(item, node, text),), safe=False, blanks=(value,))
        node = above
    return None


_PLAINEST: dict[type[ast.Node], str] = {
    ast.Str: '""',
    ast.Int: "0",
    ast.Float: "0.0",
    ast.Bool: "false",
    ast.List: "[]",
    ast.Dict: "{}",
}


def _plainest(item: ItemFacts, writes: Iterable[ast.Name]) -> str:
    """An empty value where all that a variable is given elsewhere are literals of one kind."""
    given = [item.parents.get(name) for name in writes]
    kinds = {type(one.value) if isinstance(one, ast.Assign) else None for one in given}
    kind = kinds.pop() if len(kinds) == 1 else None
    return "null" if kind is None else _PLAINEST.get(kind, "null")


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """Reads of top-level variables in script statements."""
    for path, index, read in script_reads(program, "some"):
        fix = _initialise_variable(program, read.name.text)
        yield ProgramDraft(path, index, Draft(read.name.span, f"`{read.name.text}` may be unassigned here", fix=fix))


def _initialise_variable(program: Program, name: str) -> Remedy | None:
    """A first value before the statement that may assign a top-level variable."""
    row = program.table.row("value", name)
    file = program.files.get(row[0].path) if row else None
    found = [(index, one) for index, one in file.declared_by_name.get(name, ()) if one.is_assigned] if file else []
    if not found or file is None:
        return None
    index, one = found[0]
    item = file.items[index]
    writes = [use.name for use in item.scope.uses if use.role == "assign" and use.name.text == name]
    value = _plainest(item, writes)
    text = f"{name} = {value}"
    change = Change(Span(-one.span.start, -one.span.start), f"{text}\n", Entry(row[0].path, one))
    return Remedy(f"Begin with `{text}`", (change,), safe=False, blanks=(value,))


RULE = NameRule("NX211", "maybe-unassigned", Severity.WARNING, check, check_program)
