"""`reference`: the language reference."""

from __future__ import annotations

from nexa.cli.mcp.manuals import Section, search, section, sections
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, Json, cut
from nexa.cli.mcp.tools.reference import Reference

FOUND = 3


"""Sections of an answer to words."""


def run(_call: Call, given: Reference) -> Answer:
    """A section, the best sections for some words, or the table of contents."""
    if given.section is not None:
        found = section(given.section)
        if found is None:
            raise Refused(f"the reference has no section {given.section!r}; without arguments, it lists them")
        return Answer(cut(found.text), {"sections": [_json(found, with_text=True)]})
    if given.query is not None:
        best = search(given.query, FOUND)
        if not best:
            raise Refused(f"no section of the reference has all of {given.query!r}; try fewer words")
        text = "\n\n".join(one.text for one in best)
        return Answer(cut(text), {"sections": [_json(one, with_text=True) for one in best]})
    rows = "\n".join(f"{'  ' * (one.depth - 1)}{one.title}" for one in sections())
    return Answer(rows, {"sections": [_json(one, with_text=False) for one in sections()]})


def _json(one: Section, *, with_text: bool) -> Json:
    row = {"section": one.key, "title": one.title, "uri": one.uri}
    return {**row, "text": one.text} if with_text else row
