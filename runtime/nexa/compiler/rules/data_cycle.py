"""A variable is needed to make what it is made from.

Two calls that wait for each other's results can never start. One of them must begin with something else. A value that
comes from the round before is no cycle: in a loop, give the variable a value first.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        second = Bob.run(first)
                       //^^^^^ NX401: `first` is needed before it is produced (cycle first → second → first)
        first = Ann.run(second)
        print(first)
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        first = Ann.run("Where do the tides come from?")
        second = Bob.run(first)
        print(second)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.data_cycles import cyclic_reads
from nexa.compiler.early_reads import script_cycles
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, NameRule, Note, ProgramDraft, Severity
from nexa.compiler.scope import Local


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Early reads of locals that depend on the statement which reads them; the first read of each cycle."""
    if any(slip.code == "NX101" for slip in item.slips):
        return  # where one statement ends and the next begins is a guess
    seen: set[Local] = set()
    for early, steps in cyclic_reads(item, names).items():
        if seen.issuperset(step.local for step in steps):
            continue
        seen |= {step.local for step in steps}
        path = " → ".join([step.name for step in steps] + [steps[0].name])
        notes = tuple(
            Note(f"`{step.name}` needs `{after.name}`", step.place.span)
            for step, after in zip(steps, [*steps[1:], steps[0]], strict=True)
        )
        yield Draft(early.name.span, _message(early.name.text, path), notes)


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """The same among the top-level variables of script statements."""
    for path, index, name, steps in script_cycles(program):
        shown = " → ".join([one for one, _, _ in steps] + [steps[0][0]])
        after = [*(one for one, _, _ in steps[1:]), steps[0][0]]
        notes = tuple(
            Note(f"`{one}` needs `{needed}`", span, place=(path, at))
            for (one, at, span), needed in zip(steps, after, strict=True)
        )
        yield ProgramDraft(path, index, Draft(name.span, _message(name.text, shown), notes))


def _message(name: str, path: str) -> str:
    return f"`{name}` is needed before it is produced (cycle {path})"


RULE = NameRule("NX401", "data-cycle", Severity.ERROR, check, check_program)
