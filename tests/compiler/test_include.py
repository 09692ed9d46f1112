"""Which file an `include` means, and which programs a file belongs to."""

from __future__ import annotations

import pytest

from harness.findings import findings_of, project_of
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File


def codes(files: dict[str, str], path: str) -> list[str]:
    return [one.code for one in project_of(files).findings(path) or ()]


def test_a_library_sees_the_names_of_who_includes_it() -> None:
    library = "fn loud() { twice(1) }\n"
    entry = 'include "lib.nxlib"\nfn twice(n) { n * 2 }\nflow main { print(loud()) }\n'
    assert codes({"lib.nxlib": library}, "lib.nxlib") == ["NX201"]
    assert codes({"lib.nxlib": library, "main.nx": entry}, "lib.nxlib") == []
    assert codes({"lib.nxlib": library, "main.nx": entry}, "main.nx") == []


def test_two_programs_may_declare_the_same() -> None:
    files = {
        "lib.nxlib": "fn shared() { 1 }\n",
        "one.nx": 'include "lib.nxlib"\nflow main { print(shared()) }\n',
        "two.nx": 'include "lib.nxlib"\nflow main { print(shared()) }\n',
    }
    assert findings_of(files) == []


def test_a_double_is_reported_once_at_the_later_file() -> None:
    files = {
        "a.nxlib": "fn shared() { 1 }\n",
        "b.nxlib": "fn shared() { 2 }\n",
        "one.nx": 'include "a.nxlib"\ninclude "b.nxlib"\nflow main { print(shared()) }\n',
        "two.nx": 'include "a.nxlib"\ninclude "b.nxlib"\nflow main { print(shared()) }\n',
    }
    found = findings_of(files)
    assert [(one.code, one.path, [note.path for note in one.related]) for one in found] == [
        ("NX203", "b.nxlib", ["a.nxlib"])
    ]


@pytest.mark.parametrize(
    ("including", "included", "include_paths", "there", "found"),
    [
        ("main.nx", "lib.nxlib", (), "lib.nxlib", True),
        ("flows/main.nx", "lib.nxlib", (), "flows/lib.nxlib", True),
        ("flows/main.nx", "lib.nxlib", (), "lib.nxlib", False),
        ("flows/main.nx", "../lib.nxlib", (), "lib.nxlib", True),
        ("flows/main.nx", "lib.nxlib", ("shared",), "shared/lib.nxlib", True),
        ("flows/main.nx", "./a/../lib.nxlib", (), "flows/lib.nxlib", True),
    ],
)
def test_where_an_include_is_looked_up(
    including: str, included: str, include_paths: tuple[str, ...], there: str, found: bool
) -> None:
    project = Project(Settings(include_paths=include_paths), lambda path: b"" if path == there else None)
    project = project.with_file(File.parse(including, f'include "{included}"\nflow main {{ print(1) }}\n'.encode()))
    assert [one.code for one in project.findings(including) or ()] == ([] if found else ["NX207"])


def test_a_loaded_file_is_read_once_until_it_is_given_or_taken_back() -> None:
    disk = {"lib.nxlib": b"fn a() { 1 }\n"}
    reads: list[str] = []

    def load(path: str) -> bytes | None:
        reads.append(path)
        return disk.get(path)

    project = Project(Settings(), load)
    project = project.with_file(File.parse("main.nx", b'include "lib.nxlib"\nflow main { print(a()) }\n'))
    assert project.findings("main.nx") == ()
    assert project.findings("main.nx") == ()
    assert reads == ["lib.nxlib"]
    given = project.with_file(File.parse("lib.nxlib", b"fn b() { 1 }\n"))
    assert [one.code for one in given.findings("main.nx") or ()] == ["NX201"]
    disk["lib.nxlib"] = b"fn c() { 1 }\n"
    again = given.without_file("lib.nxlib")
    assert [one.code for one in again.findings("main.nx") or ()] == ["NX201"]
    assert reads == ["lib.nxlib", "lib.nxlib"]
    assert project.findings("main.nx") == ()


def test_a_missing_file_excuses_unknown_names() -> None:
    assert codes({"a.nx": 'include "gone.nx"\nflow main { print(nobody(1)) }\n'}, "a.nx") == ["NX207"]
