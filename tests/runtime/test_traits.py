"""Methods that an `impl` gives to a type."""

import contextvars

import pytest

from nexa.runtime.callables import call_method, fn
from nexa.runtime.enums import enum, make_variant
from nexa.runtime.errors import NexaError
from nexa.runtime.protocols import Protocol
from nexa.runtime.structs import Struct
from nexa.runtime.traits import find_method, has_trait, impl, trait
from nexa.runtime.types import semantic_type

Shape = enum("Shape", {"Circle": ("r",)})


class Box(Struct):
    label: str


class Ticket(Protocol):
    topic: str


def method(name, body):
    return fn(name, body, owner="impl")


async def title(self):
    return f"<{self}>"


async def twice(self, n=2):
    return await call_method(self, "title") * n


Named = trait("Named", {"title": None, "twice": method("twice", twice)})


@pytest.fixture(autouse=True)
def implementations():
    """In a context of its own, so that methods of built-in types end with the test."""
    impl(Named, Shape, {"title": method("title", title)})
    impl(Named, Ticket, {"title": method("title", title)})


@pytest.mark.parametrize("value", [make_variant(Shape, "Circle", 1.0), Ticket(topic="x")])
async def test_a_type_has_the_methods_of_its_impl_and_the_traits_defaults(value):
    assert await call_method(value, "title") == f"<{value}>"
    assert await call_method(value, "twice", n=3) == f"<{value}>" * 3
    assert has_trait(value, Named)


async def test_an_impl_without_a_trait_adds_methods_only():
    impl(None, Box, {"title": method("title", title)})
    assert await call_method(Box("x"), "title") == "<Box {label: 'x'}>"
    assert not has_trait(Box("x"), Named)
    with pytest.raises(NexaError, match="no member `twice`"):
        await call_method(Box("x"), "twice")


async def test_built_in_types_take_methods_within_their_context():
    def added():
        impl(Named, str, {"title": method("title", title)})
        impl(None, list[int], {"title": method("title", title)})
        impl(None, semantic_type("Money", float, "x"), {"title": method("title", title)})
        return [find_method(value, "title") is not None for value in ("a", [1], 2.5, 3)] + [has_trait("a", Named)]

    assert contextvars.copy_context().run(added) == [True, True, True, False, True]
    assert find_method("a", "title") is None


async def test_a_dict_entry_of_the_name_of_a_method_of_dicts():
    assert await call_method({"a": 1}, "keys") == ["a"]
    assert await call_method({"keys": len}, "keys", "xyz") == 3
