"""What runs, and with which command; how it went."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexa.ide.features.runnables import Kind

NEXA = (sys.executable, "-m", "nexa.cli")

SERVICES: tuple[Kind, ...] = ("server", "job")
"""What goes on until it is stopped."""

_VERBS: dict[Kind, tuple[str, ...]] = {
    "flow": ("run",),
    "test": ("test",),
    "server": ("serve",),
    "job": ("workers", "start"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What is run of the file `path`: a flow, or the test of that title; with the title "" all of its tests.

    Of a server the whole program is served, and of a job the jobs of the program are worked off: the name says which
    one was clicked.
    """

    path: str
    name: str
    kind: Kind = "flow"

    @property
    def title(self) -> str:
        """What people are told that runs."""
        return self.name or f"{'tests' if self.kind == 'test' else 'servers'} of {Path(self.path).name}"


@dataclass(frozen=True, slots=True)
class Result:
    """How the last run of something ended, or how a service does."""

    status: str
    summary: str
    """`✓ 1.2 s · 812 tokens`, `● http://127.0.0.1:8080`."""
    run: str = ""
    """The id that stops it, while it goes on."""


def command_of(target: Target, args: Mapping[str, Any], command: tuple[str, ...] | None) -> list[str]:
    """The command line that runs a target; `command` stands in the place of our own."""
    return [*(command or (*NEXA, *_VERBS[target.kind])), target.path, *_choice(target), *_arguments(args)]


def _arguments(args: Mapping[str, Any]) -> list[str]:
    """`--arg k=v` for each; what is no string goes as JSON."""
    pairs = ((name, value if isinstance(value, str) else json.dumps(value)) for name, value in args.items())
    return [part for name, value in pairs for part in ("--arg", f"{name}={value}")]


def _choice(target: Target) -> tuple[str, ...]:
    if target.kind == "test":
        return ("--title", target.name) if target.name else ()
    return ("--flow", target.name) if target.kind == "flow" else ()
