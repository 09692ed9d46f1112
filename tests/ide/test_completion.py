from __future__ import annotations

from pathlib import Path

import pytest

from harness.cursor import snapshot
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.ide.features.completion import Candidate, completion


def check_completion(text: str, *expected: str, absent: tuple[str, ...] = ()) -> None:
    """Labels that are offered at `$0`, and labels that are not."""
    project, path, offset = snapshot(text)
    found = completion(project, path, offset)
    labels = [one.label for one in found.candidates] if found else []
    assert set(expected) <= set(labels), sorted(set(expected) - set(labels)) + labels[:40]
    assert not set(absent) & set(labels)
    assert len(labels) == len(set(labels))
    if found:
        file = project.file(path)
        assert found.span.end == offset
        assert file.text[found.span.start : found.span.end].decode().isidentifier() or found.span.start == offset


def check_nothing(text: str) -> None:
    found = completion(*snapshot(text))
    assert found is None or not found.candidates, [one.label for one in found.candidates][:20]


PROGRAM = """
protocol Draft { title: str, score: float }
enum Shape { Circle(r: float), Empty }
agent Writer implements Draft { prompt: "p"
    fn price_of(item: str) -> float { return 1.0 } }
@tool("Look up") fn search(query: str, limit: int = 3) -> str { return query }
kv cache = open(":memory:")
"""


def test_declared_and_predeclared_names_and_locals():
    check_completion(
        PROGRAM + "flow study(topic: str) { let notes = 1\n $0\n }",
        "Writer", "search", "study", "cache", "topic", "notes", "print", "std", "secret", "return", "if", "true",
        absent=("temperature", "title", "price_of", "agent"),
    )  # fmt: skip


def test_what_was_typed_decides_what_is_left():
    check_completion(PROGRAM + "flow main { Wr$0 }", "Writer", absent=("search", "print"))
    check_completion(PROGRAM + "flow main { so$0 }", "sorted", absent=("Writer",))
    check_completion(PROGRAM + "flow main { sr$0 }", "search", "status_response", absent=("Writer",))


def test_a_local_is_offered_where_it_is_seen_only():
    check_completion("flow main { if true { let inner = 1 }\n $0\n }", "main", absent=("inner",))
    check_completion("flow main { for lead in [1] { $0 } }", "lead")
    check_completion("flow main { $0\n let later = 1 }", absent=("later",))
    check_completion("flow main { try { } catch (problem) { $0 } }", "problem")
    check_completion("flow main { f = fn(x) => $0 }", "x")


def test_members():
    check_completion(PROGRAM + "flow main { Writer.$0 }", "run", "price_of", "clone", absent=("print", "Writer"))
    check_completion(PROGRAM + "flow main { Writer.pr$0 }", "price_of", absent=("run",))
    check_completion(PROGRAM + "flow main { cache.$0\n print(1) }", "get", "set", "get_json")
    check_completion(PROGRAM + "flow main(d: Draft) { d.$0 }", "title", "score")
    check_completion(PROGRAM + 'flow main { "text".$0 }', "upper", "split")
    check_completion(PROGRAM + "flow main(xs: list[str]) { xs.$0 }", "append", "join")


def test_the_standard_library():
    check_completion("flow main { std.$0 }", "fs", "http", "json", "time", absent=("print",))
    check_completion("flow main { x = std.fs.$0 }", "file_read", "read", "file_write")
    check_completion("agent A uses std.$0 { }", "fs", "time")


def test_variants():
    check_completion(PROGRAM + "flow main { x = Shape::$0 }", "Circle", "Empty", absent=("print",))
    check_completion("flow main { x = Option::$0 }", "Some", "None")


