"""`symbols`: the declarations of a file, or those whose names fit a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nexa.cli.mcp.places import place_json
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, Json, Lines
from nexa.cli.mcp.tools.symbols import Symbols
from nexa.compiler.analysis import Project
from nexa.ide.features.outline import OutlineSymbol, outline
from nexa.ide.index import indexed, search


def run(call: Call, given: Symbols) -> Answer:
    """An outline, or the best matches."""
    if given.query is not None:
        return _found(call, given)
    path = call.workspace.path_of(given.path, given.text) if given.path or given.text is not None else None
    if path is None:
        raise Refused("give a `query`, or the `path` of a file")
    project = call.workspace.snapshot(path, given.text)
    file = project.file(path)
    rows = list(_outline(call, project, path, outline(file) if file is not None else []))
    lines = Lines()
    lines.add(*_lines(rows, 0))
    return Answer(lines.text or "It declares nothing.", {"symbols": rows})


def _found(call: Call, given: Symbols) -> Answer:
    workspace = call.workspace
    if given.path is not None or given.text is not None:
        path = workspace.path_of(given.path, given.text)
        projects = {path: workspace.snapshot(path, given.text)}
    else:
        projects = {path: one for one in workspace.projects(call.is_wanted) for path in one.paths}
    files = ((path, indexed(file)) for path, project in projects.items() if (file := project.file(path)) is not None)
    matches = search(given.query or "", files, given.limit)
    rows = [
        {
            "name": one.symbol.name,
            "kind": one.symbol.kind,
            "container": one.symbol.container or None,
            **place_json(projects[one.path], workspace.roots, one.path, one.symbol.span),
        }
        for one in matches
    ]
    lines = Lines()
    for row in rows:
        inside = f" in {row['container']}" if row["container"] else ""
        lines.add(f"{row['path']}:{row['line']}:{row['column']}  {row['kind']} {row['name']}{inside}")
    return Answer(lines.text or "No name fits.", {"symbols": rows})


def _outline(call: Call, project: Project, path: str, symbols: Iterable[OutlineSymbol]) -> Iterator[Json]:
    for one in symbols:
        place = place_json(project, call.workspace.roots, path, one.name_span)
        children = list(_outline(call, project, path, one.children))
        yield {"name": one.name, "kind": one.kind, "detail": one.detail, **place, "children": children}


def _lines(rows: Iterable[dict[str, Any]], depth: int) -> Iterator[str]:
    for row in rows:
        yield f"{row['line']:>5}  {'  ' * depth}{row['kind']} {row['name']} {row['detail']}".rstrip()
        yield from _lines(row["children"], depth + 1)
