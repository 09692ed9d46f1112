"""Python inside programs: what is wrong with it, and which names it brings. Nothing is run."""

from __future__ import annotations

import pytest

from harness.findings import differences, findings_of, project_of
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.python_file import read_python
from nexa.compiler.python_names import names_of
from nexa.compiler.python_tools import python_type
from nexa.compiler.rule import Severity
from nexa.compiler.types.show import show


@pytest.mark.parametrize(
    ("code", "defines"),
    [
        ("x = 1", "x"),
        ("x: int = 3", "x"),
        ("x: int", ""),
        ("x += 1", "x"),
        ("a, (b, *c) = f()", "a b c"),
        ("b = a = 1", "b a"),
        ("x.y = 1\nx[0] = 2", ""),
        ("for i, j in y:\n  z = i", "i j z"),
        ("for x.y in z: pass", ""),
        ("with open(p) as f, g() as (h, k): pass", "f h k"),
        ("with (open(p) as f): pass", "f"),
        ("import a.b, c as d\nfrom e import f as g, h", "a d g h"),
        ("def f(p, q=1):\n  r = 2\n  return r", "f"),
        ("async def f(): pass\n@dec\ndef g(): pass", "f g"),
        ("class C:\n  m = 1", "C"),
        ("try: pass\nexcept E as e:\n  w = 1", "w"),
        ("del x", ""),
        ("if (n := len(a)) > 1: pass", "n"),
        ("[t for t in u if (v := t)]", "v"),
        ("{k: w for k, w in d}\n(s for s in u)", ""),
        ("f = lambda s: s", "f"),
        ("if 1:\n  deep = 2\nwhile 1:\n  deeper = 3", "deep deeper"),
        ("match p:\n  case {'a': v, **rest}: t = 1\n  case C(z=[w, *more]) as whole: pass", "v rest t w more whole"),
        ("match = 1\nmatch[0] = 2", "match"),
        ("print(x", ""),
        ("def f(:\n pass\ny = 2", "f y"),
        ("客 = '🙂'", "客"),
        ("", ""),
    ],
)
def test_names_that_a_block_gives_a_value(code: str, defines: str) -> None:
    assert set(names_of(code).defines) == set(defines.split())


def test_names_come_in_the_order_of_their_first_value() -> None:
    assert names_of("b = 1\na = 2\nb = 3\nmatch a:\n  case c: d = 1").defines == ("b", "a", "c", "d")


