"""nexa/graph, our own request: the graph of a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexa.ide.features.graph_view import flow_graph
from nexa.lsp import raw
from nexa.lsp.errors import invalid
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span

if TYPE_CHECKING:
    from nexa.compiler.graph import FlowGraph, GraphNode


def handle(session: Session, params: Json) -> Json:
    """`{textDocument, flow?}` → the graph, or null when there is no such flow."""
    return graph_of(session, raw.text(params, "textDocument", "uri"), params.get("flow"))


def graph_of(session: Session, uri: str, flow: Json) -> Json:
    """The graph as JSON; shared with the command `nexa.graph`."""
    if not (flow is None or isinstance(flow, str)):
        raise invalid("`flow` must be the name of a flow")
    path = to_path(uri)
    graph = flow_graph(session.project(path), path, flow)
    return None if graph is None else _json(session, graph)


def _json(session: Session, graph: FlowGraph) -> Json:
    """The shape of `nexa graph --format json`, with `range` in the negotiated encoding in place of `span`."""
    return {
        "version": 1,
        "flow": graph.flow,
        "path": graph.path,
        "uri": session.uri(graph.path),
        "nodes": [_node(session, graph.path, node) for node in graph.nodes],
        "edges": [
            {"source": one.source, "target": one.target, "kind": one.kind, "label": one.label, "type": one.type}
            for one in graph.edges
        ],
        "levels": [list(level) for level in graph.levels],
        "cycles": [list(cycle) for cycle in graph.cycles],
    }


def _node(session: Session, path: str, node: GraphNode) -> Json:
    return {
        "id": node.id,
        "kind": node.kind,
        "callee": node.callee,
        "label": node.label,
        "range": session.convert.json_range(path, Span(node.start, node.end)),
        "input": node.input,
        "output": node.output,
        "level": node.level,
        "region": node.region,
        **({"broken": True} if node.is_broken else {}),
    }
