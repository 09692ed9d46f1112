"""`nexa fmt`: files in, files out, and what it says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, run, write_files

UGLY = 'agent   A{prompt:"a"}\n'
FINE = 'agent A { prompt: "a" }\n'
BROKEN = "flow torn( {\n"


def fmt(folder: Path, *args: str, **more) -> Ran:
    """`nexa fmt` with these arguments. Whatever it is given, it never shows a traceback."""
    ran = run(NEXA, ["fmt", *args], folder, **more)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_files_are_rewritten_and_counted(tmp_path: Path) -> None:
    files = {"a.nx": UGLY, "lib/b.nxlib": UGLY, "c.nx": FINE, "notes.txt": UGLY}
    ran = fmt(tmp_path, files=files)
    assert tuple(ran) == (0, "", "2 files reformatted, 1 file left unchanged.\n")
    assert (tmp_path / "a.nx").read_text() == (tmp_path / "lib" / "b.nxlib").read_text() == FINE
    assert (tmp_path / "notes.txt").read_text() == UGLY
    assert fmt(tmp_path).err == "3 files left unchanged.\n"


def test_a_file_that_is_laid_out_is_not_written(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": FINE})
    before = (tmp_path / "a.nx").stat()
    assert fmt(tmp_path, "a.nx").status == 0
    after = (tmp_path / "a.nx").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_mode_of_a_file_and_a_link_stay(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": UGLY})
    (tmp_path / "a.nx").chmod(0o750)
    (tmp_path / "link.nx").symlink_to("a.nx")
    assert fmt(tmp_path, "link.nx").status == 0
    assert (tmp_path / "link.nx").is_symlink()
    assert (tmp_path / "a.nx").read_text() == FINE
    assert (tmp_path / "a.nx").stat().st_mode & 0o777 == 0o750


def test_check_names_what_would_change_and_fails(tmp_path: Path) -> None:
    ran = fmt(tmp_path, "--check", files={"a.nx": UGLY, "b.nx": FINE})
    assert tuple(ran) == (1, "would reformat a.nx\n", "1 file would be reformatted, 1 file left unchanged.\n")
    assert (tmp_path / "a.nx").read_text() == UGLY
    assert tuple(fmt(tmp_path, "--check", "b.nx")) == (0, "", "1 file left unchanged.\n")


def test_diff_shows_what_would_change_and_fails(tmp_path: Path) -> None:
    ran = fmt(tmp_path, "--diff", "-q", files={"a.nx": UGLY, "b.nx": FINE})
    assert tuple(ran) == (1, f"--- a.nx\n+++ a.nx\n@@ -1 +1 @@\n-{UGLY}+{FINE}", "")
    assert (tmp_path / "a.nx").read_text() == UGLY


@pytest.mark.parametrize("args", [["-"], ["--stdin"]])
def test_standard_input_comes_out_laid_out(tmp_path: Path, args: list[str]) -> None:
    assert tuple(fmt(tmp_path, *args, stdin=UGLY.encode())) == (0, FINE, "")
    assert tuple(fmt(tmp_path, *args, "--check", stdin=UGLY.encode())) == (1, "would reformat stdin.nx\n", "")
    assert tuple(fmt(tmp_path, *args, "--check", stdin=FINE.encode())) == (0, "", "")
    named = fmt(tmp_path, *args, "--stdin-filename", "s.nxs", stdin=b"A:1")
    assert tuple(named) == (0, "A = 1\n", "")


def test_what_cannot_be_read_is_left_and_named(tmp_path: Path) -> None:
    ran = fmt(tmp_path, files={"a.nx": UGLY + BROKEN})
    assert (tmp_path / "a.nx").read_text() == FINE + BROKEN
    assert ran.status == 0
    assert ran.err.startswith("warning: a.nx:2: left as it is, because it cannot be read; `nexa check` says why\n")
    assert tuple(fmt(tmp_path, "-q")) == (0, "", "")


def test_secrets_are_laid_out_when_they_are_named_and_never_shown(tmp_path: Path) -> None:
    write_files(tmp_path, {"s.nxs": 'KEY:"hunter2"\n', "a.nx": FINE})
    assert "s.nxs" not in fmt(tmp_path, "--check").out
    shown = fmt(tmp_path, "--diff", "s.nxs")
    assert tuple(shown) == (1, "would reformat s.nxs\n", "1 file would be reformatted.\n")
    assert fmt(tmp_path, "s.nxs").status == 0
    assert (tmp_path / "s.nxs").read_text() == 'KEY = "hunter2"\n'


def test_unusable_files_are_2_and_do_not_keep_the_others_back(tmp_path: Path) -> None:
    files = {"a.nx": UGLY, "b.nx": b"\xff", "c.nx": b"x\0"}
    ran = fmt(tmp_path, "a.nx", "b.nx", "c.nx", "nowhere.nx", files=files)
    assert ran.status == 2
    assert (tmp_path / "a.nx").read_text() == FINE
    for name, reason in (("b.nx", "not UTF-8"), ("c.nx", "a NUL byte"), ("nowhere.nx", "no such file")):
        assert any(name in line and reason in line for line in ran.err.splitlines()), ran.err
    assert fmt(tmp_path, "-", stdin=b"\xff").status == 2


@pytest.mark.parametrize(
    "args", [["-", "a.nx"], ["--stdin", "a.nx"], ["--stdin-filename", "a.nx"], ["--fast"], ["--check", "--what"]]
)
def test_wrong_usage_is_2(tmp_path: Path, args: list[str]) -> None:
    ran = fmt(tmp_path, *args, files={"a.nx": UGLY})
    assert (ran.status, ran.out) == (2, "")
    assert (tmp_path / "a.nx").read_text() == UGLY


def test_an_empty_folder_is_no_mistake(tmp_path: Path) -> None:
    assert tuple(fmt(tmp_path)) == (0, "", "warning: no Nexa files found\n")


def test_the_line_length_is_the_project_s(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": "x = first_operand + second_operand + third_operand\n"})
    assert fmt(tmp_path, "--check").status == 0
    write_files(tmp_path, {"nexa.toml": "[format]\nline_length = 40\n"})
    assert fmt(tmp_path).status == 0
    text = "x = first_operand\n    + second_operand\n    + third_operand\n"
    assert (tmp_path / "a.nx").read_text() == text
    write_files(tmp_path, {"nexa.toml": "[format]\nline_length = 4\n"})
    ran = fmt(tmp_path)
    assert ran.status == 2
    assert "`format.line_length` must be at least 40, not 4" in ran.err
    assert (tmp_path / "a.nx").read_text() == text
