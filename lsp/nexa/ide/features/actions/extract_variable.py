"""Extract variable: an expression gets a name on a line of its own.

Select an expression. Where it is in the body of an arm or a lambda, that becomes a block.

Before:

    agent Writer { prompt: "Write." }
    flow main(topic: str) {
        print("Draft: #{«Writer.run(topic)» | upper}")
    }

After:

    agent Writer { prompt: "Write." }
    flow main(topic: str) {
        writer_result = Writer.run(topic)
        print("Draft: #{writer_result | upper}")
    }

Before:

    flow main(n: int) {
        x = match n {
            1 => «n * 2» + 1,
            _ => 0
        }
        print(x)
    }

After:

    flow main(n: int) {
        x = match n {
            1 => {
                value = n * 2
                value + 1
            },
            _ => 0
        }
        print(x)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.types.terms import UNIT
from nexa.compiler.usage import fate
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.selecting import selected_expression
from nexa.ide.features.actions.writing import name_for

_TITLE: Final = "Extract variable"
_KIND: Final[Kind] = "refactor.extract"

_AGAIN: Final = "the condition is evaluated again each time"
_PERHAPS: Final = "it may not be evaluated at all"
_OBSTACLES: Final[tuple[tuple[type[ast.Node], str, str], ...]] = (
    (ast.While, "cond", _AGAIN),
    (ast.Loop, "until", _AGAIN),
    (ast.Binary, "right", _PERHAPS),
    (ast.Conditional, "then", _PERHAPS),
    (ast.Conditional, "else_", _PERHAPS),
    (ast.Otherwise, "handler", _PERHAPS),
    (ast.Coalesce, "right", _PERHAPS),
    (ast.Branch, "yes", _PERHAPS),
    (ast.Branch, "no", _PERHAPS),
    (ast.SemanticIf, "else_", _PERHAPS),
    (ast.ExprStmt, "value", _PERHAPS),
    (ast.Arm, "guard", _PERHAPS),
    (ast.Defer, "body", "it is evaluated when the flow ends"),
)
"""Where an expression is not evaluated once, before what is around it."""


def offer(selection: Selection) -> Iterable[Action]:
    """For a selected expression that a statement of a body holds."""
    node = selected_expression(selection)
    if node is not None and _says_nothing(selection, node):
        return
    home = None if node is None else _home(selection, node)
    if node is None or home is None:
        return
    reason = _obstacle(selection, node)
    if reason:
        yield refused(_TITLE, _KIND, reason)
    else:
        yield Action(_TITLE, _KIND, lambda: _edits(selection, node, home), blanks=lambda: (name_for(selection, node),))


def _says_nothing(selection: Selection, node: ast.Expr) -> bool:
    """Whether an expression is no value that somebody could want: `print(x)`."""
    typed = selection.place.typed
    return typed is not None and typed.types.get(node) == UNIT


def _home(selection: Selection, node: ast.Expr) -> ast.Node | None:
    """The statement before which the value gets its name, or the body that becomes a block for that."""
    inner: ast.Node = node
    for above in selection.ancestors(node):
        if isinstance(above, ast.Block):
            return inner
        if isinstance(above, ast.Arm | ast.Case | ast.Lambda) and above.body is inner:
            return inner
        if isinstance(above, ast.Declaration | ast.BodyMember):
            return None
        inner = above
    return inner if selection.file.language == "nx" and not isinstance(inner, ast.Declaration) else None


def _obstacle(selection: Selection, node: ast.Expr) -> str:
    """Why the value cannot be computed before the statement, if so."""
    inner: ast.Node = node
    for above in selection.ancestors(node):
        if isinstance(above, ast.Block | ast.Arm | ast.Case | ast.Lambda) and inner is not getattr(
            above, "guard", None
        ):
            return ""
        for kind, field, reason in _OBSTACLES:
            if isinstance(above, kind) and getattr(above, field) is inner and _counts(above):
                return reason
        if isinstance(above, ast.If) and inner is not above.branches[0]:
            return _PERHAPS
        inner = above
    return ""


def _counts(above: ast.Node) -> bool:
    """Whether the operator, or a guard, really decides about what it holds."""
    if isinstance(above, ast.Binary):
        return above.op in ("and", "or")
    return not isinstance(above, ast.ExprStmt) or above.guard is not None


def _edits(selection: Selection, node: ast.Expr, home: ast.Node) -> Iterable[TextEdit]:
    name = name_for(selection, node)
    given = f"{name} = "
    parent = selection.parent(home)
    if isinstance(home, ast.ExprStmt) and home.value is node and fate(selection.item, node) == "dropped":
        yield selection.edit(home.start, home.start, given)
    elif parent is None or isinstance(parent, ast.Block):
        behind = f"\n{selection.indent(home.start)}" if selection.begins_line(home.start) else "; "
        yield selection.edit(home.start, home.start, given + selection.source(node) + behind)
        yield selection.replace(selection.span, name)
    else:
        start = home.start if not isinstance(parent, ast.Lambda) else selection.item.text.rindex(b"=>", 0, home.start)
        text = selection.item.text
        body = text[home.start : selection.span.start].decode() + name + text[selection.span.end : home.end].decode()
        indent = selection.indent(home.start)
        lines = ["{", f"    {given}{selection.source(node)}", f"    {body}", "}"]
        is_inline = any(isinstance(one, ast.Interp) for one in selection.ancestors(home))
        block = f"{{ {given}{selection.source(node)}; {body} }}" if is_inline else f"\n{indent}".join(lines)
        yield selection.edit(start, home.end, block)
