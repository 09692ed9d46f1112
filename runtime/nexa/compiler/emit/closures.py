"""`nonlocal`: what an inner function assigns that belongs to the function around it.

Within one item a Python name stands for one variable, so equal names are the same variable (`naming.local_names`).
"""

from __future__ import annotations

import ast as python
from collections.abc import Iterator

_SCOPES = (python.FunctionDef, python.AsyncFunctionDef, python.Lambda, python.ClassDef)
_COMPREHENSIONS = (python.ListComp, python.SetComp, python.DictComp, python.GeneratorExp)


def declare_nonlocals(function: python.AsyncFunctionDef | python.FunctionDef) -> None:
    """Add `nonlocal` to the functions inside `function` that the emitter wrote."""
    _declare(function, frozenset())


def _declare(function: python.AsyncFunctionDef | python.FunctionDef, outer: frozenset[str]) -> None:
    own = set(_assigned(function))
    given = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    shared = sorted((own - given) & outer)
    if shared:
        made = python.Nonlocal(shared)
        python.copy_location(made, function.body[0])
        function.body.insert(0, made)
    declared_global = {name for one in function.body if isinstance(one, python.Global) for name in one.names}
    visible = outer | ((own | given) - declared_global)
    for inner in _functions(function):
        if getattr(inner, "is_emitted", False):
            _declare(inner, visible)


def _below(node: python.AST) -> Iterator[python.AST]:
    """The nodes of a function's own scope."""
    for child in python.iter_child_nodes(node):
        yield child
        if not isinstance(child, (*_SCOPES, *_COMPREHENSIONS)):
            yield from _below(child)


def _assigned(function: python.AST) -> Iterator[str]:
    for node in _below(function):
        if isinstance(node, python.Name) and isinstance(node.ctx, python.Store):
            yield node.id


def _functions(function: python.AST) -> Iterator[python.AsyncFunctionDef | python.FunctionDef]:
    for node in _below(function):
        if isinstance(node, python.AsyncFunctionDef | python.FunctionDef):
            yield node
