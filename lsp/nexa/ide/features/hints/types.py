"""Hints about types that are not written: of variables, along chains, of results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.scope import Local, LocalKind
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import BOOL, Type
from nexa.ide.features.hints.hint import Hint, Part
from nexa.ide.features.hints.shown_types import can_be_written, says_something, type_parts

if TYPE_CHECKING:
    from nexa.compiler.infer.solve import Typed

_BOUND: frozenset[LocalKind] = frozenset({"let", "assigned", "for", "match", "member"})
_STAGES = (ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall, ast.AmpAmp)


def variable_hints(item: ItemFacts, names: Names, typed: Typed) -> Iterator[Hint]:
    """The type of each name where it first gets a value."""
    for function in item.scope.functions.values():
        for local in function.locals:
            found = _type_of(item, typed, local)
            if found is not None and isinstance(local.binding, ast.Name):
                yield _variable(item, names, local.binding, found)
    for use in item.scope.uses:
        found = typed.types.get(use.name) if use.role == "assign" else None
        if found is not None and says_something(found) and _written(item, use.name) is None:
            yield _variable(item, names, use.name, found, use.name.text)


def _type_of(item: ItemFacts, typed: Typed, local: Local) -> Type | None:
    if local.type is not None or not isinstance(local.binding, ast.Name):
        return None
    is_lambdas = local.kind == "parameter" and isinstance(local.owner.node, ast.Lambda)
    if local.kind not in _BOUND and not is_lambdas:
        return None
    found = typed.types.get(local.binding)
    return found if says_something(found) and _written(item, local.binding) is None else None


def _variable(item: ItemFacts, names: Names, name: ast.Name, found: Type, variable: str = "") -> Hint:
    parts = (Part(": "), *type_parts(names, found))
    insert = f": {show(found)}" if _may_have_type(item, name) and can_be_written(found) else ""
    return Hint("variable", name.end, parts, f"`{name.text}: {show(found)}`", insert, variable=variable)


def _written(item: ItemFacts, name: ast.Name) -> ast.TypeExpr | None:
    statement = _statement(item, name)
    return statement.type if isinstance(statement, ast.Let | ast.Assign | ast.Param) else None


def _may_have_type(item: ItemFacts, name: ast.Name) -> bool:
    """Whether `name: T` may be written here: not for a part of a pattern."""
    return isinstance(_statement(item, name), ast.Let | ast.Assign | ast.Param)


def _statement(item: ItemFacts, name: ast.Name) -> ast.Node | None:
    parent = item.parents.get(name)
    if isinstance(parent, ast.PName):
        parent = item.parents.get(parent)
        return parent if isinstance(parent, ast.Let) else None
    is_target = isinstance(parent, ast.Assign) and parent.target is name and parent.op == "="
    return parent if is_target or isinstance(parent, ast.Param) else None


def chain_hints(item: ItemFacts, names: Names, typed: Typed) -> Iterator[Hint]:
    """What each stage of a chain gives."""
    for cls in _STAGES:
        for node in item.of(cls):
            found = typed.types.get(node)
            if found is None or not says_something(found) or (cls is ast.AmpAmp and found == BOOL):
                continue
            parts = (Part(": "), *type_parts(names, found))
            tooltip = f"Here the chain gives `{show(found)}`."
            yield Hint("chain", node.end, parts, tooltip, is_repeated=_is_repeated(item, typed, node, found))


def _is_repeated(item: ItemFacts, typed: Typed, node: ast.Node, found: Type) -> bool:
    """Whether a variable, or the written result, beside the chain has its type."""
    parent = item.parents.get(node)
    if isinstance(parent, ast.Let) and isinstance(parent.pattern, ast.PName):
        return typed.types.get(parent.pattern.name) == found
    return isinstance(parent, ast.Assign) and typed.types.get(parent.target) == found


def result_hints(item: ItemFacts, names: Names, typed: Typed) -> Iterator[Hint]:
    """What a flow or function gives that does not say so."""
    agent = f"{item.node.name.text}." if isinstance(item.node, ast.Agent) else ""
    nodes: list[ast.Flow | ast.Function] = [*item.of(ast.Flow), *item.of(ast.Function)]
    for node in nodes:
        found = typed.result(f"{agent}{node.name.text}") if node is item.node or agent else None
        end = None if node.returns is not None or node.body is None else end_of_head(item, node)
        if found is None or end is None or not says_something(found):
            continue
        insert = f" -> {show(found)}" if can_be_written(found) else ""
        yield Hint("result", end, (Part(" -> "), *type_parts(names, found)), f"Gives `{show(found)}`.", insert)


def end_of_head(item: ItemFacts, node: ast.Flow | ast.Function) -> int | None:
    """Where the result would be written: behind the name or the closing parenthesis; None where that is unclear."""
    if isinstance(node, ast.Flow) and not node.has_params:
        return node.name.end
    at = node.params[-1].end if node.params else node.name.end
    end = item.text.find(b")", at)
    between = item.text[at:end].strip(b" \t\r\n,(")
    return end + 1 if end >= 0 and not between else None
