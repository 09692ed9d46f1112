"""An `include` names a file that is not there.

The path is looked up beside the including file and then in each `include_paths` folder of `nexa.toml`. As long as the
file is missing, names that it may declare are not reported.

Bad:

    include "no_such_file.nx"
          //^^^^^^^^^^^^^^^^^ NX207: cannot find `no_such_file.nx`
    flow main { print("a") }

Good:

    include "tools.nxlib"
    flow main { print(greeting()) }
    //- tools.nxlib
    fn greeting() -> str { "hello" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Includes without a target. What stands in a torn string may not be the whole path."""
    for edge in program.includes:
        is_torn = program.item(edge.path, edge.index).is_broken
        if edge.target is None and edge.node.path is not None and not is_torn:
            yield ProgramDraft(
                edge.path, edge.index, Draft(edge.node.path.span, f"cannot find `{edge.node.path.plain}`")
            )


RULE = ProgramRule("NX207", "missing-include", Severity.ERROR, check)
