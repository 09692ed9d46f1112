"""`fix`: all safe fixes at once."""

from __future__ import annotations

from nexa.cli.mcp.changes import Change, answer, changeable, sources
from nexa.cli.mcp.findings import findings_of
from nexa.cli.mcp.tool import Answer, Call
from nexa.cli.mcp.tools.fix import Fix
from nexa.cli.summary import counted
from nexa.compiler.rule import Finding
from nexa.ide.features.fix_all import fix_all, is_fixable


def run(call: Call, given: Fix) -> Answer:
    """What changes, or the fixed text; what is left has no safe fix."""
    return answer(call, given, [_change(call, path, given) for path in sources(call, given)], "fixed")


def _change(call: Call, path: str, given: Fix) -> Change:
    file = changeable(call, path, given.text)
    project = call.workspace.snapshot(path, given.text)
    codes = tuple(code.upper() for code in given.codes) if given.codes else ("NX",)
    reported = {one.code for one in findings_of(call, project, path, given.severity)}

    def is_wanted(one: Finding) -> bool:
        return one.code in reported and one.code.startswith(codes)

    text = file.text
    edits = fix_all(project, path, is_wanted, unsafe=given.unsafe)
    for edit in reversed(edits):  # from the back, so that the offsets of the others stay
        text = text[: edit.span.start] + edit.text.encode() + text[edit.span.end :]
    found = findings_of(call, project, path, given.severity)
    left = sum(is_wanted(one) and not is_fixable(one, path, unsafe=given.unsafe) for one in found)
    kind = "fix" if given.unsafe else "safe fix"
    notes = [f"{counted(left, 'finding')} without a {kind}; `check` lists them"] if left else []
    return Change(path, file.text, text, notes)
