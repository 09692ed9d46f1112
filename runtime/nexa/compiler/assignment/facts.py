"""What following the paths through an item finds out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.scope import Local

Certainty = Literal["none", "some"]
"""No path assigned the name, or only some did."""


@dataclass(frozen=True, slots=True)
class EarlyRead:
    """A read of a local that may have no value."""

    name: ast.Name
    local: Local
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ScriptRead:
    """A read in a script statement of a name that this statement itself did not assign on every path before."""

    name: ast.Name
    certainty: Certainty


@dataclass(slots=True)
class FlowFacts:
    """What the walk found. The last four are about script statements, three of them about their variables."""

    early_reads: list[EarlyRead] = field(default_factory=list)
    dead: list[ast.Node] = field(default_factory=list)
    """The first statement of each stretch that cannot be reached."""
    script_reads: list[ScriptRead] = field(default_factory=list)
    assigned: frozenset[str] = frozenset()
    maybe_assigned: frozenset[str] = frozenset()
    is_last: bool = False
    """Whether no path leads from this script statement to the next one."""


NOTHING_FOUND = FlowFacts()
"""What is found of nearly every item."""
