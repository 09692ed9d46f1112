from __future__ import annotations

import pytest

from harness.cursor import ROOT, shown_path
from harness.markers import read_fixture
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.ide.features.file_moves import move_edits, moved_path


def check_moves(text: str, expected: str, *moves: tuple[str, str], include_paths: tuple[str, ...] = ()) -> None:
    """The files, under their old paths, when files and folders are moved."""
    fixture = read_fixture(text)
    known = {ROOT + name for name in fixture.files}
    settings = Settings(include_paths=tuple(ROOT + one for one in include_paths))
    project = Project(settings, lambda _: None)
    for name, content in fixture.files.items():
        if name.endswith((".nx", ".nxlib")):
            project = project.with_file(File.parse(ROOT + name, content.encode()))
    edits = move_edits(project, [(ROOT + old, ROOT + new) for old, new in moves], project.paths, known.__contains__)
    texts = {name: content.encode() for name, content in fixture.files.items()}
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        old = texts[shown_path(edit.path)]
        texts[shown_path(edit.path)] = old[: edit.span.start] + edit.text.encode() + old[edit.span.end :]
    changed = {name: text.decode() for name, text in texts.items() if text.decode() != fixture.files[name]}
    assert changed == (read_fixture(expected).files if expected else {})


LIBRARY = '//- lib/tools.nxlib\nfn f() { }\n//- main.nx\n/* 😀 */ include "lib/tools.nxlib" // lib/tools.nxlib\n'

MOVES: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "a library is renamed": (
        LIBRARY,
        '//- main.nx\n/* 😀 */ include "lib/客.nxlib" // lib/tools.nxlib\n',
        (("lib/tools.nxlib", "lib/客.nxlib"),),
    ),
    "a library moves": (
        LIBRARY,
        '//- main.nx\n/* 😀 */ include "tools.nxlib" // lib/tools.nxlib\n',
        (("lib/tools.nxlib", "tools.nxlib"),),
    ),
    "its folder is renamed": (
        LIBRARY,
        '//- main.nx\n/* 😀 */ include "library/tools.nxlib" // lib/tools.nxlib\n',
        (("lib", "library"),),
    ),
    "the program moves": (
        LIBRARY,
        '//- main.nx\n/* 😀 */ include "../lib/tools.nxlib" // lib/tools.nxlib\n',
        (("main.nx", "app/main.nx"),),
    ),
    "both move": (LIBRARY, "", (("main.nx", "app/main.nx"), ("lib", "app/lib"))),
    "something else moves": (LIBRARY, "", (("other.nx", "x.nx"), ("li", "lx"), ("lib/tools", "lib/x"))),
    "a way of writing is kept": (
        "//- a.nxlib\n//- main.nx\ninclude \"./a.nxlib\"\ninclude './a.nxlib'\n",
        "//- main.nx\ninclude \"./b/c.nxlib\"\ninclude './b/c.nxlib'\n",
        (("a.nxlib", "b/c.nxlib"),),
    ),
    "files that programs name": (
        "//- a.md\n//- t.py\n//- public/x.txt\n//- main.nx\n"
        'agent A uses "a.md", "t.py" { experience: "a.md", uses: ["a.md"]; prompt: "a.md" }\n'
        'tool T { python: "t.py" }\nserver 80 { static "/a" from "./public" }\n'
        'agent B { experience: "gone.md" }',
        "//- main.nx\n"
        'agent A uses "docs/b.md", "docs/u.py" { experience: "docs/b.md", uses: ["docs/b.md"]; prompt: "a.md" }\n'
        'tool T { python: "docs/u.py" }\nserver 80 { static "/a" from "./public" }\n'
        'agent B { experience: "gone.md" }',
        (("a.md", "docs/b.md"), ("t.py", "docs/u.py")),
    ),
    "what a program names when it moves": (
        '//- a.md\n//- main.nx\nagent A { experience: "a.md" }\nagent B { experience: "gone.md" }',
        '//- main.nx\nagent A { experience: "../../a.md" }\nagent B { experience: "gone.md" }',
        (("main.nx", "x/y/main.nx"),),
    ),
    "a library that includes another one moves": (
        '//- lib/a.nxlib\ninclude "../b.nxlib"\ninclude "c.nxlib"\n//- lib/c.nxlib\n//- b.nxlib\n',
        '//- lib/a.nxlib\ninclude "../../b.nxlib"\ninclude "c.nxlib"',
        (("lib", "x/lib"),),
    ),
}


@pytest.mark.parametrize(("text", "expected", "moves"), MOVES.values(), ids=MOVES.keys())
def test_moves(text, expected, moves):
    check_moves(text, expected, *moves)


def test_a_path_that_was_found_in_an_include_folder():
    text = '//- shared/a.nxlib\nfn f() { }\n//- app/main.nx\ninclude "a.nxlib"\n'
    check_moves(
        text,
        '//- app/main.nx\ninclude "deep/b.nxlib"\n',
        ("shared/a.nxlib", "shared/deep/b.nxlib"),
        include_paths=("shared",),
    )
    check_moves(
        text, '//- app/main.nx\ninclude "../a.nxlib"\n', ("shared/a.nxlib", "a.nxlib"), include_paths=("shared",)
    )
    check_moves(text, "", ("app/main.nx", "x/y/main.nx"), include_paths=("shared",))


def test_broken_files_are_followed_as_well():
    check_moves(
        '//- a.nxlib\n//- main.nx\nagent { prompt:\ninclude "a.nxlib"\nflow main { x = = ',
        '//- main.nx\nagent { prompt:\ninclude "b.nxlib"\nflow main { x = = ',
        ("a.nxlib", "b.nxlib"),
    )


def test_where_a_path_goes():
    assert moved_path("/a/b/c", [("/a", "/x")]) == "/x/b/c"
    assert moved_path("/a/b/c", [("/a", "/x"), ("/a/b", "/y")]) == "/y/c"
    assert moved_path("/ab", [("/a", "/x")]) == "/ab"
