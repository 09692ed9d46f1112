"""The regions of a graph: loops, handlers, branches and functions, one inside the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from nexa.compiler.graph import FlowGraph, GraphNode


@dataclass(slots=True)
class Region:
    """A stretch of a flow that runs by itself. `parts` are its nodes and the regions in it, in textual order."""

    path: str
    title: str = ""
    parts: list[GraphNode | Region] = field(default_factory=list)

    def nodes(self) -> list[GraphNode]:
        """The nodes that stand in it directly."""
        return [part for part in self.parts if isinstance(part, GraphNode)]


def regions_of(graph: FlowGraph) -> Region:
    """The whole flow as a region."""
    whole = Region("")
    known = {"": whole}
    for node in graph.nodes:
        path = ""
        for word in node.region.removeprefix(graph.flow).split("/")[1:]:
            around, path = known[path], f"{path}/{word}"
            if path not in known:
                known[path] = Region(path, word.rstrip("0123456789"))
                around.parts.append(known[path])
        known[path].parts.append(node)
    return whole
