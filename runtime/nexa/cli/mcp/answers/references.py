"""`references`: every place that means a name."""

from __future__ import annotations

from nexa.cli.mcp.places import place_json, shown
from nexa.cli.mcp.refused import CalledOff, Refused
from nexa.cli.mcp.targets import names_meant
from nexa.cli.mcp.tool import Answer, Call, Lines
from nexa.cli.mcp.tools.references import References
from nexa.cli.summary import counted
from nexa.ide.features.references import references


def run(call: Call, given: References) -> Answer:
    """Each place once, with its line."""
    names = names_meant(call, given)
    if not names:
        raise Refused(f"nothing is called `{given.symbol}`; `symbols` finds declarations by a part of their name")
    places = {}
    for name in names:
        found = references(
            name.project,
            name.path,
            name.offset,
            include_declaration=given.include_declaration,
            is_current=call.is_wanted,
        )
        for one in found:
            places[(one.path, one.span)] = name.project
    if not call.is_wanted():
        raise CalledOff
    shown_places = sorted(places.items(), key=lambda one: one[0])[: given.limit]
    roots = call.workspace.roots
    rows = [place_json(project, roots, path, span, with_text=True) for (path, span), project in shown_places]
    lines = Lines()
    lines.add(*map(shown, rows))
    if not call.workspace.is_whole:
        lines.add("The workspace is too large to be read whole; there may be more.")
    lines.add(f"{counted(len(places), 'place')}{'' if len(rows) == len(places) else f', {len(rows)} of them shown'}.")
    return Answer(lines.text, {"references": rows, "total": len(places), "is_complete": call.workspace.is_whole})
