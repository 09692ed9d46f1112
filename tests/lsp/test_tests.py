"""Tests of a program, run from the editor: lenses, what is heard of them, and where something failed."""

from __future__ import annotations

import re

import pytest

from harness.client import Client

PROGRAM = """\
test "passes" { assert true }
test "客😀" { /* 客😀 */ assert 1 == 2, "one is not two" }
flow main { raise ToolError("no main") }
"""
FAILURE = {"start": {"line": 1, "character": 23}, "end": {"line": 1, "character": 54}}


@pytest.fixture
def editor():
    with Client(env={"NEXA_LLM": "mock"}) as client:
        client.initialize()
        yield client


@pytest.fixture
def uri(editor, tmp_path):
    path = tmp_path / "a.nx"
    path.write_text(PROGRAM, encoding="utf-8")
    editor.open(path.as_uri(), PROGRAM)
    editor.diagnostics(path.as_uri())
    return path.as_uri()


def run(editor: Client, uri: str, **target: str) -> list[str]:
    """What the progress says until the end."""
    answer = editor.request("workspace/executeCommand", {"command": "nexa.run", "arguments": [{"uri": uri, **target}]})
    heard = []
    while not heard or heard[-1]["kind"] != "end":
        params = editor.notification("$/progress")
        assert params["token"] == answer["runId"]
        heard.append(params["value"])
    return [one.get("title") or one["message"] for one in heard]


def titles(editor: Client, uri: str) -> list[str]:
    lenses = editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    return [one["command"]["title"] for one in lenses]


def test_each_test_has_a_lens_and_all_of_them_one(editor, uri):
    lenses = editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    runs = [
        (one["command"]["title"], one["command"]["arguments"]) for one in lenses if "test" in one["command"]["title"]
    ]
    assert runs == [
        ("▷ Run test", [{"uri": uri, "test": "passes"}]),
        ("▷ Run test", [{"uri": uri, "test": "客😀"}]),
        ("▷ Run all tests", [{"uri": uri, "test": ""}]),
    ]


def test_a_test_that_passes_says_so_above_it(editor, uri):
    heard = run(editor, uri, test="passes")
    assert heard[0] == "Run passes"
    assert re.fullmatch(r"✓ \d+ ms|✓ \d+\.\d s", heard[-1])
    assert [one for one in titles(editor, uri) if one.startswith("✓")] == [heard[-1]]


def test_all_tests_of_a_file_run_one_after_the_other(editor, uri):
    assert run(editor, uri, test="")[-1] == "✗ 1 passed, 1 failed"
    assert [one[0] for one in titles(editor, uri) if one[0] in "✓✗"] == ["✓", "✗"]


def test_a_failure_is_a_diagnostic_until_the_text_changes(editor, uri):
    run(editor, uri, test="客😀")
    shown = editor.diagnostics(uri)
    assert [(one["code"], one["range"], one["message"]) for one in shown] == [
        ("AssertionFailed", FAILURE, "the last run of 客😀 failed here: one is not two")
    ]
    editor.change(uri, 2, {"text": PROGRAM + "\n"})
    assert editor.diagnostics(uri, 2) == []


def test_a_failure_is_a_diagnostic_until_the_next_run(editor, uri, tmp_path):
    run(editor, uri)
    assert [one["code"] for one in editor.diagnostics(uri)] == ["ToolError"]
    (tmp_path / "a.nx").write_text("flow main { }", encoding="utf-8")
    run(editor, uri, flow="main")
    assert editor.diagnostics(uri) == []


def test_who_pulls_is_asked_to_pull_again(tmp_path):
    path = tmp_path / "a.nx"
    path.write_text(PROGRAM, encoding="utf-8")
    with Client(env={"NEXA_LLM": "mock"}) as editor:
        pull = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
        editor.initialize(pull)
        editor.open(path.as_uri(), PROGRAM)
        params = {"textDocument": {"uri": path.as_uri()}}
        editor.request("textDocument/diagnostic", params)
        run(editor, path.as_uri())
        editor.notification("workspace/diagnostic/refresh")
        assert [one["code"] for one in editor.request("textDocument/diagnostic", params)["items"]] == ["ToolError"]
