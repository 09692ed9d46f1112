from __future__ import annotations

from pathlib import Path

import pytest

from harness.cursor import snapshot
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.ide.features.expanded_prompt import expanded_prompt
from nexa.ide.features.hover import hover
from nexa.ide.words import WORDS


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
        "Prompt, about 4 tokens:\n\n```\nRole: Author.\np\n```",
    )


def test_a_flow_shows_parameters_and_result():
    check_hover(
        "flow study(topic: str,\n    depth: int = 2) -> str { return topic }\nflow main { stu$0dy(1) }",
        "flow study(topic: str, depth: int = 2) -> str",
    )
    check_hover("flow f(a: int) { return a }\nflow main { f$0(1) }", "flow f(a: int) -> int")


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
    check_hover('type Score = int @ "1 to 5"\nflow f(s: Sc$0ore) { print(s) }', 'type Score = int @ "1 to 5"')


def test_locals_and_parameters():
    check_hover("flow main(topic: str = 'x') { print(top$0ic) }", "parameter topic: str = 'x'")
    check_hover("flow main { let n: int = 1\n print($0n) }", "let n: int")
    check_hover("flow main { let n = 1\n print($0n) }", "let n: int")
    check_hover("flow main { n$0 = [1]\n print(n) }", "n: list[int]")
    check_hover("flow main { for x in [1] { print(x$0) } }", "x: int")
    check_hover("flow main { xs = map([1], fn(it$0) => it)\n print(xs) }", "parameter it: int")
    check_hover("flow main { n$0 = nobody()\n print(n) }", "variable n")


AGENT = "protocol Draft { title: str, note: str? }\nagent A implements Draft { }\n"


def test_what_a_variable_holds():
    check_hover(AGENT + "flow main { d = A.run(1)\n print(d$0) }", "d: Draft", "`Draft`: `title: str`, `note: str?`")
    check_hover(AGENT + "flow main { d = A.run(1)\n print(d.tit$0le) }", "field title: str", "Of `Draft`.")
    check_hover("flow f(n: int?) { if n is null { return 1 }\n print(n$0) }", "parameter n: int?", "Here `int`.")
    check_hover(AGENT + "flow main { d = A.ru$0n(1) }", "A.run(input: str, ...extra: any) -> Draft", "Asks the agent")


def test_arguments():
    check_hover("flow f(a: int = 1) { a }\nflow main { f(a$0: 2) }", "parameter a: int = 1", "Of `f`.")
    check_hover(
        "flow main { std.fs.read('a', enco$0ding: 'x') }",
        'parameter encoding: str = "utf-8"',
        "Of `std.fs.read`.",
    )
    check_hover("@timeout(sec$0onds=1)\nflow main { }", "parameter seconds: float", "Of `@timeout`.")
    check_hover("agent A { }\nflow main { A.clone(temp$0erature: 0.1) }", "temperature: float", "How freely")
    check_hover(
        "tool T { description: 'd', parameters: {q: 'what to look for'} }\nflow main { T(q$0: 1) }",
        "parameter q: str",
        "what to look for",
        "Of `T`.",
    )


def test_tools():
    check_hover(
        "tool T { description: 'Looks it up', parameters: {q: 'int'}, returns: 'float' }\nagent A uses T$0 { }",
        "tool T(q: int) -> float",
        "Looks it up",
    )


def test_what_a_contract_sees():
    check_hover("flow f(a: int) -> int ensures resu$0lt > a { return a }", "result: int", "What is returned.")
    check_hover("struct S { a: int }\nimpl S { fn f() { sel$0f.a } }", "self: S", "called on")


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
        "/my files/lib.nxlib",
        "Declares `A`.",
    )


OPERATORS = """
protocol Ticket { topic: str }
protocol Plan { goal: str }
agent Intake implements Ticket { }
agent Planner implements Plan { context { input_schema: Ticket } }
agent Writer { }
flow main(text: str, maybe: str?, flag: bool) {
    OPERATION
}
"""


