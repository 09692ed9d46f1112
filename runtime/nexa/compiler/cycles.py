"""Cycles among the declarations of a program: who leads to whom, and how each cycle is told."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from nexa.compiler.facts import ItemFacts
from nexa.compiler.links import Link, LinkKind, links_of_kind
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, Note, ProgramDraft, Remedy
from nexa.syntax.span import Span

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Edge(Generic[_T]):
    """One thing leads to another; `about` says where."""

    source: str
    target: str
    about: _T


@dataclass(frozen=True, slots=True)
class Where:
    """A link: the `number`th of the `index`th item of the file `path`."""

    path: str
    index: int
    number: int


LinkEdge = Edge[Where]


def linked(program: Program, *kinds: LinkKind) -> Iterator[tuple[Where, Link]]:
    """Every link of some kinds in declaration order. What a broken item says is not certain."""
    for path, file in program.files.items():
        rows = [one for kind in kinds for one in file.rows(links_of_kind(kind))]
        broken = {index for index, _ in file.broken}
        for index, (number, link) in sorted(rows, key=_place) if len(kinds) > 1 else rows:
            if index not in broken:
                yield Where(path, index, number), link


def _place(one: tuple[int, tuple[int, Link]]) -> tuple[int, int]:
    return one[0], one[1][0]


def leads_back(program: Program, kind: LinkKind) -> bool:
    """Whether links of a kind lead from some name back to it, whatever the names mean. Mostly they do not, and as long
    as they stay the same nobody has to ask what they mean.
    """
    rows = [file.rows(links_of_kind(kind)) for file in program.files.values()]

    def find() -> bool:
        links = [link for row in rows for _, (_, link) in row]
        return has_cycle(Edge(link.owner, link.target, None) for link in links)

    return program.found(f"{kind} leads back", rows, find)


def edges_of(program: Program, kind: LinkKind, meant: Callable[[str], str | None]) -> list[LinkEdge]:
    """The links of a kind between what `meant` knows: it gives the node that a name leads to, or None."""
    return [
        Edge(source, target, where)
        for where, link in linked(program, kind)
        if (target := meant(link.target)) is not None and (source := meant(link.owner)) is not None
    ]


def declared_as(program: Program, *kinds: str) -> Callable[[str], str | None]:
    """Knows the names of declarations of some kinds, where nothing is wrong with them."""

    def meant(name: str) -> str | None:
        row = program.table.row("value", name)
        return name if len(row) == 1 and row[0].declared.kind in kinds and not row[0].declared.is_broken else None

    return meant


# ── the cycles of a graph ───────────────────────────────────────────────────────────────────────────────────────


def has_circle(after: Mapping[str, Sequence[str]], meant: Callable[[str], str], roots: Iterable[str]) -> bool:
    """Whether a way from one of the roots through a graph leads to a node for the second time; `meant` gives the node
    that a name leads to.

    For graphs in which there are mostly none: much faster than to look for `components`.
    """
    done: set[str] = set()
    for root in roots:
        if root in done or root not in after:
            continue
        around = {root: iter(after[root])}
        while around:
            node, rest = next(reversed(around.items()))
            for name in rest:
                target = meant(name)
                if target in around:
                    return True
                if target not in done and target in after:
                    around[target] = iter(after[target])
                    break
            else:
                done.add(node)
                del around[node]
    return False


def has_cycle(edges: Iterable[Edge[_T]]) -> bool:
    """Whether some node leads back to itself."""
    try:
        TopologicalSorter(_after(edges)).prepare()
    except CycleError:
        return True
    return False


def components(edges: Iterable[Edge[_T]]) -> list[set[str]]:
    """The sets of nodes that lead to each other, or a node to itself, in the order of their first nodes.

    Tarjan's algorithm, without recursion: linear, where the standard library can only tell one cycle after the other.
    """
    after = _after(edges)
    low: dict[str, int] = {}
    index: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []
    for root in after:
        if root in index:
            continue
        work = [(root, iter(after[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, rest = work[-1]
            for target in rest:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(after.get(target, ()))))
                    break
                if target in low:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    members = set[str]()
                    while node not in members:
                        members.add(stack.pop())
                    for one in members:
                        del low[one]
                    if len(members) > 1 or node in after.get(node, ()):
                        found.append(members)
    order = {name: number for number, name in enumerate(after)}
    return sorted(found, key=lambda members: min(order[name] for name in members))


def _after(edges: Iterable[Edge[_T]]) -> dict[str, dict[str, None]]:
    """What each node leads to, in order."""
    after: dict[str, dict[str, None]] = {}
    for edge in edges:
        after.setdefault(edge.source, {})[edge.target] = None
    return after


def way(edges: Sequence[Edge[_T]], start: str, goal: str) -> list[Edge[_T]] | None:
    """The shortest way from `start` to `goal`, at least one step; None without one."""
    return _shortest(_leaving(edges), start, goal)


def _leaving(edges: Iterable[Edge[_T]]) -> dict[str, list[Edge[_T]]]:
    after: dict[str, list[Edge[_T]]] = {}
    for edge in edges:
        after.setdefault(edge.source, []).append(edge)
    return after


def _shortest(after: Mapping[str, Sequence[Edge[_T]]], start: str, goal: str) -> list[Edge[_T]] | None:
    pending = deque([start])
    came: dict[str, Edge[_T] | None] = {start: None}
    while pending:
        for edge in after.get(pending.popleft(), ()):
            if edge.target == goal:
                back = [edge]
                while (last := came[back[-1].source]) is not None:
                    back.append(last)
                return back[::-1]
            if edge.target not in came:
                came[edge.target] = edge
                pending.append(edge.target)
    return None


def closing(edges: Sequence[Edge[_T]]) -> list[Edge[_T]]:
    """The first cycle that comes about when edges are added in order; its last edge is the one that closes it."""
    count = bisect_left(range(len(edges) + 1), True, key=lambda count: has_cycle(edges[:count]))
    return next(closings(edges[count - 1 : count], edges[: count - 1]), []) if count <= len(edges) else []


def closings(edges: Sequence[Edge[_T]], there: Sequence[Edge[_T]] = ()) -> Iterator[list[Edge[_T]]]:
    """Each edge that closes a cycle when edges are added in order to those there, as the last one of that cycle."""
    closed: set[tuple[str, str]] = set()
    after = _leaving(there)
    for edge in edges:
        if (edge.source, edge.target) not in closed:
            back = [] if edge.source == edge.target else _shortest(after, edge.target, edge.source)
            if back is not None:
                closed.add((edge.source, edge.target))
                yield [*back, edge]
        after.setdefault(edge.source, []).append(edge)


def circles(edges: Sequence[Edge[_T]]) -> Iterator[list[Edge[_T]]]:
    """The cycles, each from its member that comes first: for each edge of that one the shortest way back to it."""
    order = order_of(edges)
    pending = parted(edges)[::-1]
    while pending:
        among = pending.pop()
        name = min((edge.source for edge in among), key=order.__getitem__)
        for edge in {edge.target: edge for edge in reversed(among) if edge.source == name}.values():
            back = [] if edge.target == name else way(among, edge.target, name)
            if back is not None:
                yield [edge, *back]
        pending += parted([edge for edge in among if name not in (edge.source, edge.target)])[::-1]


def parted(edges: Sequence[Edge[_T]]) -> list[list[Edge[_T]]]:
    """The edges within each component."""
    place = {name: number for number, members in enumerate(components(edges)) for name in members}
    found: dict[int, list[Edge[_T]]] = {}
    for edge in edges:
        number = place.get(edge.source)
        if number is not None and number == place.get(edge.target):
            found.setdefault(number, []).append(edge)
    return [found[number] for number in sorted(found)]


def told(cycle: Sequence[Edge[_T]], order: Mapping[str, int]) -> str:
    """`A → B → A`, from the member that is declared first."""
    start = min(range(len(cycle)), key=lambda number: order.get(cycle[number].source, 0))
    turned = [*cycle[start:], *cycle[:start]]
    return " → ".join([turned[0].source, *(edge.target for edge in turned)])


def order_of(edges: Iterable[Edge[_T]]) -> dict[str, int]:
    """In which order the sources of edges stand."""
    return {name: number for number, name in enumerate(dict.fromkeys(edge.source for edge in edges))}


# ── findings ────────────────────────────────────────────────────────────────────────────────────────────────────


def reported(
    at: Where,
    message: str,
    cycle: Sequence[LinkEdge],
    verb: str,
    fix: Callable[[ItemFacts, Span], Remedy | None] | None = None,
) -> ProgramDraft:
    """A finding at a link, with every step of its cycle as a related place: `A` *verb* `B`."""
    notes = tuple(place_of(edge.about, f"`{edge.source}` {verb} `{edge.target}`") for edge in cycle)

    return said_at(at, message, notes, fix)


def said_at(
    at: Where,
    message: str,
    notes: tuple[Note, ...] = (),
    fix: Callable[[ItemFacts, Span], Remedy | None] | None = None,
    others: tuple[Callable[[ItemFacts, Span], Remedy], ...] = (),
) -> ProgramDraft:
    """A finding at a link, wherever it stands by then."""

    def settled(item: ItemFacts) -> Draft:
        span = item.links.links[at.number].span
        remedy = fix(item, span) if fix is not None else None
        return Draft(span, message, notes, remedy, others=tuple(other(item, span) for other in others))

    return ProgramDraft(at.path, at.index, settled)


def place_of(at: Where, message: str) -> Note:
    """A link as a related place."""
    return Note(message, place=(at.path, at.index), link=at.number)
