"""`@parallel` flows: what runs together, and that nothing else changes by it."""

# programs keep their lines

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.command import NEXA, run
from harness.findings import project_of
from harness.programs import check_prints, run_text
from nexa.compiler.emit.printed import printed
from nexa.runtime.errors import ModelError

AGENTS = """
agent Ann { prompt: "Answer." }
agent Bob { prompt: "Check." }
agent Eve { prompt: "Sum up.", memory: none }
flow help(x: str) -> str { return Ann.run(x) }
@tool("Look") fn look(x: str) -> str { x }
"""

TOGETHER = {
    "assignments": ("a = Ann.run(q)\nb = Bob.run(q)", 1),
    "three of them": ("a = Ann.run(q)\nlet b = Bob.run(q)\nEve.run(q)", 1),
    "with types and patterns": ("a: str = Ann.run(q)\nlet [b, c] = q |>> [Bob, Eve]", 1),
    "chains": ("a = q >> Ann >> Eve\nb = q >> Bob", 1),
    "one agent twice, if it remembers nothing": ("a = Eve.run(q)\nb = Eve.run(q)", 1),
    "two rows": ("a = Ann.run(q)\nb = Bob.run(q)\nc = Ann.run(a + b)\nd = Bob.run(b)", 2),
    "inside a loop": ("for n in [1] { a = Ann.run(q)\nb = Bob.run(q) }", 1),
    "with a handler": ('a = Ann.run(q) otherwise "x"\nb = Bob.run(q)', 1),
    "not what needs the other": ("a = Ann.run(q)\nb = Bob.run(a)", 0),
    "not what needs it through a text": ('a = Ann.run(q)\nb = Bob.run("about #{a}")', 0),
    "not one agent that remembers": ("a = Ann.run(q)\nb = Ann.run(q)", 0),
    "not across something else": ("a = Ann.run(q)\nprint(q)\nb = Bob.run(q)", 0),
    "not across a variable": ('a = Ann.run(q)\nq = "x"\nb = Bob.run(q)', 0),
    "not what prints": ("a = Ann.run(q)\nprint(Bob.run(q))", 0),
    "not flows": ("a = help(q)\nb = Bob.run(q)", 0),
    "not functions": ("a = Ann.run(look(q))\nb = Bob.run(q)", 0),
    "not what may leave the flow": ("a = Ann.run(q)?\nb = Bob.run(q)", 0),
    "not parts of something": ("xs = [q]\nxs[0] = Ann.run(q)\nb = Bob.run(q)", 0),
    "not under a condition": ("a = Ann.run(q)\nBob.run(q) if q", 0),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_what_runs_together(name: str) -> None:
    body, rows = TOGETHER[name]
    flow = f'{AGENTS}\n%sflow main {{\nq = "tides"\n{body}\n}}'
    program = project_of({"main.nx": flow % "@parallel "}).program("main.nx")
    assert printed(program).count("nx.at_once(") == rows
    plain = project_of({"main.nx": flow % ""}).program("main.nx")
    assert printed(plain).count("nx.at_once(") == 0
    assert printed(plain, is_parallel=True).count("nx.at_once(") == rows
    answers = ["one", "two", "three", "four"]
    told = [_ended(run_text(flow % decorator, answers)) for decorator in ("@parallel ", "")]
    assert told[0] == told[1]


def _ended(result):
    assert result.error is None
    return result.printed, sorted(line["node"] for line in result.of_kind("node.finished"))


def test_they_run_side_by_side_and_variables_are_assigned_in_order() -> None:
    text = AGENTS + '@parallel\nflow main {\n    x = Ann.run("1")\n    x = Bob.run("2")\n    print(x)\n}'
    busy = ModelError("busy", retryable=True)  # the first waits for a second, and so gets the second answer
    result = check_prints(text, "B\n", [busy, "B", "A"])
    events = [(line["event"], line["node"]) for line in result.events if line["event"].startswith("node.")]
    assert events == [
        ("node.started", "main#0"),
        ("node.started", "main#1"),
        ("node.finished", "main#1"),
        ("node.finished", "main#0"),
    ]
    assert [line["output"] for line in result.of_kind("node.finished")] == ["B", "A"]


def test_the_latest_result_is_that_of_the_last_statement() -> None:
    text = (
        AGENTS
        + '@parallel\nflow main {\n    a = Ann.run("1")\n    b = Bob.run("2")\n    semantic_if "x" { print("yes") }\n}'
    )
    result = run_text(text, ["A", "B"], judgements=[{"matched": True, "confidence": 1.0}])
    assert result.printed == "yes\n"


def test_a_failure_cancels_the_others() -> None:
    text = (
        AGENTS
        + '@parallel\nflow main {\n    a = Ann.run("1")\n    b = Bob.run("2")\n}\n'
        + 'flow outer { main() otherwise print("failed") }'
    )
    result = run_text(text, [ModelError("down"), "B"], flow="outer")
    assert result.printed == "failed\n"


def test_every_flow_where_the_project_says_so(tmp_path: Path) -> None:
    files = {
        "a.nx": AGENTS + 'flow main {\n    a = Ann.run("1")\n    b = Bob.run("2")\n    print(a, b)\n}',
        "nexa.toml": "",
    }
    for setting, rows in (("explicit", 0), ("auto", 1), ("explicit", 0)):
        files["nexa.toml"] = f'[run]\nparallel = "{setting}"\n'
        ran = run(NEXA, ["run", "a.nx", "--mock", "--events", "jsonl"], tmp_path, files=files)
        events = [json.loads(line) for line in ran.out.splitlines()]
        branches = [line.get("branch") for line in events if line["event"] == "node.started"]
        assert branches == ([0, 1] if rows else [None, None])
        run(NEXA, ["build", "a.nx"], tmp_path)
        assert (tmp_path / "out_a.py").read_text().count("nx.at_once(") == rows