@pytest.mark.parametrize(
    ("operation", "signature", "word"),
    [
        ("x = Intake >$0> Planner", "Intake >> Planner\nTicket → Ticket", "Gives `Plan`."),
        ("x = text >$0> Intake >> Planner", "text >> Intake\nstr → str", "Gives `Ticket`."),
        ("x = text >> Intake $0>> Planner", "text >> Intake >> Planner\nTicket → Ticket", "Gives `Plan`."),
        (
            "x = text $0|>> [Intake, Writer]",
            "text |>> [Intake, Writer]\nstr → str  Intake\nstr → str  Writer",
            "at the same time",
        ),
        ("x = ['a'] |>$0> Intake", "['a'] |>> Intake\nstr → str  for each element", "Gives `list[Ticket]`."),
        ("x = [Intake, Intake] &>$0> Writer", "[Intake, Intake] &>> Writer\nlist[Ticket] → str", "together"),
        ("x = maybe ?$0? 'none'", "maybe ?? 'none'\nstr?, str", "Gives `str`."),
        (
            "x = text ?$0? Intake : Writer",
            "text ?? : Intake\nstr → str  Intake\nstr → str  Writer",
            "Chooses between two ways",
        ),
        ("text |$0| [Writer]", "text || [Writer]\nstr → str  Writer", "in the background"),
        ("x = flag |$0| flag", "flag || flag\nbool, bool", "At least one"),
        ("x = ['a'] &$0& Writer", "['a'] && Writer\nlist[str] → str", "Consensus"),
        ("x = text |$0> len", "text |> len\nstr → any", "first argument"),
        ("x = 1 $0+ 2.0", "1 + 2.0\nint, float", "Gives `float`."),
        ("x = 1 <$0= 2", "1 <= 2\nint, int", "Gives `bool`."),
        ("x = maybe i$0s null", "maybe is null\nstr?, null", "of the type"),
        ("x = Intake.run(text)$0?", "Intake.run(text) ?\nTicket", "Ends the function"),
        ("x = Intake.run(text) other$0wise null", "Intake.run(text) otherwise null\nTicket, null", "takes the place"),
        ("x = '😀客' >$0> Intake", "'😀客' >> Intake\nstr → str", "Gives `Ticket`."),
        ("y = = 1\n x = text >$0> Intake", "text >> Intake\nstr → str", "Gives `Ticket`."),
    ],
)
def test_operators(operation, signature, word):
    check_hover(OPERATORS.replace("OPERATION", operation), signature, word)


@pytest.mark.parametrize(
    ("text", "signature", "word"),
    [
        ("after(1.5$0s, f)", "1.5s: duration", "`1500` ms, `1.5` s"),
        ("x = 25$0ms", "25ms: duration", "`25` ms, `0.025` s"),
        ("x = 2$0h", "2h: duration", "`7200000` ms, `7200` s"),
        ("x = 1_00$00", "1_000: int", "`1000`"),
        ("x = 1e-$03", "1e-3: float", "`0.001`"),
        ("x = $042", "42: int", ""),
        ('x = """\n        a$0\n          b\n    """', "str", "```\na\n  b\n```\n\n5 characters, about 2 tokens."),
        ("x = 'a\\t$0b'", "str", "```\na\tb\n```"),
        ('x = \'ab\'\n y = """\n  #{x}\n  ``` $0\n"""', "str", "````\n#{x}\n``` \n````"),
        ('x = template"""\n      {{a}}$0\n    """', "template", "```\n{{a}}\n```"),
    ],
)
def test_literals(text, signature, word):
    check_hover(f"flow main {{\n    {text}\n}}", signature, word)


def test_a_code_in_a_comment_that_allows_it():
    check_hover("flow main {\n let y = 1 // nexa: allow NX412, NX2$008\n}", "NX208 unused-local", "Good:", "Bad:")
    check_nothing("flow main {\n let y = 1 // nexa: allow NX2$0999\n}")
    check_nothing("flow main {\n let y = 1 // nexa: al$0low NX208\n}")


def test_words_of_the_language():
    check_hover("flow main { auto$0loop max_steps: 2 { } }", WORDS["autoloop"].shape, "Repeats")
    check_hover("age$0nt A { }", WORDS["agent"].shape, "Declares an agent")
    check_hover("flow main { agen$0t = 1 }", "agent: int")


PROMPTS = [
    ('agent A$0 { prompt: "Hi #{name}." }\nlet name = "Ann"', "Hi Ann."),
    ('agent A$0 { prompt: "Hi #{name | upper}, #{1 + 2}." }\nname = "Ann"', "Hi ANN, 3."),
    ('agent A$0 { prompt: "#{secret("K")} #{later} #{env("X")}" }', '#{secret("K")} #{later} #{env("X")}'),
    ('agent A$0 { prompt: "#{greeting}!" let greeting = "Hello" }', "Hello!"),
    ('agent A$0 { role: "R.", prompt: "P" }', "Role: R.\nP"),
    ('agent A$0 { prompt: base + " More." }\nlet base = "Base."', "Base. More."),
    ('agent A$0 { prompt: "#{x}" }\nx = 1\nx = 2', "#{x}"),
    ('agent A$0 { prompt: "#{a}" }\nlet a = "#{b}"\nlet b = "#{a}"', "#{a}"),
    ('agent A$0 { prompt: "P", experience: "notes.md" }', "P\n‹notes.md›"),
    ('agent A { prompt$0: "P" }', "P"),
    ('agent A { prompt: "客😀" }\nflow main { print("😀", A$0.run(1)) }', "客😀"),
    ('agent A$0 { prompt: "#{[1, 2] | join(", ")} #{"x" | indent(9999999999)}" }', None),
]


