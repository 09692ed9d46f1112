"""Small builders of Python syntax trees. Positions are added later, by the `Writer`."""

from __future__ import annotations

import ast as python
from collections.abc import Sequence
from typing import Any, TypeVar

_Definition = TypeVar("_Definition", python.AsyncFunctionDef, python.FunctionDef, python.ClassDef)

Stmt = python.stmt
Expr = python.expr


def name(text: str) -> python.Name:
    """A variable that is read."""
    return python.Name(text, python.Load())


def target(text: str) -> python.Name:
    """A variable that is assigned."""
    return python.Name(text, python.Store())


def const(value: Any) -> python.Constant:  # noqa: ANN401  # whatever a Python literal can be
    """A literal."""
    return python.Constant(value)


def attribute(value: Expr, member: str) -> python.Attribute:
    """`value.member`."""
    return python.Attribute(value, member, python.Load())


def nx(member: str) -> Expr:
    """`nx.member`; dots allowed."""
    value: Expr = name("nx")
    for part in member.split("."):
        value = attribute(value, part)
    return fixed(value)


def fixed(value: Expr) -> Expr:
    """The same expression, noted as one whose value never changes: it may be evaluated later than it is written."""
    value.is_fixed = True  # type: ignore[attr-defined]  # a note for `Writer.stored`
    return value


def attribute_target(value: Expr, member: str) -> python.Attribute:
    """`value.member` as something to assign to."""
    return python.Attribute(value, member, python.Store())


def call(function: Expr, *args: Expr, **named: Expr) -> python.Call:
    """`function(args, named)`."""
    return python.Call(function, list(args), [python.keyword(key, value) for key, value in named.items()])


def nx_call(member: str, *args: Expr, **named: Expr) -> python.Call:
    """`nx.member(args, named)`."""
    return call(nx(member), *args, **named)


def awaited(member: str, *args: Expr, **named: Expr) -> python.Await:
    """`await nx.member(args, named)`."""
    return python.Await(nx_call(member, *args, **named))


def tuple_(items: Sequence[Expr]) -> python.Tuple:
    """`(items,)`."""
    return python.Tuple(list(items), python.Load())


def list_(items: Sequence[Expr]) -> python.List:
    """`[items]`."""
    return python.List(list(items), python.Load())


def dict_(entries: Sequence[tuple[Expr | None, Expr]]) -> python.Dict:
    """`{key: value}`; a key None spreads the value."""
    return python.Dict([key for key, _ in entries], [value for _, value in entries])


def record(entries: Sequence[tuple[str, Expr]]) -> python.Dict:
    """`{"key": value}`."""
    return dict_([(const(key), value) for key, value in entries])


def not_(value: Expr) -> python.UnaryOp:
    """`not value`."""
    return python.UnaryOp(python.Not(), value)


def and_(*values: Expr) -> Expr:
    """`a and b`."""
    return values[0] if len(values) == 1 else python.BoolOp(python.And(), list(values))


def or_(*values: Expr) -> Expr:
    """`a or b`."""
    return python.BoolOp(python.Or(), list(values))


def is_(left: Expr, right: Expr) -> python.Compare:
    """`left is right`."""
    return python.Compare(left, [python.Is()], [right])


def is_not(left: Expr, right: Expr) -> python.Compare:
    """`left is not right`."""
    return python.Compare(left, [python.IsNot()], [right])


def equals(left: Expr, right: Expr) -> python.Compare:
    """`left == right`, for numbers that the emitter invents."""
    return python.Compare(left, [python.Eq()], [right])


def lambda_(body: Expr) -> python.Lambda:
    """`lambda: body`."""
    return python.Lambda(_no_arguments(), body)


def _no_arguments() -> python.arguments:
    return python.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])


def assign(variable: str | Expr, value: Expr) -> python.Assign:
    """`variable = value`."""
    return python.Assign([target(variable) if isinstance(variable, str) else variable], value)


def statement(value: Expr) -> python.Expr:
    """An expression as a statement."""
    return python.Expr(value)


def if_(test: Expr, body: list[Stmt], orelse: list[Stmt] | None = None) -> python.If:
    """`if test: body else: orelse`; an empty body becomes `pass`."""
    return python.If(test, body or [python.Pass()], orelse or [])


def return_(value: Expr) -> python.Return:
    """`return value`."""
    return python.Return(value)


