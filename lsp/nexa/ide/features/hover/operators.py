"""The operator under the cursor: what flows through it, and what that means."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.infer.feeding import input_of, is_row_of_stages, is_stage, output_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import BOOL, SILENT, UNKNOWN, AgentOf, Function, Row, Type, base_of, list_of
from nexa.compiler.types.union import element_of
from nexa.ide.features.hover.card import HoverCard, paragraphs
from nexa.ide.features.hover.operator_words import ARITHMETIC, COMPARISONS, MEANINGS
from nexa.ide.place import Place
from nexa.syntax import Span

_SHOWN = 30
"""Characters of an operand."""


@dataclass(frozen=True, slots=True)
class _Operator:
    """What an operator takes on its left and on its right, and its sign."""

    node: ast.Expr | ast.Assign
    span: Span
    sign: str
    left: ast.Expr
    right: ast.Node | None
    meaning: str


def operator_card(place: Place) -> HoverCard | None:
    """For the operator at an offset of an item."""
    for node in place.around():
        found = _operator(place, node)
        if found is not None and found.span.start <= place.inside <= found.span.end:
            return HoverCard(place.span(found.span), *_shown(place, found))
    return None


def _operator(place: Place, node: ast.Node) -> _Operator | None:
    match node:
        case ast.Branch(op_span=span, subject=subject, yes=yes):
            return _Operator(node, span, "?? :", subject, yes, MEANINGS["?? :"])
        case ast.BranchCases(op_span=span, subject=subject):
            return _Operator(node, span, "?? { }", subject, None, MEANINGS["?? { }"])
        case (
            ast.Pipe(op_span=span, left=left, right=right)
            | ast.FanOut(op_span=span, left=left, right=right)
            | ast.Merge(op_span=span, left=left, right=right)
            | ast.PipeCall(op_span=span, left=left, right=right)
            | ast.AmpAmp(op_span=span, left=left, right=right)
            | ast.BarBar(op_span=span, left=left, right=right)
            | ast.Coalesce(op_span=span, left=left, right=right)
        ):
            sign = _SIGNS[type(node)]
            return _Operator(node, span, sign, left, right, _meaning(place, node, sign))
        case ast.Binary(op=op, op_span=span, left=left, right=right):
            return _Operator(node, span, op, left, right, ARITHMETIC[op])
        case ast.Compare(op=op, op_span=span, left=left, right=right):
            return _Operator(node, span, op, left, right, COMPARISONS[op])
        case ast.Assign(op=op, target=target, value=value) if op != "=":
            start = place.item.text.index(op.encode(), target.end)
            return _Operator(node, Span(start, start + len(op)), op, target, value, ARITHMETIC[op[0]])
        case ast.IsType(op_span=span, operand=operand, type=kind, negated=negated):
            return _Operator(node, span, "is not" if negated else "is", operand, kind, COMPARISONS["is"])
        case ast.Propagate(op_span=span, value=value):
            return _Operator(node, span, "?", value, None, MEANINGS["?"])
        case ast.Otherwise(word=word, word_span=span, value=value, handler=handler):
            return _Operator(node, span, word, value, handler, MEANINGS[word])
    return None


_SIGNS: dict[type[ast.Node], str] = {
    ast.Pipe: ">>",
    ast.FanOut: "|>>",
    ast.Merge: "&>>",
    ast.PipeCall: "|>",
    ast.AmpAmp: "&&",
    ast.BarBar: "||",
    ast.Coalesce: "??",
}


def _meaning(place: Place, node: ast.Node, sign: str) -> str:
    """`&&` and `||` mean what their operands make of them."""
    if isinstance(node, ast.AmpAmp | ast.BarBar) and _type(place, node) == BOOL:
        return MEANINGS[f"{sign} bool"]
    if isinstance(node, ast.FanOut) and isinstance(node.right, ast.HintSet):
        return MEANINGS["|>> hints"]
    return MEANINGS[sign]


def _shown(place: Place, one: _Operator) -> tuple[str, str]:
    left = _source(place, one.left)
    right = f" {_source(place, one.right)}" if one.right is not None else ""
    result = _type(place, one.node)
    gives = f"Gives `{show(result)}`." if result is not None and result not in SILENT else ""
    return "\n".join([f"{left} {one.sign}{right}", *_connections(place, one)]), paragraphs(one.meaning, gives)


def _connections(place: Place, one: _Operator) -> list[str]:
    """What flows from the left to the right: a line for each stage."""
    given = _flowing(_type(place, one.left))
    match one.node:
        case ast.Pipe() | ast.Merge() | ast.AmpAmp() | ast.BarBar() | ast.FanOut():
            rows = _stages(place, one, given)
            return rows or [_pair(place, given, one.right)]
        case ast.PipeCall(right=right):
            callee = right.callee if isinstance(right, ast.Call) else right
            return [_arrow(given, _taken(_type(place, callee)))]
        case ast.Branch(yes=yes, no=no):
            return [f"{_arrow(given, _taken(_type(place, arm)))}  {_source(place, arm)}" for arm in (yes, no)]
        case ast.BranchCases() | ast.Propagate():
            return [_name(given)]
        case ast.Assign():  # what the variable holds before is not known here
            return []
    return [_pair(place, given, one.right)]


def _stages(place: Place, one: _Operator, given: Type | None) -> list[str]:
    """A line for each stage on the right."""
    kind = _type(place, one.right)
    kind = None if kind is None else base_of(kind)
    if isinstance(one.right, ast.List) and isinstance(kind, Row) and is_row_of_stages(kind):
        pairs = zip(one.right.items, kind.items, strict=False)
        return [f"{_arrow(given, _taken(stage))}  {_source(place, item)}" for item, stage in pairs]
    if kind is None or not is_stage(kind):
        return []
    plain = None if given is None else base_of(given)
    if isinstance(one.node, ast.FanOut) and plain is not None and _is_list(plain):
        return [f"{_arrow(element_of(plain), _taken(kind))}  for each element"]
    return [_arrow(given, _taken(kind))]


def _pair(place: Place, given: Type | None, right: ast.Node | None) -> str:
    """Two values that are put together."""
    if isinstance(right, ast.TypeExpr):
        return f"{_name(given)}, {_source(place, right)}"
    return f"{_name(given)}, {_name(_type(place, right))}"


def _arrow(given: Type | None, taken: Type | None) -> str:
    return f"{_name(given)} → {_name(taken)}"


def _name(one: Type | None) -> str:
    return "unknown" if one is None else show(one)


def _taken(stage: Type | None) -> Type | None:
    """What a stage takes."""
    return None if stage is None else input_of(stage)


def _flowing(one: Type | None) -> Type | None:
    """The value that flows out of an operand: a stage runs with the ambient input."""
    if one is None:
        return None
    plain = base_of(one)
    if isinstance(plain, AgentOf) or (isinstance(plain, Function) and is_stage(plain)):
        return output_of(plain)
    if isinstance(plain, Row) and is_row_of_stages(plain):
        return Row(tuple(output_of(part) for part in plain.items), is_list=True)
    return list_of(output_of(element_of(plain))) if is_row_of_stages(plain) else one


def _is_list(one: Type) -> bool:
    return element_of(one) is not UNKNOWN


def _type(place: Place, node: ast.Node | None) -> Type | None:
    typed = place.typed
    return None if typed is None or node is None else typed.types.get(node)


def _source(place: Place, node: ast.Node) -> str:
    """An operand in one line, cut in the middle of its beginning when it is long."""
    text = " ".join(place.item.source(node.span).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
