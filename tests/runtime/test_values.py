"""Values: their text, truth, equality, arithmetic, members, indexes and iteration."""

import pytest

from nexa.runtime import arithmetic, members, truth
from nexa.runtime.duration import Duration, milliseconds, seconds
from nexa.runtime.enums import Err, Ok, Option, Result, Some, enum, is_variant, make_variant, variant
from nexa.runtime.errors import NexaError, ToolError, TypeViolation
from nexa.runtime.filters import apply
from nexa.runtime.protocols import Protocol
from nexa.runtime.structs import Struct, field, make
from nexa.runtime.text import text, to_json, type_name
from nexa.runtime.values import UNIT, Secret

Decision = enum("Decision", {"Approved": ("by",), "Moved": (None, None), "Waiting": None})


class Request(Struct):
    title: str
    from_: str = field(alias="from", default="desk")
    items: list = field(default_factory=list)


class Ticket(Protocol):
    topic: str
    urgency: int = 3
    from_: str | None = field(alias="from", default=None)


WAITING = variant(Decision, "Waiting")
APPROVED = make_variant(Decision, "Approved", "Ada")

TEXTS = [
    ("a", "a"),
    (None, ""),
    (True, "true"),
    (False, "false"),
    (3, "3"),
    (0.1, "0.1"),
    (25.0, "25.0"),
    (10**30, "1" + "0" * 30),
    (Some(3), "3"),
    (Ok("x"), "x"),
    (Err("why"), "Err(why)"),
    ([1, "a", None, True], '[1,"a",null,true]'),
    ((1, 2), "[1,2]"),
    ({"b": 1, "a": {"ü": 2.5}}, '{"b":1,"a":{"ü":2.5}}'),
    ({1: "x"}, '{"1":"x"}'),
    ([float("nan")], "[null]"),
    (Secret("s3cr3t"), "***"),
    ({"k": Secret("s3cr3t")}, '{"k":"***"}'),
    (UNIT, ""),
    (Duration(90.0), "90s"),
    (Duration(0.25), "250ms"),
    (WAITING, "Waiting"),
    (APPROVED, "Approved(Ada)"),
    ([WAITING, APPROVED], '["Waiting",{"Approved":{"by":"Ada"}}]'),
    ([make_variant(Decision, "Moved", 1, 2)], '[{"Moved":[1,2]}]'),
    (Request("chairs"), '{"title":"chairs","from":"desk","items":[]}'),
    (Ticket(topic="x"), '{"topic":"x","urgency":3,"from":null}'),
    ([Some(1), Ok(2)], "[1,2]"),
    (ToolError("broken"), "broken"),
]


@pytest.mark.parametrize(("value", "expected"), TEXTS)
def test_the_text_of(value, expected):
    assert text(value) == expected


def test_a_list_that_holds_itself_has_no_text():
    loop = []
    loop.append(loop)
    with pytest.raises(TypeViolation, match="contains itself"):
        text(loop)


def test_pretty_json():
    assert to_json({"a": [1]}, 2) == '{\n  "a": [\n    1\n  ]\n}'


FALSE = [False, None, 0, 0.0, "", [], (), {}, Err("x"), Err("")]
TRUE = [True, 1, -0.5, "0", [0], {"a": 0}, Ok(0), Ok(None), Some(""), WAITING, Request("x"), UNIT, Duration(0)]


@pytest.mark.parametrize(("value", "expected"), [*((v, False) for v in FALSE), *((v, True) for v in TRUE)])
def test_truth(value, expected):
    assert truth.truthy(value) is expected


EQUAL = [
    (1, 1.0, True),
    (True, 1, False),
    (0, False, False),
    (True, True, True),
    ("1", 1, False),
    (None, None, True),
    (None, variant(Option, "None"), True),
    ([1, [2]], [1.0, [2.0]], True),
    ([True], [1], False),
    ((1, 2), [1, 2], True),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
    (APPROVED, make_variant(Decision, "Approved", by="Ada"), True),
    (APPROVED, WAITING, False),
    (Ok(1), Some(1), False),
    (Request("x"), Request("x"), True),
    (Request("x"), Request("y"), False),
    (Ticket(topic="x"), {"topic": "x", "urgency": 3, "from": None}, True),
    (Duration(1), Duration(1.0), True),
    (Duration(1), 1, False),
    (Secret("a"), Secret("a"), True),
]


@pytest.mark.parametrize(("left", "right", "expected"), EQUAL)
def test_equality(left, right, expected):
    assert truth.equal(left, right) is expected
    assert truth.equal(right, left) is expected


