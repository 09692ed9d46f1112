"""Convert to match: a chain of `if`s that compare one thing becomes a `match`.

Before:

    flow main(kind: str) {
        $0if kind == "a" {
            print(1)
        } else if kind == "b" {
            print(2)
        } else {
            print(3)
        }
    }

After:

    flow main(kind: str) {
        match kind {
            "a" => {
                print(1)
            },
            "b" => {
                print(2)
            },
            _ => {
                print(3)
            }
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.finishing import finished
from nexa.syntax import Span

_KIND: Final[Kind] = "refactor.rewrite"
_LITERALS: Final = (ast.Str, ast.Int, ast.Float, ast.Bool, ast.Null)


def offer(selection: Selection) -> Iterable[Action]:
    """At the word `if` or one of the conditions."""
    node = selection.first(ast.If)
    if node is None or selection.item.is_broken or _is_in_body(selection, node):
        return
    subject, patterns = _subject(selection, node)
    if (
        subject
        and len(patterns) > 1
        and not isinstance(node.else_, ast.SemanticIf)
        and not _has_comments(selection, node)
    ):
        yield Action("Convert to match", _KIND, lambda: _edits(selection, node, subject, patterns))


def _is_in_body(selection: Selection, node: ast.If) -> bool:
    return any(one.body.start < selection.span.start < one.body.end for one in node.branches)


def _subject(selection: Selection, node: ast.If) -> tuple[str, list[str]]:
    """The text of what all conditions compare, and the patterns that it is compared with."""
    subjects: set[str] = set()
    patterns: list[str] = []
    for branch in node.branches:
        match branch.cond:
            case ast.Compare(op="==", left=ast.Name() | ast.Member() as left, right=right) if _is_pattern(right):
                subjects.add(selection.source(left))
                patterns.append(selection.source(right))
            case ast.IsType(
                operand=ast.Name() | ast.Member() as left, type=ast.TypeVariant() as variant, negated=False
            ):
                subjects.add(selection.source(left))
                patterns.append(selection.source(variant))
            case _:
                return "", []
    return (subjects.pop(), patterns) if len(subjects) == 1 and len(set(patterns)) == len(patterns) else ("", [])


def _is_pattern(node: ast.Expr) -> bool:
    if isinstance(node, ast.Str):
        return node.plain is not None and not node.prefix
    return isinstance(node, _LITERALS) or (isinstance(node, ast.VariantExpr) and not node.has_args)


def _has_comments(selection: Selection, node: ast.If) -> bool:
    """Whether anything but `else` and `if` stands between the branches."""
    ends = [one.body.end for one in node.branches]
    starts = [one.cond.start for one in node.branches[1:]] + ([node.else_.start] if node.else_ is not None else [])
    gaps = (selection.source(Span(end, start)) for end, start in zip(ends, starts, strict=False))
    return any(gap.replace("else", "").replace("if", "").strip(" \t\r\n(") for gap in gaps)


def _edits(selection: Selection, node: ast.If, subject: str, patterns: list[str]) -> Iterable[TextEdit]:
    bodies = [selection.source(one.body) for one in node.branches]
    bodies.append(selection.source(node.else_) if node.else_ is not None else "{}")
    arms = ",\n".join(f"{pattern} => {body}" for pattern, body in zip([*patterns, "_"], bodies, strict=True))
    return finished(selection, [selection.replace(node, f"match {subject} {{\n{arms}\n}}")])
