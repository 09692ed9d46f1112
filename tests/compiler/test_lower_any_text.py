"""Lowering never fails, stays inside the text, and a mistake stays inside its declaration: shown over every example."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexa.compiler import ast
from nexa.compiler.lower import Lowered, SecretEntry, lower, lower_secrets
from nexa.compiler.lower.reading import MAX_DEPTH
from nexa.syntax import parse

SPEC = Path(__file__).parent.parent / "spec"
EXAMPLES = sorted([*SPEC.glob("examples/*.nx"), *SPEC.glob("examples/lib/*.nxlib")])
_INSERTED = """( ) { } [ ] " ' ` \"\"\" #{ = : , ; >> |>> ?? . :: => if match let agent flow fn /* $ \\ x_y else not"""
INSERTED = [*_INSERTED.encode().split(), b"\n", b"\xff"]


def check(text: bytes) -> list[Lowered]:
    """Whatever the text is: items in order, every node inside its parent, every slip inside its item."""
    tree = parse(text)
    items = lower(tree)
    end = 0
    for item in items:
        assert end <= item.start <= item.end <= len(text)
        end = item.end
        _check_places(item)
        for slip in item.slips:
            assert 0 <= slip.span.start <= slip.span.end <= item.end - item.start, slip
    assert not tree.has_error or any(item.slips for item in items)
    return items


def _check_places(item: Lowered) -> None:
    assert 0 <= item.node.start <= item.node.end <= item.end - item.start
    for node in ast.walk(item.node):
        for child in ast.children(node):
            assert node.start <= child.start <= child.end <= node.end, (node, child)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_clean(path: Path) -> None:
    assert [slip for item in check(path.read_bytes()) for slip in item.slips] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_prefix(path: Path) -> None:
    text = path.read_bytes()
    for end in range(0, len(text), 23):
        check(text[:end])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_random_damage(path: Path) -> None:
    rng = random.Random(path.stem)
    for _ in range(40):
        text = path.read_bytes()
        for _ in range(rng.choice((1, 1, 3, 8))):
            text = _damaged(rng, text)
        check(text)


def _damaged(rng: random.Random, text: bytes) -> bytes:
    start, end = rng.choice(_tokens(text) or [(0, 0)])
    kind = rng.random()
    if kind < 0.4:
        return text[:start] + text[end:]
    if kind < 0.8:
        return text[:start] + rng.choice(INSERTED) + rng.choice((b"", b" ")) + text[start:]
    stop = text.find(b"\n", start)
    return text[:start] + (text[stop:] if stop >= 0 else b"")


def _tokens(text: bytes) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(rb"\w+|[^\w\s]", text)]


STRAY = [
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbfflow f { }", b"\r\r\n\r", b"#!", b"///", b"}" * 50, b"{" * 50, b'"' * 7,
    b"'''", b"@", b"agent", b"flow flow flow", b"let", b"match match { match", b"f'", b'template"""', b'python! """',
    b"#{", b"/*", "“”（）".encode(), b"1.2.3.4", b"0x", b"..", b"=>", b"a ?? b ?? {", b"fork", b"??flow a { }",
    b"flow f { }\\\n",
]  # fmt: skip


@pytest.mark.parametrize("text", STRAY)
def test_stray_text(text: bytes) -> None:
    check(text)


DEEP = [
    "(",
    "[",
    "{a: ",
    "f(",
    "-",
    "not ",
    "fn() => ",
    "if a then b else ",
    '"#{',
    "a ?? ",
    "a otherwise ",
    "await ",
    "x.y(",
]
DEEP_STATEMENTS = ["if a {", "while a {", "for a in b {", "match a { _ => {", "f(fn() {", "try {", 'semantic_if "a" {']


@pytest.mark.parametrize("opener", DEEP)
def test_deep_expressions(opener: str) -> None:
    closers = {"(": ")", "[": "]", "{a: ": "}", "f(": ")", "x.y(": ")", '"#{': '}"'}
    text = "flow f { x = " + opener * 1000 + "a" + closers.get(opener, "") * 1000 + " }\nflow g { }"
    items = check(text.encode())
    assert any(slip.code == "NX100" for slip in items[0].slips)
    assert items[-1].slips == ()


@pytest.mark.parametrize("opener", DEEP_STATEMENTS)
def test_deep_statements(opener: str) -> None:
    closer = ")" if "f(" in opener else ""
    text = "flow f {" + opener * 1000 + ("}" * opener.count("{") + closer) * 1000 + "}\nflow g { }"
    items = check(text.encode())
    assert [slip.code for slip in items[0].slips] == ["NX100"]
    assert items[0].slips[0].words[0] == f"nesting of more than {MAX_DEPTH} levels"
    assert items[-1].slips == ()


