"""What is found once is an attribute afterwards, and a prepared class needs no dictionary for it."""

from __future__ import annotations

import gc

from nexa.syntax.once import once, prepared


@prepared
class Thing:
    given: int

    def __init__(self, given: int) -> None:
        self.given = given
        self.asked = 0

    @once
    def found(self) -> int:
        """Twice as much."""
        self.asked += 1
        return 2 * self.given


def test_it_is_found_once():
    thing, other = Thing(2), Thing(3)
    assert (thing.found, thing.found, thing.asked) == (4, 4, 1)
    assert (other.found, other.asked) == (6, 1)
    assert Thing.found.__doc__ == "Twice as much."


def test_what_is_dropped_is_found_again():
    thing = Thing(2)
    assert thing.found == 4
    del thing.found
    assert (thing.found, thing.asked) == (4, 2)


def test_thousands_of_objects_have_no_dictionaries():
    things = [Thing(n) for n in range(1000)]
    assert sum(thing.found for thing in things) == 999_000
    assert not [one for thing in things for one in gc.get_referents(thing) if isinstance(one, dict)]
