"""Functions, flows, lambdas and methods as values, and how anything is called."""

from __future__ import annotations

import keyword
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any, final

from nexa.runtime.errors import TypeViolation
from nexa.runtime.frame import Call, at_node, current

Body = Callable[..., Awaitable[Any]]


@final
class Default:
    """The type of `DEFAULT`, which stands for an argument that was not given."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "DEFAULT"


DEFAULT = Default()


@dataclass(slots=True, eq=False)
class Cell:
    """A variable of one round of a loop, which a function of that round shares and something assigns again."""

    value: Any


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its name in Nexa, its type as a typing expression, and whether it must be given."""

    name: str
    type: Any
    required: bool


class Function:
    """A `fn`, lambda or method: binds arguments by place or name, checks them, and awaits the body.

    `returns` and the types of `params` are typing expressions, `Any` where nothing was written. A bound method has
    its receiver as `receiver`.
    """

    kind = type_name = "fn"

    def __init__(
        self,
        name: str,
        body: Body,
        *,
        params: Iterable[str] | None = None,
        doc: str = "",
        owner: str | None = None,
        receiver: Any = DEFAULT,
    ) -> None:
        assert isinstance(body, FunctionType)  # so written by the emitter
        self.name = name
        self.doc = doc
        self.owner = owner
        self.receiver = receiver
        self.body = body
        code = body.__code__
        places = code.co_varnames[: code.co_argcount]
        self._python_names = places[1:] if owner else places
        self._names = tuple(params) if params is not None else tuple(map(nexa_name, self._python_names))
        self._defaults = body.__defaults__ or ()
        self._required = len(self._names) - len(self._defaults)
        self._types: Mapping[str, Any] | None = None

    @property
    def description(self) -> str:
        """What a model is told about it, when it serves as a tool or a branch."""
        return self.doc

    @property
    def params(self) -> tuple[Param, ...]:
        """The parameters in order, `self` left out."""
        types = self._annotations()
        return tuple(
            Param(name, types.get(place, Any), index < self._required)
            for index, (name, place) in enumerate(zip(self._names, self._python_names, strict=True))
        )

    @property
    def returns(self) -> Any:
        """The declared type of the value."""
        return self._annotations().get("return", Any)

    def bound(self, receiver: Any) -> Function:
        """The method with its receiver."""
        return type(self)(self.name, self.body, params=self._names, doc=self.doc, owner=self.owner, receiver=receiver)

    async def run(self, value: Any) -> Any:
        """The call as a stage: with one argument, or none if it takes none."""
        return await self(value) if self._names else await self()

    async def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it. Raises `TypeViolation` when the arguments do not fit the parameters."""
        return await self._enter(await self._arguments(args, named))

    async def _enter(self, values: list[Any]) -> Any:
        if self.owner is not None:
            values.insert(0, self.receiver)
        value = await self.body(*values)
        returns = self._annotations().get("return", Any)
        return value if returns is Any else await _checked(value, returns, f"the value of {self.name or 'fn'}")

    async def _arguments(self, args: tuple[Any, ...], named: Mapping[str, Any]) -> list[Any]:
        values = bind(self.name or "fn", self._names, self._required, args, named)
        types = self._annotations()
        for index, place in enumerate(self._python_names):
            if values[index] is DEFAULT:
                values[index] = self._defaults[index - self._required]  # DEFAULT itself where the body computes it
            elif (wanted := types.get(place, Any)) is not Any:
                values[index] = await _checked(values[index], wanted, self._names[index])
        return values

    def _annotations(self) -> Mapping[str, Any]:
        if self._types is None:
            self._types = _evaluated(self.body)
        return self._types

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"

    def __str__(self) -> str:
        return self.name or self.kind


class Flow(Function):
    """A flow: a function whose call has a frame of its own, with its first argument as the ambient input."""

    kind = type_name = "flow"

    def __init__(
        self,
        name: str,
        body: Body,
        *,
        params: Iterable[str] | None = None,
        doc: str = "",
        owner: str | None = None,
        receiver: Any = DEFAULT,
        around: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(name, body, params=params, doc=doc, owner=owner, receiver=receiver)
        self._around = dict(around or {})

    def bound(self, receiver: Any) -> Flow:
        """The agent's flow with its agent."""
        return Flow(
            self.name,
            self.body,
            params=self._names,
            doc=self.doc,
            owner=self.owner,
            receiver=receiver,
            around=self._around,
        )

    async def _enter(self, values: list[Any]) -> Any:
        first = values[0] if values and values[0] is not DEFAULT else ""
        if not self._around:
            async with Call(current().called(self.name, first)):
                return await super()._enter(values)

        from nexa.runtime.around import limited

        async def attempt() -> Any:
            async with Call(current().called(self.name, first)):
                return await super(Flow, self)._enter(list(values))

        return await limited(self.name, attempt, **self._around)


