"""What people read at a shell follows their locale; what programs read does not."""

from __future__ import annotations

import pytest

from harness.command import NEXA, run
from nexa.cli.language import speaks_chinese


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "C"}, True),
        ({"NEXA_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, False),
        ({"NEXA_LANG": "zh"}, True),
    ],
)
def test_the_first_variable_that_is_set_decides(environment, expected):
    assert speaks_chinese(environment) is expected


MISTAKE = {"a.nx": "flow main {\n    a = 1 b = 2\n    print(a + b)\n}\n"}


def test_text_is_in_chinese(tmp_path):
    env = {"NEXA_LANG": "zh_CN.UTF-8"}
    told = run(NEXA, ("check", "--format", "full", "."), tmp_path, files=MISTAKE, env=env)
    assert "error[NX101] `b` 之前应换行或写 `;`" in told.out
    assert "插入 `; `" in told.out
    assert run(NEXA, ("check", "--format", "concise", "."), tmp_path, env=env).out.endswith("之前应换行或写 `;`\n")


def test_the_manual_of_a_code_is_in_chinese(tmp_path):
    env = {"LC_ALL": "zh_CN.UTF-8"}
    told = run(NEXA, ("explain", "NX201"), tmp_path, env=env).out
    assert told.startswith("NX201 undefined-name (error)\n\n")
    assert "读取了" in told
    assert "NX201: `Bto` 未定义" in told
    assert told.endswith("/#nx201\n")
    english = run(NEXA, ("explain", "NX201", "--format", "json"), tmp_path, env=env).out
    assert "A name is read" in english


def test_what_programs_read_stays_english(tmp_path):
    for name in ("json", "sarif", "github"):
        told = run(NEXA, ("check", "--format", name, "."), tmp_path, files=MISTAKE, env={"NEXA_LANG": "zh"})
        assert "expected a newline" in told.out
        assert "应换行" not in told.out
