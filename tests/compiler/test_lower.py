"""Text → AST, construct by construct."""

from __future__ import annotations

import pytest

from harness.dump import dump
from nexa.compiler import ast
from nexa.compiler.lower import lower
from nexa.syntax import parse


def check(text: str, *expected: str) -> None:
    """The items of a file, as `dump` writes them, and nothing wrong with it."""
    lowered = lower(parse(text.encode()))
    assert [slip for one in lowered for slip in one.slips] == []
    assert [dump(one.node) for one in lowered] == list(expected)


def check_expression(text: str, expected: str) -> None:
    """One expression, on the right of an assignment in a flow."""
    check(f"flow f {{\n    x = {text}\n}}", f"(Flow f (Block [(Assign x = {expected})]))")


EXPRESSIONS = [
    # literals
    ("1_000", "1_000"),
    ("2.5e3", "2.5e3"),
    ("250ms", "250ms"),
    ("-1", "(Unary - 1)"),
    ("true", "true"),
    ("null", "null"),
    ("()", "(Tuple)"),
    ("(a)", "a"),
    ("(a,)", "(Tuple [a])"),
    ("[a, ..b]", "(List [a (Spread b)])"),
    ('{a: 1, "b": 2, 3: c, ..d}', '(Dict [(Entry a 1) (Entry "b" 2) (Entry 3 c) (Entry d)])'),
    ("{}", "(Dict)"),
    ("map {if: 1}", "(Dict [(Entry if 1)] :map)"),
    ("Point {x: 1}", "(StructLit Point [(StructFieldValue x 1)])"),
    ("Color::Red", "(VariantExpr Color Red)"),
    ("Color::Red()", "(VariantExpr Color Red :has_args)"),
    # precedence, low to high
    ("a otherwise b fallback c", "(Otherwise a (Otherwise b c fallback) otherwise)"),
    ("a || b || c", "(BarBar (BarBar a b) c)"),
    ("a ?? b : c", "(Branch a b c)"),
    ("a ?? b ?? c", "(Coalesce (Coalesce a b) c)"),
    ('a ?? {"x" => b, _ => c}', '(BranchCases a [(Case "x" b) (Case c)])'),
    ('a ?? {"x": b}', '(Coalesce a (Dict [(Entry "x" b)]))'),
    ("q |>> [A, B] && J", "(AmpAmp (FanOut q (List [A B])) J)"),
    ("t >> A ?? B : C", "(Branch (Pipe t A) B C)"),
    ('v |> f |> g ?? "none"', '(Coalesce (PipeCall (PipeCall v f) g) "none")'),
    ('"a" + b >> C', '(Pipe (Binary + "a" b) C)'),
    ("x >> A || [Log]", "(BarBar (Pipe x A) (List [Log]))"),
    ('A.run(x)? |> tidy otherwise ""', '(Otherwise (PipeCall (Propagate (Call (Member A run) [(Argument x)])) '
     'tidy) "" otherwise)'),
    ("xs &>> J", "(Merge xs J)"),
    ('x |>> {"a", b}', '(FanOut x (HintSet ["a" b]))'),
    ("a or b and not c == d", "(Binary or a (Binary and b (Unary not (Compare == c d))))"),
    ("a not in b", "(Compare not in a b)"),
    ("a contains b", "(Compare contains a b)"),
    ("a is not list[int]", "(IsType a (TypeName [list] [(TypeName [int])]) :negated)"),
    ("a is Color::Red", "(IsType a (TypeVariant Color Red))"),
    ("a is null", "(IsType a (TypeName [null]))"),
    ("a + b * -c.d", "(Binary + a (Binary * b (Unary - (Member c d))))"),
    ("a - b - c", "(Binary - (Binary - a b) c)"),
    ("f()? ?? d", "(Coalesce (Propagate (Call f)) d)"),
    ("await a.b", "(Await (Member a b))"),
    # calls, indices, slices
    ("f(1, n: 2, if: 3, ..xs)", "(Call f [(Argument 1) (Argument n 2) (Argument if 3) (Argument :spread xs)])"),
    ("schedule(every 30s, g)", "(Call schedule [(Argument :every 30s) (Argument g)])"),
    ("a[0][b]", "(Index (Index a 0) b)"),
    ("a[1:]", "(Slice a 1)"),
    ("a[b - 1:c]", "(Slice a (Binary - b 1) c)"),
    ("spawn Worker(1)", "(Spawn Worker [(Argument 1)])"),
    ("spawn(f)", "(Call spawn [(Argument f)])"),
    ("receive(500): str", "(Receive 500 (TypeName [str]))"),
    ("await job, 2s", "(Await job 2s)"),
    # lambdas and choices
    ("fn(a, b: int = 2) -> int => a", "(Lambda [(Param a) (Param b (TypeName [int]) 2)] (Returns (TypeName "
     "[int]) :arrow) a)"),
    ("fn() { a }", "(Lambda (Block [(ExprStmt a)]))"),
    ("fn() => {a: 1}", "(Lambda (Dict [(Entry a 1)]))"),
    ("if a then b else c", "(Conditional a b c)"),
    ("fork [a = f(), g()] merge best_of", "(Fork [(ForkBranch a (Call f)) (ForkBranch (Call g))] best_of)"),
    ('semantic_if (x, "which?") { "a" => 1, default => 2 }', '(SemanticCase x "which?" [(Case "a" 1) (Case 2)])'),
    # handlers (R-ARM)
    ("a otherwise {}", "(Otherwise a (Block) otherwise)"),
    ("a otherwise ({})", "(Otherwise a (Dict) otherwise)"),
    ("a otherwise {b: 1}", "(Otherwise a (Dict [(Entry b 1)]) otherwise)"),
    # matching
    ("match y { 1 if c => 2 if d, _ => 3 }", "(Match y [(Arm (PLiteral 1) (Binary and c d) 2) (Arm (PWildcard) 3)])"),
    ('match y { intent("a") => 1, _ => 2 }', '(Match :intent y [(Arm (PIntent "a") 1) (Arm (PWildcard) 2)])'),
    ('match intent y { "a" => 1, default => 2 }', '(Match :intent y [(Arm (PLiteral "a") 1) (Arm (PWildcard '
     ':default) 2)])'),
    ("match intent { a => 1 }", "(Match intent [(Arm (PName a) 1)])"),
    ('fast_match y { "a" => 1 }', '(Match :fast y [(Arm (PLiteral "a") 1)])'),
    ("match y { a => return a, b => break, c => {}, d => raise E(d) }".replace("b => break, ", ""),
     "(Match y [(Arm (PName a) (Return a)) (Arm (PName c) (Block)) (Arm (PName d) (Raise (Call E [(Argument d)])))])"),
    # contextual words are names
    ("[agent, flow, tool, print, on, merge, intent]", "(List [agent flow tool print on merge intent])"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_expressions(text: str, expected: str) -> None:
    check_expression(text, expected)


PATTERNS = [
    ("_", "(PWildcard)"),
    ("-1", "(PLiteral -1)"),
    ("-2.5", "(PLiteral -2.5)"),
    ('"a"', '(PLiteral "a")'),
    ("null", "(PLiteral null)"),
    ("()", "(PTuple)"),
    ("(a, _)", "(PTuple [(PName a) (PWildcard)])"),
    ("[]", "(PList)"),
    ("[a, ..rest]", "(PList [(PName a)] :has_rest rest)"),
    ("[..]", "(PList :has_rest)"),
    ('{a, "b": c, ..}', '(PRecord [(PRecordEntry a) (PRecordEntry "b" (PName c))] :has_rest)'),
    ("Point {x, y: 1}", "(PRecord Point [(PRecordEntry x) (PRecordEntry y (PLiteral 1))])"),
    ("Some(a)", "(PVariant Some :has_items [(PName a)])"),
    ("Option::None", "(PVariant Option None)"),
    ("Result::Ok((a, b))", "(PVariant Result Ok :has_items [(PTuple [(PName a) (PName b)])])"),
]


@pytest.mark.parametrize(("text", "expected"), PATTERNS, ids=[text for text, _ in PATTERNS])
def test_patterns(text: str, expected: str) -> None:
    check(f"flow f {{ match y {{ {text} => 1 }} }}", f"(Flow f (Block [(ExprStmt (Match y [(Arm {expected} 1)]))]))")


TYPES = [
    ("str", "(TypeName [str])"),
    ("std.thing", "(TypeName [std thing])"),
    ("list[str?]", "(TypeName [list] [(TypeOption (TypeName [str]))])"),
    ("dict[str, list[int]]", "(TypeName [dict] [(TypeName [str]) (TypeName [list] [(TypeName [int])])])"),
    ("Map<str, int>", "(TypeName [Map] [(TypeName [str]) (TypeName [int])] :angle)"),
    ("A | B | null", "(TypeUnion [(TypeName [A]) (TypeName [B]) (TypeName [null])])"),
    ("(A, B)", "(TypeTuple [(TypeName [A]) (TypeName [B])])"),
    ("()", "(TypeTuple)"),
    ("fn(A) -> B", "(TypeFn [(TypeName [A])] (TypeName [B]))"),
    ("agent[A, B]", "(TypeAgent (TypeName [A]) (TypeName [B]))"),
]


@pytest.mark.parametrize(("text", "expected"), TYPES, ids=[text for text, _ in TYPES])
def test_types(text: str, expected: str) -> None:
    check(f"type T = {text}", f"(TypeAlias T {expected})")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("number", "(TypeName [number])"), ("list[str]", "(TypeName [list] [(TypeName "
    "[str])])"), ("int?", "(TypeOption (TypeName [int]))"),
     ("a b", "‹error›"), ("", "‹error›"), ("str; x = 1", "‹error›")],
)  # fmt: skip
def test_types_in_strings(text: str, expected: str) -> None:
    (lowered,) = lower(parse(f'protocol P {{ a: "{text}" }}'.encode()))
    assert isinstance(lowered.node, ast.Protocol)
    assert dump(lowered.node.fields[0].type) == expected


