"""Statements: what variables come from, and what judges see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from nexa.compiler import ast
from nexa.compiler.emit.patterns import bound_names
from nexa.compiler.graph.alternatives import either, in_turn
from nexa.compiler.graph.trace import NOTHING, Handler, Sources, Trace, joined
from nexa.syntax.span import Span


def _let(t: Trace, node: ast.Let) -> Sources:
    sources = t.visit(node.value)
    for name in bound_names(node.pattern):
        t.assign(name, sources)
    if isinstance(node.pattern, ast.PName):
        t.know(node.pattern.name, node.value)
    return NOTHING


def _assign(t: Trace, node: ast.Assign) -> Sources:
    sources = t.visit(node.value)
    if isinstance(node.target, ast.Name):
        before = t.read(node.target) if node.op != "=" else NOTHING
        t.assign(node.target, joined(before, sources))
        t.know(node.target, node.value)
        return NOTHING
    inside = t.visit(node.target)
    root = _root(node.target)
    if root is not None:
        t.assign(root, joined(inside, t.read(root), sources))
    return NOTHING


def _root(node: ast.Expr) -> ast.Name | None:
    while isinstance(node, ast.Member | ast.Index):
        node = node.object
    return node if isinstance(node, ast.Name) else None


def _if(t: Trace, node: ast.If) -> Sources:
    rows = [(branch.cond, branch.body) for branch in node.branches]
    in_turn(t, [(partial(t.visit, cond), body) for cond, body in [*rows, (None, node.else_)]])
    return NOTHING


def _conditional(t: Trace, node: ast.Conditional) -> Sources:
    cond = t.visit(node.cond)
    with t.decided(cond):
        return joined(cond, either(t, [node.then, node.else_]))


def _binary(t: Trace, node: ast.Binary) -> Sources:
    """The right side of `and` and `or` is not always looked at."""
    left = t.visit(node.left)
    if node.op not in ("and", "or"):
        return joined(left, t.visit(node.right))
    with t.decided(left):
        return joined(left, either(t, [node.right, None]))


def _coalesce(t: Trace, node: ast.Coalesce) -> Sources:
    left = t.visit(node.left)
    with t.decided(left):
        return joined(left, either(t, [node.right, None]))


def _block(t: Trace, node: ast.Block) -> Sources:
    """The value of a block is that of its last statement, if that is an expression. A block is a region."""
    value: Sources = NOTHING
    around = t.statement
    with t.block():
        for statement in node.statements:
            t.statement = statement
            first = len(t.drafts)
            value = t.visit(statement)
            t.wait(first)
    t.statement = around
    return value


def _expression(t: Trace, node: ast.ExprStmt) -> Sources:
    if node.guard is None:
        return t.visit(node.value)
    with t.decided(t.visit(node.guard)):
        return either(t, [node.value, None])


def _for(t: Trace, node: ast.For) -> Sources:
    sources = t.visit(node.iterable)
    for name in (*bound_names(node.pattern), *([node.second] if node.second else [])):
        t.assign(name, sources)
    with _looping(t, node, "for", Span(node.start, node.start + 3), sources):
        either(t, [node.body, None])
    return NOTHING


@contextmanager
def _looping(t: Trace, node: ast.Node, word: str, place: Span, sources: Sources = NOTHING) -> Iterator[None]:
    """A loop is a node, the head of its region, that guards those in its body; without any it is none."""
    before = t.order
    with t.region(word):
        made = t.node((node, "operator"), "loop", word, ast.Break(place.start, place.end), sources)
        count = len(t.drafts)
        with t.guarded(made):
            yield
        t.leaves = False
        if len(t.drafts) == count:
            t.drop(next(iter(made)), before)


def _while(t: Trace, node: ast.While) -> Sources:
    sources = t.visit(node.cond)
    with _looping(t, node, "while", node.keyword, sources):
        either(t, [node.body, None])
    return NOTHING


def _autoloop(t: Trace, node: ast.Autoloop) -> Sources:
    sources = joined(*(t.visit(one.value) for one in node.config))
    with _looping(t, node, "autoloop", node.keyword, sources):
        either(t, [node.body, None])
    return NOTHING


def _leave(t: Trace, node: ast.Node) -> Sources:
    for child in ast.children(node):
        t.visit(child)
    t.leaves = True
    return NOTHING


def _propagate(t: Trace, node: ast.Propagate) -> Sources:
    sources = t.visit(node.value)
    t.fence()
    return sources


def _loop(t: Trace, node: ast.Loop) -> Sources:
    with _looping(t, node, "loop", node.keyword):
        first = len(t.drafts)
        t.visit(node.body)
        body = t.drafts[first:]
        if node.until is not None:
            _until(t, node.until, _assigned_in(t, node.body))
            t.follow(body, t.drafts[first + len(body) :])
    return NOTHING


def _assigned_in(t: Trace, body: ast.Block) -> Sources:
    names = [one.target for one in ast.walk(body) if isinstance(one, ast.Assign)]
    names += [name for one in ast.walk(body) if isinstance(one, ast.Let) for name in bound_names(one.pattern)]
    return joined(*(t.read(one) for one in names if isinstance(one, ast.Name)))


def _until(t: Trace, node: ast.Expr, seen: Sources) -> None:
    if isinstance(node, ast.Str):
        t.node((node, "judge"), "judge", "until", node, joined(seen, t.visit(node)))
    elif isinstance(node, ast.Binary) and node.op in ("and", "or"):
        _until(t, node.left, seen)
        _until(t, node.right, seen)
    elif isinstance(node, ast.Unary) and node.op in ("not", "!"):
        _until(t, node.operand, seen)
    else:
        t.visit(node)


def _semantic_if(t: Trace, node: ast.SemanticIf) -> Sources:
    sources = joined(t.visit(node.condition), t.visit(node.subject))
    judge = t.node((node, "judge"), "judge", "semantic_if", node.condition, sources)
    with t.guarded(judge):
        either(t, [node.body, node.else_])
    return NOTHING


def _try(t: Trace, node: ast.Try) -> Sources:
    _tried(t, node, "try", [node.body, None])
    return NOTHING


def _try_agent(t: Trace, node: ast.TryAgent) -> Sources:
    _tried(t, node, "try_agent", [node.body])
    return NOTHING


def _tried(t: Trace, node: ast.Try | ast.TryAgent, word: str, ways: Sequence[ast.Block | None]) -> None:
    """A `try` guards what it tries, and what stands in for it: that waits for what may fail. `finally` comes last."""
    place = ast.Break(node.keyword.start, node.keyword.end)
    before = t.order
    with t.region(word):
        made = t.node((node, "operator"), "branch", word, place)
        first = len(t.drafts)
        with t.guarded(made):
            either(t, ways)
            with t.decided(dict.fromkeys(t.ends(first), "")):
                either(t, [*[one.body for one in node.catches], None])
        tried = t.drafts[first:]
        if isinstance(node, ast.Try):
            t.visit(node.finally_)
            t.follow(tried, t.drafts[first + len(tried) :])
        if len(t.drafts) == first:
            t.drop(next(iter(made)), before)


def contract_nodes(t: Trace, node: ast.Contract) -> Sources:
    """A semantic clause is a call of the judge."""
    if node.semantic is not None:
        t.node((node, "judge"), "judge", node.clause, node.semantic, t.visit(node.semantic))
    return t.visit(node.condition)


def _assert(t: Trace, node: ast.Assert) -> Sources:
    sources = joined(t.visit(node.value), t.visit(node.message))
    if node.text is not None:
        t.node((node, "judge"), "judge", "assert", node.text, joined(sources, t.visit(node.text)))
    t.fence()
    return NOTHING


def _verify(t: Trace, node: ast.Verify) -> Sources:
    sources = t.visit(node.subject)
    if node.text is not None:
        t.node((node, "judge"), "judge", "verify", node.text, joined(sources, t.visit(node.text)))
    t.fence()
    return NOTHING


def _pass(t: Trace, node: ast.Pass) -> Sources:
    """What an actor is passed goes into what it gives in the end."""
    sources = t.visit(node.value)
    if isinstance(node.target, ast.Name) and sources:
        t.assign(node.target, joined(t.read(node.target), sources))
    else:
        t.visit(node.target)
    return NOTHING


def _python(t: Trace, node: ast.Python) -> Sources:
    """A Python block may touch whatever it can see."""
    facts = t.item.scope.python.get(node)
    seen = [t.variables.get(local, NOTHING) for local in (facts.reads if facts else ())]
    sources = joined(*seen)
    for local in facts.written if facts else ():
        t.variables[local] = sources
    t.fence()  # and whatever it does, it does at its place
    return sources


STATEMENTS: dict[type[ast.Node], Handler] = {
    ast.Let: _let,
    ast.Assign: _assign,
    ast.If: _if,
    ast.Conditional: _conditional,
    ast.Binary: _binary,
    ast.Coalesce: _coalesce,
    ast.Block: _block,
    ast.ExprStmt: _expression,
    ast.For: _for,
    ast.While: _while,
    ast.Loop: _loop,
    ast.Autoloop: _autoloop,
    ast.Return: _leave,
    ast.Raise: _leave,
    ast.Break: _leave,
    ast.Continue: _leave,
    ast.Propagate: _propagate,
    ast.SemanticIf: _semantic_if,
    ast.Try: _try,
    ast.TryAgent: _try_agent,
    ast.Contract: contract_nodes,
    ast.Assert: _assert,
    ast.Verify: _verify,
    ast.Pass: _pass,
    ast.Python: _python,
}
