"""Agents, flow operators, choices, failures, contracts, end to end: a program, its models' script, what it does."""

from __future__ import annotations

import pytest

from harness.programs import check_fails, check_prints, check_value, run_text
from nexa.compiler import ast
from nexa.compiler.emit.unit import EMITTED
from nexa.runtime.config import Settings
from nexa.runtime.errors import ModelError
from nexa.runtime.testing import call

AGENTS = """
agent A { prompt: "a", retry: 1, memory: none }
agent B { prompt: "b", retry: 1, memory: none }
agent C { prompt: "c", retry: 1, memory: none }
agent J { prompt: "judge", retry: 1, memory: none }
fn up(x: str) { std.text.upper(x) }
fn bang(x) { "#{x}!" }
"""


def answer(request) -> str:
    """A model that says which agent was asked what."""
    return f"{request.messages[0].text}({request.last_text})"


FLOWS = {
    # §5.3, §5.4
    "return A.run(1)": "a(1)",
    'return A("x")': "a(x)",
    'return "q" >> A >> B': "b(a(q))",
    'return "q" >> up >> bang': "Q!",
    'return "q" |>> [A, B]': ["a(q)", "b(q)"],
    'return ["x", "y"] |>> A': ["a(x)", "a(y)"],
    'return "q" |>> A': "a(q)",
    'team = [A, up]\nreturn "q" |>> team': ["a(q)", "Q"],
    'return "q" |>> [fn(x) => A.run(x) otherwise "d", up]': ["a(q)", "Q"],
    'return "q" |>> [A, B] &>> J': "judge(## A\na(q)\n\n## B\nb(q))",
    'vs = ["x", "y"]\nreturn vs &>> J': "judge(## 1\nx\n\n## 2\ny)",
    'return join(A, B).J("q")': "judge(## A\na(q)\n\n## B\nb(q))",
    'return "q" |> up |> bang': "Q!",
    'return "q" |> A.run |> bang': "a(q)!",
    'return "q" |> A': "a(q)",
    # §5.5
    'return ["x", "y"] && J': None,
    'return "Same" && "same " && "other"': "Same",
    'return "q" && [up, up, bang]': "Q",
    "return true && 1 == 1": True,
    "x = false\nreturn x && 1 / 0 == 1": False,
    "x = true\nreturn x || 1 / 0 == 1": True,
    # §5.6
    "return true ?? 1 : 2": 1,
    "return null ?? A : 2": 2,
    "return (1 > 2) ?? bang(1) : bang(2)": "2!",
    # failures
    'return fails() otherwise "d"': "d",
    "return fails() fallback { x = 2\nx * 3 }": 6,
    'return null otherwise "d"': "d",
    "x = ok(3) otherwise 0\nreturn x": 3,
    "return ok(4)?": 4,
    'for x in [1, 2] { y = fails() otherwise { continue }\nreturn y }\nreturn "none"': "none",
    'x = fails() otherwise { return "left" }\nreturn x': "left",
    'return match 3 { n => { return "inner" } }': "inner",
}

HELPERS = """
fn fails() { raise ToolError("no") }
fn ok(x) -> Result { Result::Ok(x) }
"""


@pytest.mark.parametrize("body", [body for body, value in FLOWS.items() if value is not None])
def test_a_flow_has_a_value(body: str) -> None:
    text = f"{AGENTS}{HELPERS}flow main {{\n{body}\n}}"
    check_value(text, FLOWS[body], [answer] * 10)


def test_the_judge_of_a_consensus_sees_every_candidate() -> None:
    result = run_text(AGENTS + 'flow main { return ["x", "y"] && J }', [answer])
    assert "x" in result.value
    assert "y" in result.value


# ── the ambient input, nodes ────────────────────────────────────────────────────────────────────────────────────


AMBIENT = {
    "return A >> B": "b(a(in))",
    "return [A, B] &>> J": "judge(## A\na(in)\n\n## B\nb(in))",
    "return join(A, B)": ["a(in)", "b(in)"],
    "return true ?? A : B": "a(in)",
}


