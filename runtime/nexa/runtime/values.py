"""The small value kinds that Python has no class for: unit, secrets, enums' variants, options, results, structs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, final


@final
class Unit:
    """The type of `UNIT`, the single value of statements. Not `null`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unit"


UNIT = Unit()


@final
class Secret:
    """A text that no conversion, log or event shows: it prints `***`. `reveal()` is for tools and providers."""

    __slots__ = ("_text", "key")

    def __init__(self, text: str, key: str = "") -> None:
        self._text = text
        self.key = key

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __bool__(self) -> bool:
        return bool(self._text)

    def __len__(self) -> int:
        return len(self._text)

    def __format__(self, spec: str) -> str:
        return format("***", spec)


class Variant:
    """A value of an enum: the variant's name and what it carries.

    Each variant of a declared enum is a subclass made by `enum`; `Ok` and `Err` below are those of `Result`.
    """

    __slots__ = ("values",)
    enum: ClassVar[str] = ""
    name: ClassVar[str] = ""
    fields: ClassVar[tuple[str | None, ...]] = ()

    def __init__(self, *values: Any) -> None:
        self.values = values

    @property
    def value(self) -> Any:
        """What a variant with one payload carries; None without any; else the tuple of all."""
        return self.values[0] if len(self.values) == 1 else (self.values or None)

    def field(self, name: str) -> Any:
        """The payload of that name; raises `KeyError`."""
        if name not in self.fields:
            raise KeyError(name)
        return self.values[self.fields.index(name)]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Variant)
            and (other.enum, other.name) == (self.enum, self.name)
            and other.values == self.values
        )

    def __hash__(self) -> int:
        return hash((self.enum, self.name, self.values))

    def __repr__(self) -> str:
        carried = f"({', '.join(map(repr, self.values))})" if self.values else ""
        return f"{self.enum}::{self.name}{carried}"


class Some(Variant):
    """`Option::Some(x)`. `Option::None` is Python's None, so it is `null`."""

    __slots__ = ()
    enum = "Option"
    name = "Some"
    fields = ("value",)


class Ok(Variant):
    """`Result::Ok(x)`."""

    __slots__ = ()
    enum = "Result"
    name = "Ok"
    fields = ("value",)


class Err(Variant):
    """`Result::Err(e)`; false as a condition."""

    __slots__ = ()
    enum = "Result"
    name = "Err"
    fields = ("error",)

    def __bool__(self) -> bool:
        return False


class Struct:
    """A value of a declared struct. Subclasses are made by `struct`; fields are attributes, in declared order."""

    nexa_name: ClassVar[str] = ""
    fields: ClassVar[tuple[str, ...]] = ()
    __slots__ = ("__dict__",)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Struct) and type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self).__qualname__, *(getattr(self, field) for field in self.fields)))

    def __repr__(self) -> str:
        return f"{self.nexa_name} {{{', '.join(f'{name}: {value!r}' for name, value in self.items())}}}"

    def items(self) -> Iterator[tuple[str, Any]]:
        """Fields with their values, in declared order."""
        return ((name, self.__dict__[name]) for name in self.fields)
