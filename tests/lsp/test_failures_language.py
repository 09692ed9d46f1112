"""Why runs have failed, in the language of the editor."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import nexa.runtime
from harness.client import Client
from nexa.lsp.chinese.failures import FAILURES
from nexa.lsp.chinese.table import read_table
from nexa.lsp.language import Speaking, reason_to_chinese, to_chinese

HAN = re.compile("[\u4e00-\u9fff]")
RAISED = re.compile(r"(Error|Violation|Exceeded|Closed|Cancelled|Exit|Suspended|Execution|[Ff]ail|_?wrong|_refused)$")
FAKE = str(Path(__file__).with_name("fake_run.py"))
WITH_FAKE = (
    sys.executable,
    "-c",
    f"import sys; from nexa.lsp import start_io; sys.exit(start_io((sys.executable, {FAKE!r})))",
)


def spoken(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, with something in each hole."""
    if isinstance(node, ast.IfExp):
        yield from (*spoken(node.body), *spoken(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(one.value if isinstance(one, ast.Constant) else "x7" for one in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def reasons() -> Iterator[tuple[str, str]]:
    """What the runtime raises, as far as it stands in its source."""
    for path in sorted(Path(nexa.runtime.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and RAISED.search(ast.unparse(node.func)):
                for text in (text for argument in node.args[:2] for text in spoken(argument)):
                    if " " in text.strip() and re.search("[a-z]{3}", text):
                        yield f"{path.name}:{node.lineno}", text


@pytest.mark.parametrize(("where", "text"), sorted(set(reasons())))
def test_every_reason_of_the_runtime(where, text):
    assert HAN.search(reason_to_chinese(text)), where


def test_holes_are_filled():
    for english, chinese in read_table(FAILURES).items():
        holes = re.compile("[«‹]\\d[»›]")
        assert set(holes.findall(chinese)) <= set(holes.findall(english)), english


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("✗ the value is null", "✗ 值为 null"),
        ("✗ stage `Ann` failed: Bob did not answer within 3.0 s", "✗ 阶段 `Ann` 失败：Bob 在 3.0 秒内没有回答"),
        ("Run of 客 failed: there is no job Sweep", "客运行失败：没有作业 Sweep"),
        ("Run of tests of a.nx failed: the input has ended", "a.nx 的测试运行失败：输入已经结束"),
        ("the last run of main failed here: 0 of nothing", "main 上次运行时在此处失败：空序列没有 0"),
        ("✗ what my program says", "✗ what my program says"),
        ("✗ 3 passed, 1 failed", "✗ 通过 3 个，失败 1 个"),
        ("✓ 12 ms · 3 tokens", "✓ 12 ms · 3 个令牌"),
    ],
)
def test_what_is_told_of_a_run(english, chinese):
    assert to_chinese(english) == chinese


class Heard:
    """A channel that keeps what it is told."""

    def notify(self, _method, params):
        self.params = params


def test_an_event_tells_the_reason_and_keeps_the_rest():
    heard = Heard()
    speaking = Speaking(heard)
    speaking.say = to_chinese
    event = {"event": "run.finished", "error": {"kind": "NullError", "message": "the value is null", "span": None}}
    speaking.notify("nexa/runEvent", event)
    assert heard.params == {**event, "error": {**event["error"], "message": "值为 null"}}
    printed = {"event": "print", "text": "the value is null"}
    speaking.notify("nexa/runEvent", printed)
    assert heard.params == printed


@pytest.mark.parametrize(("locale", "expected"), [("zh-cn", "zh"), ("en", "en"), ("zh-tw", "en")])
def test_a_run_speaks_the_language_of_the_editor(tmp_path, locale, expected):
    program = tmp_path / "a.nx"
    program.write_text("language")
    with Client(WITH_FAKE, cwd=tmp_path, env={"NEXA_LANG": "fr"}) as client:
        client.initialize({"experimental": {"nexa": {"runEvents": True}}}, locale=locale)
        argument = {"uri": program.as_uri(), "flow": "main"}
        client.request("workspace/executeCommand", {"command": "nexa.run", "arguments": [argument]})
        while (event := client.notification("nexa/runEvent"))["event"] != "print":
            pass
        assert event["text"] == expected
        client.shutdown()


def test_the_findings_that_stop_a_run(tmp_path):
    program = tmp_path / "a.nx"
    program.write_text("flow main { print(客) }\n", encoding="utf-8")
    with Client(cwd=tmp_path) as client:
        client.initialize(locale="zh-cn")
        argument = {"uri": program.as_uri(), "flow": "main"}
        client.request("workspace/executeCommand", {"command": "nexa.run", "arguments": [argument]})
        message = client.notification("window/showMessage")["message"]
        assert message.startswith("main 运行失败：")
        assert message.endswith("`客` 未定义")
        client.shutdown()
