"""The state of following the paths through one item: which names have a value here.

A state is two sets of bits, one bit per name: what is assigned on every path that leads here, and what on some.
No path leads to a dead place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.assignment.facts import NOTHING_FOUND, Certainty, FlowFacts
from nexa.compiler.scope import ItemScope, Local

Handler = Callable[["Walk", ast.Node], None]


@dataclass(slots=True)
class State:
    """What is assigned on every path that leads here, and what on some, as bits."""

    definite: int
    maybe: int


READING = frozenset({"value", "symbol", "contract", "actor"})


class Walk:
    """`state` is None where no path leads."""

    def __init__(self, item: ast.Item, scope: ItemScope, handlers: dict[type[ast.Node], Handler]) -> None:
        """At the start of an item, with nothing assigned."""
        self.item = item
        self._handlers = handlers
        self.is_script_item = not isinstance(item, ast.Declaration)
        self.scope = scope
        self.facts = FlowFacts()
        self.state: State | None = State(0, 0)
        self.breaks: list[list[State]] = []
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
        handler = self._handlers.get(type(node))
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

    def copy(self) -> State | None:
        """The state here, to come back to."""
        return None if self.state is None else State(self.state.definite, self.state.maybe)

    def join(self, other: State | None) -> None:
        """Another path leads here, too."""
        if other is None:
            return
        if self.state is None:
            self.state = State(other.definite, other.maybe)
            return
        self.state.definite &= other.definite
        self.state.maybe |= other.maybe

    def branches(self, ways: Iterable[Callable[[], None]], *, may_skip: bool) -> None:
        """Several ways from here, one of which is taken (or none, if that may be)."""
        before = self.copy()
        after: State | None = None if not may_skip else self.copy()
        for way in ways:
            self.state = None if before is None else State(before.definite, before.maybe)
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
        kept, kept_breaks = self.state, self.breaks
        own = 0
        for local in self.scope.functions[node].locals:
            if local.kind == "assigned":
                own |= self.bit(local)
        self.state, self.breaks = State(~own, ~own), []
        self.visit_all(parts)
        self.state, self.breaks = kept, kept_breaks

    def finish(self) -> FlowFacts:
        """The facts, once everything is visited."""
        if self.is_script_item:
            self.facts.is_last = self.state is None
            names = [(key, bit) for key, bit in self._bits.items() if isinstance(key, str)]
            definite = self.state.definite if self.state is not None else ~0
            self.facts.assigned = frozenset(key for key, bit in names if definite & bit and self._ever & bit)
            self.facts.maybe_assigned = frozenset(key for key, bit in names if self._ever & bit)
        return NOTHING_FOUND if self.facts == NOTHING_FOUND else self.facts