@pytest.mark.parametrize(
    "code",
    [
        "match p:\n  case {'a': v}: pass\n  case [1, *_]: pass",
        "async with (a as b, c as d):\n  pass",
        "with (\n  open(a) as b,\n): pass",
        "try: pass\nexcept* E: pass",
        "return [await x async for x in y]",
        "nonlocal z\nz = 1",
        "match p:\n  case 1:\n    nonlocal z\n    z = 1",
        "def f(a, /, b, *, c): pass",
        "x = f'{a!r:>{w}}'",
    ],
)
def test_what_the_running_python_reads_is_no_mistake(code: str) -> None:
    text = f'flow main(p, z, a, c, y) {{ python! """\n{code}\n""" }}'
    assert [one for one in findings_of({"main.nx": text}) if one.code == "NX116"] == []


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("x = 1\ny = = 2", "="),
        ("x = '客' + + )", ")"),
        ("match p:\n  case 1: pass\ny = $", "$"),
        ("return 1\nbreak", "break"),
        ("def f(x, x): pass", "x"),
        ('print "客"', '"客"'),
        ("y = *", ""),
        ("f(1, (2)", "("),
        ("x = f'{a +}'", "}"),
        ("x = 1\n  y = 2", "y"),
        ("def f():\nx = 1", "x"),
        ("x = '客", "'"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_mistake_has_its_place_in_the_file(code: str, place: str, newline: str) -> None:
    text = f'// 🙂\nflow main(p) {{\n    python! """\n        {code}\n    """\n}}'
    text = text.replace("\n", newline) if "\n" not in code else text.replace(code, code.replace("\n", "\n        "))
    (one,) = [one for one in findings_of({"main.nx": text}) if one.code == "NX116"]
    assert text.encode()[one.span.start : one.span.end].decode() == place
    assert one.span.start > text.encode().index(b'"""')


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        ("def f(a: float, *, b: 'int' = 2, **c) -> X[Y]: ...", ["f(a: float, *, b: 'int' = 2, **c) -> X[Y]"]),
        ("async def f(a, b=1, /, c: X|None=None, *d, e): ...", ["f(a, b=1, /, c: X|None = None, *d, e)"]),
        ("def f(a, /): ...\ndef _g(): ...\nclass C:\n  def m(self): ...\nh = lambda x: x", ["f(a, /)"]),
        ("def o():\n  def i(): ...\nif 1:\n  def f(): ...\ntry:\n  def g(): ...\nfinally: 1", ["o()", "f()", "g()"]),
        ("__all__ = ['_a', 'b']\ndef _a(): ...\ndef b(): ...\ndef c(): ...", ["_a()", "b()"]),
        ("__all__ = names()\ndef _a(): ...\ndef b(): ...", ["b()"]),
        ("from x import f\nimport g", []),
        ("def broken(:\n  pass\ndef whole(a): ...", ["whole(a)"]),
        ("match x:\n  case 1: pass\ndef f(): ...", ["f()"]),
        ("def f(\n  a = (1,\n    2),\n): ...", ["f(a=(1, 2))"]),
        ("\ufeffdef f(): ...", ["f()"]),
        ("", []),
        ("\0", []),
        ("(" * 5000, []),
    ],
)  # fmt: skip
def test_functions_that_a_file_offers(text: str, functions: list[str]) -> None:
    assert [str(one) for one in read_python(text).functions] == functions


def test_what_is_called_otherwise_than_written_is_not_certain() -> None:
    text = "@dec\ndef a(x): ...\n@dec\nasync def b(x): ...\nif 1:\n  def c(x): ...\nelse:\n  def c(): ...\ndef d(): ..."
    assert [(one.name, one.is_certain) for one in read_python(text).functions] == [
        ("a", False),
        ("b", False),
        ("c", False),
        ("d", True),
    ]


def test_docstrings_are_read() -> None:
    text = "def f():\n    \"\"\"One.\n\n      Two.\n    \"\"\"\ndef g():\n    'x' 'y'\ndef h(): f'{1}'"
    assert [one.doc for one in read_python(text).functions] == ["One.\n\nTwo.", "", ""]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("int", "int"),
        ("'str'", "str"),
        ("list[int]", "list[int]"),
        ("typing.List[str]", "list[str]"),
        ("dict[str, float]", "dict[str, float]"),
        ("Optional[int]", "int?"),
        ("int | None", "int?"),
        ("Union[int, str]", "int | str"),
        ("None", "null"),
        ("bytes", "any"),
        ("list[Item]", "list[any]"),
        ("Annotated[int, 3]", "any"),
        ("", "any"),
        ("(", "any"),
    ],
)
def test_annotations_as_types(annotation: str, expected: str) -> None:
    assert show(python_type(annotation)) == expected


FIXTURE = """
//- helpers/h.py
def rounding(x: float, places: int = 2) -> float: ...
//- many.py
def one(): ...
def two(x, y): ...
//- decorated.py
@dec
def two(x, y): ...
//- bad.py
def f(x): ...
y = = 1
"""


