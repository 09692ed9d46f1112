"""The layout, construct by construct. `check_body` and `check_layout` also format the result once more."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from harness.layout import check_body, check_layout, layout
from harness.mutations import EXAMPLES
from nexa.cli.init import _PROGRAM
from nexa.compiler.rule import manual
from nexa.compiler.rules import RULES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x=1", "x = 1"),
        ("x   =  1 ;", "x = 1"),
        ("count:int=0", "count: int = 0"),
        ("let{a,b:[c,..d]}=e", "let {a, b: [c, ..d]} = e"),
        ("x+=-1", "x += -1"),
        ("x = - -y", "x = - -y"),
        ("x = a+b*c-d/e%f", "x = a + b * c - d / e % f"),
        ("x=not a and!b", "x = not a and !b"),
        ("x=a not   in b", "x = a not in b"),
        ("x=a is  not null", "x = a is not null"),
        ("x=[ 1,2 , 3, ]", "x = [1, 2, 3]"),
        ("x=(a , )", "x = (a,)"),
        ("x=( a,b,)", "x = (a, b)"),
        ("x=()", "x = ()"),
        ('x={"a" : 1,b:[ ],..c}', 'x = {"a": 1, b: [], ..c}'),
        ("x=map{a:1}", "x = map { a: 1 }"),
        ("x=Seat{row:1}", "x = Seat { row: 1 }"),
        ("x=xs[ 1: ]", "x = xs[1:]"),
        ("x=xs[ i ] . name", "x = xs[i].name"),
        ("f (a,b : 1,c=2,..d)", "f(a, b: 1, c=2, ..d)"),
        ("x=f( ) ?", "x = f()?"),
        ("x = Color :: Red( 1 )", "x = Color::Red(1)"),
        ("x=q|>>[A,B]&>>C>>D|>e&&J", "x = q |>> [A, B] &>> C >> D |> e && J"),
        ('y=x|>>{ "a","b" }', 'y = x |>> { "a", "b" }'),
        ("x=a??b:c", "x = a ?? b : c"),
        ('x=a??{"b"=>c,_=>d}', 'x = a ?? { "b" => c, _ => d }'),
        ("x||[Log]", "x || [Log]"),
        ("x=f() otherwise{1}", "x = f() otherwise { 1 }"),
        ('x=f() fallback"y"', 'x = f() fallback "y"'),
        ("x=if a then b else c", "x = if a then b else c"),
        ("x=fn(a:int,b)->int{a+b}", "x = fn(a: int, b) -> int { a + b }"),
        ("x=fn(a):int=>a", "x = fn(a) -> int => a"),
        ("schedule(every  30s,f)", "schedule(every 30s, f)"),
        ("x=spawn  Reporter( 1 )", "x = spawn Reporter(1)"),
        ("pass  m  to h;pass h,m", "pass m to h\npass h, m"),
        ("x=await t,5", "x = await t, 5"),
        ("x=receive( 500 ):str", "x = receive(500): str"),
        ("exit( 0 )if done", "exit(0) if done"),
        ('print"x"', 'print "x"'),
        ("verify x satisfies P", None),
        ('assert x>0,"no"', 'assert x > 0, "no"'),
        ("defer close( x )", "defer close(x)"),
        ("if a{b}", "if a { b }"),
        ("if a{b}else if c{d}\nelse{e}", "if a { b } else if c { d } else { e }"),
        ("for each i,x in xs{f(x)}", "for each i, x in xs { f(x) }"),
        ("while(a<1){f()}", "while (a < 1) { f() }"),
        ('loop{f()}until("done" or a)', 'loop { f() } until ("done" or a)'),
        ("try{a()}catch(e:E){b()}finally{c()}", "try { a() } catch (e: E) { b() } finally { c() }"),
        ("fork{a=f()}and{b=g()}merge best_of", "fork { a = f() } and { b = g() } merge best_of"),
        ("fork[a=f(),b=g()]merge best_of", "fork [a = f(), b = g()] merge best_of"),
        ('semantic_if"is it"against x{f()}else{g()}', 'semantic_if "is it" against x { f() } else { g() }'),
        ('x=semantic_if(y,"z"){"a"=>1,_=>2}', 'x = semantic_if (y, "z") { "a" => 1, _ => 2 }'),
        ('unharnessed("why"){f()}', 'unharnessed ("why") { f() }'),
        ("autoloop max_steps:3 timeout:9{f()}", "autoloop max_steps: 3, timeout: 9 { f() }"),
        ("match x{1=>a,n if n>2=>{b},[h,..t]=>c}", "match x { 1 => a, n if n > 2 => { b }, [h, ..t] => c }"),
        ('match intent x{"a"=>1;default=>2}', 'match intent x { "a" => 1, default => 2 }'),
        ("before_step{f()}", "before_step { f() }"),
        ("x={}", "x = {}"),
        ("f({  })", "f({})"),
    ],
)
def test_blanks_and_separators(before: str, after: str | None) -> None:
    check_body(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("use  config   default;", "use config default\n"),
        ('include"a.nxlib";', 'include "a.nxlib"\n'),
        ("agent A{}", "agent A {}\n"),
        ('agent A->P uses a,std.b,mcp : "u" implements Q{role "r",model=strong;prompt:`p`}',
         'agent A -> P uses a, std.b, mcp:"u" implements Q { role: "r", model: strong, prompt: `p` }\n'),
        ('agent A { uses [b];role: "r" }', 'agent A { uses [b]; role: "r" }\n'),
        ('agent A { before_step{ f() } role: "r" }', 'agent A { before_step { f() } role: "r" }\n'),
        ("agent A{context{a:b,c:[d]}}", "agent A { context { a: b, c: [d] } }\n"),
        ('tool T{parameters:{"a":"str","b":{"c":1}}}', 'tool T { parameters: { "a": "str", "b": {"c": 1} } }\n'),
        ('agent A{model:["a",fallback:B]}', 'agent A { model: ["a", fallback: B] }\n'),
        ("@retry( max_attempts = 4 )@timeout(seconds : 5)agent A{}",
         "@retry(max_attempts=4)\n@timeout(seconds: 5)\nagent A {}\n"),
        ("fn f(a:int=1,b:list[ str ]?):int|null{a}", "fn f(a: int = 1, b: list[str]?) -> int | null { a }\n"),
        ("flow f(a:fn(int,str)->bool,b:(int,str),c:Option<int>){a}",
         "flow f(a: fn(int, str) -> bool, b: (int, str), c: Option<int>) { a }\n"),
        ('protocol P[T]{a:str@"x"="y",b:"int"}', 'protocol P[T] { a: str @ "x" = "y", b: "int" }\n'),
        ("struct S{a,b:int=1}", "struct S { a, b: int = 1 }\n"),
        ("enum E{A,B(x:int),C(str,int)}", "enum E { A, B(x: int), C(str, int) }\n"),
        ("trait T{fn f()->str}", "trait T { fn f() -> str }\n"),
        ("trait T{fn f()->str fn g()}", "trait T {\n    fn f() -> str\n    fn g()\n}\n"),
        ("impl T for S{fn f(){1}}", "impl T for S { fn f() { 1 } }\n"),
        ('type M=float@"x"', 'type M = float @ "x"\n'),
        ('job J on"q"(priority:high,retry=2){timeout:1 perform(a:int){f()}}',
         'job J on "q" (priority: high, retry=2) { timeout: 1, perform(a: int) { f() } }\n'),
        ('server S{static"/a"from"b";cors{a:["x"]}group"/g"{route"/x"=>b}route GET"/"=>A}',
         'server S { static "/a" from "b", cors { a: ["x"] }, group "/g" { route "/x" => b } route GET "/" => A }\n'),
        ('db d{type:sqlite,path:"p"}', 'db d { type: sqlite, path: "p" }\n'),
        ('kv k=open( ":memory:" )', 'kv k = open(":memory:")\n'),
        ('test"t"{assert a}', 'test "t" { assert a }\n'),
    ],
)  # fmt: skip
def test_declarations_on_one_line(before: str, after: str) -> None:
    check_layout(before, after)


def test_a_body_that_opens_with_a_line_break_stays_open() -> None:
    check_layout(
        """
        agent A {
          role: "r", memory : none;
          prompt: "p" }
        protocol P {
          a: int;
          b: str }
        flow f {
          x = 1; y = 2 }
        """,
        """
        agent A {
            role: "r"
            memory: none
            prompt: "p"
        }

        protocol P {
            a: int,
            b: str
        }

        flow f {
            x = 1
            y = 2
        }
        """,
    )


def test_a_list_that_opens_with_a_line_break_stays_open() -> None:
    check_body(
        """
        x = [
          1, 2,
          3,]
        f(a, {
          b: 1, c: 2 })
        f(a, b
          )
        """,
        """
        x = [
            1,
            2,
            3
        ]
        f(a, {
            b: 1,
            c: 2
        })
        f(a, b)
        """,
    )


def test_an_operator_that_begins_a_line_keeps_its_chain_open() -> None:
    check_body(
        """
        page = subject
          |>> [A, B] &>> C
        ok = a
          and b or c
        x = q
          ?? d
        """,
        """
        page = subject
            |>> [A, B]
            &>> C
        ok = a
            and b
            or c
        x = q
            ?? d
        """,
    )


def test_what_has_no_room_is_broken() -> None:
    check_body(
        """
        if known != null { return known } else { return other_value }
        reply = Answerer.run(render(sheet, {question: question}), more) fallback "nothing"
        total = first_operand + second_operand * third_operand - fourth_operand
        y = subject |>> [FieldScout, Historian, Skeptic] &>> Editor
        xs = [first_element, second_element, third_element, fourth_element]
        label = if price_of_it > 100 then "premium" else "basic_and_a_bit_more"
        values.map(fn(v) => v.name).filter(is_interesting).sort().join(", ")
        if a_condition_that_is_long and another_condition and third { f() }
        """,
        """
        if known != null {
            return known
        } else {
            return other_value
        }
        reply = Answerer.run(
            render(sheet, {question: question}),
            more
        ) fallback "nothing"
        total = first_operand
            + second_operand * third_operand
            - fourth_operand
        y = subject
            |>> [FieldScout, Historian, Skeptic]
            &>> Editor
        xs = [
            first_element,
            second_element,
            third_element,
            fourth_element
        ]
        label = if price_of_it > 100
            then "premium"
            else "basic_and_a_bit_more"
        values
            .map(fn(v) => v.name)
            .filter(is_interesting)
            .sort()
            .join(", ")
        if a_condition_that_is_long
            and another_condition
            and third
        {
            f()
        }
        """,
        width=60,
    )


def test_heads_that_have_no_room_are_broken() -> None:
    check_layout(
        """
        agent Cashier uses CurrencyRates, Ledger, Rounding, std.time implements Till { prompt: "p" }
        flow book(scan: str, budget: float) -> Result[Posting, str] { return scan }
        flow pay(scan: str) requires len(scan) > 0, ensures: "names an account" { scan }
        """,
        """
        agent Cashier
            uses CurrencyRates, Ledger, Rounding, std.time
            implements Till
        {
            prompt: "p"
        }

        flow book(
            scan: str,
            budget: float
        ) -> Result[Posting, str] {
            return scan
        }

        flow pay(scan: str)
            requires len(scan) > 0
            ensures: "names an account"
        {
            scan
        }
        """,
        width=58,
    )


def test_the_last_argument_may_span_lines_in_place() -> None:
    check_body(
        """
        after(10ms, fn() {
            print("closed")
        })
        ask(\"\"\"
            Two
            lines.
        \"\"\", 3)
        """
    )


def test_blank_lines() -> None:
    check_layout(
        """


        // first


        agent A {

            role: "r"



            prompt: "p"

        }
        agent B {
            role: "r"
        }
        // about C
        agent C {
            role: "r"
        }
        agent D { role: "r" }



        """,
        """
        // first

        agent A {
            role: "r"

            prompt: "p"
        }

        agent B {
            role: "r"
        }

        // about C
        agent C {
            role: "r"
        }
        agent D { role: "r" }
        """,
    )


def test_semicolons_stay_where_they_are_needed() -> None:
    check_body("a = 1;;\n-b\nf();\n+c; g() ;", "a = 1;\n-b\nf();\n+c\ng()")
    check_body("f(fn() { a(); b() ; })", "f(fn() { a(); b() })")


def test_comments_stay_where_they_are() -> None:
    check_layout(
        """
        /// doc
        // @implements: a.b
        flow main(a: int, // the first
                  /* the second */ b: int
                  // no more
        ) { // begins
          // own
          x = f(a, // why
             b)   // behind
          # old style
          if a { // then
            b
          } // between
          else { c }
          y = a // input
            >> B // output
          z = [ // list
            1, /* inline */ 2 ]
          /* over
           * lines */
        } // end
        // last
        """,
        """
        /// doc
        // @implements: a.b
        flow main(
            a: int, // the first
            /* the second */ b: int
            // no more
        ) { // begins
            // own
            x = f(
                a, // why
                b
            ) // behind
            # old style
            if a { // then
                b
            } // between
            else {
                c
            }
            y = a // input
                >> B // output
            z = [ // list
                1,
                /* inline */ 2
            ]
            /* over
             * lines */
        } // end
        // last
        """,
    )


def test_comments_at_separators_and_in_heads() -> None:
    check_layout(
        """
        @retry(max_attempts=2) // twice
        // really
        agent A // named
          uses b // tool
          implements P
        {
            role: "r", // one
            // own
            prompt: "p"
        }
        protocol P { // fields
            a: int // first
            , b: str
        }
        """,
        """
        @retry(max_attempts=2) // twice
        // really
        agent A // named
            uses b // tool
            implements P
        {
            role: "r" // one
            // own
            prompt: "p"
        }

        protocol P { // fields
            a: int, // first
            b: str
        }
        """,
    )


def test_the_text_of_literals_is_sacred() -> None:
    check_layout(
        'agent A{prompt:"a  b #{ x  |  upper } \'c\'",role:`two\n  lines`,goal:r"\\d  "}\n',
        'agent A {\n    prompt: "a  b #{ x  |  upper } \'c\'"\n    role: `two\n  lines`\n    goal: r"\\d  "\n}\n',
    )


def test_dedented_literals_move_along() -> None:
    check_layout(
        'flow f {\n  if a {\n    x = """\n      Deeper.\n\n        More.   \n    """\n'
        '    python! """\n    import re\n    """\n    y = """At once\n    kept"""\n    z = """\nflush\n"""\n  }\n}\n',
        'flow f {\n    if a {\n        x = """\n            Deeper.\n\n              More.   \n        """\n'
        '        python! """\n        import re\n        """\n        y = """At once\n    kept"""\n'
        '        z = """\nflush\n        """\n    }\n}\n',
    )


def test_a_literal_with_a_line_break_in_an_interpolation_stays() -> None:
    check_layout(
        'flow f {\n  x = """\n    a #{b(\n    c)}\n  """\n}\n',
        'flow f {\n    x = """\n    a #{b(\n    c)}\n  """\n}\n',
    )


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_are_those_of_the_file(newline: str) -> None:
    before = "flow f {\n  // c\n  x = [\n  1,2]\n\n\n  y=1 }\n".replace("\n", newline)
    after = "flow f {\n    // c\n    x = [\n        1,\n        2\n    ]\n\n    y = 1\n}\n".replace("\n", newline)
    assert layout(before).text.decode() == after


