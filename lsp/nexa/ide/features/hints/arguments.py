"""Hints that name the parameters which the arguments of a call fill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import Function, Parameter, base_of
from nexa.ide.features.hints.hint import Hint, Part

if TYPE_CHECKING:
    from nexa.compiler.infer.solve import Typed


def parameter_hints(item: ItemFacts, typed: Typed) -> Iterator[Hint]:
    """The names of parameters in front of positional arguments, where they tell something."""
    for call in item.of(ast.Call):
        pipe = item.parents.get(call)
        is_piped = isinstance(pipe, ast.PipeCall) and pipe.right is call
        yield from _of_call(typed, call.callee, call.args, int(is_piped))
    for spawn in item.of(ast.Spawn):
        yield from _of_call(typed, spawn.target, spawn.args, 0)


def _of_call(typed: Typed, callee: ast.Expr, args: tuple[ast.Argument, ...], filled: int) -> Iterator[Hint]:
    found = base_of(typed.types[callee]) if callee in typed.types else None
    if not isinstance(found, Function) or found.kind == "type":
        return
    for param, arg in zip(found.params[filled:], args, strict=False):
        if param.rest or param.keywords or arg.spread or arg.name is not None:
            return
        if not _is_obvious(found, param, callee, arg.value):
            names = (found.name, param.name) if found.kind in ("fn", "flow", "tool", "struct") else ()
            yield Hint("parameter", arg.start, (Part(f"{param.name}:", names),), f"`{param.name}: {show(param.type)}`")


def _is_obvious(callee: Function, param: Parameter, called: ast.Expr, value: ast.Expr) -> bool:
    """Whether the reader sees the parameter's name anyway, or learns nothing from it."""
    name = _plain(param.name)
    if len(name) < 2 or isinstance(value, ast.ErrorNode):
        return True
    word = _plain(_word(value))
    if word and (word == name or word.endswith(f"_{name}") or word.startswith(f"{name}_")):
        return True
    is_only = len(callee.params) == 1
    return is_only and (callee.kind in ("predeclared", "method") or _plain(_word(called)).endswith(name))


def _word(node: ast.Expr) -> str:
    """The name that an expression ends with."""
    match node:
        case ast.Name(text=text):
            return text
        case ast.Member(member=member):
            return member.text
        case ast.Call(callee=callee):
            return _word(callee)
        case ast.Index(index=ast.Str() as key):
            return key.plain or ""
    return ""


def _plain(name: str) -> str:
    return name.strip("_").lower()
