"""What each pattern fits and binds."""

import pytest

from nexa.runtime.enums import Err, Ok, Some, enum, make_variant, variant
from nexa.runtime.errors import PatternMatchError
from nexa.runtime.patterns import Capture, Case, Literal, Record, Sequence, Wildcard, destructure, no_arm
from nexa.runtime.protocols import Protocol
from nexa.runtime.structs import Struct

Decision = enum("Decision", {"Approved": ("by",), "Waiting": None})
x, y = Capture("x"), Capture("y")


class Point(Struct):
    x: int
    y: int


class Ticket(Protocol):
    topic: str
    urgency: int = 3


APPROVED = make_variant(Decision, "Approved", "Ada")
FITS = [
    (Wildcard(), 1, {}),
    (x, None, {"x": None}),
    (Literal(1), 1, {}),
    (Literal(1), 1.0, {}),
    (Literal(1), True, None),
    (Literal(1), "1", None),
    (Literal("a"), "a", {}),
    (Literal(None), None, {}),
    (Literal(None), False, None),
    (Literal(True), True, {}),
    (Sequence(()), [], {}),
    (Sequence(()), [1], None),
    (Sequence((x,)), [1], {"x": 1}),
    (Sequence((x,)), (1,), {"x": 1}),
    (Sequence((x,)), "a", None),
    (Sequence((x,)), {"x": 1}, None),
    (Sequence((x, y)), [1], None),
    (Sequence((x,), open=True), [1, 2], {"x": 1}),
    (Sequence((x,), open=True, rest="r"), [1, 2, 3], {"x": 1, "r": [2, 3]}),
    (Sequence((x,), open=True, rest="r"), (1,), {"x": 1, "r": []}),
    (Sequence((), open=True), "text", None),
    (Sequence((Literal(1), Sequence((x, Wildcard())))), [1, [2, 3]], {"x": 2}),
    (Sequence((Literal(1), x)), [2, 3], None),
    (Record(None, (("x", x),)), {"x": 1}, {"x": 1}),
    (Record(None, (("x", x),)), {"x": 1, "z": 2}, {"x": 1}),
    (Record(None, (("x", x),)), {"z": 2}, None),
    (Record(None, (("x", x),), rest="r"), {"x": 1, "z": 2}, {"x": 1, "r": {"z": 2}}),
    (Record(None, (("x", Literal(2)),)), {"x": 1}, None),
    (Record(None, ()), {}, {}),
    (Record(None, ()), [], None),
    (Record(None, (("x", x),)), Point(1, 2), {"x": 1}),
    (Record("Point", (("x", x),)), Point(1, 2), {"x": 1}),
    (Record("Point", (("x", x),)), {"x": 1}, {"x": 1}),
    (Record("Other", (("x", x),)), Point(1, 2), None),
    (Record("Ticket", (("topic", x),)), Ticket(topic="t"), {"x": "t"}),
    (Record("Point", (("topic", x),)), Ticket(topic="t"), None),
    (Case("Decision", "Approved", (x,)), APPROVED, {"x": "Ada"}),
    (Case(None, "Approved", (x,)), APPROVED, {"x": "Ada"}),
    (Case("Decision", "Approved"), APPROVED, {}),
    (Case("Decision", "Approved", (Literal("Bo"),)), APPROVED, None),
    (Case("Decision", "Approved", (x, y)), APPROVED, None),
    (Case("Decision", "Waiting"), variant(Decision, "Waiting"), {}),
    (Case("Decision", "Waiting"), APPROVED, None),
    (Case("Other", "Approved", (x,)), APPROVED, None),
    (Case("Decision", "Approved", (x,)), "Approved", None),
    (Case("Result", "Ok", (x,)), Ok(1), {"x": 1}),
    (Case("Result", "Err", (x,)), Ok(1), None),
    (Case(None, "Err", (x,)), Err("why"), {"x": "why"}),
    (Case("Option", "Some", (x,)), Some(1), {"x": 1}),
    (Case("Option", "Some", (x,)), 1, {"x": 1}),
    (Case("Option", "Some", (x,)), None, None),
    (Case("Option", "None"), None, {}),
    (Case("Option", "None"), 1, None),
]


@pytest.mark.parametrize(("pattern", "value", "bound"), FITS)
def test_binding(pattern, value, bound):
    assert pattern.bind(value) == bound


def test_destructuring_what_does_not_fit():
    assert destructure(Sequence((x, y)), (1, 2)) == {"x": 1, "y": 2}
    with pytest.raises(PatternMatchError, match=r"list `\[1\]`"):
        destructure(Sequence((x, y)), [1])


def test_the_error_of_a_match_without_a_fitting_arm_names_the_value():
    assert "str `purple`" in str(no_arm("purple"))
