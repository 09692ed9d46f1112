"""`nexa runs --diff A B` and `nexa runs RUN --path`: what runs did, beside one another and the plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.command import NEXA, Ran, run, write_files

PROGRAM = """agent Writer { memory: none, prompt: "Write.", retry: 2, retry_delay: 0 }
agent Grader { memory: none, prompt: "Grade." }
agent Editor { memory: none, prompt: "Edit." }

flow polish(text) { return Editor.run(text) }

flow main(topic: str = "tides") {
    draft = Writer.run(topic)
    loop { grade = Grader.run(draft) } until (grade == "good")
    if grade == draft { done = polish(draft) } else { done = Writer.run(grade) }
    return done
}
"""
FIRST = """[[reply]]
agent = "Grader"
text = "hm"
[[reply]]
agent = "Grader"
text = "good"
times = 0
[[reply]]
agent = "Editor"
text = "one\\ntwo 😀\\nthree"
times = 0
[[reply]]
agent = "Writer"
text = "客 good"
times = 0
"""
SECOND = '[[reply]]\nagent = "Writer"\nerror = "server"\n' + FIRST.replace('text = "hm"', 'text = "good"').replace(
    '"客 good"', '"good"'
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accounts")
    for script, topic in ((FIRST, "tides"), (SECOND, "stars")):
        write_files(folder, {"nexa.toml": "", "a.nx": PROGRAM, "s.toml": script})
        ran = run(NEXA, ["run", "a.nx", "--mock", "--mock-script", "s.toml", topic], folder)
        assert ran.status == 0, ran.err
    return folder


def runs(folder: Path, *args: str) -> Ran:
    ran = run(NEXA, ["runs", *args], folder)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_two_runs_are_compared_node_by_node(folder: Path) -> None:
    found: dict[str, Any] = json.loads(runs(folder, "--diff", "last~1", "last", "--json").out)
    assert found["differs"] == ["args", "path", "value"]
    assert [(node["node"], node["differs"]) for node in found["nodes"]] == [
        ("main#0", ["retries", "outputs"]),
        ("main#2", ["turns", "outputs"]),
        ("main#3", ["ran"]),
        ("polish#0", ["ran"]),
        ("main#4", ["ran"]),
    ]
    first = found["nodes"][0]
    assert (first["a"]["retries"], first["b"]["retries"]) == (0, 1)
    assert first["diff"] == "@@ -1 +1 @@\n-客 good\n+good"
    assert found["nodes"][1]["a"]["outputs"] == ["hm", "good"]
    assert [found[which]["args"]["topic"] for which in ("a", "b")] == ["tides", "stars"]
    assert found["a"]["path"] == ["main#0", "main#2", "main#2", "main#4"]


def test_the_comparison_is_told(folder: Path) -> None:
    lines = runs(folder, "--diff", "last~1", "last").out.splitlines()
    assert lines[0].startswith("- 20")
    assert lines[1].startswith("+ 20")
    assert lines[2] == "  argument topic: tides → stars"
    assert [line[:8] for line in lines if line[:8] in ("~ main#0", "~ main#2", "- main#4", "+ main#3", "+ polish")] == [
        "~ main#0",
        "~ main#2",
        "+ main#3",
        "+ polish",
        "- main#4",
    ]
    assert lines[-1] == "    +three"
    assert "    +two 😀" in lines


def test_a_run_is_like_itself(folder: Path) -> None:
    assert runs(folder, "--diff", "last", "last").out.splitlines()[-1] == "Both did the same."


def test_the_plan_stands_beside_the_path(folder: Path) -> None:
    found = json.loads(runs(folder, "last~1", "--path", "--json").out)
    assert found["is_planned"]
    assert [(node["node"], node["status"], node["turns"]) for node in found["nodes"]] == [
        ("main#0", "ok", 1),
        ("main#2", "ok", 2),
        ("main#3", "not run", 0),
        ("main#4", "ok", 1),
    ]
    assert found["path"] == ["main#0", "main#2", "main#2", "main#4"]
    lines = runs(folder, "last~1", "--path").out.splitlines()
    assert "  · main#3 polish  did not run" in lines
    assert lines[-1] == "path: main#0 → main#2 ×2 → main#4"
    lines = runs(folder, "last", "--path").out.splitlines()
    assert any(line.startswith("    ✓ polish#0 Editor") for line in lines)
    assert any(line.startswith("  ✓ main#0 Writer") and "1 retries" not in line and "1 retry" in line for line in lines)


def test_the_path_is_drawn(folder: Path) -> None:
    text = runs(folder, "last~1", "--path", "--format", "mermaid").out
    assert text.startswith("flowchart TD\n")
    assert "    class n0,n2,n4 ran\n" in text
    assert text.endswith("    class n3 notrun\n")


def test_a_run_without_a_plan_tells_what_it_did(folder: Path, tmp_path: Path) -> None:
    newest = max((folder / ".nexa/runs").glob("*.jsonl"))
    write_files(tmp_path, {"nexa.toml": "", f".nexa/runs/{newest.name}": newest.read_bytes() + b'{"event":"pri'})
    lines = runs(tmp_path, "last", "--path").out.splitlines()
    assert lines[1] == "  the plan of this run is not kept; this is what ran"
    assert lines[2].startswith("  ✓ main#0 Writer")
    refused = runs(tmp_path, "last", "--path", "--format", "mermaid")
    assert (refused.status, refused.out) == (2, "")
    assert "is not kept" in refused.err


@pytest.mark.parametrize(
    "args",
    [("--path",), ("last", "--diff", "last", "last"), ("last", "--format", "mermaid"), ("last~7",), ("last~x",)],
    ids=" ".join,
)
def test_a_mistake_is_told(args: tuple[str, ...], folder: Path) -> None:
    ran = runs(folder, *args)
    assert (ran.status, ran.out) == (2, "")
