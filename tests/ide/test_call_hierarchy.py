from __future__ import annotations

import pytest

from harness.cursor import shown_path, snapshot
from nexa.compiler.analysis import Project
from nexa.ide.callables import Callable
from nexa.ide.features.call_hierarchy import Calls, incoming_calls, outgoing_calls, prepare_calls

PROGRAM = """
protocol Draft { title: str }
tool Search { description: "d" }
@tool("x") fn lookup(q: str) -> str { q }
agent Writer implements Draft uses Search, lookup { fallback: Editor }
agent Editor { fn tidy(text: str) -> str { shorten(text) } flow again(text: str) { return text >> Writer } }
fn shorten(text: str) -> str { text }
flow study(topic: str) -> str {
    team = [Writer, Editor]
    notes = topic |>> team
    let f = fn(x) => shorten(x)
    return Editor.tidy(notes[0]) >> Editor
}
job Send { perform(x) { study(x) } }
server Api 80 { route GET "/study" => study }
test "it studies" { assert study("x") != null }
flow main { study("a"); study("b"); Send.enqueue({x: 1}); print(Writer.run("c").title) }
"""


def shown(one: Callable) -> str:
    return f"{one.kind} {one.name}"


def rows(found: list[Calls]) -> list[str]:
    """Each other side, and how often."""
    return [f"{shown(one.other)} × {len(one.spans)}" for one in found]


def cursor_at(name: str) -> tuple[Project, str, int]:
    """The program with the cursor where `|` is."""
    assert PROGRAM.count(name.replace("|", ""))
    return snapshot(PROGRAM.replace(name.replace("|", ""), name.replace("|", "$0"), 1))


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("agent |Writer", "agent Writer"),
        ("agent Writer|", "agent Writer"),
        ("tool Sea|rch", "tool Search"),
        ("fn |lookup", "fn lookup"),
        ("fn tidy|", "method tidy"),
        ("Editor.ti|dy", "method tidy"),
        ("flow stu|dy", "flow study"),
        ("job S|end", "job Send"),
        ('test "it| studies"', "test it studies"),
        ('GET "/stu|dy"', "route /study"),
        ("server A|pi", "server Api"),
        ("protocol Dr|aft", None),
        ("pri|nt(", None),
        ("let |f", None),
        ("perform(|x)", None),
    ],
)
def test_what_can_be_asked_about(name, item):
    found = prepare_calls(*cursor_at(name))
    assert (None if found is None else shown(found)) == item
    if found is not None:
        assert found.span.start <= found.name_span.start <= found.name_span.end <= found.span.end


@pytest.mark.parametrize(
    ("name", "callers"),
    [
        ("flow |study", ["job Send × 1", "route /study × 1", "test it studies × 1", "flow main × 2"]),
        ("agent |Writer", ["method again × 1", "flow study × 1", "flow main × 1"]),
        ("agent |Editor", ["agent Writer × 1", "flow study × 2"]),
        ("fn |tidy", ["flow study × 1"]),
        ("fn |shorten", ["method tidy × 1", "flow study × 1"]),
        ("tool |Search", ["agent Writer × 1"]),
        ("fn |lookup", ["agent Writer × 1"]),
        ("job |Send", ["flow main × 1"]),
        ("flow |main", []),
    ],
)
def test_who_calls(name, callers):
    project, path, offset = cursor_at(name)
    assert rows(incoming_calls(project, path, offset)) == callers


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("flow |main", ["flow study × 2", "job Send × 1", "agent Writer × 1"]),
        ("flow |study", ["agent Writer × 1", "agent Editor × 2", "fn shorten × 1", "method tidy × 1"]),
        ("agent |Writer", ["tool Search × 1", "fn lookup × 1", "agent Editor × 1"]),
        ("fn |tidy", ["fn shorten × 1"]),
        ("flow |again", ["agent Writer × 1"]),
        ("agent |Editor", []),
        ('test "|it studies"', ["flow study × 1"]),
        ('GET "|/study"', ["flow study × 1"]),
        ("job |Send", ["flow study × 1"]),
        ("tool |Search", []),
    ],
)
def test_what_is_called(name, called):
    project, path, offset = cursor_at(name)
    assert rows(outgoing_calls(project, path, offset)) == called


def test_script_statements_call_as_one():
    project, path, offset = snapshot("flow f$0() { return 1 }\nx = f()\nfor y in [1] { f() }\nfn g() { f() }")
    found = incoming_calls(project, path, offset)
    assert rows(found) == ["file main.nx × 2", "fn g × 1"]
    assert rows(outgoing_calls(project, path, 0, is_file=True)) == ["flow f × 2"]


def test_across_files():
    project, path, offset = snapshot(
        """
        //- lib.nxlib
        agent Helper$0 { }
        //- other.nx
        agent Helper { }
        flow main { Helper.run(1) }
        //- main.nx
        include "lib.nxlib"
        flow 客 { print("😀", Helper.run(1)) }
        """
    )
    (found,) = incoming_calls(project, path, offset)
    assert (shown(found.other), shown_path(found.other.path)) == ("flow 客", "main.nx")
    text = project.file(found.other.path).text
    assert [text[span.start : span.end] for span in found.spans] == [b"Helper"]
    (called,) = outgoing_calls(project, found.other.path, found.other.name_span.start)
    assert (shown(called.other), shown_path(called.other.path)) == ("agent Helper", "lib.nxlib")


def test_mistakes_do_not_matter():
    project, path, offset = snapshot(
        "agent { prompt:\nflow f$0() { return 1 }\nflow g { y = = 1\n f()\n}\nflow { (\nflow h { f(1,\n}"
    )
    assert rows(incoming_calls(project, path, offset)) == ["flow g × 1", "flow h × 1"]
