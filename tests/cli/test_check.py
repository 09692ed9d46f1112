"""`nexa-lsp --check` as users run it: every flag, every exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.command import NEXA, NEXA_LSP, check_cli, environment, run, write_files

CLEAN = 'flow main {\n    print("hi")\n}\n'
ERROR = "flow main {\n    print(missing)\n}\n"
ERROR_LINE = "bad.nx:2:11: error[NX201] `missing` is not defined"
WARNING = 'flow main {\n    let y = 1\n    print("hi")\n}\n'
HINT = 'include "lib.nxlib"\ninclude "lib.nxlib"\nflow main {\n    print("hi")\n}\n'
FIXABLE = "flow main {\n    a = 1 b = 2\n    print(a + b)\n}\n"
FIXED = "flow main {\n    a = 1; b = 2\n    print(a + b)\n}\n"


def codes(out: str) -> list[str]:
    return [one["code"] for one in json.loads(out)]


# ── what is checked, and how it ends ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("files", "args", "status", "found"),
    [
        ({"a.nx": CLEAN}, (), 0, []),
        ({"a.nx": ERROR}, (), 1, ["NX201"]),
        ({"a.nx": WARNING}, (), 0, ["NX208"]),
        ({"a.nx": WARNING}, ("--max-warnings", "1"), 0, ["NX208"]),
        ({"a.nx": WARNING}, ("--max-warnings", "0"), 1, ["NX208"]),
        ({"a.nx": WARNING, "b.nx": ERROR}, ("--exit-zero", "--max-warnings", "0"), 0, ["NX208", "NX201"]),
        ({"a.nx": ERROR, "b.nx": ERROR}, ("b.nx",), 1, ["NX201"]),
        ({"a.nx": CLEAN}, ("none.nx",), 2, []),
        ({"a.nx": ERROR}, ("none.nx", "a.nx"), 2, ["NX201"]),
        ({"a.nx": b"\xff"}, (), 2, []),
        ({"a.nx": b"\xff", "b.nx": ERROR}, ("--exit-zero",), 2, ["NX201"]),
        ({"a.nx": ""}, (), 0, []),
        ({}, (), 0, []),
        ({"a.nx": ERROR}, ("--severity", "error"), 1, ["NX201"]),
        ({"a.nx": WARNING}, ("--severity", "error", "--max-warnings", "0"), 0, []),
        ({"a.nx": HINT, "lib.nxlib": ""}, ("--severity", "hint"), 0, ["NX224"]),
        ({"a.nx": HINT, "lib.nxlib": ""}, (), 0, []),
        ({"a.nx": ERROR}, ("--select", "NX1"), 0, []),
        ({"a.nx": ERROR}, ("--select", "NX1,NX2"), 1, ["NX201"]),
        ({"a.nx": ERROR}, ("--select", "nx201"), 1, ["NX201"]),
        ({"a.nx": ERROR}, ("--ignore", "NX2"), 0, []),
        ({"a.nx": ERROR}, ("--ignore", "NX2", "--select", "NX201"), 1, ["NX201"]),
        ({"a.nx": ERROR}, ("--ignore", "NX1", "--ignore", "NX201"), 0, []),
        ({"a.nx": ERROR, "nexa.toml": "[check]\nignore = ['NX201']\n"}, (), 0, []),
        ({"a.nx": ERROR, "nexa.toml": "[check]\nignore = ['NX201']\n"}, ("--isolated",), 1, ["NX201"]),
        ({"a.nx": ERROR, "nexa.toml": "[check]\nignore = ['NX201']\n"}, ("--ignore", "NX1"), 1, ["NX201"]),
        ({"a.nx": ERROR, "nexa.toml": "[check]\nselect = ['NX1']\n"}, ("--select", "NX2"), 1, ["NX201"]),
        ({"a.nx": ERROR, "other.toml": "[check]\nignore = ['NX201']\n"}, ("--config", "other.toml"), 0, []),
        ({"a.nx": ERROR, "pyproject.toml": "[tool.nexa.check]\nignore = ['NX201']\n"}, (), 0, []),
        ({"a.nx": ERROR, "pyproject.toml": "[tool.x]\n"}, (), 1, ["NX201"]),
        ({"sub/a.nx": ERROR, "nexa.toml": "[check.per-file-ignores]\n'sub/**' = ['NX2']\n"}, (), 0, []),
        ({"sub/a.nx": ERROR, "nexa.toml": "[check.per-file-ignores]\n'other/**' = ['NX2']\n"}, (), 1, ["NX201"]),
        ({"a/a.nx": ERROR, "a/nexa.toml": "[check]\nignore=['NX2']\n", "b/b.nx": ERROR}, (), 1, ["NX201"]),
    ],
)  # fmt: skip
def test_what_is_reported_and_how_it_ends(
    tmp_path: Path, files: dict[str, str], args: tuple[str, ...], status: int, found: list[str]
) -> None:
    ran = check_cli(tmp_path, "--format", "json", *args, files=files)
    assert (codes(ran.out), ran.status) == (found, status), ran.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--fromat", "json"), "--format"),
        (("--format", "xml"), "is not one of"),
        (("--select", "E501"), "'E501' is not a code"),
        (("--max-warnings", "-1"), "--max-warnings"),
        (("--jobs", "0"), "--jobs"),
        (("--select", "NX999"), "no code begins with 'NX999'"),
        (("--ignore", "NX201,NX8"), "no code begins with 'NX8'"),
        (("--write-baseline",), "--write-baseline needs a FILE"),
        (("--write-baseline", "a.nx"), "would write over a.nx"),
        (("--isolated", "--config", "x.toml"), "exclude each other"),
        (("--quiet", "--verbose"), "exclude each other"),
        (("--stdin-filename", "a.nx"), "needs the path `-`"),
        (("-", "a.nx"), "stands alone"),
        (("-", "--watch"), "cannot watch standard input"),
        (("--watch", "--fix"), "does not go with"),
        (("--statistics", "--format", "sarif"), "has no sarif format"),
        (("--json", "--format", "concise"), "exclude each other"),
        (("--config", "none.toml"), "none.toml: no such file or directory"),
        (("--baseline", "none.json", "a.nx"), "baseline none.json: no such file or directory"),
        (("--output-file", "no/such/folder/x", "a.nx"), "cannot write"),
        (("--stdio",), "--check does not go with"),
    ],
)
def test_wrong_usage_is_2_and_says_what(tmp_path: Path, args: tuple[str, ...], message: str) -> None:
    ran = check_cli(tmp_path, *args, files={"a.nx": CLEAN})
    assert ran.status == 2
    assert message in ran.err


def test_a_mistake_in_the_configuration_is_2_with_place_and_guess(tmp_path: Path) -> None:
    ran = check_cli(tmp_path, files={"a.nx": CLEAN, "nexa.toml": "[check]\nselct = []\n"})
    assert ran.status == 2
    assert "nexa.toml:2:1: unknown key `selct` in table `check`; did you mean `select`?" in ran.err


def test_both_commands_print_the_same(tmp_path: Path) -> None:
    write_files(tmp_path, {"bad.nx": ERROR})
    first, second = run(NEXA, ["check", "bad.nx"], tmp_path), run(NEXA_LSP, ["--check", "bad.nx"], tmp_path)
    assert first == second == run(NEXA, ["validate", "bad.nx"], tmp_path)
    assert first.out == ERROR_LINE + "\n"
    assert "Found 1 error in 1 file." in first.err


def test_the_module_is_the_command(tmp_path: Path) -> None:
    assert run(("-m", "nexa.lsp"), ["--check", "bad.nx"], tmp_path, files={"bad.nx": ERROR}).out == ERROR_LINE + "\n"


@pytest.mark.parametrize("args", [("a.nx",), ("--select", "NX1"), ("--fix",)])
def test_checking_needs_the_flag(tmp_path: Path, args: tuple[str, ...]) -> None:
    ran = run(NEXA_LSP, args, tmp_path)
    assert ran.status == 2
    assert "need --check" in ran.err


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("flow main {\n    print(missing)\n}\n", (2, 11, 2, 18)),
        ("\ufeffprint(missing)\n", (1, 7, 1, 14)),
        ("flow main {\r\n    print(missing)\r\n}\r\n", (2, 11, 2, 18)),
        ("flow main {\r    print(missing)\r}\r", (2, 11, 2, 18)),
        ('flow main {\n    print("数据🎉", missing)\n}\n', (2, 18, 2, 25)),
        ('flow main {\n    print("a\u2028b", missing)\n}\n', (2, 18, 2, 25)),
        ("flow main {\n\tprint(missing)\n}\n", (2, 8, 2, 15)),
    ],
)
def test_places_count_lines_and_code_points_from_one(tmp_path: Path, text: str, place: tuple[int, ...]) -> None:
    found = json.loads(check_cli(tmp_path, "--format", "json", files={"a.nx": text}).out)
    assert [tuple(one[key] for key in ("line", "column", "end_line", "end_column")) for one in found] == [place]


def test_paths_are_relative_to_where_we_are(tmp_path: Path) -> None:
    write_files(tmp_path, {"sub/bad.nx": ERROR, "sub/deep/x": ""})
    assert check_cli(tmp_path).out.startswith("sub/bad.nx:2:11:")
    assert check_cli(tmp_path / "sub").out.startswith("bad.nx:2:11:")
    outside = check_cli(tmp_path / "sub" / "deep", "../bad.nx").out
    assert outside.startswith(f"{(tmp_path / 'sub' / 'bad.nx').as_posix()}:2:11:")


def test_related_places_lead_to_other_files(tmp_path: Path) -> None:
    files = {"lib.nxlib": 'agent Bot { prompt: "x" }\n', "a.nx": 'include "lib.nxlib"\nagent Bot { prompt: "y" }\n'}
    [one] = [one for one in json.loads(check_cli(tmp_path, "--json", files=files).out) if one["code"] == "NX203"]
    assert one["path"] == "a.nx"
    assert [(other["path"], other["line"], other["column"]) for other in one["related"]] == [("lib.nxlib", 1, 7)]
    assert one["url"].endswith("/rules/#nx203")


# ── output ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_full_shows_the_line_the_caret_and_the_help(tmp_path: Path) -> None:
    out = check_cli(tmp_path, "--format", "full", files={"bad.nx": FIXABLE}).out
    lines = out.splitlines()
    assert lines[0].startswith("bad.nx:2:11: error[NX101] ")
    assert lines[1:4] == ["  |", "2 |     a = 1 b = 2", "  |           ^"]
    assert lines[4].startswith("  help: ")


@pytest.mark.parametrize("form", ["full", "concise"])
@pytest.mark.parametrize(
    ("env", "coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)]
)
def test_colours_need_a_terminal_and_can_be_forbidden(
    tmp_path: Path, form: str, env: dict[str, str], coloured: bool
) -> None:
    out = check_cli(tmp_path, "--format", form, files={"bad.nx": ERROR}, env=env).out
    assert ("\x1b[" in out) == coloured


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "github", "gitlab", "junit", "concise", "full"])
def test_a_report_file_holds_what_would_be_printed(tmp_path: Path, form: str) -> None:
    write_files(tmp_path, {"bad.nx": ERROR})
    printed = check_cli(tmp_path, "--format", form)
    written = check_cli(tmp_path, "--format", form, "--output-file", "report")
    assert (written.status, written.out) == (1, "")
    assert (tmp_path / "report").read_text(encoding="utf-8") == printed.out
    assert "NX201" in printed.out


def test_machine_formats_parse_and_agree(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": ERROR, "b.nx": WARNING})
    out = {
        form: check_cli(tmp_path, "--format", form).out
        for form in ("json", "jsonl", "sarif", "gitlab", "junit", "github")
    }
    found = json.loads(out["json"])
    assert [json.loads(line) for line in out["jsonl"].splitlines()] == found
    expected = [one["code"] for one in found]
    assert [one["ruleId"] for one in json.loads(out["sarif"])["runs"][0]["results"]] == expected
    assert [one["check_name"] for one in json.loads(out["gitlab"])] == expected
    assert [one.get("name").split()[0] for one in ET.fromstring(out["junit"]).findall(".//testcase")] == expected
    assert [line.split("title=")[1][:5] for line in out["github"].splitlines()] == expected


def test_sarif_of_a_real_check_is_valid(tmp_path: Path) -> None:
    import jsonschema

    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    raw = json.loads(check_cli(tmp_path, "--format", "sarif", files={"a.nx": ERROR, "b ü.nx": FIXABLE}).out)
    jsonschema.Draft4Validator(schema).validate(raw)
    rule = raw["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["id"] == "NX101"
    assert rule["shortDescription"]["text"]


def test_statistics_count_by_code(tmp_path: Path) -> None:
    files = {"a.nx": ERROR, "b.nx": ERROR, "c.nx": FIXABLE}
    ran = check_cli(tmp_path, "--statistics", files=files)
    assert [line.split()[:2] for line in ran.out.splitlines()] == [["2", "NX201"], ["1", "NX101"]]
    assert "[*]" in ran.out.splitlines()[1]
    counted = json.loads(check_cli(tmp_path, "--statistics", "--format", "json").out)
    assert [(one["code"], one["count"], one["fixable"]) for one in counted] == [
        ("NX201", 2, counted[0]["fixable"]),
        ("NX101", 1, True),
    ]


def test_quiet_says_nothing_beside_findings_and_verbose_says_how(tmp_path: Path) -> None:
    write_files(tmp_path, {"bad.nx": ERROR, "nexa.toml": ""})
    assert check_cli(tmp_path, "--quiet").err == ""
    said = check_cli(tmp_path, "--verbose").err
    assert "nexa.toml" in said
    assert "1 files in 1 groups" in said


def test_a_reader_that_leaves_early_is_no_mistake(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{n}.nx": ERROR for n in range(200)})
    command = [sys.executable, *NEXA_LSP, "--check", "--format", "full"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path, {})
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 1, said
    assert "Error" not in said


# ── standard input ──────────────────────────────────────────────────────────────────────────────────────────────


def test_standard_input_is_checked_under_the_given_name(tmp_path: Path) -> None:
    write_files(tmp_path, {"lib/tools.nxlib": 'agent Bot { prompt: "x" }\n'})
    text = b'include "tools.nxlib"\nflow main { print(Bot.run("a")) }\n'
    assert check_cli(tmp_path, "-", stdin=b"flow main { print(missing) }").out.startswith("-:1:19: error[NX201]")
    assert check_cli(tmp_path, "-", "--stdin-filename", "lib/a.nx", stdin=text).status == 0
    wrong = check_cli(tmp_path, "-", "--stdin-filename", "a.nx", stdin=text)
    assert wrong.out.startswith("a.nx:1:9: error[NX207]")


def test_standard_input_replaces_the_file_on_disk(tmp_path: Path) -> None:
    assert check_cli(tmp_path, "-", "--stdin-filename", "a.nx", files={"a.nx": ERROR}, stdin=CLEAN.encode()).status == 0


@pytest.mark.parametrize("text", [b"\xff", b"a\0b"])
def test_standard_input_that_is_no_text_is_2(tmp_path: Path, text: bytes) -> None:
    assert check_cli(tmp_path, "-", stdin=text).status == 2


# ── fixing ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fix_changes_nothing_but_the_mistake(tmp_path: Path, newline: str, mark: str) -> None:
    text = (mark + FIXABLE.replace("\n", newline)).encode()
    ran = check_cli(tmp_path, "--fix", files={"a.nx": text})
    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / "a.nx").read_bytes() == (mark + FIXED.replace("\n", newline)).encode()
    assert "Fixed 1 finding in 1 file." in ran.err


def test_diff_shows_and_writes_nothing(tmp_path: Path) -> None:
    ran = check_cli(tmp_path, "--diff", files={"a.nx": FIXABLE})
    assert ran.status == 1
    assert ran.out.splitlines()[:2] == ["--- a.nx", "+++ a.nx"]
    assert "-    a = 1 b = 2\n+    a = 1; b = 2\n" in ran.out
    assert (tmp_path / "a.nx").read_text() == FIXABLE
    assert check_cli(tmp_path, "--diff", "--exit-zero").status == 0
    assert check_cli(tmp_path, "--diff", files={"a.nx": FIXED}) == check_cli(tmp_path, "--fix").__class__(
        0, "", "Would fix 0 findings in 0 files.\n"
    )


def test_what_only_unsafe_fixes_answer_is_counted(tmp_path: Path) -> None:
    misspelt = 'agent Writer { prompt: "Write." }\nflow main { print(Wirter.run(1)) }\n'
    alone = check_cli(tmp_path, files={"a.nx": misspelt})
    assert alone.err.endswith(" 1 fix with --fix --unsafe-fixes.\n")
    assert check_cli(tmp_path, "--diff").err == "Would fix 0 findings in 0 files; 1 more with --unsafe-fixes.\n"
    both = check_cli(tmp_path, files={"b.nx": FIXABLE})
    assert both.err.endswith(" 1 safe fix with --fix, 1 more with --unsafe-fixes.\n")
    assert "more with" not in check_cli(tmp_path, "--diff", "--unsafe-fixes").err


def test_fix_of_standard_input_prints_the_text(tmp_path: Path) -> None:
    ran = check_cli(tmp_path, "--fix", "-", stdin=(FIXABLE + "flow b { print(missing) }\n").encode())
    assert ran.out == FIXED + "flow b { print(missing) }\n"
    assert "NX201" in ran.err
    assert ran.status == 1


def test_fix_respects_the_selection(tmp_path: Path) -> None:
    check_cli(tmp_path, "--fix", "--ignore", "NX101", files={"a.nx": FIXABLE})
    assert (tmp_path / "a.nx").read_text() == FIXABLE


def test_many_fixes_at_once(tmp_path: Path) -> None:
    line, fixed = "    a = 1 b = 2 c = 3 print(a + b + c)\n", "    a = 1; b = 2; c = 3; print(a + b + c)\n"
    files = dict.fromkeys(("a.nx", "b.nx"), "flow main {\n" + line * 20 + "}\n")
    ran = check_cli(tmp_path, "--fix", files=files)
    assert "Fixed 120 findings in 2 files." in ran.err
    assert (tmp_path / "b.nx").read_text() == "flow main {\n" + fixed * 20 + "}\n"


def test_a_rename_reaches_every_file(tmp_path: Path) -> None:
    files = {
        "l.nxlib": 'fn log(text: str) { std.log.info("客 #{text}") }\n',
        "a.nx": 'include "l.nxlib"\nflow main { log(text: "🙂"); log("b") }\n',
        "b.nx": 'include "l.nxlib"\ntest "t" { log(text: "c") }\n',
    }
    check_cli(tmp_path, "--fix", "--select", "NX212", files=files)
    assert (tmp_path / "a.nx").read_text(encoding="utf-8") == files["a.nx"]
    ran = check_cli(tmp_path, "--fix", "--unsafe-fixes", "--select", "NX212")
    assert "Fixed 1 finding in 3 files." in ran.err
    assert (tmp_path / "l.nxlib").read_text(encoding="utf-8") == files["l.nxlib"].replace("text", "text2")
    assert (tmp_path / "a.nx").read_text(encoding="utf-8") == files["a.nx"].replace("text", "text2")
    assert (tmp_path / "b.nx").read_text(encoding="utf-8") == files["b.nx"].replace("text", "text2")


@pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")
def test_fix_keeps_mode_and_link(tmp_path: Path) -> None:
    write_files(tmp_path, {"real/a.nx": FIXABLE})
    (tmp_path / "real" / "a.nx").chmod(0o755)
    (tmp_path / "b.nx").symlink_to("real/a.nx")
    check_cli(tmp_path, "--fix", "b.nx")
    assert (tmp_path / "b.nx").is_symlink()
    assert (tmp_path / "real" / "a.nx").read_text() == FIXED
    assert (tmp_path / "real" / "a.nx").stat().st_mode & 0o777 == 0o755
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["a.nx"]


# ── baseline ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_baseline_hides_what_is_known_even_when_it_moves(tmp_path: Path) -> None:
    write_files(tmp_path, {"sub/a.nx": ERROR, "b.nx": WARNING})
    wrote = check_cli(tmp_path, "--baseline", "known.json", "--write-baseline")
    assert (wrote.status, wrote.out) == (0, "")
    assert check_cli(tmp_path, "--baseline", "known.json", "--max-warnings", "0").status == 0
    write_files(tmp_path, {"sub/a.nx": "// moved\n\n" + ERROR.replace("    print", "      print")})
    assert check_cli(tmp_path, "--baseline", "known.json").out == ""
    assert check_cli(tmp_path / "sub", "--baseline", "../known.json").status == 0
    write_files(tmp_path, {"sub/a.nx": ERROR + "flow other { print(missing, vanished) }\n"})
    new = check_cli(tmp_path, "--baseline", "known.json")
    assert (new.status, [line.split("`")[1] for line in new.out.splitlines()]) == (1, ["missing", "vanished"])
    assert "2 more in the baseline" in new.err


def test_a_baseline_is_written_where_it_is_told(tmp_path: Path) -> None:
    wrote = check_cli(tmp_path, "--write-baseline", "known.json", files={"a.nx": ERROR})
    assert (wrote.status, wrote.out) == (0, "")
    assert check_cli(tmp_path, "--baseline", "known.json").status == 0
    write_files(tmp_path, {"a.nx": ERROR + WARNING.replace("main", "other")})
    assert check_cli(tmp_path, "--baseline", "known.json", "--write-baseline", "all.json").status == 0
    assert check_cli(tmp_path, "--baseline", "all.json").out == ""
    assert check_cli(tmp_path, "--baseline", "known.json").out != ""


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}'])
def test_a_broken_baseline_is_2(tmp_path: Path, text: str) -> None:
    ran = check_cli(tmp_path, "--baseline", "known.json", files={"a.nx": CLEAN, "known.json": text})
    assert ran.status == 2
    assert "baseline known.json" in ran.err


# ── suppressions ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_comment_allows_a_warning_and_no_error(tmp_path: Path) -> None:
    files = {
        "a.nx": WARNING.replace("let y = 1", "let y = 1 // nexa: allow NX208"),
        "b.nx": ERROR.replace("print(missing)", "print(missing) // nexa: allow NX201"),
    }
    found = json.loads(check_cli(tmp_path, "--json", files=files).out)
    assert ("b.nx", "NX201") in [(one["path"], one["code"]) for one in found]
    assert "NX208" not in [one["code"] for one in found]


# ── watching ────────────────────────────────────────────────────────────────────────────────────────────────────


def lines_of(process: subprocess.Popen[bytes]) -> Iterator[str]:
    assert process.stderr is not None
    for line in process.stderr:
        yield line.decode()


@pytest.mark.skipif(os.name != "posix", reason="interrupts as POSIX has them")
def test_watch_checks_again_and_ends_well(tmp_path: Path) -> None:
    import signal

    write_files(tmp_path, {"a.nx": 'include "lib.nxlib"\n' + CLEAN, "lib.nxlib": ""})
    command = [sys.executable, *NEXA_LSP, "--check", "--watch", "a.nx"]
    env = environment(tmp_path, {})
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        try:
            said = lines_of(process)
            for change, expected in (
                ({}, "No findings"),
                ({"a.nx": ERROR}, "Found 1 error"),
                ({"a.nx": 'include "lib.nxlib"\nflow main { print(Bot.run("x")) }\n'}, "Found 1 error"),
                ({"lib.nxlib": 'agent Bot { prompt: "x" }\n'}, "No findings"),
                ({"nexa.toml": "[chekc]\n"}, "did you mean `check`"),
            ):
                write_files(tmp_path, change)
                assert next(line for line in said if "Found" in line or "findings" in line or "error:" in line).count(
                    expected
                )
                next(line for line in said if "Watching" in line)
                time.sleep(0.05)  # so that the time of the file differs
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
        finally:
            process.kill()