@pytest.mark.parametrize("operator", ["+", "and", ">>", "||", "."])
def test_long_chains(operator: str) -> None:
    text = "flow f { x = " + f" {operator} ".join(["a"] * 3000) + " }"
    (item,) = check(text.encode())
    assert [slip.code for slip in item.slips] == ["NX100"]


@pytest.mark.parametrize("text", ["list[" * 1000, "(" * 1000, "a" + "?" * 1000, "fn(" * 1000, "a|" * 1000 + "a"])
def test_deep_types_and_patterns(text: str) -> None:
    check(f"type T = {text}\n".encode())
    check(f"flow f {{ let {text} = 1 }}\n".encode())
    check(f'protocol P {{ a: "{text}" }}\n'.encode())


def test_a_full_stack_is_no_crash() -> None:
    """Lowering gets by with what a deep caller leaves it, or says that it could not."""
    text = b"flow f { x = " + b"(" * 150 + b"a" + b")" * 150 + b" }"

    def deeper(left: int) -> list[Lowered]:
        return deeper(left - 1) if left else lower(parse(text))

    depth = len(list(_frames()))
    assert deeper(sys.getrecursionlimit() - depth - 700)[0].slips == ()
    assert [slip.code for slip in deeper(sys.getrecursionlimit() - depth - 150)[0].slips] == ["NX100"]


def _frames() -> Iterator[object]:
    frame = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


def test_a_mistake_stays_in_its_declaration() -> None:
    """Of random edits inside one declaration of all examples, hardly any adds a finding outside of it."""
    rng = random.Random(7)
    outside = several = total = 0
    for path in EXAMPLES:
        text = path.read_bytes()
        items = lower(parse(text))
        for _ in range(80):
            item = rng.choice(items)
            damaged = _damaged(rng, text[item.start : item.end])
            end = item.start + len(damaged)
            after = lower(parse(text[: item.start] + damaged + text[item.end :]))
            places = [one.start + slip.span.start for one in after for slip in one.slips]
            outside += any(not item.start <= place <= end for place in places)
            several += len(places) > 1
            total += 1
    assert outside / total < 0.005, f"{outside} of {total} edits are reported in a declaration that is not at fault"
    assert several / total < 0.06, f"{several} of {total} edits are reported more than once"


SECRETS = [
    ('config a {\n    K = "x"\n}\nTOP: -2\n', [("a", ["K"])], ["TOP"], []),
    ('config a { M = { "strong": "x", weak: "y" } }', [("a", ["M.strong", "M.weak"])], [], []),
    ("config {\n A = 1\n}", [], ["config"], ["expected `config name { … }`"]),
    ('config a {\n K = "x\n L = 2\n}\n', [("a", ["K", "L"])], [], ["unterminated string"]),
    ("K = \nL = 3\n", [], ["K", "L"], ["expected a value: a string, a number, `true`, `false` or `{ … }`"]),
    ("K 3\n", [], [], ['unexpected text; expected `KEY = "value"`']),
    ('config a { K = "x"\nconfig b { L = 1 }\n', [("a", ["K"]), ("b", ["L"])], [], ["`{` is never closed; add `}`"]),
    ("}\n", [], [], ["unmatched `}`"]),
    ("K = 08\n", [], ["K"], ["malformed number; put quotes around other values"]),
    (
        "K = sk-hidden-123\nL = hidden\n",
        [],
        ["K"],
        ["expected a value: a string, a number, `true`, `false` or `{ … }`"] * 2,
    ),
    ("/* open", [], [], ["unterminated block comment; add `*/`"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "configs", "entries", "reasons"), SECRETS, ids=[row[0][:20] for row in SECRETS])
def test_secrets(text: str, configs: list[tuple[str, list[str]]], entries: list[str], reasons: list[str]) -> None:
    found = lower_secrets(parse(text.encode(), "secrets"))
    assert [(one.name, [key for entry in one.entries for key in _keys(entry)]) for one in found.configs] == configs
    assert [key for entry in found.entries for key in _keys(entry)] == entries
    assert [(slip.code, slip.words[0]) for slip in found.slips] == [("NX606", reason) for reason in reasons]
    assert "hidden" not in repr(found)


def _keys(entry: SecretEntry) -> list[str]:
    inner = [f"{entry.key}.{key}" for one in entry.entries for key in _keys(one)]
    return inner or [entry.key]


def test_secrets_are_read_whatever_they_are() -> None:
    text = (SPEC / "examples" / "secrets.nxs").read_bytes()
    rng = random.Random(3)
    for end in range(len(text)):
        lower_secrets(parse(text[:end], "secrets"))
    for _ in range(200):
        lower_secrets(parse(_damaged(rng, text), "secrets"))
    lower_secrets(parse(b"K = " + b"{a: " * 1000, "secrets"))
