"""Which nodes may run side by side: Kahn's algorithm in each straight-line region.

A region inside another counts as one node there, as high as its own levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

Pairs = Iterable[tuple[str, str]]


def levels_of(regions: Mapping[str, str], edges: Pairs) -> dict[str, int]:
    """The level of each node; `regions` are the nodes in textual order with the path of their region, `a/b`."""
    children: dict[str, dict[str, None]] = {}
    for node, region in regions.items():
        child = f"{region}/#{node}"
        while True:
            around = child.rpartition("/")[0]
            row = children.setdefault(around, {})
            if child in row:
                break
            row[child] = None
            if "/" not in around:
                break
            child = around
    inner: dict[str, list[tuple[str, str]]] = {}
    for source, target in edges:
        parent, one, other = _meeting(f"{regions[source]}/#{source}", f"{regions[target]}/#{target}")
        if one != other:
            inner.setdefault(parent, []).append((one, other))
    found: dict[str, int] = {}
    for root in [one for one in children if "/" not in one]:
        _place(root, 0, children, inner, _heights(children, inner), found)
    return found


def _meeting(one: str, other: str) -> tuple[str, str, str]:
    """The innermost region that holds both, and what holds each of them directly inside it."""
    first, second = one.split("/"), other.split("/")
    depth = 0
    while depth < min(len(first), len(second)) - 1 and first[depth] == second[depth]:
        depth += 1
    return "/".join(first[:depth]), "/".join(first[: depth + 1]), "/".join(second[: depth + 1])


def _heights(
    children: Mapping[str, Mapping[str, None]], inner: Mapping[str, list[tuple[str, str]]]
) -> dict[str, tuple[int, dict[str, int]]]:
    """For each region how many levels it has, and where its parts begin; inner regions first."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for region in sorted(children, key=lambda one: -one.count("/")):
        heights = {part: found[part][0] if part in children else 1 for part in children[region]}
        starts = _starts(heights, inner.get(region, []))
        found[region] = (max((starts[part] + heights[part] for part in heights), default=0), starts)
    return found


def _starts(heights: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Kahn: a part begins below all that come before it. Should parts wait for each other, the first one begins."""
    before: dict[str, dict[str, None]] = {part: {} for part in heights}
    for source, target in edges:
        before[target][source] = None
    starts: dict[str, int] = {}
    for part in _in_order(before):
        starts[part] = max((starts[one] + heights[one] for one in before[part]), default=0)
    return starts


def _in_order(before: dict[str, dict[str, None]]) -> list[str]:
    """The parts, each behind all that come before it; what closes a circle is taken out."""
    while True:
        try:
            return list(TopologicalSorter(before).static_order())
        except CycleError as error:
            circle: list[str] = error.args[1]  # documented
            first = next(part for part in before if part in circle)
            before[first] = {one: None for one in before[first] if one not in circle}


def _place(
    region: str,
    base: int,
    children: Mapping[str, Mapping[str, None]],
    inner: Mapping[str, list[tuple[str, str]]],
    heights: Mapping[str, tuple[int, dict[str, int]]],
    found: dict[str, int],
) -> None:
    """Levels count through: those of an inner region begin where it begins."""
    for part, start in heights[region][1].items():
        if part in children:
            _place(part, base + start, children, inner, heights, found)
        else:
            found[part.rpartition("/#")[2]] = base + start
