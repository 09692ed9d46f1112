"""What people read, in the language of their editor."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import nexa.ide
import nexa.lsp
from harness.client import Client
from nexa.compiler.builtins import (
    DECORATORS,
    ERRORS,
    FILTERS,
    MEMBERS,
    PREDECLARED,
    PROPERTIES,
    STD,
    STD_NAMESPACES,
    TYPES,
)
from nexa.compiler.config_reading import parse
from nexa.compiler.rule import manual
from nexa.compiler.rules import RULES
from nexa.compiler.symbol import SymbolKind
from nexa.ide.features.hover.operator_words import ARITHMETIC, COMPARISONS, MEANINGS
from nexa.ide.words import LOOP_WORDS, MERGE_STRATEGIES, WORDS
from nexa.lsp.chinese import MANUAL
from nexa.lsp.chinese.manuals import MANUALS
from nexa.lsp.chinese.table import read_table
from nexa.lsp.client import read_client
from nexa.lsp.language import Speaking, said, to_chinese
from nexa.lsp.prose import prose_to_chinese

HAN = re.compile("[\u4e00-\u9fff]")
CODE = re.compile("`[^`]*`")
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


def spoken(node: ast.expr) -> str:
    """The text of a literal, with something in each hole; `""` for what nobody reads."""
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "7" for one in node.values)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text and not node.value.startswith("nexa.") else ""


SAYING = {
    "failed": 0,
    "invalid": 0,
    "_lens": 1,
    "Progress": 1,
    "Fault": 1,
    "RequestError": 1,
    "Garbage": 0,
    "logs.say": 1,
    "_log_to_client": 1,
    "_report": 1,
    "messages.append": 0,
}
"""What says something to a client, and which argument people read."""
READ = {"message", "title", "reason", "tooltip", "label"}
"""The names of what they read, as members of what is sent and as variables."""


def texts_of_the_server() -> Iterator[tuple[str, str]]:
    """Everything that stands in its source and is sent, with something in each hole."""
    package = Path(nexa.lsp.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if "chinese" in path.parts or path.name in ("manual.py", "extensions.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for text in map(spoken, read_parts(node)):
                if re.search(r"\b(?!Nexa\b)[A-Za-z]{3,}", text):
                    yield f"{path.name}:{node.lineno}", text


def read_parts(node: ast.AST) -> Iterator[ast.expr]:
    """What people read of a piece of source."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func).removeprefix("self.").removeprefix("session.").removeprefix("_session.")
        place = SAYING.get(name)
        yield from () if place is None else alternatives(node.args[place : place + 1])
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in READ:
                yield from alternatives([value])
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in READ:
        yield from alternatives([node.value])


def alternatives(found: list[ast.expr]) -> Iterator[ast.expr]:
    """The literals that an expression may be."""
    for one in found:
        match one:
            case ast.IfExp():
                yield from alternatives([one.body, one.orelse])
            case ast.BoolOp():
                yield from alternatives(one.values)
            case ast.Call(func=ast.Name(id="say" | "failed")):
                yield from alternatives(one.args)
            case _:
                yield one


@pytest.mark.parametrize(("where", "text"), sorted(texts_of_the_server()))
def test_every_text_of_the_server(where, text):
    assert HAN.search(to_chinese(text)), where


def test_the_texts_of_the_server_are_found():
    """The walk above sees a message, a title, a member and a log line."""
    found = {text for _, text in texts_of_the_server()}
    assert {"▷ Run all tests", "Run 7", "starting", "cancelled", "rule 7 failed: 7; this is a bug in nexa-lsp"} <= found


