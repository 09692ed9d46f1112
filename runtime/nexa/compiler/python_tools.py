"""What stands behind a `tool` that a Python file does: its functions, and how Nexa sees their types."""

from __future__ import annotations

import ast as python
from functools import lru_cache

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.outside import path_of
from nexa.compiler.python_file import PythonFile, PythonFunction
from nexa.compiler.types.terms import (
    ANY,
    ANY_DICT,
    ANY_LIST,
    BOOL,
    FLOAT,
    INT,
    NULL,
    STR,
    Parameter,
    Type,
    dict_of,
    list_of,
    optional,
)
from nexa.compiler.types.union import union_of


def file_of(names: Names, node: ast.Tool) -> PythonFile | None:
    """The Python file of a tool of the program; None without one, or where its path is not written out."""
    value = next((one.value for one in node.properties if one.key.text == "python"), None)
    written = value.plain if isinstance(value, ast.Str) else None
    entry = next((one for one in names.entries("value", node.name.text) if one.declared.node is node), None)
    return names.python(path_of(entry.path, written)) if entry is not None and written else None


def function_of(names: Names, node: ast.Tool) -> PythonFunction | None:
    """The function that a call of the tool runs: the only one of its file, or the one of the tool's name.

    None where nobody can tell, as in a file with a mistake.
    """
    file = file_of(names, node)
    if file is None or file.mistake is not None:
        return None
    own = [one for one in file.functions if one.name.casefold() == node.name.text.casefold()]
    found = own or list(file.functions)
    return found[0] if found and (own or len(found) == 1) and found[0].is_certain else None


def parameters_of(function: PythonFunction) -> tuple[Parameter, ...]:
    """What a call may give, in order."""
    taken = (one for one in function.params if one.kind in ("one", "keyword"))
    return tuple(Parameter(one.name, python_type(one.annotation), not one.default) for one in taken)


_BASIC = {
    "str": STR, "int": INT, "float": FLOAT, "bool": BOOL, "None": NULL,
    "list": ANY_LIST, "dict": ANY_DICT, "List": ANY_LIST, "Dict": ANY_DICT,
}  # fmt: skip


@lru_cache(maxsize=512)
def python_type(annotation: str) -> Type:
    """The type that an annotation means; anything where Nexa has none like it."""
    try:
        return _read(python.parse(annotation, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ANY


def _read(node: python.expr) -> Type:
    if isinstance(node, python.Constant):
        return NULL if node.value is None else python_type(node.value) if isinstance(node.value, str) else ANY
    if isinstance(node, python.BinOp) and isinstance(node.op, python.BitOr):
        return union_of((_read(node.left), _read(node.right)))
    if isinstance(node, python.Subscript):
        return _applied(_word(node.value), node.slice)
    return _BASIC.get(_word(node), ANY)


def _word(node: python.expr) -> str:
    """The last name of `typing.List`."""
    return node.attr if isinstance(node, python.Attribute) else node.id if isinstance(node, python.Name) else ""


def _applied(word: str, inner: python.expr) -> Type:
    args = [_read(one) for one in inner.elts] if isinstance(inner, python.Tuple) else [_read(inner)]
    if word in ("list", "List") and len(args) == 1:
        return list_of(args[0])
    if word in ("dict", "Dict") and len(args) == 2:
        return dict_of(args[0], args[1])
    if word == "Optional" and len(args) == 1:
        return optional(args[0])
    return union_of(args) if word == "Union" else ANY
