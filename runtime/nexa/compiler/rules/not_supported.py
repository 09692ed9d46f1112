"""A construct of the language that this version can check but not run.

`nexa run` and `nexa build` stop at the first sight of it; `nexa check` and the editor treat it like everything else.

Bad:

    agent Ann {
        prompt: "Answer."
        @tool("Counts letters", sandbox: true)
                              //^^^^^^^ NX690: `sandbox` for a function of an agent is not supported by this version yet
        fn count(word: str) -> int { return len(word) }
    }
    flow main { print(Ann.run("a")) }

Good:

    flow main {
        loop { print("again") } until (runtime.meta.loop_count >= 3)
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, ProgramDraft, ProgramRule, Severity
from nexa.syntax.span import Span


def check(program: Program) -> Iterator[ProgramDraft]:
    """Every such construct in the files of a program, in textual order."""
    for path, file in program.files.items():
        for index, item in enumerate(file.items):
            for agent in item.of(ast.Agent):
                for span, words in _of_agent(agent):
                    yield ProgramDraft(path, index, Draft(span, f"{words} not supported by this version yet"))


def _of_agent(agent: ast.Agent) -> Iterator[tuple[Span, str]]:
    """Options that would be passed over in silence."""
    for member in agent.members:
        if isinstance(member, ast.Function):
            yield from _sandboxed(member)


def _sandboxed(member: ast.Function) -> Iterator[tuple[Span, str]]:
    """A function of an agent shares the agent's state, which no other process has: it must not run bare either."""
    for decorator in member.decorators:
        for argument in decorator.args if decorator.name.text == "tool" else ():
            off = isinstance(argument.value, ast.Bool) and not argument.value.value
            if argument.name is not None and argument.name.text == "sandbox" and not off:
                yield argument.name.span, "`sandbox` for a function of an agent is"


RULE = ProgramRule("NX690", "not-supported", Severity.ERROR, check, only_runs=True)
