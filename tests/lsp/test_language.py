"""What people read, in the language of their editor."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import nexa.ide
import nexa.lsp
from harness.client import Client
from nexa.lsp.client import read_client
from nexa.lsp.language import Speaking, said, to_chinese

HAN = re.compile("[\u4e00-\u9fff]")
TEXT = 'flow main { a = 1 b = a\n Nobdy.run(b) }\ntest "t" { assert true }\ntest "u" { assert true }\n'
RELATED = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("zh", True),
        ("zh-cn", True),
        ("zh-CN", True),
        ("zh_CN", True),
        ("zh-Hans", True),
        ("zh-Hans-SG", True),
        ("zh-tw", False),
        ("zh-Hant", False),
        ("en", False),
        ("de", False),
        ("", False),
        (None, False),
        (5, False),
    ],
)
def test_which_locales_are_simplified_chinese(locale, expected):
    assert read_client({"capabilities": {}, "locale": locale}).speaks_chinese is expected


@pytest.fixture(scope="module")
def chinese():
    with Client() as client:
        client.initialize(RELATED, locale="zh-cn")
        yield client


def test_diagnostics_lenses_and_fixes(chinese, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    chinese.open(uri, TEXT)
    found = chinese.diagnostics(uri, 1)
    assert {one["code"]: one["message"] for one in found} == {
        "NX101": "`b` 之前应换行或写 `;`",
        "NX201": "`Nobdy` 未定义",
    }
    document = {"textDocument": {"uri": uri}}
    lenses = chinese.request("textDocument/codeLens", document)
    titles = {one["command"]["title"] for one in lenses}
    assert {"▷ 运行", "▷ 运行测试", "▷ 运行全部测试"} <= titles
    assert all(HAN.search(title) for title in titles), titles
    mistake = next(one for one in found if one["code"] == "NX101")
    params = {**document, "range": mistake["range"], "context": {"diagnostics": [mistake]}}
    actions = chinese.request("textDocument/codeAction", params)
    assert "插入 `; `" in {one["title"] for one in actions}


def test_errors_that_are_for_people(chinese):
    argument = {"uri": "untitled:Untitled-1"}
    answer = chinese.ask("workspace/executeCommand", {"command": "nexa.run", "arguments": [argument]})
    assert answer["error"]["message"] == "请先保存文件：运行需要磁盘上的文件"


def test_messages_about_settings():
    with Client() as client:
        client.initialize(locale="zh-cn", initializationOptions={"codeLens": {"run": 3}})
        client.open("untitled:a", "flow main { }\n")
        assert client.notification("window/showMessage")["message"] == "nexa.codeLens.run：必须是 true 或 false"
        client.shutdown()


def test_everybody_else_hears_english(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, TEXT)
    assert not [one for one in client.diagnostics(uri, 1) if HAN.search(one["message"])]


class Heard:
    """A channel that keeps what it is told."""

    def __init__(self):
        self.params = None

    def notify(self, _method, params):
        self.params = params


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("window/showMessage", {"type": 1, "message": "Run of main failed: x"}, "main 运行失败：x"),
        ("window/logMessage", {"type": 4, "message": "starting"}, "starting"),
    ],
)
def test_messages(method, params, expected):
    heard = Heard()
    speaking = Speaking(heard)
    speaking.say = to_chinese
    speaking.notify(method, params)
    assert heard.params["message"] == expected


def test_progress():
    heard = Heard()
    speaking = Speaking(heard)
    speaking.say = to_chinese
    speaking.notify("$/progress", {"token": 1, "value": {"kind": "begin", "title": "Run main", "message": "starting"}})
    assert heard.params == {"token": 1, "value": {"kind": "begin", "title": "运行 main", "message": "正在启动"}}
    partial = {"token": 1, "value": {"items": [{"message": "starting"}]}}
    speaking.notify("$/progress", partial)
    assert heard.params == partial, "a part of a result is no progress"


def test_hints_and_nothing_else_of_an_answer():
    hint = {"label": [{"value": "L1"}], "tooltip": {"kind": "markdown", "value": "Gives `int`."}}
    assert said("textDocument/inlayHint", [hint], to_chinese)[0]["tooltip"]["value"] == "给出 `int`。"
    assert said("textDocument/hover", {"title": "starting"}, to_chinese) == {"title": "starting"}
    assert said("textDocument/codeLens", None, to_chinese) is None


def test_every_text_of_the_server_has_a_translation():
    """Those that stand in the source whole: lens titles, errors for people, progress."""
    for path in Path(nexa.lsp.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if name not in ("failed", "_lens", "Progress"):
                continue
            for text in (one for arg in node.args if (one := spoken(arg))):
                assert to_chinese(text) != text, f"{path.name}:{node.lineno}: {text}"


def spoken(node: ast.expr) -> str:
    """The text of a literal, with something in each hole; `""` for what nobody reads."""
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "7" for one in node.values)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text and not node.value.startswith("nexa.") else ""


TITLED = {"Action": 0, "refused": 2, "Offered": 0}
"""What makes something that can be done, and which argument people read."""


def test_every_refactoring_has_a_translation():
    """Its title, and why it cannot be done."""
    package = Path(nexa.ide.__file__).parent
    for path in [*(package / "features" / "actions").glob("*.py"), Path(nexa.lsp.__file__).parent / "actions.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        titles = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "_TITLE"
        ]
        for node in ast.walk(tree):
            place = TITLED.get(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
            if place is not None and place < len(node.args):
                titles.append(node.args[place])
        for text in (one for title in titles if title is not None and (one := spoken(title))):
            assert to_chinese(text) != text, f"{path.name}: {text}"


def test_an_action_is_resolved_by_what_it_is_not_by_its_title(tmp_path):
    resolves = {"textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}}}
    literal = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}}
    resolves["textDocument"]["codeAction"].update(literal)
    uri = (tmp_path / "a.nx").as_uri()
    with Client() as client:
        client.initialize(resolves, locale="zh-cn")
        client.open(uri, "flow main(q) {\n    print(q + 1)\n}\n")
        span = {"start": {"line": 1, "character": 10}, "end": {"line": 1, "character": 15}}
        params = {"textDocument": {"uri": uri}, "range": span, "context": {"diagnostics": [], "triggerKind": 1}}
        actions = client.request("textDocument/codeAction", params)
        chosen = next(one for one in actions if one["title"] == "提取变量")
        assert "edit" not in chosen
        whole = client.request("codeAction/resolve", chosen)
        assert whole["edit"]
        assert whole["title"] == "提取变量"
        client.shutdown()
