"""Hints about the most tokens that a flow's agents may answer in one run of it, where the program bounds them.

Every agent that may run needs a `max_tokens`, every loop that runs one a known number of rounds. Judges and merges by
meaning answer in a few words and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.symbol import index_of
from nexa.compiler.types.terms import BOOL, AgentOf, Function, Group, Row, Type, base_of, is_list
from nexa.ide.features.hints.agent_limits import capped, most_tokens
from nexa.ide.features.hints.hint import Hint, Part

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.infer.solve import Typed

_DEEPEST = 40
"""A longer row of flows that call each other is not followed."""

Tokens = int | None
"""How many; None where nobody can tell."""


def budget_hints(project: Project, path: str, index: int) -> list[Hint]:
    """One for each flow of an item that has a bound."""
    counting = Counting(project)
    file = project.file(path)
    item = file.items[index] if file is not None else None
    found: list[Hint] = []
    for flow in item.of(ast.Flow) if item is not None else ():
        counting.limits.clear()
        tokens = counting.of_function(path, index, flow)
        if tokens:
            agents = ", ".join(f"`{name}` {limit:,}" for name, limit in counting.limits.items())
            text = f"At most {tokens:,} tokens of answers in one run. In one run of an agent: {agents}."
            found.append(Hint("budget", flow.body.start, (Part(f"≤ {tokens:,} tokens"),), text))
    return found


class Counting:
    """What was counted for one request. `limits` are the agents that were met, with what one run may answer."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[ast.Node, Tokens] = {}
        self._open: set[ast.Node] = set()
        self.limits: dict[str, int] = {}

    def of_function(self, path: str, index: int, node: ast.Flow | ast.Function) -> Tokens:
        """One run of a flow or function of an item; None for those that call themselves."""
        if node in self._open or len(self._open) > _DEEPEST:
            return None
        if node not in self._known:
            self._open.add(node)
            body = _Body(self, self._project, path, index)
            self._known[node] = capped(node.decorators, body.of(node.body) if node.body is not None else 0)
            self._open.discard(node)
        return self._known[node]

    def of_agent(self, agent: ast.Agent) -> Tokens:
        """One run of an agent."""
        found = most_tokens(agent)
        if found is not None:
            self.limits[agent.name.text] = found
        return capped(agent.decorators, found)