@pytest.mark.parametrize(("text", "prompt"), PROMPTS)
def test_prompts(text, prompt):
    project, path, offset = snapshot(text)
    card = hover(project, path, offset)
    found = expanded_prompt(project, path, offset)
    assert card is not None
    assert found is not None
    if prompt is None:
        assert found.text == '1, 2 #{"x" | indent(9999999999)}'
    else:
        assert found.text == prompt
        assert f"\n\n```\n{prompt}\n```" in card.text
    assert found.tokens == -(-len(found.text) // 4)


def test_prompts_of_the_agent_around_the_cursor():
    assert expanded_prompt(*snapshot('agent A { prompt: "P" fn f() { 1$0 } }')).text == "P"
    assert expanded_prompt(*snapshot("agent A { $0 }")) is None
    assert expanded_prompt(*snapshot('agent A { prompt: "P" }\nflow main { $0 }')) is None


def test_a_mistake_elsewhere_does_not_matter():
    check_hover(
        "agent { prompt:\nflow broken { x = = \nagent Writer { }\nflow main { Wri$0ter.run(1) }", "agent Writer"
    )


@pytest.mark.parametrize(
    "text",
    ["$0", "// Wri$0ter\n", 'flow main { print("te$0xt") }', "flow main { Unkn$0own }", "flow  $0 { }", "   $0   "],
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


SECRETS = '//- keys.nxs\nconfig live { KEY = "hidden" }\nTOKEN = "hidden"\n//- main.nx\ninclude "keys.nxs"\n'


@pytest.mark.parametrize(
    ("text", "signature", "word"),
    [
        (SECRETS + 'flow main { print("😀", secret("TO$0KEN")) }', "secret TOKEN", "keys.nxs`"),
        (SECRETS + "flow main { print(secrets.live.K$0EY) }", "secret KEY", "`config live` · `"),
        (SECRETS.replace("KEY", "K$0EY"), "secret KEY", "`config live` · `"),
    ],
)
def test_a_secret_shows_where_it_is_given(text, signature, word):
    check_hover(text, signature, word)
    assert "hidden" not in hover(*snapshot(text)).text


def test_a_secret_that_nobody_gives_shows_nothing():
    check_nothing(SECRETS + 'flow main { print(secret("NO$0NE")) }')


@pytest.mark.parametrize("sign", ["+=", "-=", "*=", "/=", "%="])
def test_an_operator_that_assigns(sign):
    check_hover(f"flow main {{ n客 = 1\n n客 $0{sign} 2\n print(n客) }}", f"n客 {sign} 2")


def test_how_branches_are_merged():
    check_hover(
        "agent A { prompt: 'a' }\nflow main { fork [x = A.run(1), y = A.run(2)] merge be$0st_of }",
        "merge best_of",
        "The judge picks a branch",
    )
    check_hover(
        "agent best { prompt: 'a' }\nflow main { fork [x = best.run(1), y = best.run(2)] merge be$0st }", "agent best"
    )


def test_what_python_has_not_keeps_its_type():
    text = """
        enum V { B(xs: list[str], n: list[int]) }
        protocol P { xs: list[str] }
        flow main(v: V, p: P) {
            match v { V::B(xs, n) => print(xs$0, n) }
            k = python! \"\"\"
                n.append(None)
                return p.xs
            \"\"\"
            print(k)
        }
        """
    check_hover(text, "xs: list[str]")
    check_hover(text.replace("xs$0, n", "xs, n$0"), "n: list")


@pytest.mark.parametrize(
    ("text", "signature", "word"),
    [
        (
            "flow main { try { f() } catch (e: Tool$0Error) { print(e) } }\nfn f() { 1 }",
            "error ToolError",
            "A tool failed",
        ),
        ("agent A { prompt: '客', memory: pers$0istent }", "memory: symbol = local", "`persistent`"),
        (
            "flow main { with_context strategy: sliding$0_window, max_tokens: 9 { print(1) } }",
            "strategy: symbol = sliding_window",
            "`",
        ),
        ("agent A { prompt: 'a', stream: tr$0ue }", "true", "truth value"),
        ("flow main { print(nul$0l) }", "null", "No value."),
        ("flow main { x = if true th$0en 1 else 2\n print(x) }", "if c then a else b", "The value"),
        ("flow main { for each x i$0n [1] { print(x) } }", "for x in xs { … }", "elements"),
        (
            "protocol P { n: int }\nagent A implements P { prompt: 'a' }\n"
            "flow f() -> P ensures result.n$0 > 0 { return A.run('客') }",
            "field n: int",
            "`P`",
        ),
    ],
)
def test_words_that_stand_for_something(text, signature, word):
    check_hover(text, signature, word)


def test_a_name_that_is_spelt_like_an_error_is_none():
    check_hover("agent ToolError { prompt: 'a' }\nflow main { print(Tool$0Error.run(1)) }", "agent ToolError")
