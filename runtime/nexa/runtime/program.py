"""A compiled program, as emitted code hands it to the engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexa.runtime.callables import Flow

Script = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Program:
    """What can be run of one entry file and its includes.

    `graphs` holds for each flow its graph (the JSON shape of `nexa graph`). `spans` maps lines of a built module to
    `(file, line, column, end_line, end_column)`; it is empty where the code itself carries Nexa positions.
    """

    path: str
    name: str
    flows: Mapping[str, Flow]
    scripts: tuple[Script, ...] = ()
    config: str | None = None
    graphs: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[int, tuple[str, int, int, int, int]] = field(default_factory=dict)


def program(
    *,
    path: str,
    name: str,
    flows: Mapping[str, Flow],
    scripts: tuple[Script, ...] = (),
    config: str | None = None,
    graphs: Mapping[str, Any] | None = None,
    spans: Mapping[int, tuple[str, int, int, int, int]] | None = None,
) -> Program:
    """The program of an emitted module; called by its last line."""
    return Program(path, name, dict(flows), scripts, config, graphs or {}, spans or {})
