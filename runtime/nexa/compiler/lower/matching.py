"""`match`, `fast_match`, `semantic_if (…) { … }` and the cases of `??` (language reference, section 2.9)."""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import block, expression
from nexa.compiler.lower.jumps import jump
from nexa.compiler.lower.patterns import arm_pattern
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.strings import STRINGS, literal
from nexa.syntax import Node

ArmBody = ast.Expr | ast.Block | ast.Return | ast.Break | ast.Continue | ast.Raise

JUMPS: Final = frozenset({"return_statement", "break_statement", "continue_statement", "raise_statement"})


def arm_body(reading: Reading, node: Node | None, at: int) -> ArmBody:
    """What stands behind `=>`."""
    if node is not None:
        kind = node.type
        if kind == "block":
            return block(reading, node, at)
        if kind in JUMPS:
            return jump(reading, node)
    return expression(reading, node, at)


def cases(reading: Reading, node: Node | None) -> tuple[ast.Case, ...]:
    """The cases between braces."""
    if node is None:
        return ()
    return tuple(_case(reading, child) for child in node.named_children if child.type == "case")


def _case(reading: Reading, node: Node) -> ast.Case:
    label = node.child_by_field_name("label")
    text: ast.Str | None = None
    if label is not None and label.type in STRINGS:
        text = literal(reading, label, 0)
    elif label is not None:
        word = reading.text[label.start_byte : label.end_byte]
        if word not in (b"_", b"default", b""):
            expected = "a string, `_` or `default`"
            reading.slip("NX100", label.start_byte, label.end_byte, f"`{word.decode('utf-8', 'replace')}`", expected)
    body = arm_body(reading, node.child_by_field_name("body"), node.end_byte)
    return ast.Case(node.start_byte - reading.base, node.end_byte - reading.base, text, body)


def semantic_case(reading: Reading, node: Node) -> ast.SemanticCase:
    """`semantic_if (subject, "question") { "label" => … }`."""
    start = node.start_byte
    subject = expression(reading, node.child_by_field_name("subject"), node.end_byte)
    question = literal(reading, node.child_by_field_name("question"), node.end_byte)
    below = node.child_by_field_name("cases")
    found = cases(reading, below)
    if not found and below is not None and not node.has_error:
        reading.slip("NX123", start, start + len("semantic_if"), "semantic_if", "case")
    keyword = reading.span(start, start + len("semantic_if"))
    return ast.SemanticCase(start - reading.base, node.end_byte - reading.base, keyword, subject, question, found)


def match(reading: Reading, node: Node) -> ast.Match:
    """`match x { … }` and its variants."""
    start = node.start_byte
    fast = node.child_by_field_name("fast") is not None
    keyword_end = start + len("fast_match" if fast else "match")
    intent = node.child_by_field_name("intent") is not None
    subject = expression(reading, node.child_by_field_name("subject"), node.end_byte)
    arms = tuple(_arm(reading, child) for child in node.named_children if child.type == "match_arm")
    if not arms and not node.has_error:
        reading.slip("NX123", start, keyword_end, "fast_match" if fast else "match", "arm")
    _check_kinds(reading, arms, strings_are_intents=intent or fast)
    return ast.Match(
        start - reading.base,
        node.end_byte - reading.base,
        reading.span(start, keyword_end),
        intent or any(isinstance(arm.pattern, ast.PIntent) for arm in arms),
        fast,
        subject,
        arms,
    )


def _arm(reading: Reading, node: Node) -> ast.Arm:
    pattern = arm_pattern(reading, node.child_by_field_name("pattern"), node.start_byte)
    guard = node.child_by_field_name("guard")
    late = node.child_by_field_name("late_guard")
    body = arm_body(reading, node.child_by_field_name("body"), node.end_byte)
    condition = expression(reading, guard, 0) if guard is not None else None
    if late is not None:
        second = expression(reading, late, 0)
        if condition is not None:
            condition = ast.Binary(condition.start, second.end, "and", second.span, condition, second)
        else:
            condition = second
    return ast.Arm(node.start_byte - reading.base, node.end_byte - reading.base, pattern, condition, body)


def _check_kinds(reading: Reading, arms: tuple[ast.Arm, ...], *, strings_are_intents: bool) -> None:
    """NX100 at the first arm that is an intent where the first is none, or the other way round (R-INTENT)."""
    if not strings_are_intents and not any(isinstance(arm.pattern, ast.PIntent) for arm in arms):
        return
    first: bool | None = None
    for arm in arms:
        pattern = arm.pattern
        if isinstance(pattern, (ast.PWildcard, ast.ErrorNode)):
            continue
        is_text = isinstance(pattern, ast.PLiteral) and isinstance(pattern.value, ast.Str | ast.Raw)
        is_intent = isinstance(pattern, ast.PIntent) or (strings_are_intents and is_text)
        wants_intent = first if first is not None else strings_are_intents or is_intent
        if is_intent != wants_intent:
            found = "`intent(…)` among other patterns" if is_intent else "pattern among intents"
            expected = "patterns like the one of the first arm, or `_`"
            reading.slip("NX100", pattern.start + reading.base, pattern.end + reading.base, found, expected)
            return
        first = is_intent


TABLE: Final = {"match_expression": match, "semantic_case": semantic_case}
