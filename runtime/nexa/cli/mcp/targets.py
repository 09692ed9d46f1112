"""Which name a call is about: at a place, in a line, or anywhere by how it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nexa.cli.mcp.arguments import AboutName
from nexa.cli.mcp.places import offset_of, offset_of_word
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Call
from nexa.compiler.analysis import Project
from nexa.ide.index import indexed, placed


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a byte offset, in a snapshot that holds its file."""

    project: Project
    path: str
    offset: int


def names_meant(call: Call, given: AboutName) -> list[Named]:
    """The places that a call means: one, or each declaration that is called so. Raises Refused when there is none."""
    if given.line is None and given.symbol is None:
        raise Refused("say which name is meant: `symbol`, or `path` with `line` and `column` (or `line` and `symbol`)")
    if given.line is None:
        return list(_declared(call, given))
    workspace = call.workspace
    path = workspace.path_of(given.path, given.text)
    project = workspace.snapshot(path, given.text)
    file = project.file(path)
    if file is None:
        raise Refused(f"{workspace.roots.show(path)} cannot be read")
    if given.column is not None:
        return [Named(project, path, offset_of(file, given.line, given.column))]
    if given.symbol is None:
        raise Refused("`line` needs a `column`, or the `symbol` that is meant in it")
    return [Named(project, path, offset_of_word(file, given.line, given.symbol))]


def _declared(call: Call, given: AboutName) -> Iterator[Named]:
    assert given.symbol is not None  # `names_meant` asks for it
    *around, name = given.symbol.strip().replace("::", ".").split(".")
    container = around[-1] if around else None
    for project, path in _sources(call, given):
        file = project.file(path)
        for one in placed(indexed(file)) if file is not None else ():
            if one.name == name and container in (None, one.container):
                yield Named(project, path, one.span.start)


def _sources(call: Call, given: AboutName) -> Iterator[tuple[Project, str]]:
    workspace = call.workspace
    if given.path is not None or given.text is not None:
        path = workspace.path_of(given.path, given.text)
        yield workspace.snapshot(path, given.text), path
        return
    for project in workspace.projects(call.is_wanted):
        for path in sorted(project.paths):
            yield project, path