@pytest.mark.parametrize("body", AMBIENT)
def test_the_first_parameter_is_the_ambient_input(body: str) -> None:
    check_value(f"{AGENTS}flow main(x) {{ {body} }}", AMBIENT[body], [answer] * 5, named={"x": "in"})


def test_events_carry_the_ids_of_the_graph() -> None:
    text = AGENTS + 'flow inner(x) { return x >> A }\nflow main { return inner("q") |>> [B, C] &>> J }'
    result = run_text(text, [answer] * 5)
    started = [(line["node"], line["callee"]) for line in result.of_kind("node.started")]
    assert started == [
        ("main#0", "inner"),
        ("inner#0", "A"),
        ("main#1", "fan_out"),
        ("main#2", "B"),
        ("main#3", "C"),
        ("main#4", "merge"),
        ("main#5", "J"),
    ]
    finished = {line["node"] for line in result.of_kind("node.finished")}
    assert finished == {node for node, _ in started}


# ── choices ─────────────────────────────────────────────────────────────────────────────────────────────────────

CHOICES = """
flow route(x) {
    return match x {
        intent("about money") => A.run(x),
        intent("about cats") if x != "no cats" => B,
        _ => "neither"
    }
}
"""


@pytest.mark.parametrize(
    ("given", "label", "expected"),
    [
        ("m", "about money", "a(m)"),
        ("c", "about cats", "b(c)"),
        ("?", "none", "neither"),
        ("no cats", "about cats", "neither"),
    ],
)
def test_an_intent_chooses_an_arm(given: str, label: str, expected: str) -> None:
    check_value(
        AGENTS + CHOICES + f'flow main {{ return route("{given}") }}', expected, [answer] * 3, judgements=[label]
    )


def test_a_value_that_no_intent_fits_is_an_error_and_a_statement_is_not() -> None:
    check_fails('flow main { return match intent "x" { "a" => 1 } }', "IntentError", judgements=["none"])
    check_prints('flow main { match intent "x" { "a" => print(1) }\nprint("after") }', "after\n", judgements=["none"])


def test_cases_of_a_question() -> None:
    text = AGENTS + 'flow main { return semantic_if ("x", "how well?") { "good" => bang("g"), _ => A } }'
    check_value(text, "g!", judgements=["good"])
    check_value(text, "a(x)", [answer], judgements=["none"])


def test_a_branch_on_a_result() -> None:
    text = AGENTS + 'flow main { return "x" >> A ?? { "praise" => "thanks", "blame" => B } }'
    check_value(text, "thanks", [answer], judgements=["praise"])
    check_value(text, "b(a(x))", [answer] * 2, judgements=["blame"])


def test_two_stages_to_choose_from() -> None:
    text = AGENTS + 'flow main { return "x" ?? A : B }'
    check_value(text, "a(x)", [answer], judgements=["A"])
    check_value(text, "b(x)", [answer], judgements=["B"])


def test_semantic_if() -> None:
    text = AGENTS + (
        'flow main(x) { semantic_if "is it good" fast_match r"\\bgood\\b" against x { return "yes" }'
        ' else if x == "b" { return "b" } else { return "no" } }'
    )
    check_value(text, "yes", named={"x": "very GOOD"})
    check_value(text, "yes", named={"x": "fine"}, judgements=[True])
    check_value(text, "b", named={"x": "b"}, judgements=[False])
    check_value(text, "no", named={"x": "c"}, judgements=[False])


def test_loop_until_a_judge_is_content() -> None:
    text = (
        AGENTS
        + """
    flow main {
        loop {
            draft = A.run("again")
            if draft == "skip" { continue }
        } until ("the draft is fine" or runtime.meta.loop_count >= 3)
        return [draft, runtime.meta.loop_count]
    }
    """
    )
    check_value(text, ["two", 0], ["one", "two"], judgements=[False, True])
    check_value(text, ["skip", 0], ["skip"] * 3, judgements=[False, False, False])


def test_an_endless_loop_meets_its_limit() -> None:
    check_fails("flow main { loop { x = 1 } until (false) }", "LoopLimitError", "100")


