"""A program as code objects that carry the positions of the Nexa source."""

from __future__ import annotations
import __future__

import warnings
from collections.abc import Callable
from types import CodeType
from typing import TYPE_CHECKING, Any

from nexa.compiler.emit import py
from nexa.compiler.emit.files import files_of
from nexa.compiler.emit.program import EmittedFile, emit
from nexa.syntax.record import record

if TYPE_CHECKING:
    from nexa.compiler.emit.symbols import SourceFile
    from nexa.compiler.graph import FlowGraph
    from nexa.compiler.program import Program


@record
class Emitted:
    """A program in Python, with its files and its graphs."""

    files: tuple[SourceFile, ...]
    units: tuple[EmittedFile, ...]
    graphs: dict[str, FlowGraph]


@record
class Compiled:
    """One code object for each file, in include order, the entry last."""

    units: tuple[CodeType, ...]


def emitted(
    program: Program,
    show: Callable[[str], str] = str,
    folder: Callable[[SourceFile], py.Expr] | None = None,
    *,
    with_tests: bool = False,
    is_parallel: bool = False,
) -> Emitted:
    """The program as Python syntax trees. It must have no errors. With `is_parallel` every flow is `@parallel`."""
    from nexa.compiler.graph import graph_json, graphs_of  # which reads the same files and symbols as we do

    files = files_of(program, show)
    graphs = graphs_of(files, is_parallel=is_parallel)
    texts = {file.path: file.text for file in files}
    shapes: dict[str, Any] = {
        name: graph_json(graph, texts[graph.path]) for name, graph in graphs.flows.items() if graph.nodes
    }
    units = emit(files, graphs.ids, shapes, folder, together=graphs.together, with_tests=with_tests)
    return Emitted(files, units, graphs.flows)


def compiled(
    program: Program, show: Callable[[str], str] = str, *, with_tests: bool = False, is_parallel: bool = False
) -> Compiled:
    """The program as code. Each unit has the `.nx` file as its file name, so that tracebacks show Nexa.

    `show` says how the paths of files are written there; `with_tests` adds the `test` blocks of the entry file.
    """
    flags = __future__.annotations.compiler_flag
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # Python's remarks on `python!` blocks are no findings of ours
        units = emitted(program, show, with_tests=with_tests, is_parallel=is_parallel).units
        return Compiled(tuple(compile(one.tree, one.path, "exec", flags=flags, dont_inherit=True) for one in units))
