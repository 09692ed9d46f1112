"""An agent has neither a `prompt` nor a `role`.

The model gets no instruction at all, and answers whatever it likes.

Bad:

    agent Ann { model: "openai/gpt-4o" }
        //^^^ NX910: agent has neither `prompt` nor `role`
    flow main { print(Ann.run("a")) }

Good:

    agent Ann { model: "openai/gpt-4o", prompt: "Answer in one sentence." }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.syntax.span import Span

_EMPTY = re.compile(rb"\{\s*\}\Z")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Agents without either property."""
    node = item.node
    if not isinstance(node, ast.Agent) or not node.name.text:
        return
    properties = [one for one in node.members if isinstance(one, ast.Property)]
    if not any(_says(one.key.text) for one in properties):
        fix = _with_prompt(item, node, properties)
        yield Draft(node.name.span, "agent has neither `prompt` nor `role`", fix=fix)


def _says(key: str) -> bool:
    """Whether a property is one of the two, or meant to be."""
    known = PROPERTIES["agent"]
    return (key if key in known else nearest(key, known)) in ("prompt", "role")


def _with_prompt(item: ItemFacts, node: ast.Agent, properties: list[ast.Property]) -> Remedy | None:
    """A prompt that a person will better, before the first property or in the empty body."""
    guess = f'"You are {node.name.text}."'
    text, title = f"prompt: {guess}", "Add a prompt"
    if properties:
        start = properties[0].start
        before = item.text[:start]
        indent = before[len(before.rstrip(b" \t")) :].decode()
        is_alone = before.rstrip(b" \t").endswith((b"\n", b"\r"))
        text += f"\n{indent}" if is_alone else ", "
        return replace(Span(start, start), text, title, safe=False, blanks=(guess,))
    empty = _EMPTY.search(item.text, 0, node.end)
    if node.members or empty is None:
        return None
    return replace(Span(empty.start(), empty.end()), f"{{ {text} }}", title, safe=False, blanks=(guess,))


RULE = NameRule("NX910", "missing-prompt", Severity.WARNING, check, about=(ast.Agent,))
