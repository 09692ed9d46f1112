"""A Python file as a row of tools: its public functions and how they are called, or why Python cannot read it.

Read by parso; nothing is run and nothing is imported. Which functions count is what a run offers as well: those that
the file itself defines, listed in `__all__` or without a `_` in front.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from typing import Any, Literal

from nexa.compiler.python_source import Mistake, first_mistake, tree_of
from nexa.syntax.record import record


@record
class PythonParameter:
    """`name: annotation = default`, as written; `kind` says what it takes."""

    name: str
    annotation: str = ""
    default: str = ""
    kind: Literal["one", "keyword", "rest", "keywords", "positional"] = "one"

    def __str__(self) -> str:
        stars = {"rest": "*", "keywords": "**"}.get(self.kind, "")
        typed = f": {self.annotation}" if self.annotation else ""
        between = " = " if typed else "="
        return f"{stars}{self.name}{typed}{between if self.default else ''}{self.default}"


@record
class PythonFunction:
    """A function of a file. Where it stands does not make it another one; lines count from 0."""

    name: str
    params: tuple[PythonParameter, ...]
    returns: str = ""
    doc: str = ""
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)

    is_certain: bool = field(default=True)
    """Whether it is called as it is written: no decorator stands around it, and the file has no other of its name."""

    @property
    def signs(self) -> tuple[str, ...]:
        """The parameters as written, with the lone `/` and `*` between them."""
        return tuple(_shown(self.params))

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.signs)})" + (f" -> {self.returns}" if self.returns else "")


def _shown(params: tuple[PythonParameter, ...]) -> Iterator[str]:
    """With the lone `/` and `*` between them."""
    before: str | None = None
    for one in params:
        if before == "positional" and one.kind != "positional":
            yield "/"
        if one.kind == "keyword" and before not in ("keyword", "rest"):
            yield "*"
        yield str(one)
        before = one.kind
    if before == "positional":
        yield "/"


@record
class PythonFile:
    """What a file offers; with a mistake in it, what parso could still make out."""

    functions: tuple[PythonFunction, ...]
    mistake: Mistake | None = None


@lru_cache(maxsize=256)
def read_python(text: str) -> PythonFile:
    """Read a file. Remembered by its text."""
    mistake = first_mistake(text)
    try:
        module = tree_of(text)
        return PythonFile(tuple(_public(module)), mistake)
    except RecursionError:
        return PythonFile((), mistake)


def _public(module: Any) -> Iterator[PythonFunction]:  # noqa: ANN401  # parso's nodes are annotated in parts only
    """The functions that the file defines at its top, the last of a name."""
    found: dict[str, list[Any]] = {}
    for node in _on_top(module):
        found.setdefault(node.name.value, []).append(node)
    listed = _listed(module)
    for name, nodes in found.items():
        if name in listed if listed is not None else not name.startswith("_"):
            yield _function(nodes[-1], is_certain=len(nodes) == 1)


def _on_top(node: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    """Functions outside of functions and classes; those under `if` and `try` count."""
    for child in getattr(node, "children", ()):
        if child.type == "funcdef":
            yield child
        elif child.type not in ("classdef", "lambdef"):
            yield from _on_top(child)


def _listed(module: Any) -> frozenset[str] | None:  # noqa: ANN401  # as above
    """The names in `__all__`, where it is written out."""
    for name in module.get_used_names().get("__all__", ()):
        statement = name.get_definition()
        if statement is not None and statement.type == "expr_stmt":
            try:
                found = ast.literal_eval(statement.children[-1].get_code().strip())
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                return None
            is_row = isinstance(found, list | tuple) and all(isinstance(one, str) for one in found)
            return frozenset(found) if is_row else None
    return None


def _function(node: Any, *, is_certain: bool) -> PythonFunction:  # noqa: ANN401  # as above
    line, column = node.name.start_pos
    around = node.parent.parent if node.parent.type in ("async_stmt", "async_funcdef") else node.parent
    is_certain = is_certain and around.type != "decorated"
    params = tuple(_parameters(node))
    return PythonFunction(node.name.value, params, _code(node.annotation), _doc(node), line - 1, column, is_certain)


def _parameters(node: Any) -> Iterator[PythonParameter]:  # noqa: ANN401  # as above
    kind: Literal["one", "keyword", "positional"] = "one"
    rows = node.children[2].children
    slash = next((at for at, one in enumerate(rows) if _is_mark(one, "/")), -1)
    for at, one in enumerate(rows):
        if _is_mark(one, "*"):
            kind = "keyword"
        if one.type != "param":
            continue
        stars = {1: "rest", 2: "keywords"}.get(one.star_count)
        own = "positional" if at < slash else stars or kind
        if one.star_count == 1:
            kind = "keyword"
        yield PythonParameter(one.name.value, _code(one.annotation), _code(one.default), own)  # type: ignore[arg-type]  # one of them


def _is_mark(node: Any, mark: str) -> bool:  # noqa: ANN401  # as above
    """Whether it is a lone `*` or `/` between parameters."""
    return bool(node.type == "operator" and node.value == mark)


def _code(node: Any) -> str:  # noqa: ANN401  # as above
    """How an annotation or default is written, in one line."""
    return "" if node is None else " ".join(node.get_code().split())


def _doc(node: Any) -> str:  # noqa: ANN401  # as above
    """The docstring, without its indentation."""
    found = node.get_doc_node()
    if found is None:
        return ""
    try:
        text = ast.literal_eval(found.get_code().strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return ""
    return inspect.cleandoc(text) if isinstance(text, str) else ""
