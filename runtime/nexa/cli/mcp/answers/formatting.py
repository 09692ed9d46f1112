"""`format`: programs in the one layout of Nexa."""

from __future__ import annotations

from nexa.cli.mcp.changes import Change, answer, changeable, sources
from nexa.cli.mcp.tool import Answer, Call
from nexa.cli.mcp.tools.formatting import Format
from nexa.compiler.format import formatted


def run(call: Call, given: Format) -> Answer:
    """What changes, or the laid out text."""
    return answer(call, given, [_change(call, path, given.text) for path in sources(call, given)], "formatted")


def _change(call: Call, path: str, text: str | None) -> Change:
    file = changeable(call, path, text)
    found = formatted(file.tree, call.workspace.kept(path).config.format.line_length)
    notes = [
        f"line {file.lines.line(one.start) + 1} is left as it is, because it cannot be read" for one in found.broken
    ]
    return Change(path, file.text, found.text, notes)