ARITHMETIC = [
    ("add", 1, 2, 3),
    ("add", 1, 2.5, 3.5),
    ("add", "a", 1, "a1"),
    ("add", 1.5, "a", "1.5a"),
    ("add", "a", None, "a"),
    ("add", "a", True, "atrue"),
    ("add", "k=", Secret("x"), "k=***"),
    ("add", [1], [2], [1, 2]),
    ("add", Duration(1), Duration(0.5), Duration(1.5)),
    ("subtract", 3, 1, 2),
    ("subtract", Duration(3), Duration(1), Duration(2)),
    ("multiply", "ab", 2, "abab"),
    ("multiply", 2, 1.5, 3.0),
    ("divide", 4, 2, 2.0),
    ("remainder", 7, 4, 3),
    ("remainder", -1, 4, 3),
]


@pytest.mark.parametrize(("name", "left", "right", "expected"), ARITHMETIC)
def test_arithmetic(name, left, right, expected):
    value = getattr(arithmetic, name)(left, right)
    assert value == expected
    assert type(value) is type(expected)


UNFIT = [
    ("add", 1, None),
    ("add", 1, True),
    ("add", [1], 1),
    ("add", Duration(1), 1),
    ("subtract", "a", "b"),
    ("multiply", "a", 1.5),
    ("multiply", "a", True),
    ("divide", "a", 2),
    ("remainder", "%s", 2),
]


@pytest.mark.parametrize(("name", "left", "right"), UNFIT)
def test_operands_that_do_not_fit(name, left, right):
    with pytest.raises(TypeViolation):
        getattr(arithmetic, name)(left, right)


def test_division_by_zero_is_an_error_of_its_own():
    with pytest.raises(ZeroDivisionError):
        arithmetic.divide(1, 0)


@pytest.mark.parametrize(("left", "right"), [(1, "a"), (True, 2), (None, 1), ([1], [2]), (Duration(1), 1)])
def test_what_has_no_order(left, right):
    with pytest.raises(TypeViolation):
        truth.less(left, right)


@pytest.mark.parametrize(("left", "right"), [(1, 1.5), ("a", "b"), (Duration(1), Duration(2))])
def test_what_has_an_order(left, right):
    assert truth.less(left, right)
    assert truth.less_equal(left, left)
    assert truth.greater(right, left)
    assert not truth.greater_equal(left, right)


CONTAINS = [
    ([1, 2], 2.0, True),
    ([1], True, False),
    ({"a": 1}, "a", True),
    ("abc", "b", True),
    ((1,), 1, True),
    (Request("x"), "title", True),
]


@pytest.mark.parametrize(("container", "item", "expected"), CONTAINS)
def test_contains(container, item, expected):
    assert truth.contains(container, item) is expected


@pytest.mark.parametrize(("container", "item"), [(3, 1), (None, 1), ("abc", 1)])
def test_what_contains_nothing(container, item):
    with pytest.raises(TypeViolation):
        truth.contains(container, item)


MEMBERS = [
    ("abc", "length", 3),
    ("a\nb", "lines", ["a", "b"]),
    ("abc", "first", None),
    ([1, 2], "first", 1),
    ([1, 2], "last", 2),
    ([], "last", None),
    ({"a": 1}, "keys", ["a"]),
    ({"a": 1}, "values", [1]),
    ({"a": 1}, "length", 1),
    ({"length": 9}, "length", 9),
    ({"a": 1}, "a", 1),
    (APPROVED, "by", "Ada"),
    (Request("x"), "from", "desk"),
    (Request("x"), "items", []),
    (Ticket(topic="x", **{"from": "me"}), "from", "me"),
    (ToolError("m", kind="denied"), "kind", "denied"),
    (ValueError("m"), "message", "m"),
    (ToolError("m", cause=ValueError("n")), "cause", "n"),
    (ToolError("m"), "span", None),
]


@pytest.mark.parametrize(("value", "name", "expected"), MEMBERS)
def test_members(value, name, expected):
    if (value, name) == ("abc", "first"):
        with pytest.raises(NexaError):
            members.member(value, name)
        return
    found = members.member(value, name)
    assert (str(found) if isinstance(found, BaseException) else found) == expected


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "x"),
        ({}, "x"),
        (Request("x"), "nope"),
        (Ticket(topic="x"), "nope"),
        ("a", "encode"),
        ("a", "__class__"),
        (Secret("a"), "reveal"),
        (WAITING, "by"),
    ],
)
def test_members_that_are_not_there(value, name):
    with pytest.raises(NexaError) as caught:
        members.member(value, name)
    assert caught.value.kind in ("KeyError", "AttributeError")


