from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from harness.cursor import file_of
from nexa.compiler.file import File
from nexa.ide.features.outline import OutlineSymbol, outline


def check_outline(text: str, expected: str, path: str = "main.nx") -> None:
    """Each symbol on a line: kind, name, `| detail`; children are indented."""
    file = file_of(text, path)
    assert "\n".join(_shown(file, outline(file))) == textwrap.dedent(expected).strip()


def _shown(file: File, symbols: list[OutlineSymbol] | tuple[OutlineSymbol, ...], depth: int = 0) -> list[str]:
    lines = []
    for one in symbols:
        assert one.span.start <= one.name_span.start <= one.name_span.end <= one.span.end <= len(file.text)
        written = file.text[one.name_span.start : one.name_span.end].decode()
        assert one.kind in {"test", "include", "route", "impl", "server"} or written == one.name
        lines.append(f"{'    ' * depth}{one.kind} {one.name}{' | ' + one.detail if one.detail else ''}")
        lines += _shown(file, one.children, depth + 1)
    return lines


def test_every_declaration_is_shown_with_its_head():
    check_outline(
        """
        include "lib.nxlib"
        use config staging
        protocol Draft { title: str, score: "float" }
        agent Writer -> Draft uses search, std.time {
            model: "a/b"
            prompt: "Write."
            before_step { print("x") }
            fn price(item: str) -> float { return 1.0 }
        }
        @tool("Look up") fn search(query: str, limit: int = 3) -> list[str] { return [] }
        flow main { }
        flow study(topic: str,
                   depth: int = 2) -> Draft { }
        type Percent = float @ "0..100"
        struct Point { x: int, y }
        enum Shape { Circle(r: float), Empty }
        trait Named { fn name(self) -> str }
        impl Named for Point { fn name(self) -> str { return "p" } }
        test "it works" { assert true }
        kv cache = open(":memory:")
        let waiting: list[str] = []
        """,
        """
        include lib.nxlib
        config staging
        protocol Draft
            field title | str
            field score | float
        agent Writer | -> Draft uses search, std.time
            property model | "a/b"
            property prompt | "Write."
            hook before_step
            fn price | (item: str) -> float
        fn search | (query: str, limit: int = 3) -> list[str]
        flow main
        flow study | (topic: str, depth: int = 2) -> Draft
        type Percent | = float
        struct Point
            field x | int
            field y
        enum Shape
            variant Circle | (r: float)
            variant Empty
        trait Named
            fn name | (self) -> str
        impl impl Named for Point
            fn name | (self) -> str
        test it works
        kv cache
        variable waiting | list[str]
        """,
    )


def test_servers_and_jobs():
    check_outline(
        """
        job Nightly on "reports" (retry: 2) {
            timeout: 60
            perform(day: str) { }
            on_failure(error) { }
        }
        server Lobby 8085 {
            route POST "/chat" => Host
            group "/admin" { route GET "/" => admin }
        }
        """,
        """
        job Nightly | on "reports"
            property timeout | 60
            hook perform
            hook on_failure
        server Lobby | 8085
            route POST /chat | Host
            route /admin
                route GET / | admin
        """,
    )


def test_a_mistake_in_one_declaration_leaves_the_others():
    check_outline(
        """
        agent Broken { prompt:
        flow good(x: int) { print(x) }
        agent { }
        test "t" { }
        """,
        """
        agent Broken
            property prompt
        flow good | (x: int)
        test t
        """,
    )


def test_an_empty_file_has_no_symbols():
    check_outline("", "")


EXAMPLES = sorted((Path(__file__).parent.parent / "spec").rglob("*.nx*"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_has_an_outline_within_its_text(path):
    file = File.parse(str(path), path.read_bytes())
    _shown(file, outline(file))


def test_what_did_not_change_is_not_looked_at_again():
    from nexa.ide.features import outline as feature

    file = file_of("agent A { }\nagent B { }\n")
    outline(file)
    known = [feature.symbols_of(item) for item in file.items]
    text = b"// moved\n" + file.text
    moved = File.parse(file.path, file.text).edited([], file.text)
    assert moved is not None
    from nexa.syntax import Edit

    edited = file.edited([Edit(0, 0, 9)], text)
    assert [feature.symbols_of(item) for item in edited.items] == known
    assert all(a is b for a, b in zip([feature.symbols_of(item) for item in edited.items], known, strict=True))
    assert [one.span.start for one in outline(edited)] == [9, 21]


def test_a_secrets_file_shows_its_keys_and_no_value():
    check_outline(
        'TOKEN = "v"\nconfig 客 {\n    API_KEY = "v"\n    MODEL_NAME = { "strong": "m", "weak": "n" }\n}\n= "torn"\n',
        """
        secret TOKEN
        config 客
            secret API_KEY
            secret MODEL_NAME
                secret strong
                secret weak
        """,
        path="keys.nxs",
    )
