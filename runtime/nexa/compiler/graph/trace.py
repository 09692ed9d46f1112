"""The state of walking one body: nodes so far, and which of them each variable's value comes from."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from nexa.compiler import ast
from nexa.compiler.emit.symbols import SourceItem, Symbol
from nexa.compiler.emit.writer import NodeRole
from nexa.compiler.graph.model import EdgeKind, NodeKind
from nexa.compiler.graph.order import Order
from nexa.compiler.graph.signatures import signature_of
from nexa.compiler.scope import FIXED


@dataclass(eq=False, slots=True)
class Draft:
    """A node before it has an id. `start` and `end` are relative to the item."""

    key: tuple[ast.Node, NodeRole]
    kind: NodeKind
    callee: str
    label: str
    start: int
    end: int
    number: int
    region: str
    input: str = ""
    output: str = ""
    statement: ast.Node | None = None
    """The innermost statement that the node belongs to."""
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """An agent, tool or flow that a variable holds: `key` is whose memory a run of it touches."""

    symbol: Symbol
    key: str
    label: str


Sources = Mapping[Draft, str]
"""The nodes that a value comes from, each with the variable that carries it (`""` for none)."""

NOTHING: Sources = {}

Handler = Callable[["Trace", Any], Sources]
"""Walks the nodes of one class."""


class Lookup(Protocol):
    """The program's values by name."""

    def get(self, word: str, /) -> Symbol | None:
        """The first declaration of that name."""


class Known(Protocol):
    """What a walk asks of the names of a program."""

    @property
    def values(self) -> Lookup:
        """The program's values by name."""

    def is_predeclared(self, word: str) -> bool:
        """Whether the language brings the value along and the program does not hide it."""