METHODS = [
    ("a,b", "split", (",",), ["a", "b"]),
    ("a b  c", "split", (), ["a", "b", "c"]),
    ("ab", "split", ("",), ["a", "b"]),
    (" a ", "trim", (), "a"),
    ("aXa", "replace", ("a", "b"), "bXb"),
    ("abc", "starts_with", ("ab",), True),
    ("abc", "ends_with", ("ab",), False),
    ("abc", "contains", ("b",), True),
    ("abc", "find", ("c",), 2),
    ("abc", "find", ("z",), -1),
    ("abc", "length", (), 3),
    ("abc", "upper", (), "ABC"),
    ([3, 1], "sort", (), [1, 3]),
    ([3, 1], "reverse", (), [1, 3]),
    ([3, 1], "index", (1,), 1),
    ([3, 1], "index", (7,), -1),
    ([3, 1], "contains", (1,), True),
    ([3, 1], "pop", (), 1),
    ([3, 1], "pop", (0,), 3),
    ([3, 1], "append", (2,), UNIT),
    ([3, "x"], "join", ("-",), "3-x"),
    ({"a": 1}, "get", ("b",), None),
    ({"a": 1}, "get", ("b", 7), 7),
    ({"a": 1}, "has", ("a",), True),
    ({"a": 1}, "items", (), [("a", 1)]),
    ({"a": 1}, "remove", ("a",), 1),
    ({"a": 1}, "keys", (), ["a"]),
    ({"keys": 1}, "keys", (), ["keys"]),
    ({"get": len}, "get", ("xyz",), 3),
]


@pytest.mark.parametrize(("value", "name", "args", "expected"), METHODS)
def test_methods(value, name, args, expected):
    assert members.method(value, name)(*args) == expected


def test_methods_that_change_their_list():
    numbers = [3, 1]
    for name, args in (("append", (2,)), ("insert", (0, 9)), ("extend", ([5],)), ("sort", ()), ("reverse", ())):
        members.method(numbers, name)(*args)
    assert numbers == [9, 5, 3, 2, 1]


INDEXES = [([1, 2], -1, 2), ("abc", 1, "b"), ((1, 2), 0, 1), ({"a": 1}, "a", 1), (Request("x"), "title", "x")]


@pytest.mark.parametrize(("value", "key", "expected"), INDEXES)
def test_indexes(value, key, expected):
    assert members.index(value, key) == expected


@pytest.mark.parametrize(
    ("value", "key", "kind"),
    [
        ([1], 1, "IndexError"),
        ([1], -2, "IndexError"),
        ("", 0, "IndexError"),
        ({}, "a", "KeyError"),
        ([1], "a", "TypeViolation"),
        ([1], True, "TypeViolation"),
        (None, 0, "TypeViolation"),
        (3, 0, "TypeViolation"),
    ],
)
def test_indexes_that_are_not_there(value, key, kind):
    with pytest.raises(NexaError) as caught:
        members.index(value, key)
    assert caught.value.kind == kind


def test_slices():
    assert members.slice_of([1, 2, 3], 1) == [2, 3]
    assert members.slice_of("abc", None, -1) == "ab"
    assert members.slice_of((1, 2), 5, 9) == ()
    with pytest.raises(TypeViolation):
        members.slice_of({"a": 1}, 0, 1)


def test_assignment_to_members_and_indexes():
    record, ticket, numbers, entries = Request("x"), Ticket(topic="x"), [1], {}
    members.set_member(record, "title", "y")
    members.set_member(ticket, "from", "me")
    members.set_index(numbers, 0, 5)
    members.set_index(entries, "k", 1)
    members.set_member(entries, "l", 2)
    assert (record.title, ticket.from_, numbers, entries) == ("y", "me", [5], {"k": 1, "l": 2})
    for target, name in ((record, "nope"), (ticket, "nope"), ("text", "x"), (None, "x")):
        with pytest.raises(NexaError):
            members.set_member(target, name, 1)
    with pytest.raises(NexaError):
        members.set_index(numbers, 3, 1)


def test_iteration():
    assert list(members.iterate({"a": 1})) == ["a"]
    assert list(members.iterate("ab")) == ["a", "b"]
    assert list(members.pairs(["x", "y"])) == [(0, "x"), (1, "y")]
    assert list(members.pairs({"a": 1})) == [("a", 1)]
    assert next(members.pairs(Request("x"))) == ("title", "x")
    for value in (3, None, Ticket(topic="x")):
        with pytest.raises(TypeViolation):
            members.iterate(value)


def test_a_list_may_change_while_it_is_iterated():
    numbers = [1, 2]
    for number in members.iterate(numbers):
        numbers.insert(0, number)
    assert numbers == [2, 1, 1, 2]


def test_durations_become_the_unit_that_is_wanted():
    assert (seconds(Duration(1.5)), seconds(3)) == (1.5, 3.0)
    assert (milliseconds(Duration(0.5)), milliseconds(20)) == (500.0, 20.0)


def test_structs():
    assert Request(title="x") == Request("x") == make(Request, title="x")
    assert Request("x", "me", [1]).items == [1]
    assert Request("x").items is not Request("x").items
    for args, named in [((), {}), (("a", "b", [], 1), {}), (("a",), {"title": "b"}), (("a",), {"nope": 1})]:
        with pytest.raises(TypeViolation):
            Request(*args, **named)


