"""A declaration that nothing in the program reaches.

A program is reached from `flow main`, its tests, servers, jobs and script statements; without any of these, from every
flow. In a library everything may be used by others.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
        //^^^ NX209: agent `Bob` is never used
    flow main { print(Ann.run("a")) }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main { print("a" >> Ann >> Bob) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import BUILTIN_TYPES
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, ProgramDraft, ProgramRule, Severity
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import kind_word

_ROOTS = (ast.Test, ast.Server, ast.Job)
_SILENT = frozenset({"variable", "job", "server", "impl", "auth"})
"""What works without being named: an `auth` handle stands behind every `require_auth`."""


def check(program: Program) -> Iterable[ProgramDraft]:
    """Declarations of the entry file; included files may be meant for other programs."""
    file = program.files.get(program.entry)
    if file is None or file.language != "nx" or any(item.is_broken for item in file.items):
        return
    roots = _roots(file)
    if not roots:
        return
    reached = _reached(program, file, roots)
    seen: set[int] = set()
    for index, one in file.declared:
        if index in seen or one.kind in _SILENT or one.name.startswith("_") or file.items[index] in reached:
            continue
        seen.add(index)
        text = f"{kind_word(one)} `{one.name}` is never used"
        yield ProgramDraft(program.entry, index, Draft(one.span, text, unnecessary=True))


def _roots(file: File) -> list[ItemFacts]:
    roots = [item for item in file.items if _is_root(item)]
    return roots or [item for item in file.items if isinstance(item.node, ast.Flow)]


def _is_root(item: ItemFacts) -> bool:
    node = item.node
    if isinstance(node, ast.Flow):
        return node.name.text == "main"
    return isinstance(node, _ROOTS) or not isinstance(node, ast.Declaration)


def _reached(program: Program, file: File, roots: list[ItemFacts]) -> set[ItemFacts]:
    """Follow the names that items use to the items of the file that declare them; an `impl` comes with its type.

    What included files use is used, too: a library may call back into its includer.
    """
    declaring: dict[str, list[ItemFacts]] = {}
    for index, one in file.declared:
        declaring.setdefault(one.name, []).append(file.items[index])
    others = [other for path, other in program.files.items() if path != program.entry]
    called = [item for name, row in declaring.items() if any(name in other.used for other in others) for item in row]
    reached = {*roots, *called}
    pending = list(reached)
    while pending:
        for name in pending.pop().used:
            for item in declaring.get(name) or declaring.get(_meant(program, declaring, name)) or ():
                if item not in reached:
                    reached.add(item)
                    pending.append(item)
    return reached


def _meant(program: Program, declaring: dict[str, list[ItemFacts]], name: str) -> str:
    """What a name that nothing declares is a slip of: the slip is reported, the declaration is not unused."""
    known = name in PREDECLARED_VALUES or name in BUILTIN_TYPES or name in program.table.rows("value")
    if known or name in program.table.rows("type") or program.table.is_doubtful(name):
        return ""
    return nearest(name, declaring) or ""


RULE = ProgramRule("NX209", "unused-declaration", Severity.HINT, check)
