"""Every message that the rules can be brought to say has a translation, which names the same things."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from harness.findings import is_source, project_of
from harness.markers import read_fixture
from harness.mutations import mistake, programs, tokens
from nexa.compiler.analysis import Settings
from nexa.compiler.chinese import in_chinese, message_in_chinese, note_in_chinese, title_in_chinese
from nexa.compiler.chinese.engine import _MESSAGES as MESSAGES
from nexa.compiler.rule import Finding, Severity, manual
from nexa.compiler.rules import RULES
from nexa.syntax import parse

HERE = Path(__file__).parent
TESTS = (
    "mistakes",
    "names",
    "types",
    "graph_rules",
    "harness_rules",
    "style",
    "cycles",
    "suppress",
    "services",
    "fixes",
    "python",
)
ALL = Settings(severities={rule.code: rule.severity for rule in RULES})
HAN = re.compile("[\u4e00-\u9fff]")


def texts() -> Iterator[str]:
    """Manuals of rules, fixtures, and the programs that stand in other tests."""
    for rule in RULES:
        yield from _blocks(manual(rule))
    for path in [*(HERE / "fixtures").glob("*.nx"), *(HERE.parent / "spec" / "bad").glob("*.nx")]:
        yield path.read_text(encoding="utf-8")
    for name in TESTS:
        tree = ast.parse((HERE / f"test_{name}.py").read_text(encoding="utf-8"))
        yield from (
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value
        )
    for _, text in programs():
        dice = random.Random(len(text))
        places = tokens(parse(text).root)
        yield from (mistake(dice, text, places).applied(text).decode("utf-8", "replace") for _ in range(12))


def _blocks(doc: str) -> Iterator[str]:
    for block in re.split(r"\n(?=\S)", doc):
        yield "\n".join(line for line in block.splitlines() if line.startswith("    ") or not line.strip())


@cache
def findings() -> tuple[Finding, ...]:
    """Of all texts, each message once."""
    found: dict[tuple[str, str], Finding] = {}
    for text in texts():
        fixture = read_fixture(text)
        project = project_of(fixture.files, ALL)
        for path in filter(is_source, fixture.files):
            for one in [*(project.findings(path) or ()), *project.run_findings(path)]:
                found.setdefault((one.code, one.message), one)
    return tuple(found.values())


def check_translation(english: str, chinese: str | None) -> None:
    """There is one, it is Chinese, and nothing that stands in backticks is lost."""
    assert chinese is not None, english
    assert HAN.search(chinese), chinese
    code = re.compile("`[^`]*`")
    assert sorted(code.findall(chinese)) == sorted(code.findall(english)), (english, chinese)
    assert not re.search("[A-Za-z]{3,} [A-Za-z]{3,} ", code.sub("", chinese)), f"half of it is English: {chinese}"


def test_there_is_something_to_translate() -> None:
    assert len(findings()) > 500
    assert len({one.code for one in findings()}) > 150


@pytest.mark.parametrize("code", sorted(rule.code for rule in RULES))
def test_every_message(code: str) -> None:
    own = [one for one in findings() if one.code == code]
    for one in own:
        if code not in ("NX115", "NX116"):  # what Python says stays as Python says it
            check_translation(one.message, message_in_chinese(code, one.message))
        for note in one.related:
            check_translation(note.message, note_in_chinese(note.message))
        for fix in (one.fix, *one.others):
            if fix is not None:
                check_translation(fix.title, title_in_chinese(fix.title))


def test_every_rule_has_a_table() -> None:
    assert set(MESSAGES) == {rule.code for rule in RULES}


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("NX201", "`Bto` is not defined; did you mean `Bot`?", "`Bto` 未定义；是不是想写 `Bot`？"),
        ("NX201", "`客 名` is not defined", "`客 名` 未定义"),
        ("NX100", "unexpected `)`; expected a name, `,` or the end of the line", "意外的 `)`；应为名称、`,` 或行尾"),
        ("NX302", "`twice` takes 1 argument, 2 given", "`twice` 需要 1 个参数，给了 2 个"),
        (
            "NX303",
            "`A` gives `P` but `B` takes `Q`: `x` is missing, `y` is `int` but `str` is needed",
            "`A` 给出 `P`，而 `B` 需要 `Q`：缺少 `x`、`y` 是 `int`，但需要 `str`",
        ),
        (
            "NX222",
            "`Ann` is not a tool, function, flow or agent but a struct",
            "`Ann` 不是工具、函数、流程或智能体，而是结构体",
        ),
    ],
)
def test_how_it_reads(code: str, english: str, chinese: str) -> None:
    assert message_in_chinese(code, english) == chinese


@pytest.mark.parametrize(
    ("code", "text"), [("NX201", "something new"), ("NX999", "x"), ("NX100", "unexpected a new thing")]
)
def test_what_has_no_translation_stays_english(code: str, text: str) -> None:
    assert message_in_chinese(code, text) is None
    one = findings()[0]
    strange = Finding(code, "x", Severity.ERROR, text, one.path, one.span)
    assert in_chinese(strange) == strange


def test_places_and_edits_stay() -> None:
    one = next(one for one in findings() if one.fix is not None and one.related)
    said = in_chinese(one)
    assert said.fix is not None
    assert one.fix is not None
    assert (said.code, said.span, said.fix.edits) == (one.code, one.span, one.fix.edits)
    assert said.message != one.message
    assert said.related[0].message != one.related[0].message