def test_properties_that_are_not_set_yet():
    check_completion('agent A {\n    prompt: "p"\n    $0\n}', "role", "model", "temperature", "fn", absent=("prompt",))
    check_completion('agent A {\n    te$0\n    role: "r"\n}', "temperature", absent=("role", "prompt"))
    check_completion("agent A { $0 }", "prompt", "role")
    check_completion("tool T {\n    $0\n}", "description", "parameters", absent=("prompt",))
    check_completion("agent A { context { $0 } }", "source", "sink", absent=("prompt",))


def test_values_that_are_symbols():
    check_completion("agent A { memory: $0 }", "none", "local", "persistent")
    check_completion("agent A { tool_call_strategy: re$0 }", "required", absent=("auto",))
    check_completion("agent B { }\nagent A { fallback: $0 }", "B")


def test_types():
    check_completion(PROGRAM + "flow f(x: $0) { }", "Draft", "Shape", "str", "list", absent=("Writer", "print"))
    check_completion(PROGRAM + "agent A implements $0 { }", "Draft")
    check_completion(PROGRAM + "flow f() -> Dr$0 { }", "Draft", absent=("str",))


def test_uses():
    check_completion(PROGRAM + "agent A uses $0 { }", "search", "Writer", "std.fs", absent=("print", "Draft"))
    check_completion(PROGRAM + "agent A uses search, $0 { }", "Writer")


def test_filters_and_interpolations():
    check_completion('flow main(name) { print("hi #{na$0}") }', "name")
    check_completion('flow main(name) { print("hi #{name | $0}") }', "upper", "json", absent=("print",))


def test_decorators():
    check_completion("@$0\nflow main { }", "timeout", "limit", "parallel", absent=("print",))


def test_names_of_arguments():
    check_completion(PROGRAM + "flow main { search($0) }", "query:", "limit:", "Writer")
    check_completion(PROGRAM + 'flow main { search(query: "a", $0) }', "limit:", absent=("query:",))
    check_completion("flow main { print($0) }", "sep:", "end:")


def test_the_top_of_a_file():
    check_completion("$0", "agent", "flow", "protocol", "include", "test")
    check_completion("agent A { }\n\nag$0\n\nflow main { }", "agent", absent=("flow",))


def test_a_name_across_an_include():
    check_completion(
        """
        //- lib.nxlib
        /// The time.
        fn clock() -> str { return "12" }
        //- main.nx
        include "lib.nxlib"
        flow main { print(cl$0) }
        """,
        "clock",
    )


def test_mistakes_elsewhere_do_not_matter():
    check_completion("agent { prompt:\nagent Writer { }\nflow broken { x = = \nflow main { Wr$0", "Writer")
    check_completion("agent Writer { }\nflow main { x = Writer.$0\n y = (", "run")


@pytest.mark.parametrize(
    "text", ["// com$0ment", 'flow main { print("te$0xt") }', "agent Wri$0", "flow main(par$0) { }"]
)
def test_nothing_is_offered_where_no_name_belongs(text):
    check_nothing(text)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent.parent / "spec").rglob("*.nx")), ids=lambda path: path.name
)
def test_no_place_of_any_example_fails(path):
    text = path.read_bytes()
    project = Project(Settings(), lambda _: None).with_file(File.parse(str(path), text))
    for offset in range(0, len(text), 29):
        completion(project, str(path), offset)


def test_a_type_within_itself_comes_after_the_others():
    assert labels_at("protocol Review { next: $0 }\nprotocol Draft { }")[0] == "Draft"
    found = labels_at("protocol Review { next: $0 }")
    assert found.index("str") < found.index("Review")


def test_main_is_found_under_its_name_first():
    (main,) = [one for one in candidates_at("main$0") if one.label == "flow main"]
    assert main.filter == "main"
    (main,) = [one for one in candidates_at("flow$0") if one.label == "flow main"]
    assert not main.filter


def candidates_at(text: str) -> list[Candidate]:
    found = completion(*snapshot(text))
    return found.candidates if found else []


def labels_at(text: str) -> list[str]:
    return [one.label for one in candidates_at(text)]
