"""One mistake is one finding, at the place where it was made, and its fix mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.findings import differences, findings_of
from nexa.compiler.rules import RULES

SYNTAX = frozenset(rule.code for rule in RULES if rule.code < "NX200")
BAD = Path(__file__).parent.parent / "spec" / "bad"


def check(text: str) -> None:
    """The syntax findings are exactly the markers."""
    wrong = differences(text, codes=SYNTAX)
    assert not wrong, "\n".join(["", *wrong])


MISTAKES = {
    "unexpected": r"""
        flow a {
            f(a b)
              //^ NX100: unexpected `b`; expected `,` or `)`
        }
        flow b {
            f(a,, b)
              //^ NX100: unexpected `,`; expected one `,`
        }
        flow c {
            x = [1, 2 3]
                    //^ NX100: unexpected `3`; expected `,` or `]`
        }
        flow d {
            x = 3 +
        }
      //^ NX100: unexpected `}`; expected an expression
        flow e {
            let x 5
                //^ NX100: unexpected `5`; expected `=`
        }
        flow g {
            for x y { }
                //^ NX100: unexpected `y`; expected `in`
        }
        flow h {
            x = "a #{}"
                   //^ NX100: unexpected `}`; expected an expression
        }
        flow i {
            match x { 1: 2 }
                     //^ NX100: unexpected `:`; expected `=>`
        }
        flow j {
            x = a ? b : c
                  //^ NX100: unexpected `b`; expected the end of the statement (a choice is written…
        }
    """,
    "unexpected in declarations": """
        protocol P { a str }
                     //^^^ NX100: unexpected `str`; expected `:`
        flow main(a b) { a() }
                  //^ NX100: unexpected `b`; expected `)`, `,`, `:` or `=`
        server 80 { foo }
                  //^^^ NX100: unexpected `foo`; expected a route, or another entry of the server
        server 81 { route FETCH "/" => A }
                        //^^^^^ NX100: unexpected `FETCH`; expected GET, POST, PUT, DELETE, PATCH, HEAD or OPTIONS
        agent 5 { }
            //^ NX100: unexpected `5`; expected the name of the agent
        agent B implements { }
                         //^ NX100: unexpected `{`; expected a type
    """,
    "arms of one kind": """
        flow a {
            x = match y { intent("a") => 1, 2 => 3 }
                                          //^ NX100: unexpected pattern among intents; expected…
        }
        flow b {
            x = match y { 2 => 3, intent("a") => 1, _ => 0 }
                                //^^^^^^^^^^^ NX100
        }
    """,
    "two statements": """
        flow a {
            x = 1 y = 2
                //^ NX101: expected a newline or `;` before `y`
        }
        flow b { return 1 2 }
                        //^ NX101: expected a newline or `;` before `2`
    """,
    "unclosed": """
        flow a {
            x = [1, 2
              //^ NX102: `[` is never closed; add `]`
            y = 3
        }
        flow b { f(g(1) }
                //^ NX102: `(` is never closed; add `)`
          flow c {
               //^ NX102: `{` is never closed; add `}`
            print("a")

        flow d { print("b") }
    """,
    "unmatched": """
        flow a { f(a)) }
                   //^ NX103: unmatched `)`; delete it or add the missing `(`
        flow b { x = 1 }
          ]
        //^ NX103: unmatched `]`; delete it or add the missing `[`
    """,
    "strings": r"""
        flow a {
            x = "abc)
              //^ NX104
            y = 'it' + 'abc
                     //^ NX104: unterminated string; add `'` before the end of the line…
        }
        flow b {
            x = f("a #{b
                //^ NX104
        }
        flow c {
            x = "a #{b"
                 //^^ NX106: interpolation is never closed; add `}`
        }
    """,
    "reserved": """
        flow a(if: int) {
             //^^ NX109: `if` is reserved and cannot be a name; write `if_`
            let match = 1
              //^^^^^ NX109
              for = 2
            //^^^ NX109
            print({if: 1}.while)
        }
        agent for { }
            //^^^ NX109
    """,
    "targets": """
        flow a {
            f(x) = 1
          //^ NX110: cannot assign to this: a call is not a variable
            a.b: int = 2
          //^ NX110: cannot assign to this: a declared type needs a plain name on the left
            a.b[0] += 2
            (x) = 2
          //^ NX110
        }
    """,
    "chains": """
        flow a {
            b = 0 < x <= f(y) < 9
                    //^^ NX111
                            //^ NX111
            c = (0 < x) == true
        }
    """,
    "foreign operators": """
        flow a {
            b = x === y
                //^^^ NX113: unknown operator `===`; write `==`
            b++
           //^^ NX113: unknown operator `++`; write `+`, or `+= 1` to count
            c = x $ y
                //^ NX113
            d = “abc”
              //^ NX113: unknown character `“`; write `"`
        }
        flow b {
            f（x）
           //^ NX113: unknown character `（`; write `(`
        }
    """,
    "characters in keys": """
        agent A { pro€mpt: "x" }
                   //^ NX113: unknown character `€`
        flow a {
            f(a\ufeffb: 1, {é€: 2})
             //^ NX113: unknown character `U+FEFF`
                      //^ NX113
        }
    """.replace("\\ufeff", "\ufeff"),
    "foreign words": """
        flow a {
            if x { b() } elif y { c() }
                       //^^^^ NX120: `elif` is not Nexa; use `else if`
        }
        flow b {
            const x = 1
          //^^^^^ NX120: `const` is not Nexa; use `let`
            y = lambda z: z
              //^^^^^^ NX120
        }
        flow c {
            try { a() } except (e) { b() }
                      //^^^^^^ NX120: `except` is not Nexa; use `catch`
        }
    """,
    "operators of two signs": """
        flow a {
            x = 1 <> 2
                //^^ NX113: unknown operator `<>`; write `!=`
            y = x ?: 2
                //^^ NX113: unknown operator `?:`; write `??`
            w = "a" | Ann
                  //^ NX100: unexpected `|`; expected an operator, or the end of the statement (what goes…
            z = "a" -> A
                  //^^ NX100: unexpected `->`; expected an operator, or the end of the statement (what goes…
            match x {
                1 -> 2
                //^^ NX100: unexpected `->`; expected `=>`
            }
        }
        flow b(x) { print(x << 1) }
                          //^^ NX113: unknown operator `<<`
        flow c(t) { print(t.0) }
                          //^ NX100: unexpected `0`; expected a name (an element is written `t[0]`)
    """,
    "foreign functions of one line": """
        flow a { print(map([1], lambda x: x * 2)) }
                              //^^^^^^ NX120: `lambda` is not Nexa; use `fn(x) => …`
        flow b {
            f = lambda a, b: a + b
              //^^^^^^ NX120
            g = lambda: 1
              //^^^^^^ NX120
            h = map([1], |x| x + 1)
                       //^ NX100: unexpected `|`; expected an expression or `)` (a function is written `fn(x) => …`)
        }
        flow c { print(map([1], fn(x) -> x * 2)) }
                                         //^ NX100: unexpected `*`; expected `=>` (a function is written `fn(x) => …`)
    """,
    "types before names": """
        int x = 1
          //^ NX100: unexpected `x`; expected the end of the statement (a type stands behind the name, as in…
        Ann bob = Ann.run("x")
          //^^^ NX100
        flow a {
            list[int] xs = [1]
                    //^^ NX100
            str? name = "客"
               //^^^^ NX100
        }
    """,
    "foreign heads": """
        flow a {
            for (i = 0; i < 3; i++) { print(i) }
                 //^ NX100: unexpected `=`; expected `{` (each element is written `for x in xs { … }`)
        }
        flow c {
            for x of [1] { print(x) }
                //^^ NX100: unexpected `of`; expected `in` (each element is written `for x in xs { … }`)
        }
        flow d {
            if x = 1 { print(x) }
               //^ NX100: unexpected `=`; expected `{` (values are compared by `==`)
        }
        flow b {
            def f(x):
          //^^^ NX120: `def` is not Nexa; use `fn` or `flow`
                print(x)
        }
    """,
    "declarations of other languages": """
        protocol P { name?: str }
                       //^ NX100: unexpected `?`; expected `:` (a field that may be missing is written `name: str?`)
        protocol Q { xs: str[], ys: int }
                           //^ NX100: unexpected `]`; expected a type (a list is written `list[str]`)
        protocol R { str name }
                       //^^^^ NX100: unexpected `name`; expected `:` (a type stands behind the name, as in `name: str`)
        type T = { a: str }
               //^ NX100: unexpected `{`; expected a type (fields stand in a `protocol` or a `struct`)
        agent A : P { prompt: "x" }
              //^ NX100: unexpected `:`; expected `{` (what it gives is written `-> T`)
        agent B(prompt: "x")
             //^ NX100: unexpected `(`; expected `{` (properties stand in `{ }`)
        tool t(x: str) -> str { x }
            //^ NX100: unexpected `(`; expected `{` (a tool in Nexa is written `@tool("…")` above a `fn`)
        fn f() int { 1 }
             //^^^ NX100: unexpected `int`; expected `{` (a result is written `-> int`)
        fn g() => 1
             //^^ NX100: unexpected `=>`; expected `{` (the body stands in `{ }`)
        type U = "a" | "b"
               //^^^ NX100: unexpected string; expected a type (fixed words stand in an `enum`)
    """,
    "use of a file": """
        use "a.nx"
          //^^^^^^ NX100: unexpected string; expected `config` (a file is read by `include "…"`)
    """,
    "entries of servers": """
        server 8080 {
            GET "/" => f
          //^^^ NX100: unexpected `GET`; expected a route, or another entry of the server (a route is…
        }
        server 8081 {
            middleware guard
                     //^^^^^ NX100: unexpected `guard`; expected `[`
            route GET "/" => f
        }
        flow b { print(1) }
    """,
    "formats": """
        flow a(x: float) { print("客 #{x:.2f}") }
                                     //^ NX100: unexpected `:`; expected `}` (a format is written as a filter, as in…
        flow b(x: int) { print("#{x:>10}") }
                                 //^ NX100: unexpected `:`; expected `}` (a format is written as a filter, as in…
        flow c(x: int) { print("#{f({a: 1}) x}") }
                                          //^ NX100: unexpected `x`
    """,
    "blocks of other templates": '''
        flow a(xs: list[int]) {
            print(template"""{{#each xs}}a{{/each}} {{/with}}""")
                             //^^^^^ NX119: template: unknown tag `#each`; expected one of…
                                                    //^^^^^ NX119: template: unknown tag `/with`…
        }
    ''',
    "a flow without its word": """
        main { print(1) }
           //^ NX100: unexpected `{`; expected an operator, or the end of the statement (a flow is written `flow main…
    """,
    "functions in a body": """
        flow a {
            fn g(x) { x }
          //^^ NX117: `fn` is not allowed here; a function in a body is a value: `g = fn(…) { … }`
            print(g(1))
        }
        flow b { print(1) }
    """,
    "foreign functions": """
          def d(x) {
        //^^^ NX120: `def` is not Nexa; use `fn` or `flow`
            return x
        }
        flow e { f() }
    """,
    "foreign imports": """
          from x import y
        //^^^^ NX120
        flow e { f() }
    """,
    "misplaced": """
        flow a {
            agent B { prompt: "x" }
          //^^^^^ NX117: `agent` is not allowed here; a declaration stands at the top level of a file
        }
        flow b {
            else { c() }
          //^^^^ NX117: `else` is not allowed here; it follows the `}` of an `if`
        }
        agent C {
            if x { }
          //^^ NX117: `if` is not allowed here; statements belong in the body of a `flow` or `fn`
        }
        flow d {
            perform(x) { }
          //^^^^^^^ NX117: `perform` is not allowed here; it belongs in the body of a `job`
        }
    """,
    "jumps": """
        flow a {
            for x in y { f(fn() { break }) }
                                //^^^^^ NX118: `break` outside a loop; delete it
            while x { if y { continue } }
        }
          return 1
        //^^^^^^ NX118: `return` outside a flow or function; delete it
    """,
    "clauses": """
        agent A uses b -> int uses c -> str { prompt: "x" }
                            //^^^^ NX122: `uses` given twice; merge the two
                                   //^^ NX122: `->` given twice; keep one
    """,
    "empty": """
        flow a {
            x = match y { }
              //^^^^^ NX123: empty `match`; add at least one arm
            z = fork []
              //^^^^ NX123
            w = semantic_if (y, "how?") { }
              //^^^^^^^^^^^ NX123
        }
          enum E { }
        //^^^^ NX123
    """,
    "lines that stop short": """
        flow a {
            x =
             //^ NX100: unexpected end of line; expected an expression
            y = 2
        }
        flow b
            //^ NX100: unexpected end of line; expected `{`
        flow c { d() }
        agent E uses
                  //^ NX100: unexpected end of line; expected a name or a string
        agent F { prompt: "x" }
        let g = [
              //^ NX102
        let h = 2
    """,
}


@pytest.mark.parametrize("text", MISTAKES.values(), ids=MISTAKES)
def test_mistakes(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        '⟦Agent⟧ Ann { prompt: "x" }',
        '⟦agnet⟧ Bob uses f implements P {\n    prompt: "客"\n    model: "y"\n}',
        '⟦flwo⟧ main(a: str) -> str {\n    return "客"\n}',
        "⟦protcol⟧ P {\n    name: str\n    age: int\n}",
        '⟦jb⟧ J on "q" {\n    perform(x) { print(x) }\n}',
        '⟦servr⟧ 8080 {\n    route GET "/" => f\n}',
        '⟦tset⟧ "it" {\n    assert 1 == 1\n}',
        "⟦structt⟧ S { x: int, y: str }",
        "⟦enm⟧ E { A, B }",
        "⟦trat⟧ T { fn f() -> int }",
        "⟦ipml⟧ T for S { fn f() -> int { 1 } }",
        '⟦tol⟧ t {\n    description: "x"\n}',
    ],
)
@pytest.mark.parametrize("around", ["{}", "flow one {{ print(1) }}\n\n{}\n\nflow two {{ print(2) }}\n"])
def test_a_misspelt_word_of_a_declaration_is_one_finding_at_the_word(text: str, around: str) -> None:
    word = text[1 : text.index("⟧")]
    found = findings_of({"a.nx": around.format(text.replace("⟦", "").replace("⟧", ""))})
    found = [one for one in found if one.code in SYNTAX]
    assert [one.message.split(";")[0] for one in found] == [f"`{word}` is not Nexa"]


FIXES = [
    ("flow f { a = 1 b = 2 }", "flow f { a = 1; b = 2 }"),
    ('flow f { print("a" }', 'flow f { print("a") }'),
    ("flow f { a() }\n}", "flow f { a() }\n"),
    ('flow f {\n    x = "abc\n}', 'flow f {\n    x = "abc"\n}'),
    ("flow f { }\n/* todo", "flow f { }\n/* todo */"),
    ('flow f { x = "a #{b" }', 'flow f { x = "a #{b}" }'),
    ("flow f { g = lambda a, b: a + b }", "flow f { g = fn(a, b) => a + b }"),
    ("flow f {\n    fn g(x) { x }\n}", "flow f {\n    g = fn(x) { x }\n}"),
    ('agnet Ann { prompt: "x" }', 'agent Ann { prompt: "x" }'),
    ("flow f { g = lambda: 1 }", "flow f { g = fn() => 1 }"),
    ("flow f { x = 1 <> 2 }", "flow f { x = 1 != 2 }"),
    (r'flow f { x = "\d" }', r'flow f { x = r"\d" }'),
    (r'flow f { x = "\d\n" }', r'flow f { x = "\\d\n" }'),
    ('agent A {\n    prompt: "one\n        two"\n}', 'agent A {\n    prompt: """one\n        two"""\n}'),
    ("flow f { let match = 1 }", "flow f { let match_ = 1 }"),
    ("flow f { a = 0 < x < 9 }", "flow f { a = 0 < x and x < 9 }"),
    ('flow f { a = f"x {b} {{c}}" }', 'flow f { a = "x #{b} {c}" }'),
    ("flow f { a = b ~> C }", "flow f { a = b >> C }"),
    ("flow f { break }", "flow f { }"),
    ("flow f { if a { } elif b { } }", "flow f { if a { } else if b { } }"),
    ("flow f { g(a: 1, 2, b: 3, 4) }", "flow f { g(2, 4, a: 1, b: 3) }"),
    ("agent A implements P implements Q, R { }", "agent A implements P, Q, R { }"),
]


APART = {
    "a = 1 b = 2": True,
    "a = f(1) b = 2": True,
    "return 1 return 2": True,
    "f(1) return 2": True,
    "f(1) print(2)": True,
    "a = 1 raise 2": True,
    "erturn f(1)": False,
    "a = b c(1)": False,
    "a = 1 1": False,
    '"let" a = 1': False,
    "map f(1) >> g": False,
}
"""Two statements on a line, and whether it is sure that they are."""


@pytest.mark.parametrize("line", APART)
def test_statements_are_parted_safely_only_where_they_are_two(line: str) -> None:
    found = findings_of({"a.nx": f"flow main {{\n    {line}\n}}"})
    ways = [way for one in found if one.code == "NX101" for way in (one.fix, *one.others) if way is not None]
    assert [way.safe for way in ways if way.title == "Insert `; `"] == [APART[line]]


@pytest.mark.parametrize(("before", "after"), FIXES, ids=[before[:40] for before, _ in FIXES])
def test_fixes(before: str, after: str) -> None:
    finding = next(one for one in findings_of({"a.nx": before}) if one.code in SYNTAX)
    assert finding.fix is not None
    text = before.encode()
    for edit in sorted(finding.fix.edits, key=lambda edit: (edit.span.start, edit.span.end), reverse=True):
        text = text[: edit.span.start] + edit.text.encode() + text[edit.span.end :]
    assert text.decode() == after
    assert [one for one in findings_of({"a.nx": after}) if one.code in SYNTAX] == []


@pytest.mark.parametrize("path", sorted(BAD.glob("*.nx")), ids=lambda path: path.stem)
def test_faulty_programs_have_no_other_syntax_error(path: Path) -> None:
    text = path.read_text()
    expected = [word for word in text.split("\n")[0].removeprefix("// expect:").split() if word in SYNTAX]
    found = [one.code for one in findings_of({path.name: text}) if one.code in SYNTAX]
    assert found == expected


@pytest.mark.parametrize(
    ("begun", "wanted"),
    [
        ("let ", "a pattern"),
        ("for one in ", "an expression"),
        ("if ", "an expression"),
        ("while", "an expression"),
    ],
)
def test_a_statement_that_is_typed_above_another_one_breaks_off_at_its_line_end(begun: str, wanted: str) -> None:
    found = findings_of({"a.nx": f'{begun}\nprint("#{{1}} and 1")\n'})
    place = (f"unexpected end of line; expected {wanted}", len(begun.rstrip()))
    assert [(one.message, one.span.start) for one in found if one.code in SYNTAX] == [place]


def test_a_brace_before_a_statement_at_column_0_was_never_closed() -> None:
    found = findings_of({"a.nx": "enum New {\nlet x = 1\nprint(x)\n"})
    assert [(one.code, one.span.start) for one in found] == [("NX102", 9)]


@pytest.mark.parametrize("below", ["print(1)", "let choice = select([], 10)", "card = 1", "for y in xs { print(y) }"])
@pytest.mark.parametrize("begun", ["if x is ", "if x is nul", "if ", "let "])
def test_a_body_that_is_typed_above_a_statement_leaves_it_alone(begun: str, below: str) -> None:
    torn = f"for x in [1] {{\n    {begun}"
    found = findings_of({"a.nx": f"{torn}\n\n{below}\n"})
    assert [one for one in found if one.code in SYNTAX and one.span.start > len(torn)] == []


ONCE = {
    'flow main {\n    f(1); static "/a" from "b"\n}\nfn f(x) { x }': ["NX117"],
    'flow main {\n    static "/a" from "b"\n    f(1)\n}\nfn f(x) { x }': ["NX117"],
    "impll T for S { fn a() { 1 } }\ntrait T { fn a() }\nstruct S { x: int }": ["NX120"],
    "implements T for S { fn a() { 1 } }\ntrait T { fn a() }\nstruct S { x: int }": ["NX120"],
}


@pytest.mark.parametrize("text", ONCE)
def test_one_mistake_is_one_finding(text: str) -> None:
    assert [one.code for one in findings_of({"a.nx": text}) if one.severity == "error"] == ONCE[text]
