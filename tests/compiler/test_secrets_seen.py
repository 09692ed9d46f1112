"""The secrets files of a program: given by a callback, part of the program, and who is looked at again for them."""

from __future__ import annotations

from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File

TEXTS = {
    "/p/a.nx": b'include "lib.nxlib"\ninclude "more.nxs"\nuse config one\nflow main { print(1) }\n',
    "/p/lib.nxlib": b"fn helper() { return 1 }\n",
    "/p/more.nxs": b"config two { A = 1 }\n",
    "/p/keys.nxs": b"config one { A = 1 }\n",
    "/q/b.nx": b"flow main { print(2) }\n",
}


def project(seen: dict[str, tuple[str, ...]]) -> Project:
    made = Project(Settings(), TEXTS.get, find_secrets=lambda entry: seen.get(entry, ()))
    for path in ("/p/a.nx", "/q/b.nx"):
        made = made.with_file(File.parse(path, TEXTS[path]))
    return made


def paths(project: Project, entry: str = "/p/a.nx") -> list[str]:
    return [file.path for file in project.program(entry).secrets]


def test_what_is_included_comes_after_what_is_seen_and_what_cannot_be_read_is_left_out() -> None:
    assert paths(project({})) == ["/p/more.nxs"]
    assert paths(project({"/p/a.nx": ("/p/keys.nxs",)})) == ["/p/keys.nxs", "/p/more.nxs"]
    assert paths(project({"/p/a.nx": ("/p/more.nxs", "/p/none.nxs", "/p/keys.nxs")})) == ["/p/more.nxs", "/p/keys.nxs"]


def test_a_name_leads_to_the_nearest_file_that_declares_it() -> None:
    found = project({"/p/a.nx": ("/p/keys.nxs",)}).reference_at("/p/a.nx", TEXTS["/p/a.nx"].index(b"one"))
    assert found is not None
    assert (found.symbol.kind, found.symbol.path) == ("config", "/p/keys.nxs")


def test_the_programs_that_see_a_secrets_file_depend_on_it() -> None:
    made = project({"/p/a.nx": ("/p/keys.nxs",)})
    assert made.dependents("/p/keys.nxs") == {"/p/a.nx", "/p/lib.nxlib", "/p/more.nxs", "/p/keys.nxs"}
    assert "/q/b.nx" in project(dict.fromkeys(("/p/a.nx", "/q/b.nx"), ("/p/keys.nxs",))).dependents("/p/keys.nxs")


def test_a_program_is_judged_again_when_other_names_are_declared_and_only_then() -> None:
    made = project({"/q/b.nx": ("/p/keys.nxs",)})
    made.findings("/q/b.nx")
    for text, judged in ((b"config one { A = 2 }\n", 0), (b"config one { B = 2 }\n", 1), (b"config one {}\n", 1)):
        before = made.work.programs_checked
        made = made.with_file(File.parse("/p/keys.nxs", text))
        made.findings("/q/b.nx")
        assert made.work.programs_checked - before == judged, text
        assert made.program("/q/b.nx").secrets == (made.file("/p/keys.nxs"),)
