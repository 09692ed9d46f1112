"""`nexa inspect`: what a program declares, and what each of its flows runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.opened import opened, shown, source_of, tell
from nexa.cli.output import write_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexa.cli.opened import Opened
    from nexa.compiler.graph import FlowGraph

FORMATS = ("text", "json", "dot")
VERSION = 1
"""Of the JSON shape."""


@click.command("inspect")
@click.argument("file")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--graph", "with_graphs", is_flag=True, help="Draw the graph of every flow, too.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(file: str, form: str, with_graphs: bool, as_json: bool) -> int:
    """List what FILE and its includes declare, with the levels and parallel groups of every flow."""
    from nexa.compiler.emit.files import files_of
    from nexa.compiler.graph import graphs_of

    program = opened(source_of(file))
    errors = [one for one in program.errors if one.code != "NX690"]
    tell(program, errors)
    files = files_of(program.program, shown)
    flows = graphs_of(files).flows
    if as_json or form == "json":
        texts = {one.path: one.text for one in files}
        found = _as_json(program, flows, texts, with_graphs=with_graphs)
        write_out(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    elif form == "dot":
        from nexa.cli.graph_formats.dot import dot_of_all

        write_out(dot_of_all(shown(program.source.path), flows.values()))
    else:
        write_out("\n".join([*_declarations(program), *_flows(flows, with_graphs=with_graphs)]) + "\n")
    return 1 if errors else 0


def _rows(program: Opened) -> Iterator[dict[str, Any]]:
    """Each declaration of the program once, in include order."""
    from nexa.compiler.wording import kind_word

    for path, file in program.program.files.items():
        seen: set[tuple[int, str]] = set()
        for index, one in file.declared:
            if (index, one.name) in seen or one.namespace == "impl":
                continue
            seen.add((index, one.name))
            line, column = file.lines.position(file.starts[index] + one.span.start, "utf-32")
            doc = getattr(one.node, "doc", "")
            row = {"kind": one.kind, "what": kind_word(one), "name": one.name, "path": shown(path)}
            yield {**row, "line": line + 1, "column": column + 1, "doc": doc, "broken": one.is_broken}


def _as_json(
    program: Opened, flows: Mapping[str, FlowGraph], texts: Mapping[str, bytes], *, with_graphs: bool
) -> dict[str, Any]:
    from nexa.compiler.graph import graph_json

    graphs = [
        {"flow": name, "path": one.path, "levels": one.levels, "parallel_groups": one.groups}
        | ({"graph": graph_json(one, texts[one.path])} if with_graphs else {})
        for name, one in flows.items()
    ]
    declarations = [{key: value for key, value in row.items() if key != "what"} for row in _rows(program)]
    return {
        "version": VERSION,
        "path": shown(program.source.path),
        "files": [shown(path) for path in program.program.files],
        "declarations": declarations,
        "flows": graphs,
    }


def _declarations(program: Opened) -> Iterator[str]:
    yield "Declarations"
    rows = list(_rows(program))
    width = max((len(row["what"]) for row in rows), default=0)
    names = max((len(row["name"]) for row in rows), default=0)
    for row in rows:
        place = f"{row['path']}:{row['line']}:{row['column']}"
        mark = "  ✗ cannot be read whole" if row["broken"] else ""
        yield f"  {row['what']:{width}}  {row['name']:{names}}  {place}{mark}"


def _flows(flows: Mapping[str, FlowGraph], *, with_graphs: bool) -> Iterator[str]:
    for name, graph in flows.items():
        yield ""
        if with_graphs:
            from nexa.cli.graph_formats.drawing import drawing

            yield drawing(graph).rstrip("\n")
        else:
            yield f"flow {name}"
        labels = {node.id: f"{node.label} ({node.id})" for node in graph.nodes}
        for number, level in enumerate(graph.levels):
            yield f"  level {number}: {', '.join(labels[one] for one in level)}"
        for group in graph.groups:
            yield f"  could run side by side: {', '.join(labels[one] for one in group)}"