def test_patterns_in_a_match() -> None:
    text = """
    enum Shape { Circle(radius: float), Square(float), Dot }
    struct Point { x: int, y: int }
    fn say(v: any) {
        match v {
            Shape::Circle(r) if r > 10 => "big circle",
            Shape::Circle(r) => "circle #{r}",
            Square(s) => "square #{s}",
            Dot => "dot",
            Point {x, y: 0} => "on the axis at #{x}",
            Point {x} => "point",
            Option::Some({k: [first, ..]}) => "some #{first}",
            Result::Err(e) => "err #{e}",
            (a, -1) => "pair #{a}",
            "text" => "the text",
            null => "nothing",
            other => "other #{other}"
        }
    }
    flow main {
        print(say(Shape::Circle(20.0)), say(Shape::Circle(1.5)), say(Shape::Square(2.0)), say(Shape::Dot), sep: "; ")
        print(say(Point(x: 3, y: 0)), say(Point(1, 2)), say(Result::Err("e")), sep: "; ")
        print(say((7, -1)), say("text"), say(null), say(Option::Some({k: [5, 6]})), sep: "; ")
    }
    """
    check_prints(
        text,
        "big circle; circle 1.5; square 2.0; dot\non the axis at 3; point; err e\npair 7; the text; nothing; some 5\n",
    )


def test_traits_and_methods() -> None:
    text = """
    trait Named { fn name() -> str
        fn hello() -> str { "hello #{self.name()}" } }
    struct Cat { word: str = "mew" }
    enum Coin { Head, Tail }
    impl Named for Cat { fn name() -> str { "cat #{self.word}" } }
    impl Cat { fn twice(times: int = 2) { self.word * times } }
    impl Named for Coin { fn name() -> str { match self { Coin::Head => "head", _ => "tail" } } }
    flow main {
        cat = Cat { word: "purr" }
        cat.word = "mrr"
        print(cat.hello(), cat.twice(times: 3), Cat().twice(), Coin::Tail.hello(), cat is Named)
    }
    """
    check_prints(text, "hello cat mrr mrrmrrmrr mewmew hello tail true\n")


# ── failures ────────────────────────────────────────────────────────────────────────────────────────────────────

