"""Which files a command is about, what lies at strange paths, and which files belong together."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from harness.command import check_cli, write_files
from nexa.cli.components import components
from nexa.cli.sources import MAX_BYTES, Unreadable, read_source
from nexa.cli.walk import find_files
from nexa.compiler.written_includes import written_includes

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")


def found(folder: Path, *paths: str) -> list[str]:
    files = find_files(tuple(str(folder / path) for path in paths) or (str(folder),)).files
    return [os.path.relpath(path, folder).replace(os.sep, "/") for path in files]


def check_walk(folder: Path, files: list[str], expected: list[str], **ignores: str) -> None:
    write_files(folder, dict.fromkeys(files, ""))
    write_files(folder, {name.replace("__", "/"): text for name, text in ignores.items()})
    assert found(folder) == expected


def test_programs_and_libraries_are_found_by_name_files_first(tmp_path: Path) -> None:
    check_walk(
        tmp_path,
        ["b.nx", "a.nxlib", "sub/c.nx", "sub/deep/d.nx", "x.nxs", "y.txt", "nx", ".hidden/e.nx", ".#b.nx"],
        ["a.nxlib", "b.nx", "sub/c.nx", "sub/deep/d.nx"],
    )


def test_gitignore_counts_from_its_folder_and_the_inner_one_wins(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            ".gitignore": "gen/\n*.tmp.nx\n/top.nx\n",
            "sub/.gitignore": "!keep.tmp.nx\nonly.nx\n",
        },
    )
    check_walk(
        tmp_path,
        ["gen/a.nx", "a.tmp.nx", "top.nx", "sub/top.nx", "sub/keep.tmp.nx", "sub/only.nx", "only.nx"],
        ["only.nx", "sub/keep.tmp.nx", "sub/top.nx"],
    )


def test_a_walk_below_the_root_of_a_repository_respects_the_files_above(tmp_path: Path) -> None:
    write_files(tmp_path, {".git/HEAD": "", ".gitignore": "secret.nx\n", "a/b/secret.nx": "", "a/b/open.nx": ""})
    assert found(tmp_path, "a/b") == ["a/b/open.nx"]


def test_a_named_file_is_checked_whatever_ignores_it(tmp_path: Path) -> None:
    write_files(tmp_path, {".gitignore": "*.nx\n", "a.nx": "", "keys.nxs": "", "script": ""})
    assert found(tmp_path, "a.nx", "keys.nxs", "script") == ["a.nx", "keys.nxs", "script"]


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    write_files(tmp_path, {"sub/a.nx": ""})
    assert found(tmp_path, "sub/a.nx", "sub", "sub/../sub/a.nx") == ["sub/a.nx"]


@posix
def test_links_count_once_and_loops_end(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": "", "dir/b.nx": ""})
    (tmp_path / "link.nx").symlink_to("a.nx")
    (tmp_path / "dir" / "up").symlink_to("..")
    (tmp_path / "folder.nx").mkdir()
    (tmp_path / "to_folder.nx").symlink_to("dir")
    assert found(tmp_path) == ["a.nx", "dir/b.nx"]


@posix
def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.nx").write_text("")
    assert len(found(tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"flow main {}\n\xff", "not UTF-8: byte 0xff at line 2, column 1"),
        ("é\r\n é".encode() + b"\xc3", "not UTF-8: byte 0xc3 at line 2, column 3"),
        ("flow".encode("utf-16"), "binary: a NUL byte at line 1, column 4"),
        (b"abc\0def", "binary: a NUL byte at line 1, column 4"),
        (b"x" * (MAX_BYTES + 1), "too large: 5.0 MB; files over 5 MB are not checked"),
    ],
)
def test_what_is_no_source_text_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.nx"
    path.write_bytes(content)
    assert read_source(str(path)) == Unreadable(str(path), reason)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"flow main {}\r\n", b"x" * MAX_BYTES])
def test_source_text_is_read_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.nx").write_bytes(content)
    assert read_source(str(tmp_path / "a.nx")) == content


def reason(path: Path | str) -> str:
    answer = read_source(str(path))
    assert isinstance(answer, Unreadable)
    return answer.reason


@posix
def test_strange_paths_say_why_and_never_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.nx")
    (tmp_path / "broken.nx").symlink_to("nowhere")
    (tmp_path / "loop.nx").symlink_to("loop.nx")
    (tmp_path / "folder.nx").mkdir()
    assert reason(tmp_path / "pipe.nx") == "not a regular file"
    assert reason(tmp_path / "broken.nx") == "a symbolic link to nothing"
    assert reason(tmp_path / "loop.nx") == "a symbolic link to itself"
    assert reason(tmp_path / "folder.nx") == "not a regular file"
    assert reason("/dev/null") == "not a regular file"
    assert reason(tmp_path / "none.nx") == "no such file or folder"
    assert reason("a\0b") == "not a possible file name"


@pytest.mark.skipif(sys.platform != "linux", reason="a file that opens but cannot be read: /proc has one")
def test_a_failing_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.nx").symlink_to("/proc/self/mem")
    assert reason(tmp_path / "a.nx") in ("input/output error", "bad address")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.nx"
    path.write_text("")
    path.chmod(0)
    assert reason(path) == "no permission to read it"


def check_groups(files: dict[str, str], expected: list[str], include_paths: tuple[str, ...] = ()) -> None:
    """`expected` are the groups, files with spaces between; files whose name has a `!` are not checked, only there."""
    disk = {f"/p/{name.lstrip('!')}": text.encode() for name, text in files.items()}
    checked = [f"/p/{name}" for name in files if not name.startswith("!")]
    groups = components(checked, include_paths, disk.get)
    assert [" ".join(path[3:] for path in group) for group in groups] == expected


@posix
def test_files_that_include_each_other_belong_together() -> None:
    check_groups({"a.nx": "", "b.nx": ""}, ["a.nx", "b.nx"])
    check_groups({"a.nx": 'include "l.nxlib"', "b.nx": "", "l.nxlib": ""}, ["a.nx l.nxlib", "b.nx"])
    check_groups(
        {"a.nx": 'include "x/l.nxlib"', "b.nx": "include 'x/l.nxlib'", "x/l.nxlib": ""}, ["a.nx b.nx x/l.nxlib"]
    )
    check_groups({"a.nx": 'include "b.nx"', "b.nx": 'include "a.nx"', "c.nx": 'include "no.nx"'}, ["a.nx b.nx", "c.nx"])


@posix
def test_a_file_between_that_is_not_checked_connects() -> None:
    check_groups({"a.nx": 'include "m.nxlib"', "!m.nxlib": 'include "z.nxlib"', "z.nxlib": ""}, ["a.nx z.nxlib"])
    check_groups(
        {"a.nx": 'include "l.nxlib"', "!lib/l.nxlib": 'include "../z.nx"', "z.nx": ""}, ["a.nx z.nx"], ("/p/lib",)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'include "a.nx"', ["a.nx"]),
        (b"include\n  'b.nx';include\"c.nx\"", ["b.nx", "c.nx"]),
        (b'// include "d.nx"', ["d.nx"]),
        (b"include", []),
        (b'include "', []),
        (b'include "a\nb"', []),
        (b"x = included; " + b" " * 300 + b'"far"', []),
    ],
)
def test_includes_are_read_from_the_text(text: bytes, expected: list[str]) -> None:
    assert list(written_includes(text)) == expected


# ── files that programs name ────────────────────────────────────────────────────────────────────────────────────

NAMING = (
    'agent Ann { prompt: "a", experience: "notes.md" }\nserver 80 { static "/x" from "pub"; route GET "/" => Ann }\n'
)


def test_files_that_come_and_go_are_noticed_in_spite_of_the_cache(tmp_path: Path) -> None:
    write_files(tmp_path, {"sub/a.nx": NAMING})

    def missing() -> list[str]:
        found = json.loads(check_cli(tmp_path, "--format", "json").out)
        return [one["message"].split("`")[1] for one in found if one["code"] == "NX616"]

    assert missing() == missing() == ["notes.md", "pub"]
    (tmp_path / "sub" / "notes.md").write_bytes(b"\xff\0")
    assert missing() == missing() == ["pub"]
    (tmp_path / "sub" / "pub").mkdir()
    assert missing() == missing() == []
    (tmp_path / "sub" / "notes.md").unlink()
    assert missing() == missing() == ["notes.md"]


def test_a_program_that_names_files_is_remembered(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": NAMING})
    first, second = (check_cli(tmp_path, "--verbose") for _ in range(2))
    assert first.out == second.out
    assert "1 groups, 1 of them remembered" in second.err


def test_names_of_models_are_those_of_the_configuration(tmp_path: Path) -> None:
    program = 'agent Ann { prompt: "a", model: "mine" }\nflow main { print(Ann.run("a")) }\n'
    write_files(tmp_path, {"a.nx": program})
    args = ("--severity", "hint", "--select", "NX605", "--format", "concise")
    assert "NX605" in check_cli(tmp_path, *args).out
    write_files(tmp_path, {"nexa.toml": '[models.mine]\nmodel = "openai/gpt-4o"\n'})
    assert check_cli(tmp_path, *args).out == ""
