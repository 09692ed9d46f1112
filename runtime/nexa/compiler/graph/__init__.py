"""The flow graph of a program: what each flow runs, what feeds what, and what may run side by side."""

from nexa.compiler.graph.build import Graphs, graphs_of
from nexa.compiler.graph.model import Edge, EdgeKind, FlowGraph, GraphNode, graph_json

__all__ = ["Edge", "EdgeKind", "FlowGraph", "GraphNode", "Graphs", "graph_json", "graphs_of"]
