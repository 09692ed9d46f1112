"""Text that nobody meant as a program: analysed like any other, without an exception and without a bug in a rule."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from harness.findings import project_of
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File

SPEC = Path(__file__).parent.parent / "spec"
DEEP = 1_000

TEXTS = {
    "empty": b"",
    "blank": b" \n\t\n",
    "byte order mark": b"\xef\xbb\xbfflow main { print(1) }\n",
    "not UTF-8": b'flow main { x = "\xff\xfe" ; print(x) }\n\xff',
    "half a character": 'flow main { print("é") }'.encode()[:-5],
    "zeros": b"\0" * 50 + b"flow main { print(1) }",
    "carriage returns": b"flow main {\r    print(x)\r}\r",
    "only closers": b"}" * 200,
    "only openers": b"{([" * 200,
    "deep lists": b"flow main { x = " + b"[" * DEEP + b"]" * DEEP + b" }",
    "deep calls": b"flow main { " + b"f(" * DEEP + b")" * DEEP + b" }",
    "deep blocks": b"flow main { " + b"if x { " * DEEP + b"}" * DEEP + b" }",
    "deep members": b"flow main { print(a" + b".b" * DEEP + b") }",
    "deep types": b"flow main(x: " + b"list[" * DEEP + b"]" * DEEP + b") { print(x) }",
    "deep lambdas": b"let f = " + b"fn(x) => " * DEEP + b"1",
    "long chain": b"flow main { print(1" + b" + 1" * 5_000 + b") }",
    "many declarations of one name": b'agent A { prompt: "x" }\n' * 500,
    "long name": b"flow " + b"a" * 100_000 + b" { }",
    "include itself": b'include "a.nx"\nflow main { print(1) }',
    "odd includes": b'include ""\ninclude "."\ninclude "/"\ninclude "\\0"\ninclude "#{x}"\n',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_strange_text(text: bytes) -> None:
    for path in ("a.nx", "a.nxlib", "a.nxs"):
        project = project_of({path: text})
        for finding in (*(project.findings(path) or ()), *project.run_findings(path)):
            assert 0 <= finding.span.start <= finding.span.end <= len(text)
        for offset in range(0, len(text), max(1, len(text) // 50)):
            project.reference_at(path, offset)


@pytest.mark.parametrize("path", sorted(SPEC.glob("examples/*.nx")), ids=lambda path: path.name)
def test_shuffled_bytes(path: Path) -> None:
    rng = random.Random(path.name)
    text = path.read_bytes()
    for _ in range(6):
        cuts = sorted(rng.randrange(len(text)) for _ in range(4))
        pieces = [text[low:high] for low, high in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        rng.shuffle(pieces)
        project_of({"a.nx": b"".join(pieces)}).findings("a.nx")


def test_a_ring_of_includes_ends() -> None:
    files = {f"{n}.nxlib": f'include "{(n + 1) % 5}.nxlib"\nfn f{n}() {{ f{(n + 2) % 5}() }}\n' for n in range(5)}
    project = project_of(files)
    for path in files:
        found = [one.code for one in project.findings(path) or ()]
        assert found == (["NX403"] if path == "4.nxlib" else [])
        assert project.dependents(path) == frozenset(files)


def test_a_file_that_is_not_there_has_no_findings() -> None:
    assert Project(Settings(), lambda _path: None).findings("gone.nx") == ()
    assert File.parse("a.nx", b"").items == ()


def test_a_quote_is_added_inside_a_text_that_is_no_utf_8() -> None:
    text = b'flow main { print("a\xff\xff\xff, [1]) }\n'
    (finding,) = project_of({"a.nx": text}).findings("a.nx") or ()
    assert finding.fix is not None
    assert [text[edit.span.start :] for edit in finding.fix.edits] == [b") }\n"]


def test_a_struct_with_type_parameters_that_is_given_too_much() -> None:
    found = project_of({"a.nx": "struct Box[T] { value: T }\nflow main { print(Box(1, 2)) }\n"}).findings("a.nx") or ()
    assert "NX302" in [one.code for one in found]
