"""An `include` names a file that does not exist.

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

from nexa.compiler.include import candidates
from nexa.compiler.program import Program
from nexa.compiler.rule import Change, Draft, ProgramDraft, ProgramRule, Remedy, Severity
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """Includes without a target. What stands in a torn string may not be the whole path."""
    for edge in program.includes:
        is_torn = program.item(edge.path, edge.index).is_broken
        if edge.target is None and edge.node.path is not None and not is_torn:
            written = edge.node.path.plain or ""
            draft = Draft(edge.node.path.span, f"cannot find `{written}`", fix=_create(edge.path, written))
            yield ProgramDraft(edge.path, edge.index, draft)


def _create(including: str, written: str) -> Remedy | None:
    """An empty file beside the one that includes it."""
    path = next(candidates(including, written, ()))
    if not written.endswith((".nx", ".nxlib", ".nxs")):
        return None
    return Remedy(f"Create `{written}`", (Change(Span(0, 0), "", path=path),), safe=False)


RULE = ProgramRule("NX207", "missing-include", Severity.ERROR, check)