PROGRAMS = {
    "try, catch, finally": (
        """
        flow main {
            for kind in ["tool", "zero", "fine"] {
                try {
                    if kind == "tool" { raise ToolError("t") }
                    if kind == "zero" { x = 1 / 0 }
                    print("fine", end: " ")
                } catch (e: ToolError) {
                    print("#{e.kind}:#{e.message}", end: " ")
                    continue
                } finally {
                    print("finally", end: " ")
                }
            }
            try { raise Odd("o") } catch (e) { print(e, e.kind) }
        }
        """,
        None,
    ),
    "deferred work runs last in, first out, however the function is left": (
        """
        fn f(how) {
            defer print("first")
            defer { print("second") }
            for i in [1, 2] { defer print("round #{i}") }
            if how == "return" { return 1 }
            raise ToolError("x")
        }
        flow main {
            f("return")
            f("raise") otherwise print("caught")
        }
        """,
        "round 2\nround 1\nsecond\nfirst\nround 2\nround 1\nsecond\nfirst\ncaught\n",
    ),
    "a failure leaves through Result and Option": (
        """
        fn r(x) -> Result { y = may(x)?
            Result::Ok(y + 1) }
        fn o(x) -> int? { y = may(x)?
            return y + 1 }
        fn may(x) { if x < 0 { raise ToolError("negative") }
            x }
        flow main {
            match r(1) { Result::Ok(v) => print("ok #{v}"), Result::Err(e) => print("err #{e}") }
            match r(-1) { Result::Ok(v) => print("ok #{v}"), Result::Err(e) => print("err #{e}") }
            print(o(1), o(-1) is null)
        }
        """,
        "ok 2\nerr negative\n2 true\n",
    ),
    "try_agent runs its body again after a reflection": (
        """
        agent A { prompt: "a", retry: 1 }
        flow main {
            for round in [1, 2] {
                try_agent {
                    text = A.run("go")
                    if text == "bad" { raise ToolError("bad text") }
                    if text == "stop" { break }
                    print("good #{text}")
                } catch_correction (e: ToolError) {
                    reflect "do better: #{e}"
                } catch_correction (e: IntentError) {
                    print("other")
                }
            }
            print("end")
        }
        """,
        "good one\nend\n",
    ),
    "a correction without reflection is a plain handler": (
        """
        flow main {
            try_agent { raise ToolError("x") } catch_correction (e) { print("handled #{e}") }
            print("after")
        }
        """,
        "handled x\nafter\n",
    ),
    "unharnessed skips contracts and verify": (
        """
        fn f(x) requires x > 0 { x }
        flow main {
            unharnessed ("for the test") { print(f(-1))
                verify 1 == 2 }
            print(f(0) otherwise "violated")
        }
        """,
        "-1\nviolated\n",
    ),
    "contracts see entry and exit": (
        """
        flow grow(xs: list)
            requires len(xs) > 0
            invariant xs.length >= old(xs.length)
            ensures result == old(len(xs)) + 1
        {
            xs.append(1)
            return len(xs)
        }
        flow main { print(grow([1]), grow([]) otherwise "no") }
        """,
        "2 no\n",
    ),
    "hooks hold from where they stand to the end of the block": (
        """
        agent A { prompt: "a", retry: 1
            before_step { print("own") }
            on_error(e) { print("saw #{e.kind}") } }
        flow main {
            A.run("x")
            if true { before_step { print("hook") }
                A.run("y")
                after_step { print("after") }
                A.run("z") }
            A.run("w") otherwise print("failed")
        }
        """,
        "own\nown\nhook\nown\nhook\nafter\nown\nsaw ModelError\nfailed\n",
    ),
    "agent members": (
        """
        agent Shop { prompt: "p"
            let count = 1
            let (low, high) = (count, count + 8)
            fn price(item: str, times = 2) -> str { count += 1
                "#{item}#{times}#{high}#{half(4)}" }
            fn half(n) { n / 2 }
            flow open(x) -> str { return price(x, times: count) } }
        flow main { print(Shop.price("a"), Shop.open("b"), Shop.count, Shop.low) }
        """,
        "a292.0 b292.0 3 1\n",
    ),
}


@pytest.mark.parametrize("name", [name for name, (_, expected) in PROGRAMS.items() if expected])
def test_a_program_prints(name: str) -> None:
    text, expected = PROGRAMS[name]
    script = {"try_agent runs its body again after a reflection": ["bad", "one", "stop"]}.get(name, ["1", "2", "3"])
    check_prints(text, expected, script)


def test_try_catch_finally() -> None:
    text, _ = PROGRAMS["try, catch, finally"]
    result = run_text(text)
    assert result.printed == "ToolError:t finally finally "
    assert type(result.error) is ZeroDivisionError


def test_exit_is_not_caught_and_unwinds() -> None:
    text = 'flow main { try { defer print("unwound")\nexit(3) } catch (e) { print("caught") } }'
    result = run_text(text)
    assert result.printed == "unwound\n"
    assert getattr(result.error, "code", None) == 3


def test_errors_of_stages_name_them_and_are_caught_by_their_cause() -> None:
    text = AGENTS + 'fn bad(x) { raise ToolError("t") }\nflow main { return "q" >> up >> bad }'
    error = check_fails(text, "PipelineError")
    assert (error.stage, error.index) == ("bad", 1)
    check_value(
        AGENTS
        + 'fn bad(x) { raise ToolError("t") }\n'
        + 'flow main { try { "q" >> bad } catch (e: ToolError) { return "caught" } }',
        "caught",
    )


def test_a_raised_name_need_not_be_known() -> None:
    check_fails('raise Hungry("feed me")', "Hungry", "feed me")
    check_fails('try { raise ToolError("t") } catch (e) { raise e }', "ToolError", "t")


def test_requires_of_an_agent_and_ensures_as_a_failed_attempt() -> None:
    text = """
    agent A
        requires len(input) > 2
        ensures: result != "bad"
    { prompt: "a", retry: 2 }
    flow main(x) { return A.run(x) }
    """
    check_value(text, "good", ["bad", "good"], named={"x": "long"})
    check_fails(text, "ContractViolation", "requires", named={"x": "s"})
    check_fails(text, "ContractViolation", "ensures", ["bad"] * 3, named={"x": "long"})


