"""A program has a harness that leaves some of the six dimensions out.

They are execution (`autoloop`, `try_agent`), tools, context (`with_context`, `context_policy`, `context`), state
(`snapshot`, `restore`, `fork`), lifecycle (hooks, `reflect`) and verification (`verify`, contracts). Few programs need
all of them; this says where to look for what may be missing, and `nexa harness-check` lists what is there. A program
without `autoloop`, `try_agent`, `with_context` and `context_policy` has no harness, and nothing is said of it.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
       //^^^^ NX534: program uses 2 of 6 harness dimensions (execution, verification)
        autoloop max_steps: 3, timeout: 60s {
            answer = Ann.run("Why?")
            verify answer satisfies "it gives a reason"
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        print(Ann.run("Why?"))
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.dimensions import DIMENSIONS, Coverage
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.program import Program
from nexa.compiler.rows import Row
from nexa.compiler.rule import Draft, ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Said once, where the program starts."""
    file = program.files.get(program.entry)
    place = None if file is None else _start(file)
    if place is None or not program.is_readable:
        return
    rows = [one.rows(_coverage) for one in program.files.values()]
    letters, is_harness = program.found("dimensions", rows, lambda: _used(rows))
    if len(letters) == len(DIMENSIONS) or not is_harness:
        return
    index, name = place
    names = ", ".join(word for letter, word in DIMENSIONS.items() if letter in letters)
    text = f"program uses {len(letters)} of {len(DIMENSIONS)} harness dimensions ({names})"
    yield ProgramDraft(program.entry, index, Draft(name.span, text))


def _used(rows: list[Row[Coverage]]) -> tuple[frozenset[str], bool]:
    """The dimensions that the items of all files use, and whether there is a harness among them."""
    found = [coverage for row in rows for _, coverage in row]
    return frozenset().union(*(one.letters for one in found)), any(one.is_harness for one in found)


def _start(file: File) -> tuple[int, ast.Name] | None:
    """`main`, or the first flow."""
    flows = file.rows(_flow_names)
    return next((one for one in flows if one[1].text == "main"), flows[0] if flows else None)


def _coverage(item: ItemFacts) -> Iterable[Coverage]:
    return (item.coverage,) if item.coverage.letters or item.coverage.is_harness else ()


def _flow_names(item: ItemFacts) -> Iterable[ast.Name]:
    return (item.node.name,) if isinstance(item.node, ast.Flow) else ()


RULE = ProgramRule("NX534", "harness-coverage", Severity.INFORMATION, check)