def test_a_byte_order_mark_and_a_shebang_stay_first() -> None:
    assert layout(b"\xef\xbb\xbf#!/usr/bin/env nexa\nx=1").text == b"\xef\xbb\xbf#!/usr/bin/env nexa\nx = 1\n"


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", ";"])
def test_nothing_is_nothing(text: str) -> None:
    assert layout(text).text == b""


def test_columns_are_characters() -> None:
    check_body('x = f("客户名客户名", "🚀🚀", "ééé")', width=40)
    check_body('x = f("客户名客户名", "🚀🚀", "éééé", "é")', width=46)


def test_secrets_files() -> None:
    check_layout(
        """
        // sample
        config default{A:"b",C={"d":"e"}
        }
        config other { X = 1; Y = -2.5 }
        """,
        """
        // sample
        config default { A = "b", C = { "d": "e" } }
        config other { X = 1, Y = -2.5 }
        """,
        grammar="secrets",
    )


def test_what_cannot_be_read_stays_byte_for_byte() -> None:
    found = layout(
        """agent   A{prompt:"a"}
flow torn( {
  x   >>
   }
  y  =  1
flow   main{ print( A.run("x") ) }
}
"""
    )
    assert (
        found.text.decode()
        == """agent A { prompt: "a" }
flow torn( {
  x   >>
   }
  y  =  1
flow main { print(A.run("x")) }
}
"""
    )
    assert len(found.broken) >= 2
    assert not found.kept