def bind(
    name: str, names: tuple[str, ...], required: int, args: tuple[Any, ...], named: Mapping[str, Any]
) -> list[Any]:
    """One value per parameter, `DEFAULT` where none was given.

    Raises `TypeViolation` for too many, missing, doubled or unknown arguments.
    """
    if len(args) > len(names):
        raise TypeViolation(f"{name} takes {_count(len(names))}, {len(args)} given")
    values: list[Any] = [*args, *[DEFAULT] * (len(names) - len(args))]
    for key, value in named.items():
        if key not in names:
            raise TypeViolation(f"{name} has no parameter `{key}`")
        place = names.index(key)
        if place < len(args):
            raise TypeViolation(f"{name}: `{key}` is given twice")
        values[place] = value
    missing = [names[place] for place in range(required) if values[place] is DEFAULT]
    if missing:
        raise TypeViolation(f"{name} needs {', '.join(f'`{one}`' for one in missing)}")
    return values


def _count(number: int) -> str:
    return f"{number} argument{'' if number == 1 else 's'}"


def nexa_name(python_name: str) -> str:
    """The Nexa name of an emitted name: without the `_` that a Python keyword was given."""
    return python_name[:-1] if python_name.endswith("_") and keyword.iskeyword(python_name[:-1]) else python_name


def _evaluated(body: FunctionType) -> Mapping[str, Any]:
    """The annotations of a body, evaluated where it was defined; local type names count as any."""
    types: dict[str, Any] = {}
    for place, written in body.__annotations__.items():
        try:
            types[place] = eval(written, body.__globals__) if isinstance(written, str) else written
        except NameError:
            types[place] = Any
    return types


_SIMPLE = (str, int, bool)


async def _checked(value: Any, wanted: Any, what: str) -> Any:
    if wanted in _SIMPLE and type(value) is wanted:
        return value
    from nexa.runtime.checks import checked

    return await checked(value, wanted, what)


def fn(name: str, body: Body, **options: Any) -> Function:
    """A `fn` of the program."""
    return Function(name, body, **options)


def flow(name: str, body: Body, **options: Any) -> Flow:
    """A flow of the program."""
    return Flow(name, body, **options)


def lambda_(body: Body, params: Iterable[str]) -> Function:
    """`fn(…) => …`."""
    return Function("", body, params=params)


async def call(callee: Any, /, *args: Any, **named: Any) -> Any:
    """`callee(…)`: a Nexa callable, an agent, a tool, a struct, or any Python function, `async` or not."""
    if not callable(callee):
        from nexa.runtime.text import type_name

        raise TypeViolation(f"{type_name(callee)} cannot be called")
    value = callee(*args, **named)
    if isinstance(value, Awaitable):
        value = await value
    return value


async def call_node(node: str, callee: Any, /, *args: Any, **named: Any) -> Any:
    """`callee(…)` as a node of the flow graph."""
    return await reported(node, getattr(callee, "name", ""), lambda: call(callee, *args, **named))


async def call_method(receiver: Any, name: str, /, *args: Any, **named: Any) -> Any:
    """`receiver.name(…)`."""
    from nexa.runtime.members import method

    return await call(method(receiver, name), *args, **named)


async def call_method_node(node: str, receiver: Any, name: str, /, *args: Any, **named: Any) -> Any:
    """`receiver.name(…)` as a node of the flow graph."""
    callee = getattr(receiver, "name", "") or name
    return await reported(node, callee, lambda: call_method(receiver, name, *args, **named))


async def reported(node: str, callee: str, work: Callable[[], Awaitable[Any]]) -> Any:
    """Do `work` as the node `node`, and report its start and its end to the run, where there is one.

    What has no name of its own is called as the graph does.
    """
    from nexa.runtime.run import current_or_none

    run = current_or_none()
    with at_node(node):
        if run is None:
            return await work()
        async with run.reporting(callee) as running:
            running.output = value = await work()
    return value
