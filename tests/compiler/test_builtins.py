"""The tables of what the language brings along agree with themselves and with the reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexa.compiler.builtins import (
    DECORATORS,
    FILTERS,
    MEMBERS,
    PREDECLARED_VALUES,
    PROPERTIES,
    STD,
    STD_NAMESPACES,
    Builtin,
    builtin_type,
    std_member,
)
from nexa.compiler.builtins.signature import split_top, table

REFERENCE = (Path(__file__).parents[2] / "docs" / "language" / "reference.md").read_text(encoding="utf-8")
ENTRIES = [
    *PREDECLARED_VALUES.values(),
    *FILTERS.values(),
    *(one.entry for one in DECORATORS.values()),
    *(entry for members in MEMBERS.values() for entry in members.values()),
    *(entry for functions in STD.values() for entry in functions.values()),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_an_entry_is_documented_and_typed(entry: Builtin) -> None:
    assert entry.doc.endswith((".", "`"))
    assert _is_type(entry.type)
    for parameter in entry.params or ():
        assert parameter.name.isidentifier()
        assert _is_type(parameter.type), parameter


def _is_type(text: str) -> bool:
    if text.startswith("("):
        return all(map(_is_type, split_top(text[1:-1])))
    return builtin_type(text.rstrip("?").split("[")[0]) is not None


def test_every_function_of_the_reference_is_there() -> None:
    """The rows of section 6.2 are `| \\`std.x\\` | \\`f(…)\\` · … |`."""
    missing = []
    for line in REFERENCE.splitlines():
        if not line.startswith("| `std."):
            continue
        left, _, right = line.strip("| ").partition(" | ")
        namespaces = [word for word in left.replace("`", "").replace(",", " ").replace("/", " ").split() if word != ""]
        names = {part[: part.find("(")] for part in right.split("`")[1::2] if "(" in part and part[0].isalpha()}
        names = {name for name in names if name.isidentifier()}
        known = {name for namespace in namespaces for name in STD.get(namespace, {})}
        missing += [f"{namespaces}: {name}" for name in sorted(names - known)]
    assert missing == []


def test_every_namespace_is_documented() -> None:
    assert set(STD) <= set(STD_NAMESPACES)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("std.fs.file_read", "std.fs.file_read"),
        ("std.fs.read", "std.fs.read"),
        ("std.time.now", "std.time.now"),
        ("std.db", "std.db"),
        ("std.db.sqlite.query", "std.db.sqlite.query"),
        ("std.template.filter_upper", "std.template.filter_upper"),
        ("std.fs.nothing", None),
        ("std.nothing", None),
    ],
)
def test_std_member(path: str, found: str | None) -> None:
    member = std_member(tuple(path.split(".")))
    assert (member.path if isinstance(member, Builtin) else member) == found


def test_a_signature_is_read() -> None:
    entry = table('f(a: str, b: dict[str, int] = {"x": 1}, c?, ...rest: any, **more) -> list[str] ! :: Does it.')["f"]
    assert entry.params is not None
    assert [(one.name, one.type, one.default, one.optional) for one in entry.params] == [
        ("a", "str", None, False),
        ("b", "dict[str, int]", '{"x": 1}', True),
        ("c", "any", None, True),
        ("rest", "any", None, True),
        ("more", "any", None, True),
    ]
    assert (entry.type, entry.fallible, entry.takes_any_name) == ("list[str]", True, True)
    assert entry.signature == 'f(a: str, b: dict[str, int] = {"x": 1}, c?, ...rest, **more) -> list[str]'


def test_symbols_of_a_property_are_words() -> None:
    for specs in PROPERTIES.values():
        for spec in specs.values():
            assert all(word.isidentifier() for word in spec.symbols)
            assert spec.doc.endswith((".", "`", "too."))
