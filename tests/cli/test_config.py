"""`nexa.toml`: what it may say, and what is said about mistakes in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.command import check_cli
from nexa.compiler.config import Config, Model, Provider
from nexa.compiler.config_reading import parse

FULL = """
include_path = ["lib", "../shared"]

[check]
select = ["NX1", "NX201"]
ignore = ["NX107"]
harness = "strict"
per-file-ignores = { "legacy/**" = ["NX2"] }
severity = { NX208 = "error", NX9 = "off" }

[format]

[run]
max_parallel = 4
drain_timeout = 2
type_mode = "strict"
state_dir = ".state"
parallel = "auto"

[models.strong]
model = "openai/gpt-4o"

[providers.local]
base_url = "http://127.0.0.1:8000/v1"
api_key_env = "LOCAL_KEY"

[scheduler]
"""


def test_every_key_is_read() -> None:
    config, problems = parse(FULL)
    assert problems == ()
    assert config.include_path == ("lib", "../shared")
    assert config.check.select == ("NX1", "NX201")
    assert config.check.per_file_ignores == {"legacy/**": ("NX2",)}
    assert config.check.severity == {"NX208": "error", "NX9": "off"}
    assert (config.check.harness, config.check.ignore) == ("strict", ("NX107",))
    assert (config.run.max_parallel, config.run.drain_timeout, config.run.parallel) == (4, 2.0, "auto")
    assert config.models == {"strong": Model("openai/gpt-4o")}
    assert config.providers == {"local": Provider("http://127.0.0.1:8000/v1", "LOCAL_KEY")}


def test_nothing_written_is_the_default() -> None:
    assert parse("") == (Config(), ())


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("[chekc]\n", 1, 1, "unknown key `chekc` in the configuration; did you mean `check`?"),
        ("[check]\nselct = []\n", 2, 1, "unknown key `selct` in table `check`; did you mean `select`?"),
        ("[check]\n  per-file-ignore = {}\n", 2, 3, "did you mean `per-file-ignores`?"),
        ("[run]\nqqqq = 1\n", 2, 1, "unknown key `qqqq` in table `run`; known keys: `max_parallel`, `drain_timeout`"),
        ("[format]\nwidth = 1\n", 2, 1, "known keys: `line_length`"),
        ("[scheduler]\nwidth = 1\n", 2, 1, "it has no keys yet"),
        ("check = 1\n", 1, 1, "`check` must be a table, not 1"),
        ("[check]\nselect = 'NX1'\n", 2, 1, '`check.select` must be a list of strings, not "NX1"'),
        ("[check]\nselect = ['E501']\n", 2, 1, "`E501` is not a code; codes look like NX303, prefixes like NX3"),
        ("[check]\nper-file-ignores = { a = ['X'] }\n", 2, 1, "`check.per-file-ignores.a`: `X` is not a code"),
        ("[check.per-file-ignores]\n# x\n'a/*' = ['X']\n", 3, 1, "`X` is not a code"),
        ("[check.severity]\nE1 = 'off'\n", 2, 1, "`check.severity.E1`: `E1` is not a code"),
        ("[check]\nignore = ['NX8']\n", 2, 1, "`check.ignore`: no code begins with `NX8`"),
        ("[check.severity]\nNX999 = 'off'\n", 2, 1, "`check.severity.NX999`: no code begins with `NX999`"),
        ("[check.per-file-ignores]\n'a/*' = ['NX299']\n", 2, 1, "no code begins with `NX299`"),
        ("[check.severity]\nNX2 = 'loud'\n", 2, 1, '`check.severity.NX2` must be one of "error", "warning",'),
        ("[check]\nharness = 'loud'\n", 2, 1, '`check.harness` must be one of "strict", "warn", "off", not "loud"'),
        ("[run]\nmax_parallel = true\n", 2, 1, "`run.max_parallel` must be a whole number, not true"),
        ("[run]\nmax_parallel = 0\n", 2, 1, "`run.max_parallel` must be at least 1, not 0"),
        ("[run]\ndrain_timeout = 'soon'\n", 2, 1, '`run.drain_timeout` must be a number, not "soon"'),
        ("[models.fast]\n", 1, 1, "`models.fast` needs `model`"),
        ("models.fast.mdl = 'x'\n", 1, 1, "unknown key `mdl` in table `models.fast`"),
        ("models = 3\n", 1, 1, "`models` must be a table, not 3"),
        ("[check]\nselect = [\n  'NX1',\n  'bad',\n]\n", 2, 1, "`bad` is not a code"),
        ('x = """\n[check]\n"""\n', 1, 1, "unknown key `x`"),
        ("[check]\nselect = [\n", 3, 1, "not readable as TOML: Invalid value (at end of document)"),
        ("[check\n", 1, 7, "not readable as TOML: Expected ']' at the end of a table declaration"),
        ("a = " + "[" * 5000, 0, 0, "not readable as TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, line: int, column: int, message: str) -> None:
    _, problems = parse(text)
    assert len(problems) == 1, problems
    assert message in problems[0].message
    if line:
        assert (problems[0].line, problems[0].column) == (line, column)


def test_all_mistakes_are_told_and_the_rest_counts() -> None:
    config, problems = parse("[run]\nmax_parallel = 3\ndrain = 1\ntype_mode = 1\n[chk]\n")
    assert [one.line for one in problems] == [3, 4, 5]
    assert config.run.max_parallel == 3


def test_a_text_in_a_multi_line_string_is_no_key() -> None:
    _, problems = parse("[models.a]\nmodel = '''\n[run]\nx = 1\n'''\n[run]\nx = 1\n")
    assert [(one.line, one.column) for one in problems] == [(7, 1)]


def test_pyproject_counts_only_with_our_table() -> None:
    assert parse("[tool.other]\nx = 1\n", pyproject=True) is None
    assert parse("tool = 1\n", pyproject=True) is None
    config, problems = parse("[tool.nexa.check]\nharness = 'off'\n", pyproject=True)
    assert (config.check.harness, problems) == ("off", ())
    _, problems = parse("[project]\nname = 'x'\n[tool.nexa.check]\nharnes = 'off'\n", pyproject=True)
    assert [(one.line, one.column) for one in problems] == [(4, 1)]


SEVERITIES = [
    ("", ["warning NX208", "error NX201"]),
    ("NX208 = 'error'\nNX2 = 'information'", ["error NX208", "information NX201"]),
    ("NX2 = 'off'", []),
    ("NX = 'hint'\nNX201 = 'error'", ["hint NX208", "error NX201"]),
]


@pytest.mark.parametrize(("written", "expected"), SEVERITIES, ids=str)
def test_the_configuration_says_how_much_codes_count(written: str, expected: list[str], tmp_path: Path) -> None:
    files = {"nexa.toml": f"[check.severity]\n{written}\n", "a.nx": "flow main { let a = 1; print(b) }\n"}
    for _ in range(2):  # the second time from the cache
        ran = check_cli(tmp_path, "a.nx", "--format", "json", "--severity", "hint", files=files)
        found = [f"{one['severity']} {one['code']}" for one in json.loads(ran.out) if one["code"][:3] == "NX2"]
        assert found == expected
        assert ran.status == int(any(one.startswith("error") for one in found))