def test_semantic_contracts() -> None:
    text = 'flow main(x) -> str requires "the text is kind" ensures: "the answer is short" { return x }'
    check_value(text, "k", named={"x": "k"}, judgements=[True, True])
    check_fails(text, "ContractViolation", "the text is kind", named={"x": "k"}, judgements=[False])
    check_fails(text, "ContractViolation", "the answer is short", named={"x": "k"}, judgements=[True, False])
    check_fails(text, "ContractViolation", named={"x": "k"}, judgements=[ModelError("down")] * 9)


def test_asserts_and_verifies() -> None:
    check_fails('assert 1 == 2, "sums"', "AssertionFailed", "sums")
    check_fails("assert 1 == 2", "AssertionFailed", "1 == 2")
    check_fails('assert "is kind" against "x"', "AssertionFailed", "is kind", judgements=[False])
    check_fails('verify "is kind" against "x"', "VerificationError", "is kind", judgements=[False])
    check_fails('verify "x" satisfies "is kind"', "VerificationError", "is kind", judgements=[False])
    check_fails("verify 1 > 2", "VerificationError", "1 > 2")
    check_fails("x = 1\nverify x satisfies str", "VerificationError", "str")
    check_value('verify 1 satisfies int\nverify "x" satisfies "fine"\nreturn 1', 1, judgements=[True])


# ── agents with types and tools ─────────────────────────────────────────────────────────────────────────────────


def test_protocols_are_asked_for_again_with_reasons() -> None:
    text = """
    type Score = int @ "from 1 to 10"
    protocol Review { title: str, score: Score, from: str = "me", tags: list[str] = ["x"], note: str?, inner: Part? }
    protocol Part { name: str }
    agent A implements Review { prompt: "a" }
    flow main { r = A.run("x")
        return [r.title, r.score + 1, r.from, r.tags, r.note, r.inner.name] }
    """
    result = check_value(
        text, ["t", 3, "me", ["x"], None, "p"], ["no json", {"title": "t", "score": "2", "inner": {"name": "p"}}]
    )
    assert len(result.of_kind("model.call")) == 2


def test_tools_are_called_with_checked_arguments() -> None:
    text = """
    @tool("Adds two numbers", threaded: false)
    fn add(a: int, b: int = 1) -> int { a + b }
    agent Helper { prompt: "h", description: "helps" }
    agent A uses add, Helper, std.text { prompt: "a"
        before_tool(add) { print("adding") } }
    flow main { return A.run("x") }
    """
    calls = [call("add", a="2"), call("Helper", input="hi"), "sub", "done"]
    result = check_value(text, "done", calls)
    assert result.printed == "adding\n"
    assert [line["output"] for line in result.of_kind("tool.finished")] == [3, "sub"]


def test_decorators_and_computed_properties() -> None:
    text = """
    let tone = "calm"
    @limit(max_tokens=7)
    @temperature(value=0.5)
    agent A { prompt: "Be #{tone}.", max_tokens: 99, model: "x/y" }
    @retry(max_attempts=3)
    flow stubborn { count.append(1)
        if len(count) < 3 { raise ToolError("again") }
        return len(count) }
    let count = []
    flow main { A.run("x")
        return stubborn() }
    """

    seen = []

    def model(request):
        seen.append((request.messages[0].text, request.max_tokens, request.temperature))
        return "ok"

    check_value(text, 3, [model])
    assert seen[0] == ("Be calm.", 7, 0.5)


def test_hints_branch_the_memory() -> None:
    text = 'agent A { prompt: "a" }\nflow main { return A.run("q") |>> { "h1", "h2" } }'
    check_value(text, ["a1", "a2"], ["first", "a1", "a2"])


def test_fire_and_forget_is_awaited_at_the_end_and_never_raises() -> None:
    text = (
        AGENTS
        + 'fn late(x) { print("late #{x}") }\nfn bad(x) { raise ToolError("t") }\n'
        + 'flow main { "q" || [late, bad]\nprint("first") }'
    )
    result = run_text(text)
    assert result.error is None
    assert sorted(result.printed.split()) == ["first", "late", "q"]


