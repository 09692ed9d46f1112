"""Traits and methods: what `impl` adds to a type, and how a method is found."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, ClassVar, Protocol, get_origin


class Method(Protocol):
    """A method of an `impl`: bound to a value, it is called like a function."""

    def bound(self, receiver: Any) -> Any:
        """The method with its receiver."""


class Trait:
    """A declared trait; each is a subclass. `methods` holds the default methods, None for those without."""

    trait_name: ClassVar[str] = ""
    methods: ClassVar[Mapping[str, Method | None]] = {}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:  # pydantic's signature
        from nexa.runtime.protocols import any_schema

        return any_schema()


class _Implementations:
    """What `impl`s have added to one type."""

    __slots__ = ("methods", "traits")

    def __init__(self, methods: Mapping[str, Method], traits: frozenset[str]) -> None:
        self.methods = methods
        self.traits = traits


_BUILT_IN: ContextVar[Mapping[type, _Implementations]] = ContextVar("nexa_implementations")
"""What programs have added to `str`, `list` and their like, which cannot hold it themselves."""

_ATTRIBUTE = "__nexa_implementations__"


def trait(name: str, methods: Mapping[str, Method | None]) -> type[Trait]:
    """The trait of that name."""
    return type(name, (Trait,), {"trait_name": name, "methods": methods})


def impl(declared: type[Trait] | None, target: Any, methods: Mapping[str, Method]) -> None:
    """Adds methods to a type; with a trait also its default methods, and the type then has that trait."""
    target = _class_of(target)
    known = _added_to(target)
    defaults = {name: method for name, method in declared.methods.items() if method} if declared else {}
    traits = known.traits | ({declared.trait_name} if declared else set())
    added = _Implementations({**defaults, **known.methods, **methods}, frozenset(traits))
    try:
        setattr(target, _ATTRIBUTE, added)
    except TypeError:
        _BUILT_IN.set({**_BUILT_IN.get({}), target: added})


def _class_of(target: Any) -> type:
    """The class behind `list[int]` or a semantic type."""
    if hasattr(target, "__metadata__"):
        target = target.__origin__
    origin = get_origin(target) or target
    return origin if isinstance(origin, type) else object


def _added_to(target: type) -> _Implementations:
    found = target.__dict__.get(_ATTRIBUTE) or _BUILT_IN.get({}).get(target)
    return found or _Implementations({}, frozenset())


def find_method(value: Any, name: str) -> Method | None:
    """The method that an `impl` gave to the value's type, if any."""
    for base in type(value).__mro__:
        method = _added_to(base).methods.get(name)
        if method is not None:
            return method
    return None


def has_trait(value: Any, declared: type[Trait]) -> bool:
    """Whether an `impl` of the trait exists for the value's type."""
    return any(declared.trait_name in _added_to(base).traits for base in type(value).__mro__)
