"""What the name under a cursor means, and where else it stands."""

from __future__ import annotations

import pytest

from harness.findings import project_of
from harness.markers import read_fixture
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.symbols import Symbol

LIBRARY = """/// Says it loudly.
fn shout(text: str) -> str { text.upper() }
agent Ann {
    prompt: "x"
    fn twice(n: int) -> int { n * 2 }
}
"""
DECLARED = "enum Color { Red, Green(shade: str) }\nstruct Point { x: int }\nprotocol Plan { goal: str }\n"

MEANINGS = [
    ("flow main { pr$0int(1) }", "builtin print"),
    ("flow main { print(sh$0out(1)) }", "fn shout lib.nxlib"),
    ("flow main { print(shout(te$0xt: 1)) }", "parameter text lib.nxlib"),
    ("flow main { print(Ann.tw$0ice(1)) }", "method twice lib.nxlib"),
    ("flow main { print(Ann.r$0un(1)) }", "builtin run"),
    ("flow main { print(std.f$0s.read(1)) }", "std fs"),
    ("flow main { print(std.fs.re$0ad(1)) }", "std read"),
    ("flow main { print(Color::Re$0d) }", "variant Red main.nx"),
    ("flow main { print(Co$0lor::Red) }", "enum Color main.nx"),
    ("flow main { match 1 { Gre$0en(x) => x } }", "variant Green main.nx"),
    ("flow main { match 1 { Color::Gre$0en(x) => x } }", "variant Green main.nx"),
    ("flow main { print(Point(x$0: 1)) }", "field x main.nx"),
    ("flow main { print(Point { x$0: 1 }) }", "field x main.nx"),
    ("flow main(q$0: str) { print(q) }", "parameter q main.nx"),
    ("flow main(q: str) { print(q$0) }", "parameter q main.nx"),
    ("flow main { v = 1; print(v$0) }", "variable v main.nx"),
    ("flow main { print(v$0); v = 1 }", "variable v main.nx"),
    ("flow main(p: Pl$0an) { print(p) }", "protocol Plan main.nx"),
    ("flow main(p: st$0r) { print(p) }", "builtin str"),
    ('flow main(p: str) { print("#{p | up$0per}") }', "filter upper"),
    ("@time$0out(seconds=1)\nflow main { print(1) }", "decorator timeout"),
    ('agent Bob { pro$0mpt: "x" }', "property prompt"),
    ('agent Bob { memory: loc$0al, prompt: "x" }', None),
    ('agent Bo$0b { prompt: "x" }', "agent Bob main.nx"),
    ('agent Bob { prompt: "x"\n fn one() { 1 }\n fn two() { o$0ne() } }', "method one main.nx"),
    ('agent Bob { prompt: "x"\n fn one() { 1 }\n fn two() { self.o$0ne() } }', "method one main.nx"),
    ("use config stag$0ing", "config staging secrets.nxs"),
    ("flow main { print($01) }", None),
    ("flow main { print(nob$0ody) }", None),
]


def project_with(text: str) -> tuple[Project, int]:
    fixture = read_fixture(f'include "lib.nxlib"\n{text}\n{DECLARED}')
    assert fixture.cursor is not None
    project = project_of({"lib.nxlib": LIBRARY, "secrets.nxs": "config staging { A = 1 }\n", **fixture.files})
    project._shared.find_secrets = lambda _path: ("secrets.nxs",)
    return project, fixture.cursor[1]


def shown(symbol: Symbol) -> str:
    return f"{symbol.kind} {symbol.name} {symbol.path}".strip()


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_the_name_under_the_cursor(text: str, meaning: str | None) -> None:
    project, offset = project_with(text)
    found = project.reference_at("main.nx", offset)
    assert (None if found is None else shown(found.symbol)) == meaning
    if found is not None and found.symbol.path:
        file = project.file(found.symbol.path)
        assert file is not None
        name = file.text[found.symbol.span.start : found.symbol.span.end].decode()
        assert name == found.symbol.name


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("flow main { shout$0(1); shout(2) }", 3),
        ("flow main { x = 1; x = x$0 + 1; print(x) }", 4),
        ("flow main { x = 1; let f = fn(x) => x; print(f(x$0)) }", 2),
        ("flow main { print(Color::Red$0, Color::Red) }", 3),
        ("flow main { print(Ann$0.run(1)) }", 2),
    ],
)
def test_references(text: str, places: int) -> None:
    project, offset = project_with(text)
    found = project.reference_at("main.nx", offset)
    assert found is not None
    references = project.references(found.symbol)
    assert len(references) == places
    assert sum(one.is_write for one in references) >= 1 or found.symbol.kind == "variant"


def test_an_include_leads_to_its_file() -> None:
    project, _ = project_with("flow main { print($01) }")
    found = project.reference_at("main.nx", 12)
    assert found is not None
    assert shown(found.symbol) == "file lib.nxlib lib.nxlib"


def test_a_place_is_found_again_after_a_body_was_edited() -> None:
    """The table of names is kept over such an edit; what it says of places must not be."""
    project, _ = project_with("flow main { print(shout($01)) }")
    project.findings("main.nx")
    file = project.file("main.nx")
    assert file is not None
    moved = File.parse("lib.nxlib", ("// pushed down\n\n" + LIBRARY).encode())
    project = project.with_file(moved)
    found = project.reference_at("main.nx", file.text.index(b"shout"))
    assert found is not None
    assert moved.text[found.symbol.span.start : found.symbol.span.end] == b"shout"
    assert found.symbol.doc == "Says it loudly."
