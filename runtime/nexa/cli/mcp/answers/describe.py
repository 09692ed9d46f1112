"""`describe`: what a name means, as an editor's hover says it."""

from __future__ import annotations

from nexa.cli.mcp.glossary import found_entries
from nexa.cli.mcp.places import place_json, shown
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.targets import Named, names_meant
from nexa.cli.mcp.tool import Answer, Call, Json, Lines
from nexa.cli.mcp.tools.describe import Describe
from nexa.ide.features.hover import HoverCard, hover

MAX_NAMES = 20


"""Declarations of one name that are described."""


def run(call: Call, given: Describe) -> Answer:
    """Each meaning: signature, documentation, where it is declared."""
    names = names_meant(call, given)
    cards = [(one, card) for one in names[:MAX_NAMES] if (card := hover(one.project, one.path, one.offset)) is not None]
    rows = [_json(call, one, card) for one, card in cards]
    if given.line is None and given.path is None and given.symbol is not None:
        rows += [entry.as_json() for entry in found_entries(given.symbol)]
    if not rows:
        raise Refused(_nothing(given))
    lines = Lines()
    for row in rows:
        lines.add(shown(row["place"]) if row.get("place") else "", _fenced(row["signature"]), row["text"], " ")
    return Answer(lines.text.strip(), {"meanings": rows})


def _json(call: Call, named: Named, card: HoverCard) -> Json:
    place = place_json(named.project, call.workspace.roots, named.path, card.span, with_text=True)
    return {"signature": card.signature, "text": card.text, "place": place}


def _fenced(signature: str) -> str:
    return f"```nexa\n{signature}\n```" if signature else ""


def _nothing(given: Describe) -> str:
    if given.line is not None:
        return "nothing is known about this place: no name, operator or word of the language stands there"
    return f"nothing is called `{given.symbol}`; `symbols` finds declarations, `lookup` what the language brings along"
