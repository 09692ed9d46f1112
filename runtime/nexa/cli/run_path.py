"""`nexa runs RUN --path`: what a run was to do beside what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nexa.cli.run_words import spent, spent_by

if TYPE_CHECKING:
    from nexa.runtime.accounts import RunAccount

Json = dict[str, Any]

_SILENT = ("loop",)
"""Kinds of nodes that no event tells of: whether they ran is not known."""

_MARKS = {"ok": "✓", "failed": "✗", "not run": "·", "unfinished": "…"}


def path_of(account: RunAccount) -> Json:
    """Every node of the flows that the run came to, in the order of the plan, and the path that it took."""
    return {
        "run": account.id,
        "program": account.program,
        "flow": account.flow,
        "status": account.status,
        "is_planned": account.flow in account.plan,
        "nodes": list(_nodes(account)),
        "path": account.path,
    }


def told(account: RunAccount) -> Iterator[str]:
    """The same for people."""
    path = path_of(account)
    yield f"{account.program}: {account.flow}  {account.status}  {spent(asdict(account))}"
    if not path["is_planned"]:
        yield "  the plan of this run is not kept; this is what ran"
    for node in path["nodes"]:
        indent = "  " if node["flow"] == account.flow else "    "
        ran = "did not run" if node["status"] == "not run" else _spent(node)
        yield f"{indent}{_MARKS[node['status']]} {node['node']} {node['callee']}  {ran}"
    if account.path:
        steps = ((name, len(list(turns))) for name, turns in groupby(account.path))
        yield "path: " + " → ".join(name if count == 1 else f"{name} ×{count}" for name, count in steps)


def drawn(account: RunAccount) -> str | None:
    """The flow's graph as Mermaid, with what ran and what did not; None where the plan is not kept."""
    from nexa.cli.graph_formats.mermaid import mermaid

    plan = account.plan.get(account.flow)
    if plan is None:
        return None
    status = {node["node"]: _class(node) for node in path_of(account)["nodes"]}
    graph = _graph(plan)
    lines = [mermaid(graph).rstrip("\n"), *(f"    classDef {name} {style}" for name, style in _STYLES.items())]
    for name in _STYLES:
        marked = [f"n{number}" for number, node in enumerate(graph.nodes) if status.get(node.id) == name]
        lines += [f"    class {','.join(marked)} {name}"] * bool(marked)
    return "\n".join(lines) + "\n"


_STYLES = {
    "ran": "stroke:#388a34,stroke-width:2px",
    "replayed": "stroke:#3794ff,stroke-dasharray:6 3",
    "failed": "stroke:#c00,stroke-width:3px",
    "notrun": "opacity:.4",
}


def _class(node: Mapping[str, Any]) -> str:
    if node["replayed"] and node["replayed"] == node["turns"]:
        return "replayed"
    return {"ok": "ran", "unfinished": "ran", "failed": "failed", "not run": "notrun"}[node["status"]]


def _nodes(account: RunAccount) -> Iterator[Json]:
    planned: set[str] = set()
    for flow, graph in _flows(account):
        for node in graph.get("nodes", ()):
            planned.add(node["id"])
            done = account.nodes.get(node["id"])
            if done is None and node["kind"] in _SILENT:
                continue
            nothing = {"node": node["id"], "callee": node["label"], "status": "not run", **_NOTHING}
            yield {"flow": flow, "kind": node["kind"], **(nothing if done is None else _done(asdict(done)))}
    for name, node in account.nodes.items():
        if name not in planned:
            yield {"flow": name.partition("#")[0], "kind": None, **_done(asdict(node))}


def _flows(account: RunAccount) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The flow that was run, then those that it came to, each with its graph."""
    met = {name.partition("#")[0] for name in account.nodes}
    for flow in (account.flow, *(name for name in account.plan if name in met and name != account.flow)):
        if flow in account.plan:
            yield flow, account.plan[flow]


_NOTHING: Json = {"turns": 0, "replayed": 0, "retries": 0, "seconds": 0.0, "input_tokens": 0, "output_tokens": 0}
_NOTHING |= {"cost": None, "error": None}


def _done(node: Json) -> Json:
    del node["outputs"]
    return node


def _spent(node: Mapping[str, Any]) -> str:
    parts = [spent_by(node)]
    parts += [f"{node['retries']} {'retry' if node['retries'] == 1 else 'retries'}"] * bool(node["retries"])
    parts += ["replayed"] * (0 < node["turns"] == node["replayed"])
    parts += [f"failed: {node['error']}"] * bool(node["error"])
    return " · ".join(parts)


def _graph(plan: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a FlowGraph, which is imported late
    """A graph that a run has kept, as the writers of graphs take it."""
    from nexa.compiler.graph import Edge, FlowGraph, GraphNode

    names = ("id", "kind", "callee", "label", "input", "output", "level", "region")
    nodes = tuple(GraphNode(start=0, end=0, **{name: node[name] for name in names}) for node in plan["nodes"])
    edges = tuple(
        Edge(**{name: edge[name] for name in ("source", "target", "kind", "label", "type")}) for edge in plan["edges"]
    )
    return FlowGraph(plan["flow"], plan["path"], nodes, edges, ())