class Trace:
    """One body. `variables` holds the sources of each variable's value at this point of the walk."""

    def __init__(self, symbols: Known, item: SourceItem, name: str, handlers: Mapping[type[ast.Node], Handler]) -> None:
        self._handlers = handlers
        self.symbols = symbols
        self.item = item
        self.body: ast.Node | None = None
        self.drafts: list[Draft] = []
        self.edges: list[tuple[Draft, Draft, EdgeKind, str]] = []
        self.variables: ChainMap[object, Sources] = ChainMap()
        self._region = [name]
        self._regions = 0
        self.early: list[tuple[Draft, object]] = []
        """Nodes that take a variable which has no value yet."""
        self._missing: dict[object, None] = {}
        self.has_holes = False
        """Whether parts of the body could not be read."""
        self._is_open = True
        """Whether the innermost region still waits for its block."""
        self._guards: list[Draft] = []
        self._conditions: Sources = NOTHING
        """What decides whether the way that is walked is taken, besides the innermost guard."""
        self.order = Order()
        self.statement: ast.Node | None = None
        self.leaves = False
        """Whether the way that is walked has left the body, or the round of a loop."""
        self.stages: dict[object, Stage] = {}
        """What variables with one definition hold, where that is an agent, a tool or a flow."""
        self.teams: dict[object, ast.List] = {}
        """The lists that variables with one definition hold."""
        self.leading: dict[Draft, int] = {}
        """The nodes that an edge leads from, with the number of the first node that it leads to."""

    def visit(self, node: ast.Node | None) -> Sources:
        """Walk a node; what its value comes from."""
        if node is None:
            return NOTHING
        handler = self._handlers.get(type(node))
        if handler is not None:
            return handler(self, node)
        return joined(*(self.visit(child) for child in ast.children(node)))

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def symbol(self, name: ast.Name) -> Symbol | None:
        """The program's declaration that a name means as a value."""
        if name in self.item.scope.bindings:
            return None
        return self.symbols.values.get(name.text)

    def is_unknown(self, node: ast.Node) -> bool:
        """Whether an expression is a name that nothing declares."""
        if not isinstance(node, ast.Name) or not node.text or node in self.item.scope.bindings:
            return False
        use = self.item.scope.use_of.get(node)
        is_known = self.symbols.values.get(node.text) is not None or self.symbols.is_predeclared(node.text)
        return not is_known and (use is None or use.late is None)

    def is_predeclared(self, node: ast.Expr, word: str) -> bool:
        """Whether an expression is the predeclared name `word`."""
        if not isinstance(node, ast.Name) or node.text != word or node in self.item.scope.bindings:
            return False
        return self.symbols.is_predeclared(word)

    def variable(self, name: ast.Name) -> object:
        """What identifies the variable that a name means."""
        use = self.item.scope.use_of.get(name)
        late = use.late if use is not None and self.symbols.values.get(name.text) is None else None
        return self.item.scope.bindings.get(name) or late or name.text

    def read(self, name: ast.Name) -> Sources:
        """The sources of a variable, carried by its name."""
        variable = self.variable(name)
        if variable not in self.variables:
            self._missing[variable] = None
        return dict.fromkeys(self.variables.get(variable, NOTHING), name.text)

    def wait(self, first: int) -> None:
        """The nodes since the `first` wait for what has been read without having a value."""
        self.early += [(one, variable) for variable in self._missing for one in self.drafts[first:]]
        self._missing.clear()

    def assign(self, name: ast.Name, sources: Sources) -> None:
        """The variable's value comes from `sources` from here on."""
        self.variables[self.variable(name)] = sources

    def know(self, name: ast.Name, value: ast.Expr) -> None:
        """The variable is given an expression: `f = Ann` is Ann by another name, `Ann.clone(…)` one more like her."""
        local = self.item.scope.bindings.get(name)
        if isinstance(value, ast.List) and local is not None and len(local.writes) == 1:
            self.teams[local] = value
        is_clone = isinstance(value, ast.Call) and isinstance(value.callee, ast.Member)
        if is_clone and value.callee.member.text == "clone":  # type: ignore[attr-defined]  # just tested
            value = value.callee.object  # type: ignore[attr-defined]  # just tested
        elif not isinstance(value, ast.Name):
            return
        stage = self.stage_of(value)
        if local is not None and len(local.writes) == 1 and stage is not None:
            self.stages[local] = Stage(stage.symbol, f"clone {name.text}", name.text) if is_clone else stage

    def stage_of(self, node: ast.Expr) -> Stage | None:
        """The agent, tool or flow that an expression means."""
        if not isinstance(node, ast.Name):
            return None
        symbol = self.symbol(node)
        if symbol is None:
            return self.stages.get(self.variable(node))
        return Stage(symbol, symbol.name, symbol.name) if symbol.kind in ("agent", "tool", "flow") else None

    def is_held(self, node: ast.Expr) -> bool:
        """Whether an expression is a variable, whatever it holds."""
        if not isinstance(node, ast.Name) or not node.text:
            return False
        symbol = self.symbol(node)
        local = self.item.scope.bindings.get(node)
        return symbol.kind == "variable" if symbol is not None else local is not None and local.kind not in FIXED

    # ── nodes ───────────────────────────────────────────────────────────────────────────────────────────────

    def node(
        self,
        key: tuple[ast.Node, NodeRole],
        kind: NodeKind,
        callee: str,
        place: ast.Node,
        sources: Sources = NOTHING,
    ) -> Sources:
        """Add a node that takes `sources`; what its value comes from: itself."""
        region = "/".join(self._region)
        made = Draft(
            key, kind, callee, callee, place.start, place.end, len(self.drafts), region, statement=self.statement
        )
        made.is_broken = self.has_holes and key[1] in ("call", "stage") and has_holes(key[0])
        self.drafts.append(made)
        for source, label in sources.items():
            self.edge(source, made, "data", label)
        if self._guards:
            self.edge(self._guards[-1], made, "control")
        deciding = [one for one in self._conditions if one not in sources]
        for one in deciding:
            self.edge(one, made, "control")
        known = [*sources, *self._guards[-1:], *deciding]
        if all(one.number < self.order.since for one in known):
            for one in self.order.before:
                if one not in sources:
                    self.edge(one, made, "effect")
        return {made: ""}

    def edge(self, source: Draft, target: Draft, kind: EdgeKind, label: str = "") -> None:
        """Add an edge."""
        self.leading[source] = min(self.leading.get(source, target.number), target.number)
        self.edges.append((source, target, kind, label))

    def fence(self) -> None:
        """Nothing may be moved from before this place to behind it, or back."""
        self.order = self.order.fenced(self.drafts, self.leading)

    def drop(self, made: Draft, before: Order) -> None:
        """Take back the node that was added last; `before` is the order when it was added."""
        self.drafts.pop()
        while self.edges and self.edges[-1][1] is made:
            source = self.edges.pop()[0]
            if self.leading.get(source) == made.number:
                del self.leading[source]
        has_fence = self.order.since != before.since or self.order.before != before.before
        self.order = before
        if has_fence:
            self.fence()

    def run(self, key: tuple[ast.Node, NodeRole], stage: Stage, place: ast.Node, sources: Sources) -> Sources:
        """Add the run of an agent, tool or flow."""
        symbol = stage.symbol
        kind: NodeKind = "agent" if symbol.kind == "agent" else "flow" if symbol.kind == "flow" else "tool"
        found = self.node(key, kind, symbol.name, place, sources)
        made = next(iter(found))
        made.label = stage.label
        made.input, made.output = signature_of(symbol.node)
        return found

    def effect(self, stage: Stage, sources: Sources) -> None:
        """Runs of one agent that remembers keep their order."""
        if stage.symbol.kind == "agent" and _remembers(stage.symbol.node):
            self.touch(stage.key, sources)

    def touch(self, key: str, sources: Sources) -> None:
        """The node touches something that remembers: it comes after those that touched it before."""
        made = next(iter(sources))
        for before in self.order.runs.get(key, ()):
            self.edge(before, made, "effect")
        self.order = self.order.touching(key, made)

    def ends(self, first: int) -> list[Draft]:
        """The nodes since the `first` that lead to none of them."""
        drafts = self.drafts[first:]
        leading = {source for source, target, _, _ in self.edges if target.number >= first}
        return [one for one in drafts if one not in leading]

    def follow(self, earlier: Sequence[Draft], later: Sequence[Draft]) -> None:
        """Nodes that come after others although no value says so: an effect edge from each that leads nowhere else."""
        leading = {source for source, _, _, _ in self.edges}
        for target in later:
            fed = {source for source, one, _, _ in self.edges if one is target}
            for one in earlier:
                if one not in leading and one not in fed:
                    self.edge(one, target, "effect")

    @contextmanager
    def guarded(self, sources: Sources) -> Iterator[None]:
        """Nodes added inside run only if the node decides so."""
        conditions, self._conditions = self._conditions, NOTHING if sources else self._conditions
        self._guards.extend(sources)
        try:
            yield
        finally:
            del self._guards[len(self._guards) - len(sources) :]
            self._conditions = conditions

    @contextmanager
    def decided(self, sources: Sources) -> Iterator[None]:
        """Nodes added inside run only if a value that comes from `sources` says so: they wait for it."""
        conditions = self._conditions
        self._conditions = {**conditions, **sources}
        try:
            yield
        finally:
            self._conditions = conditions

    @contextmanager
    def region(self, word: str) -> Iterator[None]:
        """Nodes added inside stand in a loop, a handler or a function of their own. Its first block is the region."""
        self._regions += 1
        self._region.append(f"{word}{self._regions}")
        is_open, self._is_open = self._is_open, True
        try:
            yield
        finally:
            self._region.pop()
            self._is_open = is_open

    @contextmanager
    def block(self) -> Iterator[None]:
        """A block is a region of its own, unless it is the body of what has just opened one."""
        if self._is_open:
            self._is_open = False
            yield
        else:
            with self.region("block"):
                self._is_open = False
                yield

    @contextmanager
    def later(self) -> Iterator[None]:
        """What is walked inside runs some other time: leaving it leaves nothing else, and nothing here waits for it."""
        order, leaves = self.order, self.leaves
        try:
            yield
        finally:
            self.order, self.leaves = order, leaves


def joined(*sources: Sources) -> Sources:
    """Values that come from any of these."""
    found: dict[Draft, str] = {}
    for one in sources:
        for draft, label in one.items():
            found[draft] = found.get(draft) or label
    return found


def _remembers(node: ast.Node | None) -> bool:
    for member in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(member, ast.Property) and member.key.text == "memory":
            value = member.value
            word = value.text if isinstance(value, ast.Name) else value.plain if isinstance(value, ast.Str) else ""
            return word != "none"
    return True


def has_holes(node: ast.Node) -> bool:
    """Whether parts of a node could not be read."""
    return any(type(one) is ast.ErrorNode or (type(one) is ast.Name and not one.text) for one in ast.walk(node))
