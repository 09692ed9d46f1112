"""What every way through a body calls: whether a recursion can end.

A promise is a formula over the names that are called: `Calls("f")`; `Any` when at least one part holds, `All` when
every part does. Ways that leave early count as they are when they leave; a failed check is a way to leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nexa.compiler import ast
from nexa.syntax.record import record

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts

Calls = str


@record
class AnyOf:
    """At least one of these holds; none of nothing does."""

    parts: tuple[Promise, ...] = ()


@record
class AllOf:
    """Every one of these holds."""

    parts: tuple[Promise, ...] = ()


Promise = Calls | AnyOf | AllOf
NOTHING = AnyOf()


def is_kept(promise: Promise, names: Callable[[str], bool]) -> bool:
    """Whether every way calls something that `names` says yes to."""
    if isinstance(promise, str):
        return names(promise)
    if isinstance(promise, AnyOf):
        return any(is_kept(part, names) for part in promise.parts)
    return bool(promise.parts) and all(is_kept(part, names) for part in promise.parts)


def called_in(promise: Promise) -> Iterator[str]:
    """Every name in a promise."""
    if isinstance(promise, str):
        yield promise
    else:
        for part in promise.parts:
            yield from called_in(part)


State = tuple[Promise, ...]
"""What the way to here has called."""


def _either(states: Iterable[State | None]) -> State | None:
    """Several ways lead here; None for one that does not."""
    ways = [state for state in states if state is not None]
    if not ways:
        return None
    if len(ways) == 1:
        return ways[0]
    if any(not way for way in ways):
        return ()
    return (AllOf(tuple(dict.fromkeys(AnyOf(way) for way in ways))),)


@dataclass(slots=True)
class _Walk:
    item: ItemFacts
    state: State | None = ()
    exits: list[State] = field(default_factory=list)
    breaks: list[list[State]] = field(default_factory=list)

    def visit(self, node: ast.Node | None) -> None:
        if node is None or self.state is None:
            return
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
            return
        for child in ast.children(node):
            self.visit(child)
        self.call(node)

    def call(self, node: ast.Node) -> None:
        """What the node itself calls, its parts done."""
        from nexa.compiler.links import CALLING, called_by, target_of  # the two need each other

        if self.state is not None and type(node) in CALLING:
            found = [text for one in called_by(self.item, node) if (text := target_of(self.item, one))]
            self.state = (*self.state, *(text for text in found if text not in self.state))

    def leave(self) -> None:
        if self.state is not None:
            self.exits.append(self.state)
        self.state = None

    def may_leave(self) -> None:
        if self.state is not None:
            self.exits.append(self.state)

    def choose(self, ways: Iterable[Callable[[], None]], *, may_skip: bool) -> None:
        before = self.state
        ends: list[State | None] = [before] if may_skip else []
        for way in ways:
            self.state = before
            way()
            ends.append(self.state)
        self.state = _either(ends)


def promise_of(item: ItemFacts, body: ast.Flow | ast.Function) -> Promise:
    """What every way through a body calls. A check that fails is a way out."""
    walk = _Walk(item)
    if body.contracts:
        walk.may_leave()
    walk.visit(body.body)
    walk.leave()
    return AllOf(tuple(dict.fromkeys(AnyOf(state) for state in walk.exits)))


def _parts(walk: _Walk, *nodes: ast.Node | None) -> Callable[[], None]:
    def visit() -> None:
        for node in nodes:
            walk.visit(node)

    return visit


def _leaves(walk: _Walk, node: ast.Node) -> None:
    for child in ast.children(node):
        walk.visit(child)
    walk.leave()


def _may_fail(walk: _Walk, node: ast.Node) -> None:
    for child in ast.children(node):
        walk.visit(child)
    walk.may_leave()


def _nothing(_: _Walk, __: ast.Node) -> None:
    """A function written here runs when it is called."""


def _call(walk: _Walk, node: ast.Call) -> None:
    for child in ast.children(node):
        walk.visit(child)
    walk.call(node)
    callee = node.callee
    if isinstance(callee, ast.Name) and callee.text == "exit" and callee not in walk.item.scope.bindings:
        walk.leave()


def _if(walk: _Walk, node: ast.If) -> None:
    ends: list[State | None] = []
    for branch in node.branches:
        walk.visit(branch.cond)
        otherwise = walk.state
        walk.visit(branch.body)
        ends.append(walk.state)
        walk.state = otherwise
    walk.visit(node.else_)
    walk.state = _either([*ends, walk.state])


def _semantic_if(walk: _Walk, node: ast.SemanticIf) -> None:
    walk.visit(node.condition)
    walk.visit(node.subject)
    walk.choose([_parts(walk, node.body), _parts(walk, node.else_)], may_skip=False)


def _guarded(walk: _Walk, node: ast.ExprStmt) -> None:
    walk.visit(node.guard)
    walk.choose([_parts(walk, node.value)], may_skip=node.guard is not None)


def _lazy(walk: _Walk, node: ast.Binary) -> None:
    walk.visit(node.left)
    walk.choose([_parts(walk, node.right)], may_skip=node.op in ("and", "or"))


def _coalesce(walk: _Walk, node: ast.Coalesce) -> None:
    walk.visit(node.left)
    walk.choose([_parts(walk, node.right)], may_skip=True)


def _otherwise(walk: _Walk, node: ast.Otherwise) -> None:
    before = walk.state
    walk.visit(node.value)
    after, walk.state = walk.state, before
    walk.visit(node.handler)
    walk.state = _either([after, walk.state])


def _conditional(walk: _Walk, node: ast.Conditional) -> None:
    walk.visit(node.cond)
    walk.choose([_parts(walk, node.then), _parts(walk, node.else_)], may_skip=False)


def _branch(walk: _Walk, node: ast.Branch) -> None:
    walk.visit(node.subject)

    def arm(body: ast.Expr) -> None:
        walk.visit(body)
        _stage(walk, body)

    walk.choose([lambda: arm(node.yes), lambda: arm(node.no)], may_skip=False)


def _stage(walk: _Walk, body: ast.Node) -> None:
    """An arm that is a name is run."""
    from nexa.compiler.links import target_of  # the two need each other

    text = target_of(walk.item, body) if isinstance(body, ast.Name | ast.Member) else ""
    if text and walk.state is not None:
        walk.state = (*walk.state, text)


def _cases(walk: _Walk, node: ast.BranchCases | ast.SemanticCase) -> None:
    walk.visit(node.subject)
    ways = [lambda case=case: walk.visit(case) for case in node.cases]
    walk.choose(ways, may_skip=all(case.label is not None for case in node.cases))


def _match(walk: _Walk, node: ast.Match) -> None:
    walk.visit(node.subject)
    ways = [lambda arm=arm: walk.visit(arm) for arm in node.arms]
    is_covered = any(arm.guard is None and isinstance(arm.pattern, ast.PWildcard | ast.PName) for arm in node.arms)
    walk.choose(ways, may_skip=not is_covered)


def _maybe(walk: _Walk, node: ast.For | ast.Autoloop) -> None:
    """A body that may not run at all."""
    head: tuple[ast.Node, ...] = (node.iterable,) if isinstance(node, ast.For) else node.config
    for part in head:
        walk.visit(part)
    walk.breaks.append([])
    walk.choose([_parts(walk, node.body)], may_skip=True)
    walk.state = _either([walk.state, *walk.breaks.pop()])


def _while(walk: _Walk, node: ast.While) -> None:
    walk.visit(node.cond)
    is_endless = isinstance(node.cond, ast.Bool) and node.cond.value
    walk.breaks.append([])
    walk.choose([_parts(walk, node.body)], may_skip=not is_endless)
    walk.state = _either([None if is_endless else walk.state, *walk.breaks.pop()])


def _loop(walk: _Walk, node: ast.Loop) -> None:
    walk.breaks.append([])
    walk.visit(node.body)
    walk.visit(node.until)
    walk.state = _either([None if node.until is None else walk.state, *walk.breaks.pop()])


def _jump(walk: _Walk, _: ast.Node) -> None:
    """Out of the loop or on with it: either way what follows in the body does not run."""
    if walk.breaks and walk.state is not None:
        walk.breaks[-1].append(walk.state)
    walk.state = None


def _try(walk: _Walk, node: ast.Try | ast.TryAgent) -> None:
    """The body may fail before it has called anything."""
    before = walk.state
    walk.visit(node.body)
    ends = [walk.state]
    for catch in node.catches:
        walk.state = before
        walk.visit(catch.body)
        ends.append(walk.state)
    walk.state = _either(ends)
    if isinstance(node, ast.Try):
        walk.visit(node.finally_)


_HANDLERS: dict[type[ast.Node], Callable[[_Walk, Any], None]] = {
    ast.Function: _nothing,
    ast.Flow: _nothing,
    ast.Lambda: _nothing,
    ast.Hook: _nothing,
    ast.Return: _leaves,
    ast.Raise: _leaves,
    ast.Propagate: _may_fail,
    ast.Assert: _may_fail,
    ast.Verify: _may_fail,
    ast.Contract: _may_fail,
    ast.Call: _call,
    ast.If: _if,
    ast.SemanticIf: _semantic_if,
    ast.ExprStmt: _guarded,
    ast.Binary: _lazy,
    ast.Coalesce: _coalesce,
    ast.Otherwise: _otherwise,
    ast.Conditional: _conditional,
    ast.Branch: _branch,
    ast.BranchCases: _cases,
    ast.SemanticCase: _cases,
    ast.Match: _match,
    ast.For: _maybe,
    ast.Autoloop: _maybe,
    ast.While: _while,
    ast.Loop: _loop,
    ast.Break: _jump,
    ast.Continue: _jump,
    ast.Try: _try,
    ast.TryAgent: _try,
}
