"""From the bodies of a program to their graphs: one walk, in the order of evaluation, that knows what feeds what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import chain, count

from nexa.compiler import ast
from nexa.compiler.emit.symbols import SourceFile, SourceItem, symbols_of
from nexa.compiler.emit.writer import NodeRole
from nexa.compiler.graph.circles import circles
from nexa.compiler.graph.groups import parallel_groups
from nexa.compiler.graph.levels import levels_of
from nexa.compiler.graph.model import Edge, FlowGraph, GraphNode
from nexa.compiler.graph.together import together
from nexa.compiler.graph.trace import Draft, Trace
from nexa.compiler.graph.walk import trace_of
from nexa.syntax.record import record


@record
class Graphs:
    """The graphs of a program by the name of their flow, and the node ids by what they stand for in the text."""

    flows: dict[str, FlowGraph] = field(default_factory=dict)
    ids: dict[tuple[ast.Node, NodeRole], str] = field(default_factory=dict)
    together: dict[ast.Node, tuple[ast.Node, ...]] = field(default_factory=dict)
    """By its first statement, each row of statements that are executed at the same time."""


def graphs_of(files: Sequence[SourceFile], *, is_parallel: bool = False) -> Graphs:
    """The graphs of every flow, function, test, job, route and script of a program.

    With `is_parallel` every flow counts as `@parallel`.
    """
    symbols = symbols_of(files)
    graphs = Graphs()
    taken = {name for file in files for item in file.items for name, body in _bodies(item.node) if _is_called(body)}
    for file in files:
        script: list[Trace] = []
        is_script = any(not isinstance(item.node, ast.Declaration) for item in file.items)
        script_name = _free("script", taken) if is_script else ""
        for item in file.items:
            if isinstance(item.node, ast.Declaration):
                for own, body in _bodies(item.node):
                    kind = "test " if isinstance(body, ast.Test) else ""
                    name = own if _is_called(body) else _free(own, taken, kind)
                    trace = trace_of(symbols, item, name, body)
                    _keep(graphs, file, name, [trace])
                    if is_parallel or _is_parallel(body):
                        graphs.together.update((row[0], row) for row in together(trace))
            else:
                script.append(trace_of(symbols, item, script_name, item.node))
        _keep(graphs, file, script_name, script)
    return graphs


def _is_called(body: ast.Node) -> bool:
    """Whether others call a body by its name, which no other body takes then."""
    return isinstance(body, ast.Flow | ast.Function)


def _free(name: str, taken: set[str], kind: str = "") -> str:
    """A name for the nodes of a test, a job, a route or a script that nothing else has."""
    names = chain((name, kind + name), (f"{kind}{name} ({number})" for number in count(2)))
    found = next(one for one in names if one not in taken)
    taken.add(found)
    return found


def _bodies(node: ast.Item) -> Iterator[tuple[str, ast.Node]]:
    """The bodies of a declaration, each with the name that its nodes carry."""
    if isinstance(node, ast.Flow | ast.Function):
        yield node.name.text, node
    elif isinstance(node, ast.Test):
        yield node.title.plain or "test", node
    elif isinstance(node, ast.Agent):
        for member in node.members:
            if isinstance(member, ast.Flow | ast.Function):
                yield f"{node.name.text}.{member.name.text}", member
    elif isinstance(node, ast.Impl):
        for method in node.methods:
            yield f"{_name(node.target)}.{method.name.text}", method
    elif isinstance(node, ast.Job):
        for job in node.bodies:
            yield node.name.text if job.event == "perform" else f"{node.name.text}.{job.event}", job
    elif isinstance(node, ast.Server):
        yield from _routes(node.name.text if node.name is not None else "server", "", node.items)


def _routes(server: str, prefix: str, items: Iterable[ast.Node]) -> Iterator[tuple[str, ast.Node]]:
    """Each route by its server, method and whole path: `Lobby POST /chat`."""
    for one in items:
        if isinstance(one, ast.Group):
            yield from _routes(server, prefix + _path(one.prefix).rstrip("/"), one.items)
        elif isinstance(one, ast.Route):
            method = f"{one.method.text} " if one.method is not None else ""
            yield f"{server} {method}{prefix}{_path(one.path)}", one


def _path(node: ast.Str) -> str:
    """A path, or what stands for one that only the run knows."""
    return "/…" if node.plain is None else node.plain


def _is_parallel(body: ast.Node) -> bool:
    return isinstance(body, ast.Flow) and any(one.name.text == "parallel" for one in body.decorators)


def _name(node: ast.TypeExpr) -> str:
    return ".".join(one.text for one in node.path) if isinstance(node, ast.TypeName) else "impl"


def _keep(graphs: Graphs, file: SourceFile, name: str, traces: Sequence[Trace]) -> None:
    """Number the nodes in textual order, and keep the graph unless it is empty and belongs to no flow."""
    drafts = [(trace, draft) for trace in traces for draft in trace.drafts]
    drafts.sort(key=lambda one: (one[0].item.start + one[1].start, one[1].number))
    ids = {id(draft): f"{name}#{number}" for number, (_, draft) in enumerate(drafts)}
    for _, draft in drafts:
        graphs.ids[draft.key] = ids[id(draft)]
    edges = _edges(traces, ids)
    regions = {ids[id(draft)]: draft.region for _, draft in drafts}
    levels = levels_of(regions, [(edge.source, edge.target) for edge in edges])
    nodes = tuple(_node(trace.item, draft, ids[id(draft)], levels) for trace, draft in drafts)
    is_flow = any(isinstance(one.body, ast.Flow) for one in traces)
    if nodes or is_flow:
        rows = _rows(nodes)
        groups = [tuple(ids[id(one)] for one in group) for trace in traces for group in parallel_groups(trace)]
        cycles = [tuple(ids[id(one)] for one in circle) for trace in traces for circle in circles(trace)]
        graph = FlowGraph(name, file.path, nodes, edges, rows, tuple(groups), tuple(cycles))
        graphs.flows.setdefault(name, graph)


def _rows(nodes: Sequence[GraphNode]) -> tuple[tuple[str, ...], ...]:
    """The ids of each level, in textual order."""
    rows: dict[int, list[str]] = {}
    for node in nodes:
        rows.setdefault(node.level, []).append(node.id)
    return tuple(tuple(rows[level]) for level in sorted(rows))


def _edges(traces: Sequence[Trace], ids: dict[int, str]) -> tuple[Edge, ...]:
    found: dict[tuple[str, str, str], Edge] = {}
    for trace in traces:
        for source, target, kind, label in trace.edges:
            edge = Edge(ids[id(source)], ids[id(target)], kind, label, source.output if kind == "data" else "")
            if edge.source != edge.target:
                found.setdefault((edge.source, edge.target, kind), edge)
    return tuple(found.values())


def _node(item: SourceItem, draft: Draft, identity: str, levels: dict[str, int]) -> GraphNode:
    return GraphNode(
        identity,
        draft.kind,
        draft.callee,
        draft.label,
        item.start + draft.start,
        item.start + draft.end,
        draft.input,
        draft.output,
        levels.get(identity, 0),
        draft.region,
        draft.is_broken,
    )
