"""The names that a Python block speaks of, and those that it defines at its own top level. Nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from nexa.compiler.python_source import is_beyond_parso, tree_of
from nexa.syntax.record import record

_INNER: Final = ("funcdef", "classdef", "lambdef", "comp_for", "sync_comp_for")
"""What has names of its own."""


@record
class PythonNames:
    """`defines` in the order of first definition."""

    mentions: frozenset[str]
    defines: tuple[str, ...]


@lru_cache(maxsize=256)
def names_of(code: str) -> PythonNames:
    """The names in the body of a Python function; with a mistake in it, what it might define counts as defined."""
    try:
        tree = tree_of(code)
        used: dict[str, list[Any]] = tree.get_used_names()
    except RecursionError:
        return PythonNames(frozenset(), ())
    first = {
        name: place.start_pos for name, places in used.items() for place in places[::-1] if _is_defined_on_top(place)
    }
    is_torn = _is_torn(tree)
    if is_torn or is_beyond_parso(code):
        defined = _defined_in(code)
        for name, place in _perhaps_defined(used) if is_torn and defined is None else defined or ():
            first[name] = min(place, first.get(name, place))
    mentions = frozenset(name for name, places in used.items() if not all(map(_is_attribute, places)))
    return PythonNames(mentions, tuple(sorted(first, key=first.__getitem__)))


def _is_attribute(name: Any) -> bool:  # noqa: ANN401  # as below
    """Whether a name is the `y` of `x.y`, which is nobody's variable."""
    trailer = name.parent
    return bool(trailer.type == "trailer" and trailer.children[0] == ".")


def _is_defined_on_top(name: Any) -> bool:  # noqa: ANN401  # parso's Name is annotated in parts only
    """Whether a name gets a value here that the code behind it sees."""
    definition = name.get_definition()
    if definition is None or name.parent.type == "trailer":  # the latter is the attribute in `x.y = 1`
        return False
    if definition.type in ("del_stmt", "try_stmt"):  # the latter is `except E as e`, which ends with its handler
        return False
    if definition.type == "expr_stmt" and _is_only_annotated(definition):
        return False
    is_walrus = definition.type == "namedexpr_test"
    node = name.parent
    while node is not None:
        if node.type in _INNER and not (is_walrus and node.type.endswith("comp_for")):
            is_own_name = node.type in ("funcdef", "classdef") and node.children[1] is name
            if not is_own_name:
                return False
        node = node.parent
    return True


def _is_only_annotated(statement: Any) -> bool:  # noqa: ANN401  # as above
    """Whether it is `x: int`, which gives no value."""
    annotation = statement.children[1]
    return annotation.type == "annassign" and len(annotation.children) < 4


def _is_torn(tree: Any) -> bool:  # noqa: ANN401  # as above
    """Whether parso could not read all of it."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if node.type in ("error_node", "error_leaf"):
            return True
        pending += getattr(node, "children", ())
    return False


def _perhaps_defined(used: dict[str, list[Any]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Names that stand where a name gets a value, as far as the tokens beside them tell."""
    for name, places in used.items():
        for place in places:
            before, behind = place.get_previous_leaf(), place.get_next_leaf()
            is_target = behind is not None and behind.value in _BEHIND_TARGETS
            if not _is_attribute(place) and (is_target or (before is not None and before.value in _BEFORE_TARGETS)):
                yield name, place.start_pos


_BEHIND_TARGETS: Final = frozenset({"=", ":", ":=", ",", "in"})
_BEFORE_TARGETS: Final = frozenset({"import", "as", "def", "class", "for", ","})


def _defined_in(code: str) -> list[tuple[str, tuple[int, int]]] | None:
    """The same by Python's own parser, for what parso cannot read; None of code with a mistake in it."""
    wrapped = "async def block():\n" + "".join(f" {line}\n" for line in code.split("\n")) + " pass\n"
    try:
        statements = ast.parse(wrapped).body[0].body  # type: ignore[attr-defined]  # a function
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return list(_given_in(statements))


def _given_in(statements: list[ast.stmt]) -> Iterator[tuple[str, tuple[int, int]]]:
    """What statements of a function give a value."""
    pending: list[ast.AST] = [*statements]
    while pending:
        node = pending.pop()
        name = _name_given(node)
        if name is not None:
            yield name, (node.lineno - 1, node.col_offset - 1)  # type: ignore[attr-defined]  # what has a name has a place
        if isinstance(node, _COMPREHENSIONS):
            pending += [one.target for one in ast.walk(node) if isinstance(one, ast.NamedExpr)]
        elif isinstance(node, ast.AnnAssign) and node.value is None:
            continue
        elif not isinstance(node, _SCOPES):
            pending += ast.iter_child_nodes(node)


_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def _name_given(node: ast.AST) -> str | None:
    """The name that a node itself gives a value."""
    if isinstance(node, ast.Name):
        return node.id if isinstance(node.ctx, ast.Store) else None
    if isinstance(node, ast.alias):
        return node.asname or node.name.partition(".")[0]
    if isinstance(node, ast.MatchMapping):
        return node.rest
    is_named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.MatchAs | ast.MatchStar)
    return node.name if is_named else None  # type: ignore[attr-defined]  # all of these have one
