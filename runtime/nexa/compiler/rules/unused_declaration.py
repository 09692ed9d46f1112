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

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nexa.compiler import ast, row_readers
from nexa.compiler.builtins import BUILTIN_TYPES, PREDECLARED_VALUES
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.file import File
from nexa.compiler.program import Program
from nexa.compiler.rows import Row
from nexa.compiler.rule import Change, Draft, ProgramDraft, ProgramRule, Remedy, Severity
from nexa.compiler.suggest import nearest
from nexa.compiler.table import Entry
from nexa.compiler.wording import kind_word, listed
from nexa.syntax.span import Span

_ROOTS = (ast.Test, ast.Server, ast.Job)
_SILENT = frozenset({"variable", "job", "server", "impl", "auth"})
"""What works without being named: an `auth` handle stands behind every `require_auth`."""


def check(program: Program) -> Iterable[ProgramDraft]:
    """Declarations of the entry file; included files may be meant for other programs."""
    file = program.files.get(program.entry)
    if file is None or file.language != "nx" or any(map(program.is_misread, program.files.values())):
        return ()  # what cannot be read may use anything
    roots = file.rows(_roots) or file.rows(_flows)
    if not roots:
        return ()
    others = [other.tokens for path, other in program.files.items() if path != program.entry]
    rests_on = (
        *(roots, file.rows(_uses), file.rows(_names), program.table.is_open),
        *((one.exports, one.used) for one in others),
    )
    reached = program.found("reached", rests_on, lambda: _reached(program, file, (index for index, _ in roots)))
    declared = file.rows(row_readers.declared)
    return program.found(
        "unused",
        (reached, declared, file.rows(_places), file.rows(_uses)),
        lambda: list(_drafts(program.entry, file, declared, reached)),
    )


def _drafts(path: str, file: File, declared: Row[Declared], reached: set[int]) -> Iterator[ProgramDraft]:
    names: dict[int, list[Declared]] = {}
    users: dict[str, list[int]] = {}
    for index, one in declared:
        if index not in reached:
            names.setdefault(index, []).append(one)
    for index in names:
        for name in file.items[index].used:
            users.setdefault(name, []).append(index)
    for index, one in _first(declared, reached):
        missing = _missing_it(names, users, index)
        yield ProgramDraft(
            path, index, _unused(path, one, None if missing is None else [names[at][0] for at in missing])
        )


def _missing_it(
    names: Mapping[int, Iterable[Declared]], users: Mapping[str, Iterable[int]], index: int
) -> list[int] | None:
    """What nobody reaches either and cannot be without the `index`th item; None when that is too much to go at once."""
    found, pending = {index}, [index]
    while pending:
        if len(found) > _MOST:
            return None
        lost = (one.name for one in names[pending.pop()] if one.namespace != "impl")
        more = {at for name in lost for at in users.get(name, ())} - found
        found |= more
        pending += more
    return sorted(found - {index})


def _first(declared: Row[Declared], reached: set[int]) -> Iterable[tuple[int, Declared]]:
    """Of each item that is not reached the first name that has to be used."""
    last = -1
    for index, one in declared:
        if index not in reached and index != last and one.kind not in _SILENT and not one.name.startswith("_"):
            last = index
            yield index, one


_MOST = 20
"""How many go together. Those that nothing uses at all go by themselves, and then those that they used."""


def _unused(path: str, one: Declared, users: Sequence[Declared] | None) -> Draft:
    """The declaration goes with its documentation, and with those that would miss it."""
    word = kind_word(one)
    said = f"{word} `{one.name}` is never used"
    if users is None:
        return Draft(one.span, said, unnecessary=True)
    changes = (
        Change(Span(0, 0), "", whole=True),
        *(Change(one.span, "", Entry(path, one), whole=True) for one in users),
    )
    also = [user.name for user in users if user.namespace != "impl"]
    together = f" together with {listed(also)}" if also else ""
    fix = Remedy(f"Remove {word} `{one.name}`{together}", changes, safe=False)
    return Draft(one.span, said, fix=fix, unnecessary=True)


def _places(item: ItemFacts) -> Iterable[Span]:
    """Where the names stand: what looks the same from outside may have moved."""
    return (one.span for one in item.declared)


def _uses(item: ItemFacts) -> Iterable[tuple[str, ...]]:
    return (item.used,)


def _names(item: ItemFacts) -> Iterable[str]:
    return (one.name for one in item.declared)


def _roots(item: ItemFacts) -> Iterable[bool]:
    node = item.node
    is_main = isinstance(node, ast.Flow) and node.name.text == "main"
    return (True,) if is_main or isinstance(node, _ROOTS) or not isinstance(node, ast.Declaration) else ()


def _flows(item: ItemFacts) -> Iterable[bool]:
    return (True,) if isinstance(item.node, ast.Flow) else ()


def _reached(program: Program, file: File, roots: Iterable[int]) -> set[int]:
    """Follow the names that items use to the items of the file that declare them; an `impl` comes with its type.

    What included files use is used, too: a library may call back into its includer.
    """
    declaring = file.declared_by_name
    others = [other for path, other in program.files.items() if path != program.entry]
    reached = {*roots, *(index for other in others for name in other.used for index, _ in declaring.get(name, ()))}
    pending: list[Iterable[str]] = [file.items[index].used for index in reached]
    strange: set[str] = set()
    followed: set[str] = set()
    while pending:
        for name in pending.pop():
            if name in followed:
                continue
            followed.add(name)
            row = declaring.get(name)
            if row is None:
                strange.add(name)
                continue
            for index, _ in row:
                if index not in reached:
                    reached.add(index)
                    pending.append(file.items[index].used)
        if strange and not pending:
            pending.append(frozenset(_meant(program, declaring, name) for name in strange) & declaring.keys())
            strange.clear()
    return reached


def _meant(program: Program, declaring: Mapping[str, object], name: str) -> str:
    """What a name that nothing declares is a slip of: the slip is reported, the declaration is not unused."""
    known = name in PREDECLARED_VALUES or name in BUILTIN_TYPES or name in program.table.rows("value")
    if known or name in program.table.rows("type") or program.table.is_doubtful(name):
        return ""
    return nearest(name, declaring) or ""


RULE = ProgramRule("NX209", "unused-declaration", Severity.HINT, check)
