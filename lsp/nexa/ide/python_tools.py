"""The Python functions behind a tool, for hovers and the like. Nothing is run."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.python_file import PythonFunction
from nexa.compiler.python_tools import file_of, function_of
from nexa.compiler.symbols import Symbol
from nexa.ide.place import place_at


def python_functions(project: Project, symbol: Symbol) -> tuple[PythonFunction, ...]:
    """The function that a call of a tool runs, or all of its file where models get each; none for other symbols."""
    node = symbol.node
    place = place_at(project, symbol.path, symbol.span.start) if isinstance(node, ast.Tool) else None
    if place is None or not isinstance(node, ast.Tool):
        return ()
    names = place.names
    only, file = function_of(names, node), file_of(names, node)
    return (only,) if only is not None else file.functions if file is not None else ()
