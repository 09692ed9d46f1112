"""`autoloop`: a loop whose steps are counted, timed, judged and repeated where they cannot be verified."""

from __future__ import annotations

import ast as python
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.properties import constant
from nexa.compiler.emit.writer import Jump, StatementHandler, Writer


def _autoloop(w: Writer, node: ast.Statement) -> None:
    """What ends the loop stands first in the Python loop, so that `continue` reaches it too."""
    written = cast("ast.Autoloop", node)
    options = [one for one in written.config if one.key.text != "exit_when"]
    makers = [lambda one=one: constant(w, one.value) or w.expr(one.value) for one in options]
    named = {one.key.text: value for one, value in zip(options, w.ordered(makers), strict=True)}
    steps, caught = w.unit.fresh("steps"), w.unit.fresh("error")
    w.callee.jumps.append(Jump())
    body = w.written(written.body.statements)
    w.callee.jumps.pop()
    with w.nested() as loop:
        _ending(w, written, steps)
        with w.nested() as handler:
            test = py.not_(py.call(py.attribute(py.name(steps), "unverified"), py.name(caught)))
            w.add(py.if_(test, [py.raise_()]))
        w.add(py.try_(body, caught, handler))
    w.add(py.async_with(py.nx_call("autoloop", **named), [py.forever(loop)], steps))


def _ending(w: Writer, node: ast.Autoloop, steps: str) -> None:
    """The condition, tested after a step; then whether there is another one."""
    condition = next((one.value for one in node.config if one.key.text == "exit_when"), None)
    result = [py.lambda_(py.name(variable))] if (variable := _result(w, node)) else []
    finished = python.Await(py.call(py.attribute(py.name(steps), "finished"), *result))
    with w.nested() as inside:
        if condition is not None:
            with w.at(condition):
                leave = py.statement(py.call(py.attribute(py.name(steps), "leave"), py.const("condition")))
                seen = py.attribute(py.name(steps), "seen")
                test = py.awaited("judged", py.const(w.id(condition, "judge")), w.expr(condition), seen)
                w.add(py.if_(test, [leave, python.Break()]))
    w.add(py.if_(finished, inside) if inside else py.statement(finished))
    begin = python.Await(py.call(py.attribute(py.name(steps), "begin")))
    w.add(py.if_(py.not_(begin), [python.Break()]))


def _result(w: Writer, node: ast.Autoloop) -> str | None:
    """The Python name of the local `result`, if the body assigns one."""
    for one in ast.walk(node.body):
        name = one.target if isinstance(one, ast.Assign) else None
        local = w.local(name) if isinstance(name, ast.Name) and name.text == "result" else None
        if local is not None:
            return w.names.get(local)
    return None


AUTOLOOPS: dict[type[ast.Node], StatementHandler] = {ast.Autoloop: _autoloop}
