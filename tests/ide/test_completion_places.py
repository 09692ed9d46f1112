"""What is offered at each kind of place: all of it where the place is exact, what comes first where it is not."""

from __future__ import annotations

import pytest

from harness.completing import check_all, check_first, check_nothing, check_some, completed, labels

PROGRAM = """
protocol Draft { title: str, score: float, tags: list[str] }
protocol Note { text: str }
enum Shape { Circle(r: float), Square(a: float), Empty }
struct Request { title: str, amount: float, owner: str = "nobody" }
trait Shown { fn show() -> str }
impl Shown for Request { fn show() -> str { return self.title } }
agent Writer -> Draft { prompt: "p"
    fn price_of(item: str) -> float { return 1.0 } }
agent Critic { prompt: "p", context { input_schema: Draft } }
agent Noter { prompt: "p", context { input_schema: Note } }
agent Plain { prompt: "p" }
@tool("Look up") fn search(query: str, limit: int = 3) -> str { return query }
fn two(a: str, b: str) -> int { return 1 }
fn shape_of(d: Draft) -> Shape { return Shape::Empty }
tool Rates { description: "d", parameters: { "from": "string" }, returns: "float" }
kv cache = open(":memory:")
job Nightly { perform(day: str, region: str = "x") { print(day, region) } }
"""

