"""One agent stands twice in a chain.

That is allowed, but usually a mistake: the second run gets the first one's own words, worked over by the others. When
an agent is to revise its work, a loop says so, and a new name for a clone gives the second run its own memory.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("a" >> Ann >> Bob >> Ann)
                                 //^^^ NX402: `Ann` appears twice in this chain
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("a" >> Ann >> Bob)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity
from nexa.compiler.usage import is_agent


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Every chain once, from its last stage back."""
    for pipe in item.of(ast.Pipe):
        parent = item.parents.get(pipe)
        if isinstance(parent, ast.Pipe) and parent.left is pipe:
            continue
        first: dict[str, ast.Name] = {}
        for stage in _stages(pipe):
            if isinstance(stage, ast.Name) and is_agent(item, names, stage):
                earlier = first.setdefault(stage.text, stage)
                if earlier is not stage:
                    note = Note("its first run", earlier.span)
                    yield Draft(stage.span, f"`{stage.text}` appears twice in this chain", (note,))


def _stages(pipe: ast.Pipe) -> list[ast.Expr]:
    stages: list[ast.Expr] = [pipe.right]
    left = pipe.left
    while isinstance(left, ast.Pipe):
        stages.append(left.right)
        left = left.left
    return [left, *reversed(stages)]


RULE = NameRule("NX402", "repeated-stage", Severity.WARNING, check, about=(ast.Pipe,))
