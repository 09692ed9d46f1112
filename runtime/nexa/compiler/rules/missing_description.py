"""A tool does not say what it does.

The description is all that a model knows when it decides whether to call the tool.

Bad:

    @tool("")
        //^^ NX515: tool description is empty or missing
    fn add(a: int, b: int) -> int { return a + b }
    agent Ann uses add { prompt: "x" }
    flow main { print(Ann.run("a")) }

Good:

    @tool("Add two whole numbers")
    fn add(a: int, b: int) -> int { return a + b }
    agent Ann uses add { prompt: "x" }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.exports import ANY_DOC
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import ToolCard, is_blank, tools_of
from nexa.compiler.names import Names
from nexa.compiler.remedies import separator
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.syntax.span import Span

_TEXT = "description is empty or missing"


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Tools with an empty text, or with none; a doc comment and an MCP server describe a tool as well."""
    for card in tools_of(item):
        value = card.options.get("description")
        if isinstance(value, ast.Str) and is_blank(value):
            fix = replace(value.span, _guess(card), "Describe the tool", safe=False, blanks=(_guess(card),))
            yield Draft(value.span, f"tool {_TEXT}", fix=fix)
        elif value is None and not _is_described(item, card) and not names.may_be_torn(ANY_DOC):
            yield Draft(card.name.span, f"tool {_TEXT}", fix=_added(item, card))


_DESCRIBING = ("mcp", "python", "description")


def _is_described(item: ItemFacts, card: ToolCard) -> bool:
    owner = card.node if isinstance(card.node, ast.Tool) else item.parents.get(card.node)
    doc = owner.doc if isinstance(owner, ast.Declaration) else ""
    spread = isinstance(card.node, ast.Decorator) and any(one.spread for one in card.node.args)
    # Of a slip of one of these NX205 or NX206 speaks.
    meant = {key if key in PROPERTIES["tool"] else nearest(key, _DESCRIBING) for key in card.options}
    return bool(doc.strip()) or spread or not meant.isdisjoint(_DESCRIBING)


def _guess(card: ToolCard) -> str:
    """The words of the name: a start that a person will better."""
    return f'"{card.name.text.replace("_", " ").capitalize()}"'


def _added(item: ItemFacts, card: ToolCard) -> Remedy:
    if isinstance(card.node, ast.Decorator):
        end = card.node.end
        at, text = (end, f"({_guess(card)})") if not card.node.args else (card.node.args[0].start, f"{_guess(card)}, ")
    elif card.node.properties:
        first = card.node.properties[0]
        at, text = first.start, f"description: {_guess(card)}{separator(item, [first])}"
    else:
        at, text = card.node.end - 1, f"description: {_guess(card)} "
        before = item.source(Span(card.name.end, at))
        if "\n" in before:
            at, text = at - (len(before) - len(before.rstrip())), f"\n    description: {_guess(card)}"
    return replace(Span(at, at), text, "Describe the tool", safe=False, blanks=(_guess(card),))


RULE = NameRule("NX515", "missing-description", Severity.ERROR, check, about=(ast.Tool, ast.Decorator))
