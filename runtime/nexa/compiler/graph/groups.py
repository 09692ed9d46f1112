"""Parallel groups: nodes of one level and region that belong to different statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nexa.compiler.graph.levels import levels_of
from nexa.compiler.graph.trace import Draft, Trace


def parallel_groups(trace: Trace) -> list[list[Draft]]:
    """The groups of agent runs of a body, in textual order, each with at least two statements' calls.

    Only runs of agents count: what the body of a flow or a tool does beside its value, its signature does not say.
    """
    agents = [draft for draft in trace.drafts if draft.kind == "agent"]
    if not _together(agents, lambda draft: draft.region):
        return []  # as for most bodies, which need no levels then
    names = {draft: str(draft.number) for draft in trace.drafts}
    pairs = [(names[source], names[target]) for source, target, _, _ in trace.edges if source is not target]
    levels = levels_of({names[draft]: draft.region for draft in trace.drafts}, pairs)
    return _together(agents, lambda draft: (draft.region, levels[names[draft]]))


def _together(drafts: Iterable[Draft], place: Callable[[Draft], object]) -> list[list[Draft]]:
    """Those in one place, where they belong to several statements."""
    rows: dict[object, list[Draft]] = {}
    for draft in drafts:
        rows.setdefault(place(draft), []).append(draft)
    return [row for row in rows.values() if len({draft.statement for draft in row}) > 1]
