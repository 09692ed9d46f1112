"""No text crashes the parser or takes time out of proportion to its length."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
import tree_sitter

from nexa.syntax import LineIndex, parse
from nexa.syntax.tree import language

SMALL = 4_000
FACTOR = 5
WORST_RATIO = 3.0 * FACTOR
"""Quadratic time would be a ratio of 25; a busy machine stays well below that with the best of several runs."""

SHAPES: dict[str, Callable[[int], bytes]] = {
    "parentheses": lambda n: b"x = " + b"(" * n,
    "closed parentheses": lambda n: b"x = " + b"(" * n + b"1" + b")" * n,
    "lists": lambda n: b"x = " + b"[" * n,
    "braces": lambda n: b"flow a " + b"{" * n,
    "blocks": lambda n: b"flow a {" + b"if x {" * n,
    "closed blocks": lambda n: b"flow a {" + b"if x {\n" * n + b"}" * n + b"}",
    "dicts": lambda n: b"x = " + b"otherwise {a" * n,
    "interpolations": lambda n: b"x = " + b'"#{' * n,
    "nots": lambda n: b"x = " + b"not " * n,
    "operators": lambda n: b"x = a" + b" >> b" * n,
    "comment lines": lambda n: b"// x\n" * n,
    "hash comments": lambda n: b"# x\n" * n,
    "open comments": lambda n: b"/* \n" * n,
    "declarations in text": lambda n: b'x = """\n' + b"flow a { x }\n" * n + b'"""\n',
    "declarations in open text": lambda n: b'x = """\n' + b"flow a { x }\n" * n,
    "declarations in backticks": lambda n: b"x = `\n" + b"flow a { x }\n" * n + b"`\n",
    "open texts": lambda n: b'x = """\nflow a\n' * n,
    "escapes in text": lambda n: b'x = """' + b"\\nflow " * n + b'"""',
    "half property texts": lambda n: b"agent A {\n" + b' prompt: "x\n' * n,
    "quotes": lambda n: b'"' * n,
    "open agents": lambda n: b"agent A {\n" * n,
    "flush members": lambda n: b"agent A {\nfn a() {\n}\n" * n,
    "decorators": lambda n: b"@x\n" * n,
    "words": lambda n: b"word " * n,
    "keywords in brackets": lambda n: b"x = " + b"(fn" * n,
    "keywords": lambda n: b"else " * n,
    "statements on one line": lambda n: b"a b " * n,
    "closers": lambda n: b"} ) ] " * n,
    "JavaScript on one line": lambda n: b"var a=function(b,c){return b+c;};if(a){x[1]=2}" * (n // 10),
    "JSON on one line": lambda n: b'{"a": [1, 2, {"b": null}], "c": "d"},' * (n // 10),
    "NUL": lambda n: b"\0" * n,
    "no UTF-8": lambda n: b"\xff\xfe \x80" * n,
    "CR LF": lambda n: b"x\r\n" * n,
    "CR": lambda n: b"x\r" * n,
    "noise": lambda n: bytes(random.Random(1).choices(b" \n{}()[]\"'#/*=:,.abc123>|&?@`\\", k=n)),
}


def seconds(text: bytes) -> float:
    """The best processor time of three parses."""
    parser = tree_sitter.Parser(language("nexa"))
    times = []
    for _ in range(3):
        start = time.process_time()
        parser.parse(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_with_the_length(name: str) -> None:
    small, large = SHAPES[name](SMALL), SHAPES[name](SMALL * FACTOR)
    assert seconds(large) <= WORST_RATIO * max(seconds(small), 0.001)


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize("opener", [b"(", b"[", b"{a: ", b"not ", b"-", b"if x {", b'"#{', b"fn() => "])
def test_deep_nesting_has_a_tree(opener: bytes, depth: int) -> None:
    text = b"flow before { 1 }\nflow a {\n x = " + opener * depth + b"\n}\nflow behind { 2 }\n"
    root = parse(text).root
    assert root.end_byte == len(text)
    assert root.children[0].type == "flow_declaration"


def test_ten_megabytes_have_a_tree() -> None:
    text = b'agent A { role: "x" }\nflow f(q: str) { return q >> A }\n' * 190_000
    root = parse(text).root
    assert root.end_byte == len(text) > 10_000_000
    assert not root.has_error


@pytest.mark.parametrize(
    "text", [b"", b"\0", b"\xef\xbb\xbf", b"\xff", b"\r", b"#!", b"/*", b'"', b"\xef\xbb\xbfx = 1\n"]
)
@pytest.mark.parametrize("grammar", ["nexa", "secrets"])
def test_tiny_texts_have_a_tree(text: bytes, grammar: str) -> None:
    tree = parse(text, grammar)  # type: ignore[arg-type]  # one of the two names
    assert tree.root.end_byte <= len(text)
    assert len(tree.lines) == len(LineIndex(text))


def test_a_lone_cr_ends_a_line() -> None:
    root = parse(b"x = 1\ry = 2 // c\rz = 3").root
    assert [node.start_point.row for node in root.named_children] == [0, 1, 1, 2]