class _Body:
    """Counts in one item."""

    def __init__(self, counting: Counting, project: Project, path: str, index: int) -> None:
        self._counting = counting
        self._project = project
        self._path = path
        self._index = index
        file = project.file(path)
        assert file is not None  # it has this item
        self._item: ItemFacts = file.items[index]
        self._typed: Typed | None = project.typed(path, index)
        self._names = Names(project.view(path), self._item.node)

    def of(self, node: ast.Node) -> Tokens:
        """All runs in a node, in the worst case."""
        match node:
            case ast.Flow() | ast.Function() | ast.Python():
                return 0
            case ast.Call():
                return self._call(node)
            case ast.Spawn() | ast.Lambda() | ast.Hook() | ast.While() | ast.Loop() | ast.TryAgent():
                # How often these run, nothing says.
                return 0 if self._is_free(node) else None
            case ast.Autoloop():
                steps = next((one.value for one in node.config if one.key.text == "max_steps"), None)
                return _times(self.of(node.body), steps.value if isinstance(steps, ast.Int) else None)
            case ast.For():
                return _sum((self.of(node.iterable), _times(self.of(node.body), self._count(node.iterable))))
            case ast.FlowOperator():
                return self._operator(node)
        return self._choice(node)

    def _choice(self, node: ast.Node) -> Tokens:
        """Of several ways, the one that takes most."""
        match node:
            case ast.If(branches=branches, else_=rest):
                conditions = [self.of(one.cond) for one in branches]
                return _sum((*conditions, self._most((*(one.body for one in branches), rest))))
            case ast.SemanticIf(subject=subject, body=body, else_=rest):
                return _sum((0 if subject is None else self.of(subject), self._most((body, rest))))
            case ast.Conditional(cond=cond, then=then, else_=rest):
                return _sum((self.of(cond), self._most((then, rest))))
            case ast.Match(subject=subject, arms=arms):
                return _sum((self.of(subject), self._most(arms)))
            case ast.SemanticCase(subject=subject, cases=cases):
                return _sum((self.of(subject), self._most(cases)))
            case ast.Arm(body=body) | ast.Case(body=body):
                return _sum((self.of(body), self._stage(body))) if isinstance(body, ast.Name) else self.of(body)
            case ast.Try(body=body, catches=catches, finally_=last):
                return _sum((self.of(body), self._most(catches), 0 if last is None else self.of(last)))
            case ast.Fork(branches=branches, merge=merge):
                is_judge = isinstance(merge, ast.Name) and bool(self._names.entries("value", merge.text))
                judged = self._declared(merge.text) if is_judge and isinstance(merge, ast.Name) else 0
                return _sum((*map(self.of, branches), judged))
        return _sum(map(self.of, ast.children(node)))

    # ── what runs

    def _call(self, call: ast.Call) -> Tokens:
        given = _sum(self.of(arg.value) for arg in call.args)
        callee = self._type(call.callee)
        if isinstance(call.callee, ast.Name) and call.callee.text in ("parallel", "race") and call.args:
            first = call.args[0].value
            if isinstance(first, ast.List) and all(isinstance(one, ast.Lambda) for one in first.items):
                return _sum(self.of(one.body) for one in first.items if isinstance(one, ast.Lambda))
        if isinstance(call.callee, ast.Member):
            owner = self._type(call.callee.object)
            if isinstance(owner, Group):
                return _sum((given, *map(self._of_type, owner.stages), self._of_type(callee)))
            given = _sum((given, self.of(call.callee.object)))
            if isinstance(owner, AgentOf) and call.callee.member.text == "stream":
                callee = owner
        return _sum((given, self._function(call.callee) if isinstance(callee, Function) else self._of_type(callee)))

    def _function(self, callee: ast.Expr) -> Tokens:
        """A call of a function: of one that is declared, of a member, or of a value."""
        kind = self._type(callee)
        if not isinstance(kind, Function) or kind.kind in ("predeclared", "method", "struct"):
            return 0
        if kind.kind not in ("fn", "flow", "tool"):
            return 0 if kind.kind == "lambda" else None
        if isinstance(callee, ast.Member):
            return self._member(callee)
        local = self._item.scope.bindings.get(callee) if isinstance(callee, ast.Name) else None
        node = self._item.parents.get(local.binding) if local is not None else None
        if isinstance(node, ast.Flow | ast.Function):
            return self._counting.of_function(self._path, self._index, node)
        return None if local is not None else self._declared(kind.name)

    def _member(self, callee: ast.Member) -> Tokens:
        name = callee.object.text if isinstance(callee.object, ast.Name) else ""
        for entry in self._names.entries("value", name)[:1]:
            file = self._project.file(entry.path)
            index = index_of(file, entry) if file is not None else None
            agent = file.items[index].node if file is not None and index is not None else None
            for one in agent.members if isinstance(agent, ast.Agent) else ():
                if isinstance(one, ast.Flow | ast.Function) and one.name.text == callee.member.text:
                    return self._counting.of_function(entry.path, index or 0, one)
        return None

    def _declared(self, name: str) -> Tokens:
        """A run of what the program declares under a name."""
        for entry in self._names.entries("value", name)[:1]:
            file = self._project.file(entry.path)
            index = index_of(file, entry) if file is not None else None
            node = file.items[index].node if file is not None and index is not None else None
            if isinstance(node, ast.Agent):
                return self._counting.of_agent(node)
            if isinstance(node, ast.Flow | ast.Function):
                return self._counting.of_function(entry.path, index or 0, node)
            return 0 if isinstance(node, ast.Tool) else None
        return None

    def _of_type(self, kind: Type | None) -> Tokens:
        """A run of a stage of this type."""
        match kind:
            case AgentOf(name=name):
                return self._declared(name) if name else None
            case Function(kind="fn" | "flow" | "tool", name=name):
                return self._declared(name)
            case Function(kind="predeclared" | "method" | "struct" | "lambda"):
                return 0
            case Group(stages=stages):
                return _sum(map(self._of_type, stages))
        return None

    # ── flow operators

    def _operator(self, node: ast.FlowOperator) -> Tokens:
        match node:
            case ast.FanOut(left=left, right=ast.HintSet(items=hints)):
                return _times(self.of(left), 1 + len(hints))
            case ast.FanOut(left=left, right=right) if not isinstance(right, ast.List):
                return _sum((self._value(left), _times(self._stage(right), self._spread(left))))
            case ast.PipeCall(left=left, right=right):
                is_stage = not isinstance(right, ast.Call)
                return _sum((self._value(left), self._stage(right) if is_stage else self.of(right)))
            case ast.AmpAmp(left=left, right=right) | ast.BarBar(left=left, right=right):
                if self._type(node) == BOOL:
                    return _sum((self.of(left), self.of(right)))
                return _sum((self._value(left), self._value(right)))
            case (
                ast.Pipe(left=left, right=right)
                | ast.FanOut(left=left, right=right)
                | ast.Merge(left=left, right=right)
            ):
                return _sum((self._value(left), self._stage(right)))
            case ast.Branch(subject=subject, yes=yes, no=no):
                ways = [self._value(yes), self._value(no)]
                return _sum((self._value(subject), None if None in ways else max(one or 0 for one in ways)))
            case ast.BranchCases(subject=subject, cases=cases):
                return _sum((self._value(subject), self._most(cases)))
        return _sum(map(self.of, ast.children(node)))

    def _value(self, node: ast.Expr) -> Tokens:
        """An operand: a stage in its place runs with the ambient input."""
        is_stage = isinstance(node, ast.Name | ast.Member | ast.List) and self._has_stages(node)
        return self._stage(node) if is_stage else self.of(node)

    def _has_stages(self, node: ast.Expr) -> bool:
        if isinstance(node, ast.List):
            return any(self._has_stages(one) for one in node.items)
        return isinstance(self._type(node), AgentOf | Function | Group)

    def _stage(self, node: ast.Node) -> Tokens:
        """What stands where a stage is wanted; a list runs each of its own."""
        if isinstance(node, ast.List):
            return _sum(map(self._stage, node.items))
        if isinstance(node, ast.Lambda):
            return self.of(node.body)
        kind = self._type(node) if isinstance(node, ast.Expr) else None
        if isinstance(kind, Function) and isinstance(node, ast.Name | ast.Member):
            return self._function(node)
        return _sum((self.of(node), self._of_type(kind))) if kind is not None else self.of(node)

    def _spread(self, left: ast.Expr) -> int | None:
        """How often one stage runs on a value: once for each element of a list."""
        kind = self._type(left)
        return self._count(left) if kind is None or is_list(kind) else 1

    def _count(self, node: ast.Expr) -> int | None:
        """How many elements there are."""
        kind = self._type(node)
        return len(kind.items) if isinstance(kind, Row) else None

    # ── small things

    def _type(self, node: ast.Expr) -> Type | None:
        found = self._typed.types.get(node) if self._typed is not None else None
        return None if found is None else base_of(found)

    def _most(self, ways: Iterable[ast.Node | None]) -> Tokens:
        found = [self.of(one) for one in ways if one is not None]
        return None if None in found else max((one or 0 for one in found), default=0)

    def _is_free(self, node: ast.Node) -> bool:
        if isinstance(node, ast.Spawn):
            return self._of_type(self._type(node.target)) == 0
        return _sum(map(self.of, ast.children(node))) == 0


def _sum(parts: Iterable[Tokens]) -> Tokens:
    total = 0
    for one in parts:
        if one is None:
            return None
        total += one
    return total


def _times(tokens: Tokens, count: int | None) -> Tokens:
    """Nothing, however often, is nothing."""
    if tokens == 0:
        return 0
    return None if tokens is None or count is None else tokens * count
