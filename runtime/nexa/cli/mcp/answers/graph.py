"""`graph`: what a flow runs, what feeds what, and what runs side by side."""

from __future__ import annotations

from nexa.cli.graph_formats.drawing import drawing
from nexa.cli.graph_formats.mermaid import mermaid
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, cut
from nexa.cli.mcp.tools.graph import Graph
from nexa.compiler.emit.files import files_of
from nexa.compiler.graph import graph_json, graphs_of
from nexa.compiler.suggest import nearest


def run(call: Call, given: Graph) -> Answer:
    """The graph of one flow; programs with mistakes are drawn as far as they can be read."""
    path = call.workspace.path_of(given.path, given.text)
    project = call.workspace.snapshot(path, given.text)
    files = files_of(project.program(path), call.workspace.roots.show)
    flows = graphs_of(files).flows
    if not flows:
        raise Refused(f"{call.workspace.roots.show(path)} has no flow")
    graph = flows.get(given.flow) if given.flow is not None else flows.get("main") or next(iter(flows.values()))
    if graph is None:
        guess = nearest(given.flow or "", list(flows))
        raise Refused(
            f"there is no flow `{given.flow}`; "
            + (f"did you mean `{guess}`?" if guess else f"there are {', '.join(flows)}")
        )
    data = graph_json(graph, next(one.text for one in files if one.path == graph.path))
    if given.format == "json":
        import json

        return Answer(cut(json.dumps(data, ensure_ascii=False)), data)
    text = mermaid(graph) if given.format == "mermaid" else drawing(graph)
    return Answer(cut(text.rstrip()), data)
