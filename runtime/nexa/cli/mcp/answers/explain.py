"""`explain`: the manual of a code."""

from __future__ import annotations

from nexa.cli.explain import entry_json, entry_text, found_entry
from nexa.cli.manual import entries
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call
from nexa.cli.mcp.tools.explain import Explain


def run(_call: Call, given: Explain) -> Answer:
    """What it says, why that matters, a wrong and a right program."""
    if given.code is None:
        rows = [{"code": e.code, "name": e.name, "severity": e.severity, "summary": e.summary} for e in entries()]
        text = "".join(f"{row['code']} {row['name']} ({row['severity']}): {row['summary']}\n" for row in rows)
        return Answer(text.rstrip(), {"rules": rows})
    found = found_entry(given.code.strip())
    if isinstance(found, str):
        raise Refused(found)
    return Answer(entry_text(found).rstrip(), entry_json(found))
