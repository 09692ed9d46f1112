"""`&>>`, `&&` and `join`: several values that come together in one stage."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.infer.feeding import accepts, feed, gap_list, input_of, notes_of, output_of, producer_of
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.terms import UNKNOWN, Applied, Group, Row, Type, Union, base_of, is_list, is_silent
from nexa.compiler.types.union import element_of, members_of


def is_row(one: Type) -> bool:
    """Whether a value may be a list or a tuple."""
    one = base_of(one)
    if isinstance(one, Union):
        return any(map(is_row, one.members))
    return is_silent(one) or isinstance(one, Row | Group) or is_list(one) or any(map(is_list, members_of(one)))


def merge(t: Typing, source: Type, source_node: ast.Expr, stage: Type, stage_node: ast.Expr, op: str) -> Type:
    """The stage gets all values: as they are where it takes a list, one by one where it takes a record."""
    wanted = input_of(stage)
    if wanted is None:
        t.clash("NX304", stage_node.span, op, stage, None)
        return UNKNOWN
    plain = base_of(source)
    if isinstance(base_of(wanted), Row | Applied):
        feed(t, source, source_node, stage, stage_node)
        return output_of(stage)
    for number, one in enumerate(_each(plain)):
        if not accepts(t.names, one, wanted):
            notes = notes_of(t, one, wanted)
            producer = _producer(t, source_node, number)
            t.clash("NX303", stage_node.span, producer, one, stage, wanted, gap_list(t, one, wanted), notes)
            break
    return output_of(stage)


def _each(plain: Type) -> tuple[Type, ...]:
    return plain.items if isinstance(plain, Row) else (element_of(plain),)


def _producer(t: Typing, node: ast.Expr, number: int) -> str | None:
    """Which of several stages gave the value that does not fit."""
    nodes: tuple[ast.Expr, ...] = ()
    if isinstance(node, ast.FanOut) and isinstance(node.right, ast.List):
        nodes = node.right.items
    elif isinstance(node, ast.List | ast.Tuple):
        nodes = node.items
    elif isinstance(node, ast.Call):
        nodes = tuple(arg.value for arg in node.args)
    return producer_of(t, nodes[number] if number < len(nodes) else node)
