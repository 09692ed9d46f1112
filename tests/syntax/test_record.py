"""Records are what frozen dataclasses are, for less."""

from __future__ import annotations

import pickle
from dataclasses import field, replace

from nexa.syntax.record import record


@record
class Point:
    """A place."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list, compare=False)
    hidden: int = field(default=0, compare=False, repr=False)


@record
class Deep(Point):
    """A place below another."""

    z: int = 3


@record
class Nothing:
    """Nothing."""


def test_fields_have_defaults() -> None:
    first, second = Point(1), Point(x=1, y=3, names=["a"])
    assert (first.x, first.y, first.names, second.y, second.names) == (1, 2, [], 3, ["a"])
    assert first.names is not Point(1).names
    assert (Deep(1).x, Deep(1, 5, z=7).z) == (1, 7)


def test_values_compare_and_hash_by_what_they_say() -> None:
    assert Point(1) == Point(1, names=["other"])
    assert Point(1) != Point(1, 3)
    assert Point(1) != Deep(1)
    assert Point(1) != (1, 2)
    assert len({Point(1), Point(1), Point(2), Nothing(), Nothing()}) == 3


def test_values_are_shown_copied_and_sent() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2, names=[])"
    assert replace(Point(1, names=["a"]), y=5) == Point(1, 5)
    assert pickle.loads(pickle.dumps(Deep(1, z=4))) == Deep(1, z=4)
    assert not hasattr(Point(1), "__dict__")