STATEMENTS = [
    ("let [a, b]: list[int] = c", "(Let (PList [(PName a) (PName b)]) (TypeName [list] [(TypeName [int])]) c)"),
    ("a.b[0] += 1", "(Assign (Index (Member a b) 0) += 1)"),
    ("a: int = 1", "(Assign a = (TypeName [int]) 1)"),
    ("restore(s) if a", "(ExprStmt (Call restore [(Argument s)]) a)"),
    ("print a", "(ExprStmt (Call print [(Argument a)]) print)"),
    ("print(a)", "(ExprStmt (Call print [(Argument a)]))"),
    ('reflect "x"', '(ExprStmt (Call reflect [(Argument "x")]) reflect)'),
    ('pass "m" to h', '(Pass "m" h)'),
    ('pass h, "m"', '(Pass "m" h)'),
    ("pass = 1", "(Assign pass = 1)"),
    ("if a { } else if b { } else { c }", "(If [(IfBranch a (Block)) (IfBranch b (Block))] (Block [(ExprStmt c)]))"),
    ('if a { } else semantic_if "b" { }', '(If [(IfBranch a (Block))] (SemanticIf "b" (Block)))'),
    ("for each k, v in d { }", "(For (PName k) v d (Block))"),
    ("for each in xs { }", "(For (PName each) xs (Block))"),
    ("while (a) { break }", "(While a (Block [(Break)]))"),
    ('loop { continue } until ("done")', '(Loop (Block [(Continue)]) "done")'),
    (
        'semantic_if "c" fast_match r"\\d" against x { } else { }',
        '(SemanticIf "c" (Raw "\\\\d") x (Block) (Block))',
    ),
    ("try { } catch (e: E) { } finally { }", "(Try (Block) [(Catch e (TypeName [E]) (Block))] (Block))"),
    ("try { } catch { }", "(Try (Block) [(Catch (Block))])"),
    ("try_agent { } catch_correction (e) { }", "(TryAgent (Block) [(Catch e (Block))])"),
    (
        'autoloop max_steps: 5, exit_when: "x", tools: [a.b, "c"] { }',
        '(Autoloop [(ConfigItem max_steps 5) (ConfigItem exit_when "x") (ConfigItem tools (List [(Member a b) '
        '"c"]))] (Block))',
    ),
    ("with_context max_tokens: (n + 1) { }", "(WithContext [(ConfigItem max_tokens (Binary + n 1))] (Block))"),
    (
        "fork { a } and { b } merge best",
        "(Fork [(ForkBranch (Block [(ExprStmt a)])) (ForkBranch (Block [(ExprStmt b)]))] best :blocks)",
    ),
    ('verify "x" against y', '(Verify against y "x")'),
    ("verify y satisfies T", "(Verify type y (TypeName [T]))"),
    ('verify y satisfies "x"', '(Verify text y "x")'),
    ("verify a.b(c)", "(Verify expr (Call (Member a b) [(Argument c)]))"),
    ('unharnessed ("why") { }', '(Unharnessed "why" (Block))'),
    ('assert a, "no"', '(Assert a "no")'),
    ('assert "x" against a', '(Assert "x" a)'),
    ("defer close(x)", "(Defer (Call close [(Argument x)]))"),
    ("defer { }", "(Defer (Block))"),
    ("return", "(Return)"),
    ("return a ?? b", "(Return (Coalesce a b))"),
    ("raise E(a)", "(Raise (Call E [(Argument a)]))"),
    ('requires "x"', '(Contract requires "x")'),
    ("ensures: a > 1", "(Contract ensures (Compare > a 1))"),
    ("before_step { a }", "(Hook before_step (Block [(ExprStmt a)]))"),
    ("context_policy { strategy: smart }", "(ContextPolicy [(Property strategy smart :)])"),
    ('python! """a = 1"""', '(Python "a = 1")'),
]


