"""`nexa test` as a user meets it: which tests run, what is shown of them, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, run

PROGRAM = """\
agent A { prompt: "a" }
let limit = 3
let seen = []
test "passes" { print("quiet"); seen.append(1); assert len(seen) == 1; assert limit == 3 }
test "starts afresh" { assert len(seen) == 0; return }
  test "失败 of the answer" {
    defer print("deferred")
    answer = A.run("hello")
    answer || [A]
    print("before")
    assert answer == "nope", "it is #{answer}"
}
test "nobody answers" { input("who? ") }
test "hands over" { raise SuspendExecution("help") }
flow main { print("main") }
"""
FILES = {"a.nx": PROGRAM, "b/c.nx": 'test "in c" { assert true }\n', "b/plain.nx": "flow main { print(1) }\n"}


def nexa_test(folder: Path, *args: str, files=FILES, **more) -> Ran:
    ran = run(NEXA, ["test", *args], folder, files=files, **more)
    assert "Traceback" not in ran.err, ran.err
    return ran


def rows(ran: Ran) -> list[tuple[str, str]]:
    return [(row["title"], row["status"]) for row in json.loads(ran.out)]


WANTED = [
    ((), ["passes", "starts afresh", "失败 of the answer", "nobody answers", "hands over"]),
    (("--filter", "AFRESH"), ["starts afresh"]),
    (("--title", "passes", "--title", "hands over"), ["passes", "hands over"]),
    (("--title", "passe"), []),
]


@pytest.mark.parametrize(("options", "titles"), WANTED, ids=str)
def test_the_wanted_tests_run(options, titles: list[str], tmp_path: Path) -> None:
    assert [title for title, _ in rows(nexa_test(tmp_path, "a.nx", "--json", *options))] == titles


def test_each_test_is_a_run_of_its_own_and_says_how_it_went(tmp_path: Path) -> None:
    ran = nexa_test(tmp_path, "a.nx", "--json")
    assert ran.status == 1
    assert [status for _, status in rows(ran)] == ["passed", "passed", "failed", "failed", "failed"]
    failed = json.loads(ran.out)[2]
    assert failed.pop("seconds") > 0
    assert failed == {
        "title": "失败 of the answer",
        "status": "failed",
        "path": "a.nx",
        "line": 6,
        "column": 8,
        "error": {
            "kind": "AssertionFailed",
            "message": "it is [A] hello",
            "span": {"path": "a.nx", "line": 11, "column": 5, "end_line": 11, "end_column": 47},
        },
        "output": "before\ndeferred\n",
    }
    assert not (tmp_path / ".nexa").exists()


def test_people_get_a_line_each_and_the_reasons_of_failures(tmp_path: Path) -> None:
    ran = nexa_test(tmp_path, "a.nx")
    lines = ran.out.splitlines()
    assert lines[0].startswith("✓ a.nx: passes (0.")
    assert "✗ a.nx: 失败 of the answer (" in ran.out
    assert "    error[AssertionFailed]: it is [A] hello" in lines
    assert lines[lines.index("    output:") + 1] == "      before"
    assert "quiet" not in ran.out
    assert ran.err == "2 passed, 3 failed.\n"
    assert "passes" not in nexa_test(tmp_path, "a.nx", "--quiet").out


FOLDERS = [
    (("b",), 0, "1 passed.\n"),
    (("b/plain.nx",), 0, "There are no tests.\n"),
    (("b", "--filter", "zzz"), 0, "No test has such a title.\n"),
    (("gone",), 2, "error: gone: no such file or folder\n"),
    (("b", "--config", "nowhere"), 2, "error: there is no config `nowhere` in the .nxs files that this program sees\n"),
]


@pytest.mark.parametrize(("args", "status", "told"), FOLDERS, ids=str)
def test_folders_are_searched_and_mistakes_of_use_are_told(args, status: int, told: str, tmp_path: Path) -> None:
    ran = nexa_test(tmp_path, *args)
    assert (ran.status, ran.err) == (status, told)


def test_a_program_with_errors_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    ran = nexa_test(tmp_path, ".", files={**FILES, "b/bad.nx": 'test "x" { nothing() }\n'})
    assert ran.status == 1
    assert "bad.nx:1:12: error[NX201]" in ran.err
    assert "in c" in ran.out


def test_events_are_those_of_a_run_for_each_test(tmp_path: Path) -> None:
    ran = nexa_test(tmp_path, "a.nx", "--events", "jsonl", "--filter", "失败")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert (events[0]["event"], events[0]["flow"]) == ("run.started", "失败 of the answer")
    assert (events[-1]["event"], events[-1]["status"]) == ("run.finished", "failed")
    assert "node.started" in [one["event"] for one in events]


def test_a_program_that_is_run_carries_no_tests(tmp_path: Path) -> None:
    run(NEXA, ["build", "a.nx"], tmp_path, files=FILES)
    assert "nx.test(" not in (tmp_path / "out_a.py").read_text()


def test_a_file_that_cannot_be_read_whole_may_have_tests(tmp_path: Path) -> None:
    for text in ('tset "adds" { assert 1 + 1 == 2 }\nflow main { print(1', 'test "adds" { assert 1 + 1 == 2'):
        ran = run(NEXA, ["test", "a.nx"], tmp_path, files={"a.nx": text})
        assert ran.status == 1
        assert "error[NX102]" in ran.err
    ran = run(NEXA, ["test", "b.nx"], tmp_path, files={"b.nx": b"\xff"})
    assert (ran.status, ran.err) == (2, "error: b.nx: not UTF-8: byte 0xff at line 1, column 1\n")