@pytest.mark.parametrize(
    "text",
    [
        """
        tool R { description: "客", python: "helpers/h.py" }
        flow main {
            print(R(2.5), R("a"), R(1, 2, 3), R(x: 1, z: 2), R(1) - [1], 2.5 >> R)
                          //^^^ NX301: expected `float`, found `str`
                                //^ NX302: `R` takes 1 to 2 arguments, 3 given
                                                    //^ NX220: `R` has no parameter `z`; it takes `places` and `x`
                                                                //^ NX319: `-` cannot combine `float` and `list[int]`
        }
        """,
        """
        tool Two { description: "x", python: "many.py" }
        tool Other { description: "x", python: "many.py" }
        tool Decorated { description: "x", python: "decorated.py" }
        tool Gone { description: "x", python: "gone.py" }
                                            //^^^^^^^^^ NX616
        flow main {
            print(Two(1), Other(1, 2, 3), Decorated(), Gone(x: 1))
                //^^^ NX302: `Two` takes 2 arguments, 1 given
        }
        """,
        """
        tool R { description: "x", parameters: {n: "int"}, returns: "str", python: "helpers/h.py" }
        flow main {
            print(R(1, 2), R(n: 1) - 1)
                //^ NX302: `R` takes 1 argument, 2 given
                                 //^ NX319: `-` cannot combine `str` and `int`
        }
        """,
        """
        tool Bad { description: "x", python: "bad.py" }
                                           //^^^^^^^^ NX116: Python error in `bad.py`, line 2: invalid syntax
        agent Ann uses "many.py", "bad.py" { prompt: "a" }
                                //^^^^^^^^ NX116: Python error in `bad.py`, line 2: invalid syntax
        flow main { print(Bad(), Ann.run("x")) }
        """,
        """
        include "lib/l.nxlib"
        flow main { print(R(), T.run("x")) }
                        //^ NX302: `R` takes 1 to 2 arguments, 0 given
        //- lib/l.nxlib
        tool R { description: "x", python: "../helpers/h.py" }
        agent T uses "../bad.py" { prompt: "x" }
                   //^^^^^^^^^^^ NX116
        """,
    ],
)
def test_tools_in_python_files(text: str) -> None:
    lines = "\n".join(line[8:] for line in text.splitlines())
    wrong = differences(lines + FIXTURE, severities=frozenset({Severity.ERROR, Severity.WARNING}))
    assert not wrong, "\n".join(["", *wrong])


def test_a_python_file_that_changes_checks_who_calls_its_tool_and_nobody_else() -> None:
    texts = {"h.py": b"def r(x): ...", "a.nx": b""}
    program = 'tool R { description: "x", python: "h.py" }\nflow one() { R(1) }\nflow main { one() }'
    project = Project(Settings(), texts.get, exists=texts.__contains__).with_file(File.parse("a.nx", program.encode()))

    def codes() -> list[str]:
        return [one.code for one in project.findings("a.nx") or ()]

    assert codes() == []
    steps = [
        (b"def r(x): ...  # a comment", [], 0),
        (b"def r(x, y): ...", ["NX302"], 2),
        (b"def r(x, y): ...\n\n\n", ["NX302"], 0),
        (b"def r(x, y: ...", ["NX116"], 2),
        (None, ["NX616"], 2),
        (b"def r(x): ...", [], 2),
    ]
    for text, expected, checked in steps:
        before = project.work.items_checked
        if text is None:
            del texts["h.py"]
        else:
            texts["h.py"] = text
        project = project.without_file("h.py")
        assert codes() == expected, text
        assert project.work.items_checked - before == checked, text


def test_an_edit_elsewhere_reads_no_python_again() -> None:
    project = project_of(
        {"a.nx": 'tool R { description: "x", python: "h.py" }\nflow main { R(1) }', "h.py": "def r(): ..."}
    )
    project.findings("a.nx")
    python = project.program("a.nx").table.python
    text = project.file("a.nx").text + b"\nflow more { R(2) }"
    after = project.with_file(File.parse("a.nx", text))
    assert [one.code for one in after.findings("a.nx") or ()].count("NX302") == 2
    assert after.program("a.nx").table.python["h.py"] is python["h.py"]