EXACT: dict[str, tuple[str, tuple[str, ...]]] = {
    # members
    "fields of an inferred record": ("flow main { x = Writer.run(1)\n x.$0 }", ("title", "score", "tags")),
    "fields behind a call": ("flow main { Writer.run(1).$0 }", ("title", "score", "tags")),
    "fields in an interpolation": ('flow f(d: Draft) { print("😀 #{d.$0}") }', ("title", "score", "tags")),
    "fields of what a test has told": (
        "flow f(d: any) { if d is Draft { print(d.$0) } }",
        ("title", "score", "tags"),
    ),
    "fields of an element": ("flow f(ds: list[Draft]) { for d in ds { d.$0 } }", ("title", "score", "tags")),
    "members of a struct": ("flow f(r: Request) { r.$0 }", ("title", "amount", "owner", "show")),
    "members of a job": ("flow main { Nightly.$0 }", ("enqueue", "enqueue_in")),
    "members of an error": (
        "flow main { try { } catch (e) { e.$0 } }",
        ("message", "kind", "cause", "span", "clause", "text", "reasons", "stage", "index", "branch"),
    ),
    "members of a list": (
        "flow f(d: Draft) { d.tags.$0 }",
        (
            "append",
            "extend",
            "pop",
            "insert",
            "first",
            "last",
            "join",
            "sort",
            "reverse",
            "index",
            "contains",
            "length",
        ),
    ),
    "members of a task": ("flow main { t = spawn(fn() => 1)\n t.$0 }", ("done", "cancel")),
    "namespaces of std": ("agent A uses std.db.$0 { }", ("sqlite", "postgres", "memory")),
    "variants": ("flow main { x = Shape::$0 }", ("Circle", "Square", "Empty")),
    "variants of the language": ("flow main { x = Result::$0 }", ("Ok", "Err")),
    "variants behind is": ("flow f(s: Shape) { x = s is Shape::$0 }", ("Circle", "Square", "Empty")),
    # literals, calls, patterns
    "fields that a literal lacks": ('flow main { x = Request { title: "a", $0 } }', ("amount", "owner")),
    "fields of a record that a stage takes": ("flow main { Critic.run({$0}) }", ("title", "score", "tags")),
    "keys that a dict lacks": ("flow f() -> Note { return {$0} }", ("text",)),
    "keys in the list of a parameter": (
        "flow f(ds: list[Note]) { print(ds) }\nflow main { f([{$0}]) }",
        ("text",),
    ),
    "what a job performs with": ('flow main { Nightly.enqueue({"day": "x", $0}) }', ("region",)),
    "fields that a pattern lacks": ("flow f(d: Draft) { let {title, $0} = d }", ("score", "tags")),
    "fields of elements": ("flow f(ds: list[Draft]) { for {$0} in ds { } }", ("title", "score", "tags")),
    "fields in an arm": ("flow f(d: Draft) { match d { {$0} => 1 } }", ("title", "score", "tags")),
    "fields of a payload": (
        "enum E { Done(d: Draft), Lost }\nflow f(e: E) { match e { E::Done({$0}) => 1 } }",
        ("title", "score", "tags"),
    ),
    # properties
    "options of a loop": ("flow main { autoloop max_steps: 3, $0 { } }", ("exit_when", "timeout", "step_delay")),
    "options without a body": ("flow main { with_context $0", ("max_tokens", "strategy", "priority_tags")),
    "a context": (
        "agent A { context { source: fresh, $0 } }",
        ("sink", "inherit", "input_schema", "output_schema", "max_history_turns"),
    ),
    "a database": ("db d { type: sqlite, $0 }", ("path", "url", "requires", "ensures")),
    "words of a property": ("agent A { tool_call_strategy: $0 }", ("auto", "required", "none")),
    "words behind an emoji": ('agent A { role: "客😀", output_format: $0 }', ("text", "json")),
    "words of an option": (
        "flow main { with_context strategy: $0 { } }",
        ("sliding_window", "importance_weighted", "smart_summarization"),
    ),
    "words in a list": ("agent A { context { inherit: [$0] } }", ("messages", "artifacts", "tool_results")),
    "words of a tool": ("tool T { risk_level: $0 }", ("low", "medium", "high", "critical")),
    "words of a job": ("job J (priority: $0) { }", ("low", "normal", "high", "critical")),
    "words in quotes": ('tool T { risk_level: "$0" }', ("low", "medium", "high", "critical")),
    "booleans": ("agent A { stream: $0 }", ("true", "false")),
    "memory": (
        "agent A { memory: $0 }",
        ("none", "local", "persistent", "cow", "shared", '"shared:…"'),
    ),
    "schemas": ("agent A { output_schema: $0 }", ("Draft", "Note", "Request")),
    # decorators
    "decorators of a flow": (
        "@$0\nflow main { }",
        ("limit", "timeout", "retry", "temperature", "budget", "parallel"),
    ),
    "decorators that are not there yet": (
        "@timeout(seconds=1)\n@$0\nfn f() { }",
        ("limit", "retry", "temperature", "budget", "tool"),
    ),
    "options of @tool": (
        '@tool("x", sandbox: true, $0)\nfn f() { }',
        ("risk_level:", "requires_approval:", "timeout:", "threaded:", "permission:"),
    ),
    "values of an option of @tool": ('@tool("x", sandbox: $0)\nfn f() { }', ("true", "false")),
    "what a budget does": ("@budget(on_exhaust=$0)\nflow f() { }", ('"fail"', '"fallback"')),
    # heads and clauses
    "the head of an agent": ("agent A $0 { }", ("uses", "implements", "requires", "ensures", "invariant")),
    "the head of an agent, further": ("agent A uses search $0", ("implements", "requires", "ensures", "invariant")),
    "the head of an agent, over lines": (
        "agent A\n    uses search\n    $0\n{ }",
        ("implements", "requires", "ensures", "invariant"),
    ),
    "the head of a flow": ("flow f(x: str) $0 { }", ("requires", "ensures", "invariant")),
    "the head of a job": ("job J $0", ("on",)),
    "protocols of an agent": ("agent A implements Draft, $0 { }", ("Note",)),
    "traits, or a type": ("impl $0", ("Shown", "Draft", "Note", "Shape", "Request")),
    "the target of an impl": ("impl Shown for $0", ("Draft", "Note", "Shape", "Request")),
    "behind use": ("use $0", ("config",)),
    "the body of a trait": ("trait T {\n    $0\n}", ("fn",)),
    "the body of an impl": ("impl Shape { $0 }", ("fn",)),
    "methods of HTTP": ("server S { route $0 }", ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")),
    "middleware": (
        "flow guard(req) { return req }\nserver S { middleware [$0] }",
        ("search", "two", "shape_of", "guard"),
    ),
    "tools of a hook": ("agent A { before_tool($0) { } }", ("search", "Rates")),
    "behind for": ("flow main { for x $0 }", ("in",)),
    "strategies of a fork": (
        "flow main { fork [a = 1, b = 2] merge $0 }",
        ("best_of", "best", "first", "all", "vote", "concat", "summarize", "Writer", "Critic", "Noter", "Plain"),
    ),
    "keys of a row": ('flow f(d: Draft) { x = d["$0"] }', ("title", "score", "tags")),
    # templates
    "fields in a template": (
        'flow f(ds: list[Draft]) { t = template"""{{#for d in ds}}{{d.$0}}{{/for}}""" }',
        ("title", "score", "tags"),
    ),
    "tags of a template": ('flow f(ds: list[Draft]) { t = template"""{{#$0}}""" }', ("if", "for")),
    "tags in a block": ('flow f(x) { t = template"""{{#if x}}{{#$0""" }', ("elif", "else", "if", "for")),
    "the end of a block": ('flow f(x) { t = template"""{{#for y in x}}a{{/$0""" }', ("for",)),
    "names of a template": (
        'flow f(ds: list[Draft]) { t = template"""{{$0}}"""\n render(t, {question: "a"}) }',
        ("question", "ds", "#if", "#for"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), EXACT.values(), ids=EXACT.keys())
def test_exactly(text, expected):
    check_all(PROGRAM + text, *expected)


FIRST: dict[str, tuple[str, tuple[str, ...]]] = {
    "stages that connect": (
        "flow main { x = Writer.run(1) >> $0 }",
        ("Critic", "shape_of", "Writer", "Plain", "search", "Rates", "fn", "Noter"),
    ),
    "stages for each element": (
        "flow f(ds: list[Draft]) { x = ds |>> $0 }",
        ("Critic", "shape_of", "Writer", "Plain", "search", "Rates"),
    ),
    "stages of a fan-out": (
        "flow f(n: Note) { x = n |>> [Plain, $0] }",
        ("Noter", "Writer", "Plain", "search", "Rates"),
    ),
    "a judge": ("flow f(d: Draft) { x = d |>> [Writer, Writer] && $0 }", ("Critic", "shape_of")),
    "a merger": ("flow f(d: Draft) { x = d |>> [Writer, Writer] &>> $0 }", ("Critic", "shape_of")),
    "the merger of a join": ("flow main { x = join(Writer, Writer).$0(1) }", ("Critic", "shape_of")),
    "members of a join": ("flow f(n: Note) { x = join($0).Plain(n) }", ("Noter", "Writer", "Plain")),
    "the other branch": ("flow f(n: Note) { x = n ?? Plain : $0 }", ("Noter", "Writer", "Plain")),
    "in the background": ("flow f(n: Note) { n || [$0] }", ("Noter", "Writer", "Plain")),
    "a stage that a variable holds": ("flow f(n: Note, s: agent[Note, str]) { x = n >> $0 }", ("s", "Noter")),
    "a route": ('server S { route GET "/" => $0 }', ("Writer", "Plain", "search", "Rates")),
    "missing arms": (
        "flow f(s: Shape) { match s { Shape::Square(a) => 1\n $0 } }",
        ("Shape::Circle", "Shape::Empty", "Shape::Square", "_"),
    ),
    "missing variants": (
        "flow f(s: Shape) { match s { Shape::Circle(r) => 1\n Shape::$0 } }",
        ("Square", "Empty", "Circle"),
    ),
    "arms of a bool": ("flow f(b: bool) { match b { true => 1\n $0 } }", ("false", "true", "_")),
    "arms of an option": (
        "flow f(s: Shape?) { match s { $0 } }",
        ("Shape::Circle", "Shape::Square", "Shape::Empty", "null"),
    ),
    "arms of a result": ("flow f(r: Result[str, int]) { match r { $0 } }", ("Result::Ok", "Result::Err")),
    "intents": ('flow f(s: str) { match intent s { "a" => 1\n $0 } }', ('intent("…")', "_")),
    "what a function gives": ("flow f() -> Shape { return $0 }", ("Shape::Circle", "Shape::Square", "Shape::Empty")),
    "what is compared with": (
        "flow f(s: Shape) { if s == $0 { } }",
        ("Shape::Circle", "Shape::Square", "Shape::Empty"),
    ),
    "a typed local": ("flow f(n: int, s: str) { let x: int = $0 }", ("n", "two")),
    "an argument": ("flow f(n: int, s: str) { search($0) }", ("query:", "limit:", "s")),
    "arguments that are missing": ("flow f(n: int) { two(a: 'x', $0) }", ("b:",)),
    "arguments by position": ("flow f(n: int) { search('x', $0) }", ("limit:", "n")),
    "fields of a struct": ("flow main { x = Request($0) }", ("title:", "amount:", "owner:")),
    "a condition": ("flow f(n: int, b: bool) { if $0 { } }", ("true", "false", "b")),
    "the nearest local": ("flow main { a = 1\n b = 2\n $0\n }", ("b", "a")),
    "what goes on with an if": ("flow main { if true { }\n $0\n }", ("else", "else if")),
    "what goes on with a try": ("flow main { try { }\n $0\n }", ("catch", "finally")),
    "what goes on with a loop": ("flow main { loop { } $0\n }", ("until",)),
    "behind an operand": ("flow main { x = two('a', 'b') o$0\n y = 1 }", ("or", "otherwise")),
    "behind verify": ("flow f(d: Draft) { verify d $0 }", ("satisfies",)),
    "behind the text of verify": ('flow f(d: Draft) { verify "is short" $0 }', ("against",)),
    "behind the text of assert": ('flow f(d: Draft) { assert "is short" $0 }', ("against",)),
    "behind a fork": ("flow main { fork [a = 1, b = 2] $0 }", ("merge",)),
    "behind a message": ("flow main { pass 1 $0 }", ("to",)),
    "behind a condition that is a value": ("flow f(x) { y = if x $0 }", ("then",)),
    "behind its first value": ("flow f(x) { y = if x then 1 $0 }", ("else",)),
    "behind semantic_if": ('flow f(x) { semantic_if "is good" $0 { } }', ("against", "fast_match")),
    "variants to test for": ("flow f(s: Shape) { if s is $0 { } }", ("Shape::Circle", "Shape::Square", "Shape::Empty")),
    "errors": ("flow main { try { } catch (e: Tool$0) { } }", ("ToolError",)),
    "errors to raise": ("flow main { raise To$0 }", ("ToolError",)),
    "actors": ("flow main { x = spawn W$0 }", ("Writer",)),
    "tools first": ("agent A uses $0 { }", ("search", "Rates", "Writer")),
    "what is written first": ("agent A { $0 }", ("prompt", "role", "description", "model")),
    "loop variables": (
        'flow f(ds: list[Draft]) { t = template"""{{#for d in ds}}{{$0}}{{/for}}""" }',
        ("d", "/for", "#empty"),
    ),
    "Python": ('flow f(ds: list[Draft]) { python! """\n    count = len(ds)\n    $0\n""" }', ("ds", "count")),
    "Python behind a dot": (
        'flow f(d: Draft) { python! """\n    print(d.title, d.$0)\n""" }',
        ("title", "score", "tags"),
    ),
    "filters": ('flow f(d: Draft) { print("#{d.title | t$0}") }', ("title", "trim", "truncate")),
    "types in quotes": ('protocol P { a: "$0" }', ("str", "int", "float", "bool")),
    "type parameters": ("struct Box[T] { v: $0 }", ("Draft", "Note", "Shape", "Request", "Shown")),
}


@pytest.mark.parametrize(("text", "expected"), FIRST.values(), ids=FIRST.keys())
def test_first(text, expected):
    check_first(PROGRAM + text, *expected)


SOME: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "a type takes types only": (
        "flow f(x: $0) { }",
        ("Draft", "Shape", "str", "list"),
        ("Writer", "print", "if", "let"),
    ),
    "an alias when it is typed": ("flow f(x: stri$0) { }", ("string",), ()),
    "a library has no programs": (
        "//- lib.nxlib\n$0\n",
        ("agent", "protocol", "include"),
        ("test", "server", "flow main", "let", "print"),
    ),
    "break in a loop": ("flow main { while true { $0 } }", ("break", "continue", "return"), ("catch", "else")),
    "no break behind one": ("flow main { for x in [1] { }\n $0 }", ("return",), ("break", "continue")),
    "no break in a function of a loop": (
        "flow main { for x in [1] { f = fn() { $0 } } }",
        ("return",),
        ("break", "continue"),
    ),
    "no return in a script": ("if true { $0 }", ("let", "print"), ("return", "break")),
    "no second main": ("flow main { }\n$0", ("flow", "test"), ("flow main",)),
    "a statement may be guarded": ("flow main { print(1) $0 }", ("if", "and"), ("then", "else")),
    "an assignment may not": ("flow main { x = two('a', 'b') $0 }", ("otherwise", "and"), ("if", "then")),
    "an if is no value": ("flow f(x) { if x $0 { } }", ("and", "contains"), ("then", "else", "if")),
    "contracts of an agent": ("agent A ensures $0 { }", ("input", "args", "result", "old"), ()),
    "contracts that require": ("agent A requires $0 { }", ("input", "args"), ("result", "old")),
    "self": ("impl Request { fn f() { $0 } }", ("self",), ()),
    "members of an agent": ("agent A { let greeting = 1\n fn f() { $0 } }", ("greeting", "self", "f"), ("price_of",)),
    "no names of arguments that are given": ("flow main { two(a: 1, b: 2, $0) }", (), ("a:", "b:")),
    "configured models": ("agent A { model: $0 }", ("strong", "weak", "super"), ("Writer",)),
    "a fallback is an agent or a model": ("agent A { fallback: $0 }", ("Writer", "strong"), ("A", "search")),
    "no agent uses itself": ("agent A uses $0 { }", ("Writer", "std.fs"), ("A", "print", "Draft")),
    "what it uses already": ("agent A uses search, $0 { }", ("Writer",), ("search",)),
    "long words are left out in a string": ('flow main { print("#{$0}") }', ("true", "await"), ("python!", "fork")),
    "members of a join are stages": ("flow main { x = join($0).Plain(1) }", ("Writer",), ("print", "if")),
    "only functions of one value": ("flow main { x = 'a' >> $0 }", ("search",), ("two", "print", "Nightly")),
    "functions behind |>": ("flow main { x = 'a' |> $0 }", ("len", "search", "std"), ("two", "Nightly")),
    "a list of stages": ("flow f(s: list[agent[str, str]]) { x = 'a' |>> $0 }", ("s", "Writer"), ()),
    "Python's own words": (
        'flow main { python! """\n    $0\n""" }',
        ("import", "for", "len", "nexa_secrets"),
        ("flow",),
    ),
}


@pytest.mark.parametrize(("text", "expected", "absent"), SOME.values(), ids=SOME.keys())
def test_some(text, expected, absent):
    marker = "//- lib.nxlib\n" if text.startswith("//-") else ""
    check_some(marker + PROGRAM + text.removeprefix(marker), *expected, absent=absent)


NOWHERE = {
    "in a comment": "// com$0ment",
    "in an empty comment": "flow main { // $0\n}",
    "in a documentation comment": "/// $0\nflow main { }",
    "in a block comment": "/* $0 */",
    "in an open comment": "/* $0",
    "in text": 'flow main { print("te$0xt") }',
    "in text behind a brace": 'flow main { print("{$0}") }',
    "in text of three quotes": 'agent A { prompt: """\n  $0\n""" }',
    "in a backtick": "flow main { x = `a $0` }",
    "in a raw string": 'flow main { x = r"a$0" }',
    "in a prompt": 'agent A { prompt: "$0" }',
    "in a number": "flow main { x = 2$0 }",
    "behind a number": "flow main { x = 2.$0 }",
    "in a duration": "flow main { x = 2m$0 }",
    "a new agent": "agent $0 { }",
    "a new agent's name": "agent Wri$0",
    "a new flow": "flow $0",
    "a new protocol": "protocol $0 { }",
    "a new parameter": "flow main(par$0) { }",
    "a second parameter": "flow main(a: str, $0) { }",
    "a parameter of a lambda": "flow main { f = fn($0) => 1 }",
    "a new local": "flow main { let $0 = 1 }",
    "a new local, unfinished": "flow main { let $0 }",
    "a new loop variable": "flow main { for $0 in [1] { } }",
    "an index": "flow main { for a, $0 in [1] { } }",
    "a caught error": "flow main { try { } catch ($0) { } }",
    "a new field": "protocol P { $0 }",
    "a new variant": "enum E { $0 }",
    "a type parameter": "struct Box[$0] { }",
    "a name of a fork": "flow main { fork [$0 = 1] }",
    "an element of a pattern": "flow main { let (a, $0) = x }",
    "the rest of a pattern": "flow main { let [a, ..$0] = x }",
    "the path of a route": "server S { route GET $0 }",
    "the port of a server": "server S 80$0 { }",
    "an attribute of nothing": 'flow main { python! """\n    x = "$0"\n""" }',
    "a comment of Python": 'flow main { python! """\n    x = 1 # $0\n""" }',
    "a new function of Python": 'flow main { python! """\n    def $0\n""" }',
    "text of a template": 'flow f(x) { t = template"""a $0 {{x}}""" }',
    "a loop variable of a template": 'flow f(x) { t = template"""{{#for $0""" }',
    "a secrets file": "//- a.nxs\nconfig $0 { }",
}


@pytest.mark.parametrize("text", NOWHERE.values(), ids=NOWHERE.keys())
def test_nothing(text):
    check_nothing(text)


@pytest.mark.parametrize(
    "broken", ["agent { prompt:\n", "flow { (\n", "flow broken { x = = \n", "let y = [1,\n", 'x = "abc\n']
)
@pytest.mark.parametrize(
    "name", ["fields of an inferred record", "variants", "fields that a pattern lacks", "booleans"]
)
def test_mistakes_elsewhere_do_not_matter(broken, name):
    text, expected = EXACT[name]
    check_all(PROGRAM + broken + "\n" + text, *expected)
    check_all(PROGRAM + text + "\n" + broken, *expected)


@pytest.mark.parametrize(
    "text",
    [
        "flow main {\n    x = Writer.run(1)\n    x.$0\n    y = 2\n}",
        "flow main {\n    x = Writer.run(1)\n    print(x.$0\n}",
        "flow main {\n    x = Writer.run(1)\n    if x.$0\n}",
        "flow main {\n    x = Writer.run(1)\n    y = [x.$0\n",
        "x = Writer.run(1)\nx.$0\n",
        "let x = Writer.run(1)\nprint(x.$0\nflow other { }",
    ],
)
def test_half_written_lines(text):
    check_all(PROGRAM + text, "title", "score", "tags")


@pytest.mark.parametrize("typed", ["$0", "Wri$0", "Writer$0", "Wri$0ter", "$0Writer"])
def test_the_word_is_replaced_whole_and_the_part_before_the_cursor_counts(typed):
    text = f'{PROGRAM}flow main {{ x = "客😀"; y = {typed}\n }}'
    found = completed(text)
    assert "Writer" in labels(found)
    source = text.encode()
    at = source.index(b"$0")
    start = source.rindex(b"y = ") + 4
    length = len(typed) - 2
    assert (found.span.start, found.cursor, found.span.end) == (start, at, start + length)


def test_declarations_of_other_files_say_where_they_are_from():
    found = check_some(
        """
        //- lib.nxlib
        /// The time.
        fn clock() -> str { return "12" }
        //- main.nx
        include "lib.nxlib"
        flow main { print(cl$0) }
        """,
        "clock",
    )
    (clock,) = [one for one in found.candidates if one.label == "clock"]
    assert (clock.shape, clock.origin, clock.snippet) == ("()", "lib.nxlib", "")
    assert clock.insert == "clock()"
