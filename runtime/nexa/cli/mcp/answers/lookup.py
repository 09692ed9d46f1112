"""`lookup`: what the language brings along."""

from __future__ import annotations

from nexa.cli.mcp.glossary import Entry, entries, found_entries, nearest_entry, similar_entries
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, Lines
from nexa.cli.mcp.tools.lookup import Lookup


def run(_call: Call, given: Lookup) -> Answer:
    """Exact names first; a namespace or construct lists what it holds."""
    if not given.name and given.kind is None:
        raise Refused("give a `name`, or a `kind`")
    name = (given.name or "").strip()
    found = [*found_entries(name), *_inside(name)] if name else list(entries())
    found = [one for one in found if given.kind in (None, one.kind)]
    if not found:
        found = [one for one in similar_entries(name) if given.kind in (None, one.kind)]
    if not found:
        guess = nearest_entry(name)
        raise Refused(f"the language has no `{name}`" + (f"; did you mean `{guess}`?" if guess else ""))
    rows = list(dict.fromkeys(found))
    lines = Lines()
    lines.add(*(f"{one.kind} {one.path}\n    {one.signature}\n    {one.text}" for one in rows[: given.limit]))
    if len(rows) > given.limit:
        lines.add(f"… and {len(rows) - given.limit} more")
    return Answer(lines.text, {"entries": [one.as_json() for one in rows[: given.limit]], "total": len(rows)})


def _inside(name: str) -> list[Entry]:
    start = f"{name.removeprefix('@')}."
    return [one for one in entries() if one.path.startswith(start)]