def test_off_and_on_and_skip() -> None:
    check_layout(
        """
        flow f {
          a  =  1
          // nexa: fmt off
          b   =   2

             c =  3
          // nexa: fmt on
          d  =  4
          e   =   5 // nexa: fmt skip
          // nexa: fmt skip
          g( 1,
               2 )
          h( 1 )
        }
        // nexa: fmt off
        let   x = 1
        let   y = 2
        // nexa: fmt on
        let   z = 3
        """,
        """
        flow f {
            a = 1
            // nexa: fmt off
          b   =   2

             c =  3
          // nexa: fmt on
            d = 4
            e   =   5 // nexa: fmt skip
            // nexa: fmt skip
            g( 1,
               2 )
            h(1)
        }
        // nexa: fmt off
        let   x = 1
        let   y = 2
        // nexa: fmt on
        let z = 3
        """,
    )


def test_what_a_comment_allows_stays_on_its_line() -> None:
    check_layout(
        """
        flow f {
          // nexa: allow NX208
          result = some_call(with_an_argument, and_another_one)
          other  =  f( a,
            b) // nexa: allow NX208
          last  =  1 // nexa: allow NX208
        }
        """,
        """
        flow f {
            // nexa: allow NX208
            result = some_call(with_an_argument, and_another_one)
            other  =  f( a,
            b) // nexa: allow NX208
            last = 1 // nexa: allow NX208
        }
        """,
        width=40,
    )


