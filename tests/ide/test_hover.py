from __future__ import annotations

from pathlib import Path

import pytest

from harness.cursor import snapshot
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.ide.features.hover import hover


def check_hover(text: str, signature: str, *words: str) -> None:
    """The card at `$0`: its signature, and words of its text."""
    project, path, offset = snapshot(text)
    card = hover(project, path, offset)
    assert card is not None, "nothing is shown"
    assert card.signature == signature
    assert card.span.start <= offset <= card.span.end
    for word in words:
        assert word in card.text, card.text


def check_nothing(text: str) -> None:
    assert hover(*snapshot(text)) is None


def test_an_agent_shows_its_head_role_and_model():
    check_hover(
        '/// Writes drafts.\nagent Writer -> str { prompt: "p", model: "m-1", role: "Author" }\n'
        "flow main { Wri$0ter.run(1) }",
        'agent Writer -> str\n    role: "Author"\n    model: "m-1"',
        "Writes drafts.",
    )


def test_a_flow_shows_parameters_and_result():
    check_hover(
        "flow study(topic: str,\n    depth: int = 2) -> str { return topic }\nflow main { stu$0dy(1) }",
        "flow study(topic: str, depth: int = 2) -> str",
    )


def test_types_show_what_is_in_them():
    check_hover(
        "protocol Draft { title: str, score: float }\nagent A implements Dra$0ft { }",
        "protocol Draft {\n    title: str\n    score: float\n}",
    )
    check_hover(
        "enum Shape { Circle(r: float), Empty }\nflow main { x = Sh$0ape::Empty }",
        "enum Shape {\n    Circle(r: float)\n    Empty\n}",
    )
    check_hover(
        "enum Shape { Circle(r: float), Empty }\nflow main { x = Shape::Ci$0rcle(1.0) }",
        "variant Circle(r: float)",
        "Of `Shape`.",
    )


def test_locals_and_parameters():
    check_hover("flow main(topic: str = 'x') { print(top$0ic) }", "parameter topic: str = 'x'")
    check_hover("flow main { let n: int = 1\n print($0n) }", "let n: int")


def test_a_name_across_an_include():
    check_hover(
        """
        //- lib.nxlib
        /// The time.
        fn clock() -> str { return "12" }
        //- main.nx
        include "lib.nxlib"
        flow main { print(cl$0ock()) }
        """,
        "fn clock() -> str",
        "The time.",
    )


def test_predeclared_names_and_the_standard_library():
    check_hover("flow main { pri$0nt(1) }", r'print(...values, sep: str = " ", end: str = "\n") -> unit', "Writes")
    check_hover(
        'flow main { std.fs.file_re$0ad("a") }',
        'std.fs.file_read(path: str, encoding: str = "utf-8") -> str',
        "The text of a file.",
        "May fail.",
    )
    check_hover('flow main { print("#{1 | upp$0er}") }', "upper() -> str", "capitals")


def test_properties():
    check_hover("agent A { tempe$0rature: 0.5 }", "temperature: float", "How freely")
    check_hover("agent A { mem$0ory: none }", "memory: symbol = local", "`persistent`")


def test_the_path_of_an_include():
    check_hover(
        """
        //- lib.nxlib
        agent A { }
        //- main.nx
        include "li$0b.nxlib"
        """,
        'include "lib.nxlib"',
        "lib.nxlib",
    )


def test_a_mistake_elsewhere_does_not_matter():
    check_hover(
        "agent { prompt:\nflow broken { x = = \nagent Writer { }\nflow main { Wri$0ter.run(1) }", "agent Writer"
    )


@pytest.mark.parametrize(
    "text",
    ["$0", "// Wri$0ter\n", 'flow main { print("te$0xt") }', "flow main { Unkn$0own }", "flow $0 { }", "   $0   "],
)
def test_nothing_is_shown_where_no_known_name_stands(text):
    check_nothing(text)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent.parent / "spec").rglob("*.nx")), ids=lambda path: path.name
)
def test_no_place_of_any_example_fails(path):
    text = path.read_bytes()
    project = Project(Settings(), lambda _: None).with_file(File.parse(str(path), text))
    for offset in range(0, len(text), 3):
        card = hover(project, str(path), offset)
        assert card is None or card.signature


PYTHON = """
//- many.py
def one(x: float, /, *, places: int = 2) -> float:
    '''Rounds it.

    By half.
    '''
async def two(*rest, **more): pass
//- both.py
def a(x): ...
def b(*rest, **more): ...
//- bad.py
def (:
//- only.py
def only(客: str) -> "list[str]": ...
"""


@pytest.mark.parametrize(
    ("tool", "signature", "word"),
    [
        ('tool O$0ne { python: "many.py" }', "tool One(x: float, /, *, places: int = 2) -> float", "By half."),
        ('/// Mine.\ntool O$0ne { python: "many.py" }', "tool One(x: float, /, *, places: int = 2) -> float", "Mine."),
        ('tool A$0ll { python: "both.py" }', "tool All {\n    def a(x)\n    def b(*rest, **more)\n}", ""),
        ('tool "🙂" {}\ntool A { python: "./only.py" }\nflow main { A$0("x") }', 'tool A(客: str) -> "list[str]"', ""),
        ('tool B$0ad { python: "bad.py" }', "tool Bad", ""),
        ('tool G$0one { python: "gone.py" }', "tool Gone", ""),
        ("tool N$0one { python: 3 }", "tool None", ""),
    ],
)  # fmt: skip
def test_a_tool_in_python_shows_its_functions(tool, signature, word):
    check_hover(tool + PYTHON, signature, *filter(None, [word]))