def raise_(value: Expr | None = None) -> python.Raise:
    """`raise value`."""
    return python.Raise(value, None)


def with_(context: Expr, body: list[Stmt], variable: str | None = None) -> python.With:
    """`with context as variable: body`."""
    item = python.withitem(context, target(variable) if variable else None)
    return python.With([item], body or [python.Pass()])


def async_with(context: Expr, body: list[Stmt], variable: str) -> python.AsyncWith:
    """`async with context as variable: body`."""
    return python.AsyncWith([python.withitem(context, target(variable))], body or [python.Pass()])


def while_(test: Expr, body: list[Stmt]) -> python.While:
    """`while test: body`."""
    return python.While(test, body or [python.Pass()], [])


def forever(body: list[Stmt]) -> python.While:
    """`while True: body`."""
    return while_(const(True), body)


def for_(variable: Expr, values: Expr, body: list[Stmt]) -> python.For:
    """`for variable in values: body`."""
    return python.For(variable, values, body or [python.Pass()], [])


def try_(body: list[Stmt], error: str, handler: list[Stmt], final: list[Stmt] | None = None) -> python.Try:
    """`try: body except Exception as error: handler finally: final`."""
    handlers = [python.ExceptHandler(name("Exception"), error, handler or [python.Pass()])] if error else []
    return python.Try(body or [python.Pass()], handlers, [], final or [])


def parameters(
    names: Sequence[str],
    annotations: Sequence[Expr | None] = (),
    defaults: Sequence[Expr] = (),
    keywords: Sequence[str] = (),
) -> python.arguments:
    """The parameters of a function; `keywords` are bound to the variables of the same name, by value."""
    written = [*annotations, *[None] * (len(names) - len(annotations))]
    return python.arguments(
        posonlyargs=[],
        args=[python.arg(one, annotation) for one, annotation in zip(names, written, strict=True)],
        kwonlyargs=[python.arg(one, None) for one in keywords],
        kw_defaults=[name(one) for one in keywords],
        defaults=list(defaults),
    )


def function(
    title: str,
    arguments: python.arguments | None,
    body: list[Stmt],
    *,
    returns: Expr | None = None,
    is_async: bool = True,
) -> python.AsyncFunctionDef | python.FunctionDef:
    """`async def title(arguments) -> returns: body`."""
    given = arguments or _no_arguments()
    inside = body or [python.Pass()]
    if is_async:
        made = python.AsyncFunctionDef(name=title, args=given, body=inside, decorator_list=[], returns=returns)
        return _without_type_params(made)
    plain = python.FunctionDef(name=title, args=given, body=inside, decorator_list=[], returns=returns)
    return _without_type_params(plain)


def class_(title: str, base: Expr, body: list[Stmt]) -> python.ClassDef:
    """`class title(base): body`."""
    found = python.ClassDef(name=title, bases=[base], keywords=[], body=body or [python.Pass()], decorator_list=[])
    return _without_type_params(found)


def _without_type_params(definition: _Definition) -> _Definition:
    """Python 3.12 and later want to be told that there are none."""
    definition.type_params = []  # type: ignore[attr-defined, unused-ignore]  # an attribute that 3.11 ignores
    return definition


def annotated(variable: str, annotation: Expr, value: Expr | None = None) -> python.AnnAssign:
    """`variable: annotation = value`."""
    return python.AnnAssign(target(variable), annotation, value, simple=1)


def subscript(value: Expr, key: Expr) -> python.Subscript:
    """`value[key]`."""
    return python.Subscript(value, key, python.Load())


_BOOLEAN_CALLS = frozenset(
    {"truthy", "equal", "less", "less_equal", "greater", "greater_equal", "contains", "is_type", "is_variant"}
)


def is_bool(value: Expr) -> bool:
    """Whether an emitted expression certainly yields a Python bool."""
    if isinstance(value, python.Constant):
        return isinstance(value.value, bool)
    if isinstance(value, python.UnaryOp):
        return isinstance(value.op, python.Not)
    if isinstance(value, python.BoolOp):
        return all(map(is_bool, value.values))
    if isinstance(value, python.Call):
        function = value.func
        return isinstance(function, python.Attribute) and function.attr in _BOOLEAN_CALLS
    return isinstance(value, python.Compare)