def test_making_a_protocol_checks_its_fields():
    assert make(Ticket, topic="x", urgency=5).urgency == 5
    for fields in ({}, {"topic": "x", "urgency": "soon"}):
        with pytest.raises(TypeViolation):
            make(Ticket, **fields)


def test_variants():
    assert variant(Decision, "Approved")("Ada") == APPROVED
    assert variant(Result, "Ok")(1) == Ok(1)
    assert make_variant(Option, "None") is None
    for name, args in (("Approved", ()), ("Approved", (1, 2)), ("Waiting", (1,))):
        with pytest.raises(TypeViolation):
            make_variant(Decision, name, *args)
    with pytest.raises(NexaError):
        variant(Decision, "Nope")


@pytest.mark.parametrize(
    ("value", "case", "expected"),
    [
        (None, ("Option", "None"), True),
        (None, ("Option", "Some"), False),
        (Some(1), ("Option", "Some"), True),
        (5, ("Option", "Some"), True),
        (5, ("Option", "None"), False),
        (APPROVED, ("Decision", "Approved"), True),
        (APPROVED, ("Other", "Approved"), False),
        (5, ("Decision", "Approved"), False),
        (Ok(1), ("Result", "Err"), False),
    ],
)
def test_is_variant(value, case, expected):
    assert is_variant(value, *case) is expected


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "bool"),
        (1, "int"),
        (1.0, "float"),
        ("", "str"),
        ([], "list"),
        ({}, "dict"),
        ((), "tuple"),
        (UNIT, "unit"),
        (Duration(1), "duration"),
        (Secret(""), "secret"),
        (Ok(1), "Result"),
        (APPROVED, "Decision"),
        (Request("x"), "Request"),
        (Ticket(topic="x"), "Ticket"),
    ],
)
def test_type_of(value, name):
    assert type_name(value) == name


FILTERED = [
    ("aB", "upper", (), "AB"),
    ("aB", "lower", (), "ab"),
    ("hELLO world", "capitalize", (), "Hello world"),
    ("it's the LAST", "title", (), "It's The Last"),
    ("  x ", "trim", (), "x"),
    (None, "default", ("-",), "-"),
    ("", "default", ("-",), "-"),
    ([], "default", ("-",), "-"),
    (0, "default", ("-",), 0),
    ("äöü", "length", (), 3),
    ([1, 2], "length", (), 2),
    (None, "length", (), 0),
    ({"a": 1}, "json", (), '{"a":1}'),
    ("abcdef", "truncate", (4,), "abc…"),
    ("abcdef", "truncate", (4, ""), "abcd"),
    ("abcdef", "truncate", (6,), "abcdef"),
    ("abcdef", "truncate", (2, "...."), ".."),
    ("aXa", "replace", ("a", "b"), "bXb"),
    ("<a&'\">", "escape", (), "&lt;a&amp;&#x27;&quot;&gt;"),
    ("<a>", "raw", (), "<a>"),
    ("2024-03-05T06:07:08", "date", ("%d.%m.%Y",), "05.03.2024"),
    (0, "date", ("%Y",), "1970"),
    ([3, 1, 2], "sort", (), [1, 2, 3]),
    ([1, "a", 1.0, "a"], "unique", (), [1, "a"]),
    ([1, "a"], "join", (", ",), "1, a"),
    ("abc", "first", (), "a"),
    ([1, 2], "last", (), 2),
    ([], "first", (), None),
    (3.14159, "number", (2,), "3.14"),
    (9, "number", (2,), "9.00"),
    ("2.5", "number", (1,), "2.5"),
    ("a b/ü", "url_encode", (), "a%20b%2F%C3%BC"),
    ("<p>a</p><!-- x -->b", "strip_tags", (), "ab"),
    ("a b\nc", "word_count", (), 3),
    ("a b\nc", "line_count", (), 2),
    ("a\n\nb", "indent", (2,), "  a\n\n  b"),
    (-3, "abs", (), 3),
    (1.2, "ceil", (), 2),
    (1.8, "floor", (), 1),
]


@pytest.mark.parametrize(("value", "name", "args", "expected"), FILTERED)
def test_filters(value, name, args, expected):
    assert apply(value, name, *args) == expected


@pytest.mark.parametrize(
    ("value", "name", "args"),
    [("x", "nope", ()), ("x", "number", (2,)), ("x", "sort", ()), ([1, "a"], "sort", ()), ("x", "date", ("%Y",)),
     ("x", "upper", (1,)), (None, "abs", ())],
)  # fmt: skip
def test_filters_that_cannot(value, name, args):
    with pytest.raises(NexaError) as caught:
        apply(value, name, *args)
    assert caught.value.kind == "TemplateError"
