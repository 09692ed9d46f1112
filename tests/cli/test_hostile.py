"""Whatever lies on the disk: a clear answer within seconds, exit status 0, 1 or 2, never a traceback, never a hang."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.command import NEXA_LSP, check_cli, environment, write_files

CLEAN = 'flow main {\n    print("hi")\n}\n'
DEEP = 1_000
posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "not UTF-8: byte 0xff at line 1, column 1"),
        (CLEAN.encode("utf-16"), "binary"),
        (b"\x7fELF\0\0\0", "binary: a NUL byte at line 1, column 5"),
        (b"x = 1\n" * 2_000_000, "too large: 12.0 MB"),
    ],
    ids=["bytes", "utf-16", "program", "huge"],
)
def test_what_is_no_source_is_2_and_the_rest_is_checked(tmp_path: Path, content: bytes, reason: str) -> None:
    ran = check_cli(tmp_path, "--format", "json", files={"bad.nx": content, "good.nx": "flow main { print(missing) }"})
    assert ran.status == 2
    assert f"error: bad.nx: {reason}" in ran.err
    assert [one["path"] for one in json.loads(ran.out)] == ["good.nx"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 100_000,
        "\ufeff",
        "x" * 100_000,
        "/*" * 10_000,
        '"' * 10_001,
        "#{" * 1_000,
        "flow main { x = " + "(" * DEEP + "1" + ")" * DEEP + " }",
        "flow main { x = " + "[" * DEEP + "]" * DEEP + " }",
        "flow main { x = " + "(" * DEEP,
        "flow main " + "{ if true " * DEEP + "}" * DEEP,
        "flow main { x = " + "-" * DEEP + "1 }",
        "flow main { x = " + "not " * DEEP + "true }",
        "flow main { x = " + " + ".join(["1"] * DEEP) + " }",
        "flow main { x = a" + ".b" * DEEP + " }",
        "flow main { x = a" + "()" * DEEP + " }",
        "flow main { x = " + "|y| " * DEEP + "1 }",
        'flow main { x = "' + '#{"' * 200 + '"}' * 200 + '" }',
        "type T = " + "list[" * DEEP + "int" + "]" * DEEP,
        "}" * 10_000,
        "flow \u202e main \u2028 { \x85 \x0c }",
        "".join(f"agent A{n} {{}}\n" for n in range(2_000)),
    ],
    ids=lambda text: repr(text[:24]),
)
def test_any_text_is_answered(tmp_path: Path, text: str) -> None:
    assert check_cli(tmp_path, "--quiet", files={"a.nx": text}, timeout=120).status in (0, 1)


@posix
def test_strange_entries_of_a_folder_are_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    write_files(tmp_path, {"good.nx": CLEAN, "dir.nx/inside.nx": CLEAN})
    os.mkfifo(tmp_path / "pipe.nx")
    (tmp_path / "broken.nx").symlink_to("nowhere")
    (tmp_path / "loop.nx").symlink_to("loop.nx")
    (tmp_path / "dir.nx" / "up").symlink_to("..")
    ran = check_cli(tmp_path, timeout=20)
    assert ran.status == 2
    assert "pipe.nx: not a regular file" in ran.err
    assert "broken.nx: a symbolic link to nothing" in ran.err
    assert "loop.nx: a symbolic link to itself" in ran.err
    assert "No findings in 2 files." in ran.err


@posix
def test_a_name_that_is_no_utf8_can_be_checked_and_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\x1b.nx"
    try:
        with open(path, "wb") as file:  # noqa: PTH123  # the name is bytes
            file.write(b"flow main { print(missing) }")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    for form in ("concise", "full", "json", "sarif", "junit", "gitlab", "github"):
        ran = check_cli(tmp_path, "--format", form)
        assert ran.status == 1
        assert "NX201" in ran.out


@posix
def test_a_file_that_vanishes_or_grows_is_no_bug(tmp_path: Path) -> None:
    """Another program rewrites, deletes and creates the files all the time."""
    write_files(tmp_path, {f"{n}.nx": CLEAN for n in range(30)})
    churn = (
        "import os, itertools\n"
        "for n in itertools.count():\n"
        "    name = f'{n % 30}.nx'\n"
        "    if os.path.exists(name): os.unlink(name)\n"
        "    open(name, 'w').write('flow main { print(1) }\\n' * (n % 7))\n"
    )
    with subprocess.Popen([sys.executable, "-c", churn], cwd=tmp_path) as process:
        try:
            for _ in range(5):
                assert check_cli(tmp_path).status in (0, 1, 2)
        finally:
            process.kill()


@pytest.mark.parametrize("path", ["a" * 5000, ""], ids=["long", "empty"])
def test_impossible_paths_are_2(tmp_path: Path, path: str) -> None:
    assert check_cli(tmp_path, path, files={"a.nx": CLEAN}).status == 2


# ── the cache ───────────────────────────────────────────────────────────────────────────────────────────────────


def remembered(ran: object) -> int:
    return int(str(ran).split(" groups, ")[1].split(" of them")[0])


def test_what_did_not_change_is_remembered(tmp_path: Path) -> None:
    files = {
        "a.nx": 'include "lib.nxlib"\nflow main { print(Bot.run("x")) }\n',
        "lib.nxlib": 'agent Bot { prompt: "x" }\n',
        "b.nx": "flow main { print(missing) }\n",
    }
    first = check_cli(tmp_path, "--verbose", files=files)
    second = check_cli(tmp_path, "--verbose")
    assert (remembered(first), remembered(second)) == (0, 2)
    assert first.out == second.out
    assert remembered(check_cli(tmp_path, "--verbose", "--no-cache")) == 0
    assert remembered(check_cli(tmp_path, "--verbose", "--harness", "strict")) == 0
    changed = check_cli(tmp_path, "--verbose", files={"lib.nxlib": 'agent Other { prompt: "x" }\n'})
    assert remembered(changed) == 1
    assert "`Bot` is not defined" in changed.out


def test_an_included_file_that_appears_or_goes_counts(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": 'include "sub/l.nxlib"\nflow main { print("x") }\n'})
    assert "NX207" in check_cli(tmp_path, "a.nx").out
    write_files(tmp_path, {"sub/l.nxlib": ""})
    assert check_cli(tmp_path, "a.nx").status == 0
    (tmp_path / "sub" / "l.nxlib").unlink()
    assert "NX207" in check_cli(tmp_path, "a.nx").out


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"reports": 1}', b"\xff", b'{"reports": [[{}, ""]], "needs": {}}'],
)
def test_a_broken_cache_counts_as_none(tmp_path: Path, content: bytes) -> None:
    before = check_cli(tmp_path, files={"a.nx": "flow main { print(missing) }\n"})
    entries = list((tmp_path.parent / f"{tmp_path.name}-cache").rglob("*.json"))
    assert entries
    for entry in entries:
        entry.write_bytes(content)
    assert check_cli(tmp_path) == before


@posix
def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    ran = check_cli(tmp_path, files={"a.nx": CLEAN, "file": ""}, env={"NEXA_CACHE_DIR": str(tmp_path / "file" / "x")})
    assert (ran.status, ran.out) == (0, "")


def test_checks_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{n}.nx": "flow main { print(missing) }\n" for n in range(20)})
    command = [sys.executable, *NEXA_LSP, "--check"]
    env = environment(tmp_path, {})
    running = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, env=env) for _ in range(4)]
    outs = {process.communicate()[0] for process in running}
    assert len(outs) == 1
    assert {process.returncode for process in running} == {1}
    assert not list((tmp_path.parent / f"{tmp_path.name}-cache").rglob("*.tmp"))


# ── processes and imports ───────────────────────────────────────────────────────────────────────────────────────


def test_more_processes_find_the_same(tmp_path: Path) -> None:
    files = {f"{n:02}.nx": f'include "lib{n % 3}.nxlib"\nflow main {{ print(missing{n}) }}\n' for n in range(12)}
    write_files(tmp_path, {**files, **{f"lib{n}.nxlib": "" for n in range(3)}})
    one = check_cli(tmp_path, "--no-cache", "--jobs", "1")
    several = check_cli(tmp_path, "--no-cache", "--jobs", "3", "--verbose")
    assert one.out == several.out
    assert len(one.out.splitlines()) == 12
    assert "3 processes" in several.err


HEAVY = ("pygls", "lsprotocol", "aiohttp", "pydantic", "asyncio", "rich", "nexa.lsp.session", "nexa.runtime.engine")


@pytest.mark.parametrize(
    ("code", "args", "also"),
    [
        ("from nexa.cli.lsp import main", ["--check", "a.nx", "--no-cache"], ()),
        ("from nexa.cli.lsp import main", ["--check", "a.nx", "--format", "sarif"], ()),
        ("from nexa.cli import main", ["--version"], ("nexa.compiler.analysis", "tree_sitter", "nexa.cli.check")),
        ("from nexa.cli import main", ["--help"], ("nexa.compiler.analysis", "tree_sitter", "nexa.cli.check")),
    ],
)
def test_nothing_heavy_is_imported(tmp_path: Path, code: str, args: list[str], also: tuple[str, ...]) -> None:
    write_files(tmp_path, {"a.nx": CLEAN})
    script = f"import sys\n{code}\nmain({args!r})\nprint([n for n in {(*HEAVY, *also)!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, env=environment(tmp_path, {})
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


def test_a_remembered_check_imports_no_compiler(tmp_path: Path) -> None:
    check_cli(tmp_path, files={"a.nx": CLEAN})
    script = "import sys\nfrom nexa.cli.lsp import main\nmain(['--check'])\nprint('nexa.compiler.ast' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, env=environment(tmp_path, {})
    )
    assert done.stdout.splitlines()[-1] == "False", done.stdout + done.stderr


# ── our own mistakes ────────────────────────────────────────────────────────────────────────────────────────────

BREAK = """
import sys
import nexa.cli.analyse as analyse
real = analyse.findings_in
def findings_in(project, path):
    if path.endswith("b.nx"):
        raise RuntimeError("planted")
    return real(project, path)
analyse.findings_in = findings_in
from nexa.cli.lsp import main
sys.exit(main(["--check", "--format", "json", "--no-cache"]))
"""


@pytest.mark.parametrize("debug", [{}, {"NEXA_DEBUG": "1"}])
def test_a_bug_is_101_with_a_short_message_and_the_rest_is_checked(tmp_path: Path, debug: dict[str, str]) -> None:
    write_files(tmp_path, {"a.nx": "flow main { print(missing) }", "b.nx": CLEAN})
    done = subprocess.run(
        [sys.executable, "-c", BREAK], cwd=tmp_path, capture_output=True, text=True, env=environment(tmp_path, debug)
    )
    assert done.returncode == 101
    assert [one["path"] for one in json.loads(done.stdout)] == ["a.nx"]
    assert "b.nx: RuntimeError: planted" in done.stderr
    assert "Please report it at https://" in done.stderr
    assert ("Traceback" in done.stderr) == bool(debug)
