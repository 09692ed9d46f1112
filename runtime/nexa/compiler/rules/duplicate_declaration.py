"""Two declarations of a program have one name.

Agents, tools, functions, flows and top-level `let`s share one space of names, types another, over all files of a
program; structs and enums are in both. The first in include order keeps the name.

Bad:

    agent Ann { prompt: "Answer." }
    agent Ann { prompt: "Again." }
        //^^^ NX203: `Ann` is already declared as agent
    flow main { print(Ann.run("a")) }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Again." }
    flow main { print(Ann.run(Bob.run("a"))) }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler.conventions import conventional
from nexa.compiler.facts import Declared
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, Note, ProgramDraft, ProgramRule, Renaming, Severity
from nexa.compiler.table import is_second
from nexa.compiler.wording import kind_word

_Place = tuple[str, int, Declared]


def check(program: Program) -> Iterable[ProgramDraft]:
    """Every whole declaration but the first of its name."""
    names = {name for _, name in program.table.repeated}
    if not names:
        return
    reported: set[tuple[str, int]] = set()
    for first, second in _doubles(program, names):
        path, index, one = second
        if (path, index) in reported:
            continue
        reported.add((path, index))
        note = Note(f"`{one.name}` is declared here first", first[2].span, place=(first[0], first[1]))
        fix = Renaming(one.span, conventional(one.node, one.name))
        message = f"`{one.name}` is already declared as {kind_word(first[2])}"
        yield ProgramDraft(path, index, Draft(one.span, message, (note,), fix))


def _doubles(program: Program, names: set[str]) -> Iterator[tuple[_Place, _Place]]:
    first: dict[tuple[str, str], _Place] = {}
    for path, index, one in program.declared():
        # Of a broken declaration nobody knows what it will be, and a library has no `flow main` anyway.
        is_apart = one.namespace == "impl" or one.is_broken or (one.name == "main" and path.endswith(".nxlib"))
        if one.name not in names or is_apart:
            continue
        key = (one.namespace, one.name)
        earlier = first.setdefault(key, (path, index, one))
        if earlier[2] is not one and is_second(one, earlier[2]):
            yield earlier, (path, index, one)


RULE = ProgramRule("NX203", "duplicate-declaration", Severity.ERROR, check)
