"""Text of another language on one long line is told there, and in time; the declarations around it are checked."""

from __future__ import annotations

from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Edit

PAGE = b'<div class="a"><p>hello</p><script>var x = function(){return 1;}</script></div>' * 2000
TEXT = b"flow main { print(1) }\n" + PAGE + b"\nflow other { print(wat) }\n"


def found(file: File) -> list[tuple[str, int]]:
    findings = Project(Settings(), lambda _: None).with_file(file).findings(file.path) or ()
    return [(one.code, file.text.count(b"\n", 0, one.span.start) + 1) for one in findings if one.severity == "error"]


def test_a_long_line_of_another_language_is_told_there() -> None:
    file = File.parse("/a.nx", TEXT)
    assert {line for _, line in found(file)} == {2, 3}
    assert [code for code, line in found(file) if line == 3] == ["NX201"]
    typed = file.edited([Edit(18, 19, 20)], TEXT[:18] + b"12" + TEXT[19:])
    assert {line for _, line in found(typed)} == {2, 3}
    start = TEXT.index(b"<")
    gone = file.edited([Edit(start, start + len(PAGE), start)], TEXT.replace(PAGE, b""))
    assert found(gone) == [("NX201", 3)]


def test_it_stays_in_the_declaration_that_holds_it() -> None:
    text = b"flow main {\n    print(1)\n" + PAGE + b"\n}\nflow other { print(wat) }\n"
    told = found(File.parse("/a.nx", text))
    assert {line for _, line in told} <= {2, 3, 5}  # `<` goes on with the line before it
    assert [code for code, line in told if line == 5] == ["NX201"]
