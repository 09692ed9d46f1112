"""The graph of a flow, drawn from whatever can be read of the program."""

from __future__ import annotations

from nexa.compiler.analysis import Project
from nexa.compiler.emit.files import files_of
from nexa.compiler.graph import FlowGraph, graphs_of


def flow_graph(project: Project, path: str, flow: str | None) -> FlowGraph | None:
    """The graph of the named flow of a program; without a name that of `main`, or of its first flow.

    `path` in the graph is the file that the flow stands in, which its nodes' offsets count in.
    """
    graphs = graphs_of(files_of(project.program(path))).flows
    if flow is not None:
        return graphs.get(flow)
    return graphs.get("main") or next(iter(graphs.values()), None)
