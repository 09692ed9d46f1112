"""`nexa graph`: what a flow runs, what feeds what, and what runs side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from nexa.cli.opened import opened, shown, source_of, tell
from nexa.cli.output import say, write_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from nexa.compiler.graph import FlowGraph

FORMATS = ("text", "mermaid", "dot", "json", "svg", "html")


@click.command("graph")
@click.argument("file")
@click.option("--flow", metavar="NAME", help="The flow to draw; by default main, else the first one.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def command(file: str, flow: str | None, form: str) -> int:
    """Draw a flow of FILE. A program with errors is drawn as far as it can be read."""
    from nexa.compiler.emit.files import files_of
    from nexa.compiler.graph import graph_json, graphs_of

    program = opened(source_of(file))
    errors = [one for one in program.errors if one.code != "NX690"]
    tell(program, errors)
    files = files_of(program.program, shown)
    found = graphs_of(files).flows
    graph = _chosen(found, flow, file)
    if graph is None:
        say(f"{file} has no flow.")
        return 1
    if form == "json":
        text = next(one.text for one in files if one.path == graph.path)
        write_out(json.dumps(graph_json(graph, text), indent=2, ensure_ascii=False) + "\n")
    else:
        write_out(_renderer(form)(graph))
    return 1 if errors else 0


def _chosen(found: dict[str, FlowGraph], flow: str | None, file: str) -> FlowGraph | None:
    if flow is None:
        return found.get("main") or next(iter(found.values()), None)
    if flow not in found:
        from nexa.compiler.suggest import nearest

        guess = nearest(flow, list(found))
        hint = f" Did you mean '{guess}'?" if guess else f" It has {', '.join(found) or 'none'}."
        raise click.BadParameter(f"{file} has no flow {flow!r}.{hint}", param_hint="'--flow'")
    return found[flow]


def _renderer(form: str) -> Callable[[FlowGraph], str]:
    if form == "mermaid":
        from nexa.cli.graph_formats.mermaid import mermaid

        return mermaid
    if form == "dot":
        from nexa.cli.graph_formats.dot import dot

        return dot
    if form == "svg":
        from nexa.cli.graph_formats.svg import svg

        return svg
    if form == "html":
        from nexa.cli.graph_formats.html import html

        return html
    from nexa.cli.graph_formats.drawing import drawing

    return drawing
