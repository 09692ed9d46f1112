"""A file is included twice by the same file.

The second `include` has no effect.

Bad:

    include "tools.nxlib"
    include "./tools.nxlib"
          //^^^^^^^^^^^^^^^ NX224: file already included
    flow main { print(greeting()) }
    //- tools.nxlib
    fn greeting() -> str { "hello" }

Good:

    include "tools.nxlib"
    flow main { print(greeting()) }
    //- tools.nxlib
    fn greeting() -> str { "hello" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.program import IncludeEdge, Program
from nexa.compiler.rule import Draft, Note, ProgramDraft, ProgramRule, Severity, replace
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """Includes of one file with the same target."""
    first: dict[tuple[str, str], IncludeEdge] = {}
    for edge in program.includes:
        if edge.target is None or edge.node.path is None:
            continue
        earlier = first.setdefault((edge.path, edge.target), edge)
        if earlier is not edge and earlier.node.path is not None:
            note = Note("included here", earlier.node.path.span, place=(earlier.path, earlier.index))
            fix = replace(Span(edge.node.keyword.start, edge.node.end), "", "Remove the second `include`")
            draft = Draft(edge.node.path.span, "file already included", (note,), fix, unnecessary=True)
            yield ProgramDraft(edge.path, edge.index, draft)


RULE = ProgramRule("NX224", "repeated-include", Severity.HINT, check)