@pytest.mark.parametrize(("text", "expected"), STATEMENTS, ids=[text for text, _ in STATEMENTS])
def test_statements(text: str, expected: str) -> None:
    check(f"flow f {{\n    {text}\n}}", f"(Flow f (Block [{expected}]))")


def test_a_newline_ends_a_statement_unless_the_next_line_goes_on() -> None:
    check(
        "flow f {\n    answer = lookup(id)\n    [A, B] &>> C\n    a = b\n        .c\n        >> D\n}",
        "(Flow f (Block [(Assign answer = (Call lookup [(Argument id)])) (ExprStmt (Merge (List [A B]) C))"
        " (Assign a = (Pipe (Member b c) D))]))",
    )


DECLARATIONS = [
    ('include "a.nx"', '(Include "a.nx")'),
    ("use config dev", "(UseConfig dev)"),
    (
        '@limit(max_tokens=5)\nagent A -> int uses a.b, "c", mcp:"d" implements P, Q requires "x" { prompt: '
        '"y", model = [\'m\', fallback: B] }',
        '(Agent A [(Decorator limit [(Argument max_tokens 5)])] (TypeName [int])'
        ' [(UseItem name [a b]) (UseItem string "c") (UseItem mcp "d")] [(TypeName [P]) (TypeName [Q])]'
        ' [(Contract requires "x")] [(Property prompt "y" :) (Property model (ModelList [(ModelEntry "m") '
        '(ModelEntry B :fallback)]) =)]'
        " [[returns] [uses] [implements]])",
    ),
    (
        'agent A {\n    role "x"\n    uses [a]\n    context { source: upstream }\n    on_error (e: E) { }\n    '
        'after_tool (t) { }\n'
        "    let n = 1\n    fn f() { }\n    flow g { }\n    ensures a > 1\n}",
        '(Agent A [(Property role "x") (Uses [(UseItem name [a])]) (ContextBlock [(Property source upstream :)])'
        " (Hook on_error e (TypeName [E]) (Block)) (Hook after_tool t (Block)) (Let (PName n) 1)"
        " (Function f (Block) agent) (Flow g (Block) agent) (Contract ensures (Compare > a 1))])",
    ),
    ('tool T { description: "d", parameters: { "a": "str" } }',
     '(Tool T [(Property description "d" :) (Property parameters (Dict [(Entry "a" "str")]) :)])'),
    ('@tool("d")\nfn f(a: int = 1) : str requires a > 0 { a }',
     '(Function f [(Decorator tool [(Argument "d")])] [(Param a (TypeName [int]) 1)] (Returns (TypeName [str]))'
     " [(Contract requires (Compare > a 0))] (Block [(ExprStmt a)]))"),
    ('protocol P[T] { in: bool, a: T @ "c" = 1 }',
     '(Protocol P [T] [(Field in (TypeName [bool])) (Field a (TypeName [T]) "c" 1)])'),
    ("flow f { }", "(Flow f (Block))"),
    ("flow f() { }", "(Flow f :has_params (Block))"),
    ('test "t" { }', '(Test "t" (Block))'),
    ('type A[T] = list[T] @ "c"', '(TypeAlias A [T] (TypeName [list] [(TypeName [T])]) "c")'),
    ("struct S { a, b: int = 1 }", "(Struct S [(StructField a) (StructField b (TypeName [int]) 1)])"),
    ("enum E { A, B(x: int, str), C(v) }",
     "(Enum E [(Variant A) (Variant B :has_payload [(Payload x (TypeName [int])) (Payload str (TypeName [str]))])"
     " (Variant C :has_payload [(Payload v (TypeName [v]))])])"),
    ("trait T { fn a() -> str\n fn b() { } }",
     "(Trait T [(Function a (Returns (TypeName [str]) :arrow) trait) (Function b (Block) trait)])"),
    ("impl T for S { fn a() { } }", "(Impl (TypeName [T]) (TypeName [S]) [(Function a (Block) impl)])"),
    ("impl S { }", "(Impl (TypeName [S]))"),
    ('job J on "q" (retry: 2) { timeout: 5\n perform(a) { }\n on_failure(e) { } }',
     '(Job J "q" [(Property retry 2 :)] [(Property timeout 5 :)] [(JobBody perform [(Param a)] (Block)) '
     '(JobBody on_failure [(Param e)] (Block))])'),
    ('server S 80 { static "/a" from "b"\n cors { a: 1 }\n middleware [f.g]\n require_auth "/x"\n title: "t"\n'
     ' semantic route GET "/" => A |>> B\n route "/b" { handler: h\n requires "x" }\n group "/g" { route PUT '
     '"/c" => C } }',
     '(Server S 80 [(Static "/a" "b") (HeaderRules cors (Dict [(Entry a 1)])) (Middleware [(Member f g)]) '
     '(RequireAuth "/x")'
     ' (Property title "t" :) (Route :semantic GET "/" (FanOut A B)) (Route "/b" [(Property handler h :)] '
     '[(Contract requires "x")])'
     ' (Group "/g" [(Route PUT "/c" C)])])'),
    ("server 80 { }", "(Server 80)"),
    ('db a = connect("x")', '(Handle db a (Call connect [(Argument "x")]))'),
    ('kv b { path: "x" }', '(Handle kv b [(Property path "x" :)])'),
    ("let x = 1;", "(Let (PName x) 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DECLARATIONS, ids=[text[:40] for text, _ in DECLARATIONS])
def test_declarations(text: str, expected: str) -> None:
    check(text, expected)


def test_documentation_and_annotations_belong_to_the_next_declaration() -> None:
    text = (
        "/// Not this.\n\n/// One.\n/// Two.\n// @implements: billing.refunds\n// just a comment\nflow f { }\n"
        'agent A {\n    /// Inner.\n    fn g() { }\n    prompt: "x"\n    fn h() { }\n}\n'
    )
    flow, agent = lower(parse(text.encode()))
    assert isinstance(flow.node, ast.Flow)
    assert flow.node.doc == "One.\nTwo."
    assert [(one.key, one.value) for one in flow.node.annotations] == [("implements", "billing.refunds")]
    assert flow.start == 0
    assert isinstance(agent.node, ast.Agent)
    assert [one.doc for one in agent.node.members if isinstance(one, ast.Function)] == ["Inner.", ""]


def test_a_comment_behind_an_item_says_nothing_about_the_next() -> None:
    first, second = lower(parse(b"let a = 1 /// about a\nflow f { }\n"))
    assert isinstance(second.node, ast.Flow)
    assert second.node.doc == ""
    assert second.start == 22
    assert first.end == 9


def test_offsets_are_relative_to_the_item() -> None:
    item = "flow f { x = a + 1 }"
    (alone,) = lower(parse(item.encode()))
    moved = lower(parse(f"// Ärger\n\nlet z = 0\n{item}".encode()))[1]
    assert [(node.start, node.end) for node in ast.walk(alone.node)] == [
        (node.start, node.end) for node in ast.walk(moved.node)
    ]
    assert moved.start == len("// Ärger\n\nlet z = 0\n".encode())


def test_names_are_normalised() -> None:
    check("flow f { caf\u0065\u0301 = 1 }", "(Flow f (Block [(Assign caf\u00e9 = 1)]))")
