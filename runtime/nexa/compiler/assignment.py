"""On which paths a name has a value when it is read, and which statements no path reaches.

One walk over an item in evaluation order. A state is two sets of bits, one bit per name: what is assigned on every
path that leads here, and what is assigned on some. No path leads to a dead place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, cast

from nexa.compiler import ast
from nexa.compiler.scope import ItemScope, Local

Certainty = Literal["none", "some"]
"""No path assigned the name, or only some did."""


@dataclass(frozen=True, slots=True)
class EarlyRead:
    """A read of a local that may have no value. `waits_for` is what the statement around it assigns."""

    name: ast.Name
    local: Local
    certainty: Certainty
    waits_for: Local | None


@dataclass(frozen=True, slots=True)
class ScriptRead:
    """A read in a script statement of a name that this statement itself did not assign on every path before."""

    name: ast.Name
    certainty: Certainty


@dataclass(slots=True)
class FlowFacts:
    """What the walk found. The last three speak of top-level variables and are empty outside script statements."""

    early_reads: list[EarlyRead] = field(default_factory=list)
    dead: list[ast.Node] = field(default_factory=list)
    """The first statement of each stretch that cannot be reached."""
    script_reads: list[ScriptRead] = field(default_factory=list)
    assigned: frozenset[str] = frozenset()
    maybe_assigned: frozenset[str] = frozenset()


def flow_facts(item: ast.Item, scope: ItemScope) -> FlowFacts:
    """Follow the paths through an item."""
    walk = _Walk(item, scope)
    walk.visit(item)
    return walk.finish()


@dataclass(slots=True)
class _State:
    definite: int
    maybe: int


_READING = frozenset({"value", "symbol", "contract", "actor"})


class _Walk:
    """`state` is None where no path leads."""

    def __init__(self, item: ast.Item, scope: ItemScope) -> None:
        self.item = item
        self.is_script_item = not isinstance(item, ast.Declaration)
        self.scope = scope
        self.facts = FlowFacts()
        self.state: _State | None = _State(0, 0)
        self.breaks: list[list[_State]] = []
        self.waits_for: Local | None = None
        self._bits: dict[Local | str, int] = {}
        self._ever = 0
        places: list[tuple[int, int]] = []
        for name, use in scope.use_of.items():
            if use.role == "assign":
                places.append((name.start, self.bit(name.text)))
        for function in scope.functions.values():
            for local in function.locals:
                if local.kind == "assigned":
                    bit = self.bit(local)
                    places += [(name.start, bit) for name in local.writes] or [(local.binding.start, bit)]
        for block, facts in scope.python.items():
            places += [(block.start, self.bit(local)) for local in facts.written if local.kind == "assigned"]
            if self.is_script(facts.written):
                places += [(block.start, self.bit(name)) for name in facts.defines]
        places.sort()
        self._offsets = [offset for offset, _ in places]
        self._written_bits = [bit for _, bit in places]

    def is_script(self, written: tuple[Local, ...]) -> bool:
        """Whether a Python block that wrote these locals stands in a script statement itself."""
        return not written and self.is_script_item

    def bit(self, key: Local | str) -> int:
        """The bit of a local, or of a top-level variable."""
        bit = self._bits.get(key)
        if bit is None:
            bit = self._bits[key] = 1 << len(self._bits)
        return bit

    def written_in(self, node: ast.Node) -> int:
        """The bits of everything that is assigned somewhere inside a node."""
        first, last = bisect_left(self._offsets, node.start), bisect_left(self._offsets, node.end)
        bits = 0
        for bit in self._written_bits[first:last]:
            bits |= bit
        return bits

    def visit(self, node: ast.Node) -> None:
        """Follow the paths through a node, if any leads to it."""
        if self.state is None:
            return
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
            return
        for child in ast.children(node):
            self.visit(child)

    def visit_all(self, nodes: Iterable[ast.Node | None]) -> None:
        """One after the other; None stands for a part that was not written."""
        for node in nodes:
            if node is not None:
                self.visit(node)

    def assign(self, key: Local | str) -> None:
        """The name has a value from here on."""
        if self.state is not None:
            bit = self.bit(key)
            self._ever |= bit
            self.state.definite |= bit
            self.state.maybe |= bit

    def copy(self) -> _State | None:
        """The state here, to come back to."""
        return None if self.state is None else _State(self.state.definite, self.state.maybe)

    def join(self, other: _State | None) -> None:
        """Another path leads here, too."""
        if other is None:
            return
        if self.state is None:
            self.state = _State(other.definite, other.maybe)
            return
        self.state.definite &= other.definite
        self.state.maybe |= other.maybe

    def branches(self, ways: Iterable[Callable[[], None]], *, may_skip: bool) -> None:
        """Several ways from here, one of which is taken (or none, if that may be)."""
        before = self.copy()
        after: _State | None = None if not may_skip else self.copy()
        for way in ways:
            self.state = None if before is None else _State(before.definite, before.maybe)
            way()
            self.join(after)
            after = self.copy()
        self.state = after

    def certainty(self, key: Local | str) -> Certainty | None:
        """How a name that is read here lacks a value; None when it has one."""
        if self.state is None:
            return None
        bit = self.bit(key)
        if self.state.definite & bit:
            return None
        return "some" if self.state.maybe & bit else "none"

    def inner_function(self, node: ast.Node, parts: Iterable[ast.Node | None]) -> None:
        """A function that is called later: names from outside have a value by then, its own have none yet."""
        kept, kept_breaks, kept_wait = self.state, self.breaks, self.waits_for
        own = 0
        for local in self.scope.functions[node].locals:
            if local.kind == "assigned":
                own |= self.bit(local)
        self.state, self.breaks, self.waits_for = _State(~own, ~own), [], None
        self.visit_all(parts)
        self.state, self.breaks, self.waits_for = kept, kept_breaks, kept_wait

    def finish(self) -> FlowFacts:
        """The facts, once everything is visited."""
        if self.is_script_item:
            names = [(key, bit) for key, bit in self._bits.items() if isinstance(key, str)]
            definite = self.state.definite if self.state is not None else ~0
            self.facts.assigned = frozenset(key for key, bit in names if definite & bit and self._ever & bit)
            self.facts.maybe_assigned = frozenset(key for key, bit in names if self._ever & bit)
        return self.facts


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _name(walk: _Walk, node: ast.Node) -> None:
    name = cast("ast.Name", node)
    local = walk.scope.bindings.get(name)
    use = walk.scope.use_of.get(name) if local is None else None
    if use is not None and use.late is not None:
        local = use.late
        if use.owner is not local.owner:
            return
    if local is not None and local.kind == "assigned":
        certainty = walk.certainty(local)
        if certainty is not None:
            walk.facts.early_reads.append(EarlyRead(name, local, certainty, walk.waits_for))
    elif use is not None and use.owner.parent is None and walk.is_script_item and use.role in _READING:
        certainty = walk.certainty(name.text)
        if certainty is not None:
            walk.facts.script_reads.append(ScriptRead(name, certainty))


def _target(walk: _Walk, name: ast.Name) -> None:
    local = walk.scope.bindings.get(name)
    if local is not None:
        walk.assign(local)
    elif name in walk.scope.use_of:
        walk.assign(name.text)


def _nothing_to_read(walk: _Walk, node: ast.Node) -> None:
    """Patterns bind, types are not evaluated."""


def _python(walk: _Walk, node: ast.Node) -> None:
    facts = walk.scope.python.get(cast("ast.Python", node))
    if facts is None:
        return
    for local in facts.written:
        walk.assign(local)
    if walk.is_script(facts.written):
        for name in facts.defines:
            walk.assign(name)


# ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────


def _block(walk: _Walk, node: ast.Node) -> None:
    for statement in cast("ast.Block", node).statements:
        if walk.state is None:
            if not isinstance(statement, ast.Function | ast.Flow):
                walk.facts.dead.append(statement)
                return
            continue
        walk.visit(statement)


def _let(walk: _Walk, node: ast.Node) -> None:
    let = cast("ast.Let", node)
    walk.visit(let.value)
    for part in ast.walk(let.pattern):
        if isinstance(part, ast.Name) and part in walk.scope.use_of:
            walk.assign(part.text)


def _assign(walk: _Walk, node: ast.Node) -> None:
    assign = cast("ast.Assign", node)
    if not isinstance(assign.target, ast.Name):
        walk.visit_all((assign.target, assign.value))
        return
    kept, walk.waits_for = walk.waits_for, walk.scope.bindings.get(assign.target)
    if assign.op != "=":
        _name(walk, assign.target)
    walk.visit(assign.value)
    walk.waits_for = kept
    _target(walk, assign.target)


def _expression_statement(walk: _Walk, node: ast.Node) -> None:
    statement = cast("ast.ExprStmt", node)
    if statement.guard is None:
        walk.visit(statement.value)
        _leave_on_exit(walk, statement.value)
        return
    walk.visit(statement.guard)
    skipped = walk.copy()
    walk.visit(statement.value)
    _leave_on_exit(walk, statement.value)
    walk.join(skipped)


def _leave_on_exit(walk: _Walk, value: ast.Expr) -> None:
    callee = value.callee if isinstance(value, ast.Call) else None
    if isinstance(callee, ast.Name) and callee.text == "exit" and callee not in walk.scope.bindings:
        walk.state = None


def _if(walk: _Walk, node: ast.Node) -> None:
    statement = cast("ast.If", node)
    ends: list[_State | None] = []
    for branch in statement.branches:
        walk.visit(branch.cond)
        otherwise = walk.copy()
        walk.visit(branch.body)
        ends.append(walk.state)
        walk.state = otherwise
    walk.visit_all((statement.else_,))
    for end in ends:
        walk.join(end)


def _for(walk: _Walk, node: ast.Node) -> None:
    loop = cast("ast.For", node)
    walk.visit(loop.iterable)
    _repeat(walk, loop, (loop.body,), endless=False)


def _while(walk: _Walk, node: ast.Node) -> None:
    loop = cast("ast.While", node)
    endless = isinstance(loop.cond, ast.Bool) and loop.cond.value
    _repeat(walk, loop, (loop.cond, loop.body), endless=endless)


def _autoloop(walk: _Walk, node: ast.Node) -> None:
    loop = cast("ast.Autoloop", node)
    for item in loop.config:
        walk.visit(item.value)
    _repeat(walk, loop, (loop.body,), endless=False)


def _repeat(walk: _Walk, loop: ast.Node, parts: tuple[ast.Node, ...], *, endless: bool) -> None:
    """A body that may run again: what it assigns may have a value when it starts."""
    if walk.state is None:
        return
    skipped = walk.copy()
    walk.state.maybe |= walk.written_in(loop)
    walk.breaks.append([])
    walk.visit_all(parts)
    ends = walk.breaks.pop()
    if endless:
        walk.state = None
    else:
        walk.join(skipped)
        if skipped is not None and walk.state is not None:
            walk.state.maybe |= walk.written_in(loop)
    for end in ends:
        walk.join(end)


def _loop(walk: _Walk, node: ast.Node) -> None:
    loop = cast("ast.Loop", node)
    if walk.state is None:
        return
    walk.state.maybe |= walk.written_in(loop)
    before = walk.copy()
    walk.breaks.append([])
    walk.visit(loop.body)
    if walk.state is None and loop.until is not None and _has_continue(loop.body):
        walk.state = before
    walk.visit_all((loop.until,))
    ends = walk.breaks.pop()
    if loop.until is None:
        walk.state = None
    for end in ends:
        walk.join(end)


def _has_continue(body: ast.Block) -> bool:
    return any(isinstance(node, ast.Continue) for node in ast.walk(body))


def _break(walk: _Walk, _node: ast.Node) -> None:
    if walk.breaks and walk.state is not None:
        walk.breaks[-1].append(walk.state)
    walk.state = None


def _leave(walk: _Walk, node: ast.Node) -> None:
    for child in ast.children(node):
        walk.visit(child)
    walk.state = None


def _raise(walk: _Walk, node: ast.Node) -> None:
    value = cast("ast.Raise", node).value
    if isinstance(value, ast.Call) and isinstance(value.callee, ast.Name):
        walk.visit_all(value.args)
    else:
        walk.visit(value)
    walk.state = None


def _semantic_if(walk: _Walk, node: ast.Node) -> None:
    statement = cast("ast.SemanticIf", node)
    walk.visit_all((statement.condition, statement.subject))
    skipped = walk.copy()
    walk.visit(statement.body)
    end, walk.state = walk.state, skipped
    walk.visit_all((statement.else_,))
    walk.join(end)


def _try(walk: _Walk, node: ast.Node) -> None:
    statement = cast("ast.Try", node)
    if walk.state is None:
        return
    before = _State(walk.state.definite, walk.state.maybe)
    walk.visit(statement.body)
    _catches(walk, statement.body, statement.catches, before)
    if statement.finally_ is None:
        return
    after, at_end = walk.state, before.maybe | walk.written_in(statement)
    walk.state = _State(before.definite, at_end)
    walk.visit(statement.finally_)
    if walk.state is None or after is None:
        walk.state = None
    else:
        walk.state = _State(after.definite | walk.state.definite, walk.state.maybe | after.maybe)


def _try_agent(walk: _Walk, node: ast.Node) -> None:
    statement = cast("ast.TryAgent", node)
    if walk.state is None:
        return
    before = _State(walk.state.definite, walk.state.maybe)
    walk.visit(statement.body)
    _catches(walk, statement.body, statement.catches, before)


def _catches(walk: _Walk, body: ast.Block, catches: tuple[ast.Catch, ...], before: _State) -> None:
    """A failure may come before anything in the body was assigned, or after all of it."""
    after = walk.state
    for catch in catches:
        walk.state = _State(before.definite, before.maybe | walk.written_in(body))
        walk.visit(catch.body)
        if not _tries_again(catch):
            walk.join(after)
            after = walk.state
    walk.state = after


def _tries_again(catch: ast.Catch) -> bool:
    """A correction that reflects runs the body once more."""
    return any(isinstance(node, ast.Name) and node.text == "reflect" for node in ast.walk(catch.body))


def _fork(walk: _Walk, node: ast.Node) -> None:
    """All branches start from the same state, and all are done afterwards."""
    fork = cast("ast.Fork", node)
    if walk.state is None:
        return
    before, definite, maybe = walk.state, walk.state.definite, walk.state.maybe
    for branch in fork.branches:
        walk.state = _State(before.definite, before.maybe)
        walk.visit(branch.value)
        if branch.name is not None:
            _target(walk, branch.name)
        if walk.state is not None:
            definite |= walk.state.definite
            maybe |= walk.state.maybe
    walk.state = _State(definite, maybe)


def _defer(walk: _Walk, node: ast.Node) -> None:
    """Runs when the function is left, when everything has had its chance."""
    if walk.state is None:
        return
    kept = walk.state
    walk.state = _State(~0, ~0)
    walk.visit(cast("ast.Defer", node).body)
    walk.state = kept


# ── expressions that choose ─────────────────────────────────────────────────────────────────────────────────────


def _match(walk: _Walk, node: ast.Node) -> None:
    match = cast("ast.Match", node)
    walk.visit(match.subject)
    ways = [_way(walk, (arm.guard, arm.body)) for arm in match.arms]
    is_covered = any(arm.guard is None and isinstance(arm.pattern, ast.PWildcard | ast.PName) for arm in match.arms)
    # A plain match that fits nothing raises; one by intent goes on without.
    walk.branches(ways, may_skip=not ways or ((match.intent or match.fast) and not is_covered))


def _cases(walk: _Walk, node: ast.Node) -> None:
    choice = cast("ast.BranchCases | ast.SemanticCase", node)
    walk.visit(choice.subject)
    ways = [_way(walk, (case.body,)) for case in choice.cases]
    walk.branches(ways, may_skip=all(case.label is not None for case in choice.cases))


def _way(walk: _Walk, parts: tuple[ast.Node | None, ...]) -> Callable[[], None]:
    return lambda: walk.visit_all(parts)


def _otherwise(walk: _Walk, node: ast.Node) -> None:
    otherwise = cast("ast.Otherwise", node)
    if walk.state is None:
        return
    failed = _State(walk.state.definite, walk.state.maybe | walk.written_in(otherwise.value))
    walk.visit(otherwise.value)
    good, walk.state = walk.state, failed
    walk.visit(otherwise.handler)
    walk.join(good)


def _conditional(walk: _Walk, node: ast.Node) -> None:
    choice = cast("ast.Conditional", node)
    walk.visit(choice.cond)
    walk.branches([_way(walk, (choice.then,)), _way(walk, (choice.else_,))], may_skip=False)


def _branch(walk: _Walk, node: ast.Node) -> None:
    choice = cast("ast.Branch", node)
    walk.visit(choice.subject)
    walk.branches([_way(walk, (choice.yes,)), _way(walk, (choice.no,))], may_skip=False)


def _coalesce(walk: _Walk, node: ast.Node) -> None:
    choice = cast("ast.Coalesce", node)
    walk.visit(choice.left)
    walk.branches([_way(walk, (choice.right,))], may_skip=True)


# ── what has a body of its own ──────────────────────────────────────────────────────────────────────────────────


def _callable(walk: _Walk, node: ast.Node) -> None:
    function = cast("ast.Function | ast.Flow | ast.Lambda", node)
    walk.inner_function(node, (*(param.default for param in function.params), function.body))


def _with_body(walk: _Walk, node: ast.Node) -> None:
    walk.inner_function(node, (cast("ast.Test | ast.Hook | ast.JobBody", node).body,))


_HANDLERS: dict[type[ast.Node], Callable[[_Walk, ast.Node], None]] = {
    ast.Name: _name,
    ast.Member: lambda walk, node: walk.visit(cast("ast.Member", node).object),
    ast.Argument: lambda walk, node: walk.visit(cast("ast.Argument", node).value),
    ast.Entry: lambda walk, node: walk.visit(cast("ast.Entry", node).value),
    ast.StructFieldValue: lambda walk, node: walk.visit(cast("ast.StructFieldValue", node).value),
    ast.ConfigItem: lambda walk, node: walk.visit(cast("ast.ConfigItem", node).value),
    ast.Python: _python,
    ast.Block: _block,
    ast.Let: _let,
    ast.Assign: _assign,
    ast.ExprStmt: _expression_statement,
    ast.If: _if,
    ast.For: _for,
    ast.While: _while,
    ast.Autoloop: _autoloop,
    ast.Loop: _loop,
    ast.Break: _break,
    ast.Continue: _leave,
    ast.Return: _leave,
    ast.Raise: _raise,
    ast.SemanticIf: _semantic_if,
    ast.Try: _try,
    ast.TryAgent: _try_agent,
    ast.Fork: _fork,
    ast.Defer: _defer,
    ast.Match: _match,
    ast.BranchCases: _cases,
    ast.SemanticCase: _cases,
    ast.Otherwise: _otherwise,
    ast.Conditional: _conditional,
    ast.Branch: _branch,
    ast.Coalesce: _coalesce,
    ast.Function: _callable,
    ast.Flow: _callable,
    ast.Lambda: _callable,
    ast.Test: _with_body,
    ast.Hook: _with_body,
    ast.JobBody: _with_body,
    ast.TypeName: _nothing_to_read,
    ast.TypeVariant: _nothing_to_read,
    ast.PName: _nothing_to_read,
    ast.PTuple: _nothing_to_read,
    ast.PList: _nothing_to_read,
    ast.PRecord: _nothing_to_read,
    ast.PVariant: _nothing_to_read,
}
