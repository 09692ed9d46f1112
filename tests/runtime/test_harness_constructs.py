"""`autoloop`, `fork`, `snapshot` and `restore`: whole programs, compiled and built."""

from __future__ import annotations

import pytest

from harness.command import NEXA, run
from harness.programs import run_text

AGENTS = 'agent A { prompt: "a" }\nagent B { prompt: "b" }\n'

PRINTED = {
    "steps are counted": (
        "autoloop max_steps: 2 { print(runtime.meta.step) }\nprint(runtime.meta.exit_reason, runtime.meta.step)",
        [],
        "1\n2\nmax_steps 0\n",
    ),
    "break says so": ("autoloop max_steps: 9 { break }\nprint(runtime.meta.exit_reason)", [], "break\n"),
    "continue ends the step": (
        "autoloop max_steps: 2 { if runtime.meta.step == 1 { continue }\nprint(runtime.meta.step) }",
        [],
        "2\n",
    ),
    "hooks fire around steps": (
        'before_step { print("<") }\nafter_step { print(">") }\nautoloop max_steps: 2 { print("x") }',
        [],
        "<\nx\n>\n<\nx\n>\n",
    ),
    "a stage without input gets what the last step came to": (
        'autoloop max_steps: 2 { print(A >> B) }\nprint("end")',
        ["one", "two", "three", "four"],
        "two\nfour\nend\n",
    ),
    "loops nest": (
        "autoloop max_steps: 2 { autoloop max_steps: 1 { print(runtime.meta.step) }\nprint(runtime.meta.step) }",
        [],
        "1\n1\n1\n2\n",
    ),
    "a verify that fails repeats its step once": (
        "seen = []\nautoloop max_steps: 2 { seen.append(1)\nverify len(seen) != 1 }\nprint(len(seen))",
        [],
        "3\n",
    ),
    "all branches of a fork": ('print(fork ["a", "b"])', [], '["a","b"]\n'),
    "named branches are bound": ('fork [x = "a", y = "b"]\nprint(x, y)', [], "a b\n"),
    "a vote": ('print(fork ["a", "b", " A"] merge vote)', [], "a\n"),
    "a concatenation": ('print(fork ["a", "b"] merge concat)', [], "a\n\nb\n"),
    "an agent judges": ('print(fork ["a", "b"] merge A)', ["b it is"], "b it is\n"),
    "the first success": ('print(fork [slow(), fails(), "quick"] merge first)', [], "quick\n"),
    "a failure that another branch makes good": (
        'print(fork [x = fails(), "b"] merge vote)\nprint(x is null)',
        [],
        "b\ntrue\n",
    ),
    "blocks share their variables": ("fork { x = 1 } and { y = 2\nz = 3 }\nprint(x + y + z)", [], "6\n"),
    "blocks in blocks": (
        "fork { x = 1\nfork { y = 2 } and { z = 3 } } and { x2 = 4 }\nprint(x + y + z + x2)",
        [],
        "10\n",
    ),
    "branches remember in their order": (
        'fork [A.run("1"), A.run("2")]\nprint(len(A.history))',
        ["one", "two"],
        "4\n",
    ),
    "variables are put back": (
        'xs = [1, {"a": [2]}]\nn = 1\nbase = snapshot()\nxs.append(3)\nxs[1]["a"].append(4)\nn = 2\nrestore(base)\n'
        "print(xs, n)\nn = 5\nrestore(base) if n == 5\nprint(n)",
        [],
        '[1,{"a":[2]}] 1\n1\n',
    ),
    "records are put back": (
        "p = Spot(x: 1)\ns = snapshot()\np.x = 2\nrestore(s)\nprint(p.x)",
        [],
        "1\n",
    ),
    "memories are put back": (
        'A.run("1")\ns = snapshot()\nA.run("2")\nB.run("3")\nrestore(s)\nprint(len(A.history), len(B.history))',
        ["one", "two", "three"],
        "2 0\n",
    ),
    "a round's own variable is put back": (
        "for i in [1, 2] { let q = i\ns = snapshot()\nq = 9\nrestore(s)\nprint(q) }",
        [],
        "1\n2\n",
    ),
}
HELPERS = (
    'struct Spot { x: int }\nflow slow() { sleep_ms(60000)\nreturn "slow" }\n'
    'flow fails() -> str { raise ToolError("no") }\n'
)


@pytest.mark.parametrize("name", PRINTED)
def test_a_program_prints(name: str) -> None:
    body, answers, printed = PRINTED[name]
    result = run_text(f"{AGENTS}{HELPERS}flow main {{\n{body}\n}}", answers)
    assert result.error is None, result.error
    assert result.printed == printed


def test_the_condition_is_judged_after_each_step_against_what_it_came_to() -> None:
    text = 'autoloop exit_when: "it is done", max_steps: 9 { A.run("go") }\nprint(runtime.meta.exit_reason)'
    result = run_text(f"{AGENTS}flow main {{\n{text}\n}}", ["not yet", "done"], judgements=[False, True])
    assert result.error is None, result.error
    assert result.printed == "condition\n"


FAILING = {
    "a step that can never be verified": ("autoloop max_steps: 3 { verify 1 > 2 }", "VerificationError"),
    "one branch of `all`": ('fork [fails(), "b"]', "ToolError"),
    "every branch": ("fork [fails(), fails()] merge vote", "ToolError"),
    "an error in a step": ('autoloop max_steps: 3 { raise ToolError("x") }', "ToolError"),
    "what came into being since": ("s = snapshot()\nx = 1\nrestore(s)\nprint(x)", "NameError"),
    "no snapshot": ('let s: any = "x"\nrestore(s)', "TypeViolation"),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_program_fails(name: str) -> None:
    body, kind = FAILING[name]
    result = run_text(f"{AGENTS}{HELPERS}flow main {{\n{body}\n}}")
    assert type(result.error).__name__ in (kind, "UnboundLocalError" if kind == "NameError" else kind)


def test_leaving_the_flow_leaves_the_loop() -> None:
    assert run_text("flow main -> int {\nautoloop max_steps: 3 { return 5 }\nreturn 6\n}").value == 5


def test_time_ends_a_step(tmp_path) -> None:
    text = (
        'flow main {\nautoloop max_steps: 9, timeout: 200ms { print("in")\nsleep_ms(60000)\nprint("never") }\n'
        "print(runtime.meta.exit_reason)\n}"
    )
    ran = run(NEXA, ["run", "a.nx", "--mock"], tmp_path, files={"a.nx": text})
    assert (ran.status, ran.out) == (0, "in\ntimeout\n")
