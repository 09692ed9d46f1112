"""Where in a run something happens, named so that another run of the same program finds the same place again.

A visit is one execution of a node of the flow graph. Its place is the path of nodes that lead to it, each with the
branches of the fan-outs that it runs in: `/main#2/polish#0[1]`. What arrives first does not matter to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.memory import branch_path


@dataclass(slots=True, eq=False)
class Visit:
    """One execution of a node. `kept` is what it has to remember when it ends.

    `recalled` counts what was taken from an earlier run, `live` what was not.
    """

    place: str
    parent: Visit | None = None
    kept: list[Mapping[str, Any]] = field(default_factory=list)
    recalled: int = 0
    live: int = 0

    @property
    def is_recalled(self) -> bool:
        """Whether everything that was asked here was answered by an earlier run, and something was."""
        return self.recalled > 0 and self.live == 0


_VISIT: ContextVar[Visit | None] = ContextVar("nexa_visit", default=None)


def current_visit() -> Visit | None:
    """The innermost visit; None outside of all nodes."""
    return _VISIT.get()


def current_place() -> str:
    """The place of what happens here and now."""
    visit = _VISIT.get()
    return ("" if visit is None else visit.place) + "/" + branch_path()


@contextmanager
def visiting(node: str) -> Iterator[Visit]:
    """A visit of `node` around the body. What it counts counts for the visits around it too."""
    parent = _VISIT.get()
    path = branch_path()
    place = f"{'' if parent is None else parent.place}/{node}"
    visit = Visit(f"{place}[{path}]" if path else place, parent)
    token = _VISIT.set(visit)
    try:
        yield visit
    finally:
        _VISIT.reset(token)
        if parent is not None:
            parent.recalled += visit.recalled
            parent.live += visit.live
