"""`definition`: where a name is declared."""

from __future__ import annotations

from nexa.cli.mcp.places import line_text, place_json, shown
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.targets import Named, names_meant
from nexa.cli.mcp.tool import Answer, Call, Json, Lines, cut
from nexa.cli.mcp.tools.definition import Definition
from nexa.compiler.visible_secrets import SECRETS_SUFFIX
from nexa.ide.features.definition import definition

MAX_SOURCE = 8_000


"""Characters of a declaration that are shown."""


def run(call: Call, given: Definition) -> Answer:
    """Each declaration with its source."""
    rows = [row for one in names_meant(call, given) for row in _declarations(call, one)]
    unique = list({(row["path"], row["line"], row["column"]): row for row in rows}.values())
    if not unique:
        raise Refused("no declaration: the name is unknown, or the language brings it along (ask `lookup`)")
    lines = Lines()
    for row in unique:
        lines.add(shown({key: value for key, value in row.items() if key != "text"}), row["source"], " ")
    return Answer(lines.text.strip(), {"declarations": unique})


def _declarations(call: Call, named: Named) -> list[Json]:
    found = []
    for one in definition(named.project, named.path, named.offset):
        place = place_json(named.project, call.workspace.roots, one.path, one.span)
        file = named.project.file(one.path)
        source = ""
        if file is not None and not one.path.endswith(SECRETS_SUFFIX):
            text = file.text[one.full_span.start : one.full_span.end]
            source = cut(text.decode("utf-8", "replace"), MAX_SOURCE) or line_text(file, one.span.start)
        found.append({**place, "source": source})
    return found
