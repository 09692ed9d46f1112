"""Where emitted code says that it comes from: tracebacks, carets and tables name the Nexa text."""

from __future__ import annotations

import ast as python
from pathlib import Path

import pytest

from harness.findings import project_of
from harness.programs import analysed, run_text
from nexa.compiler.emit.compiled import compiled, emitted
from nexa.compiler.emit.layout import WIDTH
from nexa.compiler.emit.places import LOCATED
from nexa.compiler.emit.printed import printed
from nexa.runtime.error_text import error_text
from nexa.runtime.spans import span_of

FOLDER = Path(__file__).parents[1] / "spec" / "examples"
EXAMPLES = sorted(FOLDER.glob("*.nx"))
CARET = "$"
"""Marks both ends of where an error should point."""

PLACES = {
    "an operator": 'flow main {\n    x = 1\n    y = $1 - "ü"$\n}',
    "after wide characters": 'flow main {\n    客户 = "日本"; y = $客户.nothing$\n}',
    "a call's callee": "fn f(x) {\n    return $x / 0$\n}\nflow main { y = [f(1)] }",
    "an argument": 'flow main { print("a", $1 - "b"$, 2) }',
    "a raise": 'flow main {\n    if true {\n        raise $ToolError("t")$\n    }\n}',
    "an interpolation": 'flow main { x = "a #{$1 - "b"$} c" }',
    "a condition": 'flow main { while $1 < "a"$ { } }',
    "a match arm": 'flow main { match 1 { 1 => $1 - "b"$, _ => 2 } }',
    "a failing match": "flow main { x = $match 3 { 1 => 2 }$ }",
    "a default": 'fn f(a = $1 - "b"$) { a }\nflow main { f() }',
    "a lambda": 'flow main { f = fn(x) => $x - "b"$\nf(1) }',
    "a python block": 'flow main {\n    python! """\n    a = 1\n    b = $a / 0$\n    """\n}',
    "a python block on one line": 'flow main { x = python! """return $1 / 0$""" }',
    "a contract": "flow main(x = 1)\n    $requires x > 2$\n{ return x }",
    "an assertion": "flow main { $assert 1 == 2$ }",
    "a script statement": 'x = 1\ny = $x - "a"$\nflow main { }',
}


@pytest.mark.parametrize("name", PLACES)
def test_an_error_points_at_its_place(name: str) -> None:
    marked = PLACES[name]
    before, middle, _ = marked.split(CARET)
    result = run_text(before + marked.replace(CARET, "")[len(before) :])
    assert result.error is not None
    place = span_of(result.error)
    assert place is not None
    line = before.count("\n") + 1
    column = len(before.rpartition("\n")[2].encode())
    assert (place.path, place.line, place.column) == ("main.nx", line, column)
    assert place.end_column - place.column == len(middle.encode())


def test_an_error_is_shown_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = 'flow main {\n\tx = "é" - 1\n}\n'
    (tmp_path / "main.nx").write_text(text)
    result = run_text(text)
    assert result.error is not None
    assert error_text(result.error) == (
        'error[TypeViolation]: str - int is not defined\n  --> main.nx:2:6\n  |\n2 |  x = "é" - 1\n  |      ^^^^^^^\n'
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_node_of_every_example_has_a_place_in_it(path: Path) -> None:
    text = path.read_bytes()
    lines = [len(line) for line in text.split(b"\n")]
    for unit in emitted(project_of({path.name: text}).program(path.name)).units:
        for node in python.walk(unit.tree):
            if not isinstance(node, LOCATED):
                continue
            start, end = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
            assert start <= end, python.dump(node)
            assert 1 <= start[0] <= len(lines)
            assert start[1] <= lines[start[0] - 1]
            assert end[1] <= lines[end[0] - 1]
        compile(unit.tree, unit.path, "exec", dont_inherit=True)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_printed_as_the_same_program(path: Path) -> None:
    """Printing may lay lines out afresh, but what is read back is what was emitted."""
    program = project_of({path.name: path.read_bytes()}).program(path.name)
    again = python.parse(printed(program))
    names = {node.name for node in again.body if isinstance(node, python.AsyncFunctionDef | python.ClassDef)}
    made = emitted(program, folder=lambda _: python.Name("here", python.Load())).units[-1].tree
    for node in made.body:
        if isinstance(node, python.AsyncFunctionDef | python.ClassDef):
            assert node.name in names
            twin = next(one for one in again.body if getattr(one, "name", "") == node.name)
            read = python.unparse(twin).replace("nx.beside(__file__, '.')", "here")
            assert read == python.unparse(node)


def test_no_line_of_a_built_module_is_too_long() -> None:
    numbers = ", ".join(map(str, range(30)))
    program = analysed(
        'agent A { prompt: "p", role: "r", model: ["a/b", fallback: "c/d"], temperature: 0.5, max_tokens: 100 }\n'
        f"flow main {{ x = [{numbers}]\n"
        '    return {a: [x, x, x], b: "text text text", c: (x, x), d: [{e: x, f: x}, {g: x, h: x}], i: x, j: [x]} }'
    )
    assert max(map(len, printed(program).splitlines())) <= WIDTH


def test_a_table_leads_from_built_lines_to_the_source() -> None:
    text = printed(analysed("fn f(x) {\n    return x / 0\n}\nflow main {\n    f(1)\n}"))
    module: dict[str, object] = {"__name__": "built", "__file__": "/nowhere/out.py"}
    exec(compile(text, "/nowhere/out.py", "exec"), module)
    spans = module["nexa_program"].spans
    lines = text.splitlines()
    divide = next(number for number, line in enumerate(lines, 1) if "nx.divide" in line)
    assert spans[divide] == ("/nowhere/main.nx", 2, 11, 2, 16)
    call = next(number for number, line in enumerate(lines, 1) if "nx.call(f, 1)" in line)
    assert spans[call] == ("/nowhere/main.nx", 5, 4, 5, 8)


def test_code_objects_carry_the_file_names() -> None:
    program = analysed('include "lib.nxlib"\nflow main { g() }', {"lib.nxlib": "fn g() { 1 }"})
    assert [unit.co_filename for unit in compiled(program).units] == ["lib.nxlib", "main.nx"]
