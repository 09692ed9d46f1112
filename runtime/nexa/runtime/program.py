"""A compiled program, as emitted code hands it to the engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexa.runtime.callables import Flow
    from nexa.runtime.jobs.declared import Job
    from nexa.runtime.serving.declared import Server

DEPTH = 10_000
"""How deep Python's own calls may nest: each call of a Nexa function takes four or five of them."""

SpanRow = tuple[str, int, int, int, int]
Script = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Test:
    """A `test` block; `line` and `column` say where its title stands, both from 1, columns in code points."""

    title: str
    flow: Flow
    line: int
    column: int


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
    spans: Mapping[int, SpanRow] = field(default_factory=dict)
    servers: tuple[Server, ...] = ()
    jobs: tuple[Job, ...] = ()
    tests: tuple[Test, ...] = ()
    """Only where the program was compiled to be tested."""


def beside(module: str, folder: str) -> str:
    """The absolute path of what a built module calls `folder`."""
    return os.path.normpath(Path(module).absolute().parent / folder)


def program(
    *,
    path: str,
    name: str,
    flows: Mapping[str, Flow],
    scripts: tuple[Script, ...] = (),
    config: str | None = None,
    graphs: Mapping[str, Any] | None = None,
    spans: Mapping[int, SpanRow] | None = None,
    file: str | None = None,
    servers: tuple[Server, ...] = (),
    jobs: tuple[Job, ...] = (),
    tests: tuple[Test, ...] = (),
) -> Program:
    """The program of an emitted module; called by its last line.

    `file` is the module's own in a built one: the paths of the sources count from its folder.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEPTH))
    if file is not None:
        path = _shown(file, path)
        spans = {line: (_shown(file, row[0]), *row[1:]) for line, row in (spans or {}).items()}
    return Program(path, name, dict(flows), scripts, config, graphs or {}, spans or {}, servers, jobs, tests)


def test(title: str, body: Callable[[], Awaitable[Any]], line: int, column: int) -> Test:
    """A `test` block whose body is `body`."""
    from nexa.runtime.callables import Flow  # which most programs import anyway, but not because of this

    return Test(title, Flow(title, body), line, column)


def _shown(module: str, path: str) -> str:
    """A source's path: relative to the working directory if it is below it."""
    found = beside(module, path)
    here = str(Path.cwd()) + os.sep
    return found.removeprefix(here).replace(os.sep, "/")