@pytest.mark.parametrize(
    "text",
    [
        "check = 3",
        "[check]\nselect = []\nharness = 'x'",
        "[run]\nmax_parallel = 'x'",
        "[run]\nmax_parallel = 0",
        "[run]\nmax_parallel = [1]",
        "[check]\nselect = 3",
        "[check]\nselect = {}",
        "[check]\nselect = ['X1']",
        "[check]\nselect = ['NX8']",
        "[chekc]",
        "[check]\nqqqqqqqq = 1",
        "[models.a]",
        "[models]\na = 3",
        "[providers.p]\nbase_url = 3",
        "a = ",
        "a = " + "[" * 2000,
    ],
)
def test_what_is_wrong_in_a_configuration(text):
    found = parse(text)
    assert found is not None
    assert found[1]
    for problem in found[1]:
        said_ = to_chinese(f"/a/nexa.toml:{problem.line}:1: {problem.message}")
        assert HAN.search(said_), problem
        assert not re.search(r"\b(must|be|unknown|table|number|known|in)\b", re.sub("`[^`]*`|：[^：]*$", "", said_)), (
            said_
        )


# ── what is told about names ────────────────────────────────────────────────────────────────────────────────────


def sentences() -> Iterator[str]:
    """What the language, its names and its options are described by."""
    yield from TYPES.values()
    yield from STD_NAMESPACES.values()
    for table in (FILTERS, PREDECLARED, *MEMBERS.values(), *STD.values()):
        yield from (entry.doc for entry in table.values())
    yield from (one.entry.doc for one in DECORATORS.values())
    yield from (spec.doc for table in PROPERTIES.values() for spec in table.values())
    yield from (getattr(one, "doc", one) for one in ERRORS.values())
    yield from (word.text for word in (*WORDS.values(), *LOOP_WORDS.values()))
    yield from (*MEANINGS.values(), *ARITHMETIC.values(), *COMPARISONS.values())
    yield from MERGE_STRATEGIES.values()
    yield from (" ".join(manual(rule).partition("\n\n")[0].split()) for rule in RULES)
    yield from ("Bad:", "Good:")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_whole_manual_of_every_code(rule):
    """Each paragraph, and what the wrong programs are told; the programs stay."""
    text = f"```nexa\n{rule.code} {rule.name}\n```\n\n{manual(rule).strip()}"
    english, chinese = text.split("\n\n"), prose_to_chinese(text).split("\n\n")
    for before, after in zip(english, chinese, strict=True):
        if not before.startswith("    "):
            assert before.startswith("```") or HAN.search(after), before
            assert sorted(CODE.findall(after)) == sorted(CODE.findall(before))
            continue
        for line, told in zip(before.splitlines(), after.splitlines(), strict=True):
            is_told = re.search(r"\^ NX\d{3}: ", line) is not None
            assert told == line if not is_told else HAN.search(told) or line.endswith("…"), told


def test_no_paragraph_of_a_manual_is_left_over():
    known = {" ".join(one.split()) for rule in RULES for one in manual(rule).split("\n\n")}
    assert [one for one in read_table(MANUALS) if one not in known] == []


@pytest.mark.parametrize("english", sorted({one for one in sentences() if one}))
def test_every_sentence_of_the_manual(english):
    chinese = prose_to_chinese(english)
    assert HAN.search(chinese), english
    assert sorted(CODE.findall(chinese)) == sorted(CODE.findall(english)), (english, chinese)


