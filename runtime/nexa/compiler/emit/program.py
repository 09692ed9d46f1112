"""A whole program: its files as Python modules, and the last line that hands it to the engine."""

from __future__ import annotations

import ast as python
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.naming import Fresh, all_words
from nexa.compiler.emit.places import Place, Places, locate
from nexa.compiler.emit.symbols import SourceFile, Symbols, symbols_of
from nexa.compiler.emit.unit import write_tests, write_unit
from nexa.compiler.emit.writer import NodeIds, Unit
from nexa.syntax.record import record

MODULE = "nexa_program"
"""The name under which the module of a running program is known."""


@record
class EmittedFile:
    """One file's module: a tree with positions in `path`."""

    path: str
    tree: python.Module


def emit(
    files: Sequence[SourceFile],
    ids: NodeIds | None = None,
    graphs: Mapping[str, Any] | None = None,
    folder: Callable[[SourceFile], py.Expr] | None = None,
    *,
    together: Mapping[ast.Node, tuple[ast.Node, ...]] | None = None,
    with_tests: bool = False,
) -> tuple[EmittedFile, ...]:
    """The program as Python, a module for each file, in the given (include) order; the entry file is last.

    `ids` are the flow graph's nodes, `graphs` what the program carries along for its events. `folder` says where the
    relative paths of a file start: by default in the folder of the file as it is now. `with_tests` adds the
    `test` blocks of the entry file. `together` holds the rows of statements that are executed at the same time.
    """
    symbols = symbols_of(files)
    fresh = Fresh(all_words(item.node for file in files for item in file.items))
    units: list[EmittedFile] = []
    scripts: list[str] = []
    listed: dict[str, list[str]] = {"servers": [], "jobs": []}
    for file in files:
        is_entry = file is files[-1]
        unit = Unit(
            file.path,
            file.text,
            symbols,
            ids or {},
            fresh,
            Places(file.text),
            partial(folder or _folder, file),
            together or {},
        )
        body = write_unit(unit, file, is_entry=is_entry)
        if any(getattr(one, "name", "") == unit.script for one in body):
            scripts.append(unit.script)
        listed["servers"] += unit.servers
        listed["jobs"] += unit.jobs
        if is_entry:
            functions, tests = write_tests(unit, file) if with_tests else ([], [])
            body += functions
            body += _last_lines(file, symbols, scripts, listed, graphs or {}, _config(files), tests)
        units.append(EmittedFile(file.path, _module(body)))
    return tuple(units)


def _folder(file: SourceFile) -> py.Expr:
    return py.const(file.folder or ".")


def _module(body: list[py.Stmt]) -> python.Module:
    imported = python.Import([python.alias("nexa.runtime", "nx")])
    module = python.Module([imported, *body], [])
    locate(module, Place(1, 0, 1, 0))
    return module


def _config(files: Sequence[SourceFile]) -> str | None:
    for file in files:
        for item in file.items:
            if isinstance(item.node, ast.UseConfig):
                return item.node.name.text
    return None


def _last_lines(
    file: SourceFile,
    symbols: Symbols,
    scripts: Sequence[str],
    listed: Mapping[str, Sequence[str]],
    graphs: Mapping[str, Any],
    config: str | None,
    tests: Sequence[py.Expr],
) -> list[py.Stmt]:
    """`nexa_program = nx.program(…)`."""
    flows = [(one.name, py.name(one.python)) for one in symbols.values.values() if one.kind == "flow"]
    made = py.nx_call(
        "program",
        path=py.const(file.path),
        name=py.name("__name__"),
        flows=py.record(flows),
        scripts=py.tuple_([py.name(one) for one in scripts]),
        config=py.const(config),
        graphs=literal(graphs),
        **{key: py.tuple_([py.name(one) for one in names]) for key, names in listed.items() if names},
        **({"tests": py.tuple_(list(tests))} if tests else {}),
    )
    return [py.assign(MODULE, made)]


def literal(value: Any) -> py.Expr:  # noqa: ANN401  # plain data: dicts, lists, texts, numbers, booleans, None
    """Plain data as a Python expression."""
    if isinstance(value, Mapping):
        return py.dict_([(literal(key), literal(one)) for key, one in value.items()])
    if isinstance(value, list | tuple):
        return py.list_([literal(one) for one in value])
    return py.const(value)
