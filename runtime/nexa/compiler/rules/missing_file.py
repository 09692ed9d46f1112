"""A file is named that does not exist.

Paths of `experience`, of documents and Python files under `uses`, of a tool's `python` and of `static … from` count
from the folder of the file that names them. An agent runs without its `experience` and without what a missing document
would offer; a tool without its Python file fails when it is called.

Bad:

    agent Ann {
        prompt: "Answer."
        experience: "lessons.md"
                  //^^^^^^^^^^^^ NX616: file `lessons.md` not found
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        prompt: "Answer."
        experience: "learned.md"
    }
    flow main { print(Ann.run("a")) }
    //- learned.md
    Customers mean gross prices.
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import linked, said_at
from nexa.compiler.outside import path_of
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Files that the program's declarations name."""
    for at, link in linked(program, "file", "python"):
        if not program.exists(path_of(at.path, link.target)):
            yield said_at(at, f"file `{link.target}` not found")


RULE = ProgramRule("NX616", "missing-file", Severity.WARNING, check)