def test_no_translation_is_left_over():
    """Of what stands in tables, and of what stands in code."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in Path(nexa.ide.__file__).parent.rglob("*.py"))
    known = {*sentences()}
    assert [one for one in MANUAL if one not in known and one not in written] == []


SPOKEN = ("features/hover", "features/completion", "features/rename", "features/hints", "signatures.py", "type_docs.py")
SENTENCE = re.compile(r"[`A-Z].*[a-z].*[.:]", re.DOTALL)


def remarks() -> Iterator[tuple[str, str]]:
    """The sentences in the code of what people read at a place, with something in their holes."""
    package = Path(nexa.ide.__file__).parent
    paths = [
        one for name in SPOKEN for one in ((package / name).rglob("*.py") if "." not in name else [package / name])
    ]
    for path in paths:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values}
        docs = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for node in ast.walk(tree):
            if id(node) in inside | docs or not isinstance(node, ast.JoinedStr | ast.Constant):
                continue
            text = spoken(node) if "{" not in ast.unparse(node)[:3] else ""
            for part in text.split("\n\n"):
                if SENTENCE.fullmatch(part) and " " in part:
                    yield f"{path.name}:{node.lineno}", part


@pytest.mark.parametrize(("where", "text"), list(remarks()))
def test_every_remark(where, text):
    assert HAN.search(prose_to_chinese(text) + to_chinese(text)), where


@pytest.mark.parametrize("kind", get_args(SymbolKind))
def test_what_has_a_name_already(kind):
    said = to_chinese(f"`a` is taken: at b.nx:1:2 it would mean the {kind} at c.nx:3:4.")
    assert re.fullmatch(r"`a` 已被使用：在 b\.nx:1:2 处它会表示 c\.nx:3:4 处的[\u4e00-\u9fff]+。", said), said


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("`a` is taken: at a.nx:1:2 it would mean nothing.", "`a` 已被使用：在 a.nx:1:2 处它将没有任何含义。"),
        (
            "`print` is taken: at a.nx:1:2 it means the `print` of the language.",
            "`print` 已被使用：在 a.nx:1:2 处它表示语言自带的 `print`。",
        ),
        ("`a` does not do: `a` is not defined (客.nx:1:2).", "`a` 不行：`a` 未定义（客.nx:1:2）。"),
        ("`a` does not do: something new (a.nx:1:2).", "`a` 不行：something new（a.nx:1:2）。"),
    ],
)
def test_refusals(english, chinese):
    assert to_chinese(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("```nexa\nx >> A\nstr → str  for each element\n```", "```nexa\nx >> A\nstr → str  逐个元素\n```"),
        ("Text.\n\n````\nText.\n\n```\nText.\n````\n\nText.", "文本。\n\n````\nText.\n\n```\nText.\n````\n\n文本。"),
        ("What I say.\n\nOf `A`.", "What I say.\n\n属于 `A`。"),
        ("1,000 characters, about 250 tokens.", "1,000 个字符，约 250 个令牌。"),
        ("", ""),
    ],
)
def test_prose(english, chinese):
    assert prose_to_chinese(english) == chinese


MARKDOWN = {
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"documentationFormat": ["markdown"], "resolveSupport": {"properties": []}}},
        "rename": {"prepareSupport": True},
    }
}
PROGRAM = """\
/// 我的智能体。 My own words stay.
agent Bot { prompt: "客😀", timeout: 5s }
flow main(topic: str) {
    x = "a" >> Bot
    print(x, topic)
}
"""


def test_what_a_person_reads_at_a_place(tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    with Client() as client:
        client.initialize(MARKDOWN, locale="zh-cn")
        client.open(uri, PROGRAM)

        def at(line: int, character: int) -> dict:
            return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}

        def shown(line: int, character: int) -> str:
            return client.request("textDocument/hover", at(line, character))["contents"]["value"]

        assert "一次尝试最多的秒数，不含工具。" in shown(1, 29)
        assert "My own words stay." in shown(1, 7)
        assert "提示词，约 " in shown(1, 7)
        assert "用左边的值运行右边的阶段。\n\n给出 `str`。" in shown(3, 13)
        help_ = client.request("textDocument/signatureHelp", at(4, 10))
        assert help_["signatures"][0]["documentation"]["value"] == "把这些值写到运行的输出。"
        found = client.request("textDocument/completion", at(4, 8))
        item = next(one for one in found["items"] if one["label"] == "print")
        assert "把这些值写到运行的输出。" in str(client.request("completionItem/resolve", item)["documentation"])
        refused = client.ask("textDocument/rename", {**at(3, 4), "newName": "topic"})
        assert refused["error"]["message"].startswith("`topic` 已被使用：在 a.nx:")
        refused = client.ask("textDocument/prepareRename", at(4, 4))
        assert refused["error"]["message"] == "`print` 是语言自带的，不能重命名。"
        client.shutdown()


def test_what_a_rename_is_asked_about():
    doubt = "A program starts with its flow `main`."
    edit = {"documentChanges": [], "changeAnnotations": {doubt: {"label": doubt, "needsConfirmation": True}}}
    label = said("textDocument/rename", edit, to_chinese)["changeAnnotations"][doubt]["label"]
    assert label == "程序从流程 `main` 开始。"
    assert said("textDocument/rename", None, to_chinese) is None


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
