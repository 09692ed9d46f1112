"""Small immutable values: what `dataclass(frozen=True, slots=True)` makes, in a sixth of the time.

`dataclass` compiles six methods for each class, at every start of the program: that was half of the compiler's import.
And what it freezes sets every attribute by a call of its own, which made a value three times as slow to build. Records
are frozen for the type checker, compare and hash by what they say, and cost one compiled method each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """A slotted class of values: fields with their defaults, `field(default_factory=…, compare=…, repr=…)` included."""
    made: Any = dataclass(slots=True, init=False, repr=False, eq=False)(cls)
    every = fields(made)
    told = _teller(tuple(one.name for one in every if one.compare))

    def equals(self: object, other: object) -> bool:
        return told(self) == told(other) if type(other) is type(self) else NotImplemented

    made.__init__ = _initializer(every)
    made.__eq__ = equals
    made.__hash__ = lambda self: hash(told(self))
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _shown
    return made  # type: ignore[no-any-return]  # the class that came, with slots


def _teller(names: tuple[str, ...]) -> Callable[[object], object]:
    """What gives the values of some attributes at once."""
    return attrgetter(*names) if names else lambda _: ()


def _initializer(every: tuple[Field[Any], ...]) -> Callable[..., None]:
    given: dict[str, Any] = {"_missing": MISSING}
    heads, lines = ["self"], []
    for one in every:
        name, value = one.name, one.name
        if one.default is not MISSING:
            given[f"_{name}"] = one.default
            heads.append(f"{name}=_{name}")
        elif one.default_factory is not MISSING:
            given[f"_{name}"] = one.default_factory
            heads.append(f"{name}=_missing")
            value = f"_{name}() if {name} is _missing else {name}"
        else:
            heads.append(name)
        lines.append(f" self.{name} = {value}")
    exec("\n".join([f"def __init__({', '.join(heads)}):", *(lines or [" pass"])]), given)
    made: Callable[..., None] = given["__init__"]
    return made


def _shown(self: Any) -> str:  # noqa: ANN401  # any record
    values = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({values})"
