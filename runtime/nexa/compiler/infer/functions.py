"""Bodies: of functions, flows and lambdas, and of blocks whose last expression is their value."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.infer.paths import Env
from nexa.compiler.infer.walk import Frame, Handler, Typing
from nexa.compiler.scope import Local
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import (
    ANY,
    NEVER,
    SILENT,
    STR,
    UNIT,
    UNKNOWN,
    AgentOf,
    Function,
    Parameter,
    Type,
    base_of,
)
from nexa.compiler.types.union import join, widened

_VALUES = (ast.Match, ast.SemanticCase, ast.Fork)
"""Constructs that are statements and expressions: at the end of a function they are its value."""


def type_value_block(t: Typing, block: ast.Block, want: Type | None = None) -> Type:
    """The type of a block that stands for a value: its last expression, or never where it does not reach its end."""
    found: Type = UNIT
    for number, statement in enumerate(block.statements, 1):
        if number == len(block.statements) and (value := last_value(statement)) is not None:
            found = t.of(value) if want is None else t.expect(value, want)
        else:
            t.run(statement)
    return found if t.is_live else NEVER


def last_value(statement: ast.Node) -> ast.Expr | None:
    """The expression that a last statement gives as the value of its function."""
    if isinstance(statement, ast.ExprStmt) and statement.guard is None:
        return statement.value
    return cast("ast.Expr", statement) if isinstance(statement, _VALUES) else None


def type_function(t: Typing, node: ast.Function | ast.Flow, question: str = "") -> None:
    """A declared function or flow; `question` is the name that its inferred result is asked by."""
    wanted = None if node.returns is None else t.written(node.returns.type)
    frame, outer = _entered(t, node, wanted)
    type_parameters(t, node.params, {})
    ambient, t.ambient = t.ambient, (t.env.get(_first_local(t, node)) or UNKNOWN) if node.params else STR
    for contract in node.contracts:
        if contract.clause != "ensures":
            t.run(contract)
    if node.body is not None:
        value = _body(t, node, node.body, wanted)
        if wanted is None and question:
            t.results[question] = exported(join([*frame.returned, value]))
    t.is_live = True
    for local in _locals(t, node):
        if wanted is not None and local.kind == "contract" and local.name == "result":
            t.env[local] = wanted
    for contract in node.contracts:
        if contract.clause == "ensures":
            t.run(contract)
    t.ambient = ambient
    _left(t, outer)


def _first_local(t: Typing, node: ast.Function | ast.Flow) -> Local | None:
    return t.scope.bindings.get(node.params[0].name)


def exported(found: Type) -> Type:
    """An inferred result as others see it: what they get, they may change."""
    if found is NEVER:
        return UNKNOWN
    return widened(found, is_changed=False)


def _body(t: Typing, node: ast.Function | ast.Flow, body: ast.Block, wanted: Type | None) -> Type:
    if isinstance(node, ast.Function):
        return _function_body(t, node, body, wanted)
    for statement in body.statements:
        t.run(statement)
    if not t.is_live:
        return NEVER
    result = next((local for local in _locals(t, node) if local.name == "result"), None)
    if result is not None and result.kind not in ("contract", "parameter"):
        found = t.of_local(result)
        if wanted is not None and not fits(t.names, found, wanted):
            t.clash("NX316", result.writes[-1].span, wanted, found, node.name.text)
        return found
    _falls_off(t, node, wanted)
    return UNIT


def _locals(t: Typing, node: ast.Node) -> tuple[Local, ...]:
    function = t.scope.functions.get(node)
    return function.locals if function is not None else ()


def _falls_off(t: Typing, node: ast.Flow, wanted: Type | None) -> None:
    if wanted is not None and wanted is not UNIT and wanted not in SILENT and not t.frames[-1].may_end:
        t.clash("NX317", node.name.span, wanted, node.body.end)


def _function_body(t: Typing, node: ast.Function, body: ast.Block, wanted: Type | None) -> Type:
    last = last_value(body.statements[-1]) if body.statements else None
    if wanted is None or wanted in SILENT or last is None:
        found = type_value_block(t, body)
        if wanted is not None and t.is_live and not fits(t.names, UNIT, wanted) and not t.frames[-1].may_end:
            t.clash("NX317", node.name.span, wanted, body.end)
        return found
    for statement in body.statements[:-1]:
        t.run(statement)
    found = returned(t, last, wanted, node.name.text)
    return found if t.is_live else NEVER


def returned(t: Typing, value: ast.Expr, wanted: Type, name: str, *, is_said: bool = False) -> Type:
    """The type of a value that a function must give; one that `return` says counts where nothing is wanted, too."""
    before = len(t.clashes)
    found = t.of(value, wanted)
    counts = wanted is not UNIT or is_said
    if len(t.clashes) == before and t.is_live and counts and not fits(t.names, found, wanted):
        t.clash("NX316", value.span, wanted, found, name)
    return found


def type_parameters(t: Typing, params: tuple[ast.Param, ...], context: dict[int, Type]) -> tuple[Parameter, ...]:
    """Parameters get their written types; those of a lambda without one, what its context hands in."""
    found = []
    for index, param in enumerate(params):
        kind = t.written(param.type) if param.type is not None else context.get(index, ANY)
        if param.default is not None:
            t.expect(param.default, kind) if param.type is not None else t.of(param.default)
        local = t.scope.bindings.get(param.name)
        if local is not None:
            t.env[local] = UNKNOWN if local in t.volatile and param.type is None else kind
        t.types[param.name] = kind
        found.append(Parameter(param.name.text, kind, param.default is None))
    return tuple(found)


def _entered(t: Typing, node: ast.Node, wanted: Type | None) -> tuple[Frame, tuple[Env, bool, list[list[Env]]]]:
    """Go into a function: it runs later, when locals that get other values may have them."""
    outer = (t.env, t.is_live, t.exits)
    frame = Frame(node, t.scope.functions.get(node), wanted)
    t.frames.append(frame)
    t.env = _settled(t)
    t.exits = []
    return frame, outer


def _settled(t: Typing) -> Env:
    """What is known of names that get no other value."""
    env = dict(t.env)
    for key in env.keys() - t.settled if env else ():
        if not isinstance(key, tuple) or key[0] not in t.settled:
            del env[key]
    return env


def _left(t: Typing, outer: tuple[Env, bool, list[list[Env]]]) -> None:
    t.frames.pop()
    t.env, t.is_live, t.exits = outer


def type_body(t: Typing, node: ast.Node, body: ast.Block, params: tuple[ast.Param, ...] = ()) -> None:
    """A function without a result that anybody uses: a test, a hook, the body of a job."""
    _, outer = _entered(t, node, None)
    type_parameters(t, params, {})
    for statement in body.statements:
        t.run(statement)
    _left(t, outer)


def _lambda(t: Typing, node: ast.Node, want: Type | None) -> Type:
    function = cast("ast.Lambda", node)
    wanted = t.written(function.returns.type) if function.returns is not None else None
    goal = base_of(want) if want is not None else None
    context: dict[int, Type] = {}
    if isinstance(goal, Function):
        context = {index: param.type for index, param in enumerate(goal.params)}
    elif isinstance(goal, AgentOf):
        context = {0: goal.input}
    frame, outer = _entered(t, function, wanted)
    t.is_live = outer[1]
    params = type_parameters(t, function.params, context)
    result = _lambda_result(t, function, wanted)
    if wanted is None:
        wanted = exported(join([*frame.returned, result]))
    _left(t, outer)
    return Function("lambda", "", params, wanted)


def _lambda_result(t: Typing, function: ast.Lambda, wanted: Type | None) -> Type:
    if isinstance(function.body, ast.Block):
        last = last_value(function.body.statements[-1]) if function.body.statements else None
        if wanted is None or wanted in SILENT or last is None:
            return type_value_block(t, function.body)
        for statement in function.body.statements[:-1]:
            t.run(statement)
        return returned(t, last, wanted, "")
    return t.of(function.body) if wanted is None else returned(t, function.body, wanted, "")


def _python(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    """Nobody knows what Python does: it may give its locals other values, and end the function with any value."""
    block = cast("ast.Python", node)
    facts = t.scope.python.get(block)
    if not block.as_expr:
        for local in facts.written if facts is not None else ():
            t.assign(local, UNKNOWN)
        for name in facts.defines if facts is not None and not facts.written else ():
            t.assign(name, UNKNOWN)
        if t.frames and "return" in block.code:
            t.frames[-1].returned.append(UNKNOWN)
            t.frames[-1].may_end = True
    return ANY


HANDLERS: dict[type, Handler] = {ast.Lambda: _lambda, ast.Python: _python}