def test_our_own_examples_are_laid_out() -> None:
    for path in sorted((ROOT / "docs" / "examples").glob("*.nx")):
        assert layout(path.read_bytes()).text == path.read_bytes(), path.name


def test_the_examples_of_the_reference_hardly_change() -> None:
    """They were written by hand, before there was a formatter: 30 lines of 700 differ, most of them blank."""
    changed = 0
    for path in sorted(EXAMPLES.rglob("*.nx*")):
        text = path.read_bytes()
        found = layout(text, grammar="secrets" if path.suffix == ".nxs" else "nexa")
        assert not found.kept
        before, after = text.decode().splitlines(), found.text.decode().splitlines()
        changed += len(set(after) - set(before)) + max(0, len(after) - len(before))
    assert changed <= 25


def test_deep_nesting_stays_as_it_is() -> None:
    text = f"x  = {'(' * 3000}1{')' * 3000}\ny  =  1\n"
    assert layout(text).text.decode() == text.replace("y  =  1", "y = 1")


SHOWN = frozenset({"missing_terminator", "mixed_semicolons"})
"""Manuals whose good programs show semicolons."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_good_programs_of_the_manual_are_laid_out(rule) -> None:
    if rule.check.__module__.rpartition(".")[2] in SHOWN:
        return
    for part in manual(rule).split("\nGood:\n")[1:]:
        text = dedent(part.split("\nBad:\n")[0]).strip("\n") + "\n"
        if "//-" not in text and not layout(text).broken:
            assert layout(text).text.decode() == text


def test_what_init_writes_is_laid_out() -> None:
    assert layout(_PROGRAM).text.decode() == _PROGRAM
