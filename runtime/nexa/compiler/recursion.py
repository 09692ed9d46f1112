"""Flows that call themselves, directly or through others: which call closes the cycle, and whether it can end."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from nexa.compiler.always import Promise, called_in, is_kept, promise_of
from nexa.compiler.common_ends import same_ends
from nexa.compiler.cycles import (
    LinkEdge,
    closing,
    edges_of,
    has_circle,
    order_of,
    parted,
    told,
)
from nexa.compiler.facts import ItemFacts
from nexa.compiler.links import bodies_of
from nexa.compiler.program import Program
from nexa.compiler.rows import Row


def recursions(program: Program) -> Iterator[tuple[list[LinkEdge], str, bool]]:
    """For each set of flows that call each other: the cycle, how it is told, and whether it never ends.

    The last edge of the cycle is the call that closes it. Functions count as ways from flow to flow.
    """
    found = program.memo.get("recursions")
    if found is None:
        found = program.memo["recursions"] = list(_recursions(program))
    yield from found  # type: ignore[misc]  # `memo` holds anything; this function alone puts it in


def _recursions(program: Program) -> Iterator[tuple[list[LinkEdge], str, bool]]:
    calls = [file.rows(calls_by_body) for file in program.files.values()]
    if not program.found("circles", calls, lambda: _has_circle(calls), lambda *last: _has_new_circle(calls, *last)):
        return
    meant = _bodies(program, _graph(calls))
    edges = edges_of(program, "call", meant)
    order = order_of(edges)
    for among in parted(edges):
        cycle, members = closing(among), {edge.source for edge in among}
        if cycle and _has_flow(program, members):
            yield cycle, told(cycle, order), bool(_endless(members, _promises(program, members), meant))


_Calls = list[Row[tuple[str, tuple[str, ...]]]]
"""Of each file: the bodies that call something, and what."""


def calls_by_body(item: ItemFacts) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The bodies of an item that call something, whatever it means and however certain it is."""
    found: dict[str, list[str]] = {}
    for link in item.links.links:
        if link.kind == "call":
            found.setdefault(link.owner, []).append(link.target)
    return [(owner, tuple(targets)) for owner, targets in found.items()]


def _graph(calls: _Calls) -> dict[str, tuple[str, ...]]:
    found = {owner: targets for rows in calls for _, (owner, targets) in rows}
    if len(found) < sum(map(len, calls)):  # some names are declared twice
        found = {}
        for owner, targets in (one for rows in calls for _, one in rows):
            found[owner] = found.get(owner, ()) + targets
    return found


def _has_circle(calls: _Calls, roots: Iterable[str] | None = None) -> bool:
    called = _graph(calls)

    def meant(name: str) -> str:
        return name if name in called else name.removesuffix(".run")

    return has_circle(called, meant, called if roots is None else roots)


def _has_new_circle(calls: _Calls, before: _Calls, had_circle: bool) -> bool:
    """As `_has_circle`, after an edit: where there was none, a new one leads through a body that calls other things."""
    if had_circle or len(before) != len(calls):
        return _has_circle(calls)
    roots: set[str] = set()
    for old, new in zip(before, calls, strict=True):
        first, behind = same_ends(old, new)
        roots.update(owner for _, (owner, _) in new[first : len(new) - behind])
    return _has_circle(calls, roots)


def _bodies(program: Program, owners: Container[str]) -> Callable[[str], str | None]:
    """Knows the flows and functions that call something, those of agents included, by every way to write their call."""
    rows = program.table.rows("value")

    def meant(name: str) -> str | None:
        body = name if name in owners else name.removesuffix(".run")
        return body if body in owners and len(rows.get(body.partition(".")[0], ())) == 1 else None

    return meant


def _has_flow(program: Program, members: set[str]) -> bool:
    """Whether one of some bodies is a flow. Of the members of an agent only those that are declared as such."""
    from nexa.compiler import ast

    nodes = (program.table.row("value", head)[0].declared.node for head in _heads(members))
    bodies = (one for node in nodes if isinstance(node, ast.Declaration) for one in bodies_of(node))
    return any(isinstance(body, ast.Flow) and owner in members for owner, body in bodies)


def _heads(members: Iterable[str]) -> set[str]:
    """The declarations that some bodies are in."""
    return {name.partition(".")[0] for name in members}


def _promises(program: Program, members: set[str]) -> dict[str, Promise]:
    """What every way through the bodies of some names calls."""
    found: dict[str, Promise] = {}
    for head in _heads(members):
        entry = program.table.row("value", head)[0]
        for index, one in program.files[entry.path].declared_by_name.get(entry.declared.name, ()):
            item = program.item(entry.path, index)
            if one == entry.declared:
                found |= {owner: promise_of(item, body) for owner, body in bodies_of(item.node) if owner in members}
    return found


def _endless(members: set[str], promises: dict[str, Promise], meant: Callable[[str], str | None]) -> set[str]:
    """The members of which every way through calls another of them."""
    left = set(members)

    def leads_back(called: str) -> bool:
        return meant(called) in left

    waiting: dict[str | None, list[str]] = {}
    for name, promise in promises.items():
        for called in called_in(promise):
            waiting.setdefault(meant(called), []).append(name)
    pending = list(members)
    while pending:
        name = pending.pop()
        if name in left and not (name in promises and is_kept(promises[name], leads_back)):
            left.remove(name)
            pending += waiting.get(name, ())
    return left
