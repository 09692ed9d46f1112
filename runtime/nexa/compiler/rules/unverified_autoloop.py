"""An `autoloop` never verifies what its steps give.

A step that goes wrong is then taken for a good one, and the next builds on it.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 5, timeout: 60 {
      //^^^^^^^^ NX531: autoloop without verify
            print(Ann.run("a"))
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 5, timeout: 60 {
            r = Ann.run("a")
            verify r satisfies str
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import add_statement, inside
from nexa.compiler.names import Names
from nexa.compiler.remedies import put_before
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Loops in whose body no `verify` stands, however deep."""
    verified = item.of(ast.Verify)
    for loop in item.of(ast.Autoloop):
        if not any(inside(item, one, loop) for one in verified):
            yield Draft(loop.keyword, "autoloop without verify", fix=_add(item, loop.body))


def _add(item: ItemFacts, body: ast.Block) -> Remedy | None:
    """Behind the last statement, about the last name that the body gives to a value, or about the value of the last
    statement, which gets a name.
    """
    given = [name for one in body.statements if (name := _given(one)) is not None]
    last = body.statements[-1] if body.statements else None
    if last is None:
        return Remedy(_TITLE, (add_statement(item, body, _PLAIN),), safe=False, blanks=("true",))
    if isinstance(last, ast.Break | ast.Continue | ast.Return | ast.Raise):
        return Remedy(_TITLE, (put_before(item, last, _PLAIN),), safe=False, blanks=("true",))
    inline = _inline(last) if not given else None
    between = item.source(Span(last.end, body.end - 1))
    line = item.text.rfind(b"\n", 0, last.start) + 1
    indent = item.source(Span(line, last.start))
    apart = f"\n{indent}" if "\n" in between and not indent.strip() else "; "
    if not given and inline is None:
        return Remedy(_TITLE, (Change(Span(last.end, last.end), f"{apart}{_PLAIN}"),), safe=False, blanks=("true",))
    name = given[-1] if given else "result"
    changes = [Change(Span(last.end, last.end), f'{apart}verify "the result is complete and correct" against {name}')]
    if inline is last:
        changes.insert(0, Change(Span(last.start, last.start), f"{name} = "))
    elif inline is not None:
        text = f"{name} = {item.source(inline.span)}{apart}"
        changes[:0] = [Change(Span(last.start, last.start), text), Change(inline.span, name)]
    return Remedy(_TITLE, tuple(changes), safe=False)


_TITLE = "Add `verify`"
_PLAIN = "verify true"
"""Where there is no value that could be judged, a person has to say what has to be true."""

_BUSY = (ast.Call, ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall)
"""Expressions whose value a step may be about."""


def _inline(statement: ast.Node) -> ast.Node | None:
    """What a statement does, or hands to the function that it calls; the statement itself for the former."""
    if not isinstance(statement, ast.ExprStmt) or statement.guard is not None:
        return None
    value = statement.value
    if isinstance(value, ast.Call) and isinstance(value.callee, ast.Name):
        return next((arg.value for arg in value.args if isinstance(arg.value, _BUSY)), None)
    return statement if isinstance(value, _BUSY) else None


def _given(statement: ast.Node) -> str | None:
    target = statement.target if isinstance(statement, ast.Assign) else None
    if isinstance(statement, ast.Let) and isinstance(statement.pattern, ast.PName):
        target = statement.pattern.name
    return target.text if isinstance(target, ast.Name) else None


RULE = NameRule("NX531", "unverified-autoloop", Severity.WARNING, check, harness=True, about=(ast.Autoloop,))
