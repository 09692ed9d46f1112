"""A choice that a model makes has no arm for the case that nothing fits.

Where its value is used, the run then fails with an `IntentError`; elsewhere nothing happens, and nobody notices.

Bad:

    flow main(question: str) {
        match intent question {
      //^^^^^ NX911: `match intent` without a default
            "asks for a refund" => print("refund"),
            "asks for help" => print("help")
        }
    }

Good:

    flow main(question: str) {
        match intent question {
            "asks for a refund" => print("refund"),
            "asks for help" => print("help"),
            _ => print("something else")
        }
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace
from nexa.compiler.types.plain import plain_value
from nexa.compiler.types.signature import agent_type
from nexa.compiler.usage import fate
from nexa.syntax.span import Span

_LINE = re.compile(rb"(?:\A|\r?\n|\r)[ \t]*\Z")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """`match intent`, `fast_match` and `semantic_if` with cases."""
    for match in item.of(ast.Match):
        if (match.intent or match.fast) and match.arms:
            has_default = any(isinstance(arm.pattern, ast.PWildcard) and arm.guard is None for arm in match.arms)
            what = "`fast_match`" if match.fast else "`match intent`"
            yield from () if has_default else (_draft(item, names, match, what, match.arms),)
    for choice in item.of(ast.SemanticCase):
        if choice.cases and all(case.label is not None for case in choice.cases):
            yield _draft(item, names, choice, "`semantic_if`", choice.cases)


def _draft(
    item: ItemFacts,
    names: Names,
    node: ast.Match | ast.SemanticCase,
    what: str,
    arms: Sequence[ast.Arm | ast.Case],
) -> Draft:
    fix = _with_default(item, node, arms[-1], _plainest(names, [one.body for one in arms])) if arms else None
    return Draft(node.keyword, f"{what} without a default", fix=fix)


def _plainest(names: Names, bodies: Sequence[ast.Node]) -> str:
    """An empty value of the kind that all arms give, as far as names tell."""
    found = {_value_like(names, one) for one in bodies}
    return found.pop() if len(found) == 1 else "null"


def _value_like(names: Names, body: ast.Node) -> str:
    if isinstance(body, ast.Str):
        return '""'
    callee = body.callee if isinstance(body, ast.Call) else None
    if not isinstance(callee, ast.Member) or callee.member.text != "run" or not isinstance(callee.object, ast.Name):
        return "null"
    meaning = names.declared("value", callee.object.text)
    if meaning is None or not isinstance(meaning.node, ast.Agent):
        return "null"
    return plain_value(names, agent_type(names, meaning.node).output) or "null"


def _with_default(item: ItemFacts, node: ast.Node, last: ast.Node, value: str) -> Remedy:
    """An arm that does nothing, laid out as the others are. A used value would no longer be an error."""
    is_dropped = fate(item, node) == "dropped"
    arm = "_ => {}" if is_dropped else f"_ => {value}"
    brace = node.end - 1
    before_brace = _LINE.search(item.text, 0, brace)
    before_arm = _LINE.search(item.text, 0, last.start)
    if before_brace is not None and before_arm is not None:
        indent = before_arm[0].lstrip(b"\r\n").decode()
        at = brace - len(before_brace[0].lstrip(b"\r\n"))
        return replace(Span(at, at), f"{indent}{arm}\n", "Add a default arm", safe=is_dropped)
    return replace(Span(last.end, last.end), f", {arm}", "Add a default arm", safe=is_dropped)


RULE = NameRule("NX911", "missing-default", Severity.HINT, check, about=(ast.Match, ast.SemanticCase))
