"""Arguments of calls, in the order in which they are written."""

from __future__ import annotations

import ast as python
import keyword
from collections.abc import Callable, Sequence

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer

Maker = Callable[[], py.Expr]


def argument_makers(w: Writer, args: Sequence[ast.Argument]) -> list[Maker]:
    """What makes each argument's value; spreads come starred."""
    return [lambda arg=arg: _value(w, arg) for arg in args]  # type: ignore[misc]  # bound


def _value(w: Writer, arg: ast.Argument) -> py.Expr:
    value = w.expr(arg.value)
    if arg.spread:
        return w.at_place(arg, python.Starred(py.nx_call("spread", value), python.Load()))
    return value


def add_arguments(call: python.Call, args: Sequence[ast.Argument], values: Sequence[py.Expr]) -> python.Call:
    """The call with these arguments. Names that Python does not allow are passed through a dict."""
    odd: list[tuple[str, py.Expr]] = []
    for arg, value in zip(args, values, strict=True):
        if arg.name is None:
            call.args.append(value)
        elif arg.name.text.isidentifier() and not keyword.iskeyword(arg.name.text):
            call.keywords.append(python.keyword(arg.name.text, value))
        else:
            odd.append((arg.name.text, value))
    if odd:
        call.keywords.append(python.keyword(None, py.record(odd)))
    return call
