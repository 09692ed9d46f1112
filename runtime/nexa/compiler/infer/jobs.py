"""Jobs that are put into a queue: the keys of their arguments against the parameters of `perform`."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.chains import key_text
from nexa.compiler.facts import Declared
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import UNKNOWN, Function, Place, Type


def check_keys(t: Typing, call: ast.Call, owner: Type | None, method: Function) -> None:
    """The arguments of a job, written as a dict: `J.enqueue({day: "monday"})`."""
    index = 1 if method.name == "enqueue_in" else 0
    named = next((arg.value for arg in call.args if arg.name is not None and arg.name.text == "args"), None)
    positional = [arg.value for arg in call.args if arg.name is None and not arg.spread]
    value = named or (positional[index] if len(positional) > index else None)
    literal = t.value_of(value) if value is not None else None
    if isinstance(owner, Place) and value is not None and isinstance(literal, ast.Dict):
        meaning = t.names.declared("value", owner.name)
        if isinstance(meaning, Declared) and isinstance(meaning.node, ast.Job):
            _job_keys(t, meaning, meaning.node, literal, value)


def _job_keys(t: Typing, meaning: Declared, job: ast.Job, value: ast.Dict, place: ast.Expr) -> None:
    bodies = [body for body in job.bodies if body.event == "perform"]
    if not bodies or any(one.key.text == "handler" for one in job.properties):
        return
    keys = [key_text(entry.key) for entry in value.entries if entry.key is not None]
    if None in keys or len(keys) != len(value.entries):
        return
    params = bodies[0].params
    given = {key for key in keys if key is not None}
    needed = {param.name.text for param in params if param.default is None}
    known = {param.name.text for param in params}
    if not needed <= given or not given <= known:
        entry = next(iter(t.names.entries("value", meaning.name)), None)
        t.clash("NX329", place.span, meaning.name, tuple(one.name.text for one in params), tuple(sorted(given)), entry)
        return
    for entry_ in value.entries:
        param = next((one for one in params if one.name.text == key_text(entry_.key)), None)
        kind = t.written(param.type) if param is not None and param.type is not None else None
        if kind is not None and not fits(t.names, t.types.get(entry_.value, UNKNOWN), kind):
            span = entry_.value.span if place is value else place.span
            t.clash("NX301", span, kind, t.types[entry_.value])