def test_type_mode_governs_checks() -> None:
    text = "fn same(x) { x }\nfn f(x) -> str { x }\nflow main { let y: str = same(3)\nreturn f(1) }"
    strict = Settings(offline=True, type_mode="strict")
    check_fails(text, "TypeViolation", "y", settings=strict)
    warned = check_value(text, 1, settings=Settings(offline=True, type_mode="warn"))
    assert len([line for line in warned.of_kind("log") if line["level"] == "warning"]) == 2


def test_every_statement_and_expression_is_emitted_or_stopped() -> None:
    """Nothing else can reach the emitter: what it does not know would be a bug of ours, not of the program."""
    inside = {ast.ModelList, ast.Property, ast.Contract}  # property values, and what declarations hold
    below = {cls for base in (ast.Statement, ast.Expr) for cls in _subclasses(base)}
    missing = below - EMITTED - inside
    assert missing == {ast.FlowOperator}  # which is the base of the operators


def _subclasses(base: type) -> set[type]:
    found = {one for cls in base.__subclasses__() for one in {cls, *_subclasses(cls)}}
    return {cls for cls in found if getattr(ast, cls.__name__, None) is cls}  # `slots` leaves twins behind


def test_hooks_at_the_end_and_in_a_script() -> None:
    text = """
    agent A { prompt: "a", retry: 1 }
    A.run("x")
    before_step { print("hook") }
    A.run("y")
    fn last() { before_step { print("never") } }
    flow main { last()
        A.run("z") }
    """
    check_prints(text, "hook\n", ["1", "2", "3"])


def test_context_policy_holds_for_the_rest_of_its_block() -> None:
    text = """
    agent A { prompt: "a" }
    flow main {
        A.run("one " * 400)
        if true { context_policy { max_tokens: 100 }
            A.run("two") }
        return A.run("three")
    }
    """
    seen = []

    def model(request):
        seen.append(len(request.messages))
        return "ok"

    check_value(text, "ok", [model] * 3)
    assert seen == [2, 2, 6] * 2  # compiled and built


def test_with_context_bounds_what_is_sent() -> None:
    text = """
    agent A { prompt: "a" }
    flow main {
        with_context max_tokens: 1000, strategy: sliding_window { x = A.run("q") }
        return x
    }
    """
    check_value(text, "1", ["1"])


def test_input_and_names_of_the_run() -> None:
    check_value(
        'a = input("a> ")\nb = std.ask_human.ask_human("b?", default: "d")\nreturn [a, b]', ["x", "d"], lines=["x", ""]
    )


def test_errors_are_values() -> None:
    check_value('e = ToolError("bad")\nreturn "#{e.kind}: #{e}"', "ToolError: bad")
    check_value(
        'fn f() { return Result::Err(TimeoutError("slow")) }\nflow main { return f() otherwise "late" }', "late"
    )
    check_fails('e = ToolError("bad")\nraise e', "ToolError", "bad")
    check_value('kinds = [ToolError]\ne = kinds[0]("bad")\nreturn e.kind', "ToolError")


SCRIPTS = {
    "a snapshot holds the program's variables": (
        "x = 1\nlet xs = [1]\ns = snapshot()\nx = 2\nz = 3\nxs.append(2)\nrestore(s)\n"
        'print(x, xs, z otherwise "unassigned", seen())\nfn seen() { x }',
        "1 [1] unassigned 1\n",
    ),
    "a snapshot in a function of the script holds that function's": (
        "x = 1\nf = fn() { let y = 1; s = snapshot(); y = 2; restore(s); y }\nprint(f(), x)",
        "1 1\n",
    ),
    "what the blocks of a fork assign is seen after it": (
        "fork { a = 3; a += 1 } and { b = 4 }\nprint(a, b, sum_of())\nfn sum_of() { a + b }",
        "4 4 8\n",
    ),
    "named branches": ("let r = fork [one = 1, two = 2] merge all\nprint(one, two, r)", "1 2 [1,2]\n"),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_state_of_a_script(name: str) -> None:
    check_prints(*SCRIPTS[name])
