"""What is known about one top-level item from its own text alone.

Nothing here depends on where the item stands or on any other item, so an item that only moved, or whose
neighbours changed, keeps its facts.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar
from weakref import ReferenceType, ref

from nexa.compiler import ast
from nexa.compiler.assignment import FlowFacts, flow_facts
from nexa.compiler.lower.mistakes import TORN_LINES
from nexa.compiler.nameless import Lacking, lacking
from nexa.compiler.resolve import resolve
from nexa.compiler.rule import Slip
from nexa.compiler.scope import ItemScope
from nexa.compiler.unfinished import beginnings
from nexa.syntax.once import once, prepared
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.check import Drafted
    from nexa.compiler.dimensions import Coverage
    from nexa.compiler.infer.solve import Typed
    from nexa.compiler.layout import Endings
    from nexa.compiler.links import ItemLinks

_N = TypeVar("_N", bound=ast.Node)

Language = Literal["nx", "nxlib", "nxs"]
"""Program, library, secrets: told by the suffix of the file."""

Namespace = Literal["value", "type", "impl"]
"""`impl` holds the `impl` blocks under the name of their target."""

DeclaredKind = Literal[
    "agent", "tool", "fn", "flow", "protocol", "type", "struct", "enum", "trait", "impl", "job", "server",
    "db", "kv", "auth", "variable", "doubtful",
]  # fmt: skip
"""`doubtful` is a name that broken text may well declare: nothing is known about it, and nothing is wrong with it."""

_CONSTRUCTS: dict[type[ast.Node] | type[None], str] = {
    ast.Agent: "agent",
    ast.ContextBlock: "context",
    ast.ContextPolicy: "context_policy",
    ast.Tool: "tool",
    ast.Job: "job",
    ast.Server: "server",
    ast.Route: "route",
    ast.Autoloop: "autoloop",
    ast.WithContext: "with_context",
}

TORN = frozenset({"NX100", "NX102", "NX103", "NX104", "NX105", "NX106", "NX109", "NX113", "NX114", "NX117", "NX120"})
"""Slips after which parts of an item may be missing from its AST."""
_MISLEADING = frozenset({"NX101", "NX116", "NX119"})
"""Slips after which an item is whole, but may use other names than it seems to."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A name that an item adds to the program.

    Two of them are equal when they look the same from outside, wherever they stand: `signature` is the text that
    others can see (heads, not bodies). `span` is the place of the name, relative to the item.
    """

    name: str
    kind: DeclaredKind
    namespace: Namespace
    signature: bytes
    is_broken: bool
    span: Span = field(compare=False)
    node: ast.Node = field(compare=False, repr=False)
    is_assigned: bool = False
    """A top-level variable that `x = e` makes: a second one is no second declaration."""
    is_headed: bool = True
    """Whether what it is can be read, and that it stands at the top level, even if its body is broken."""
    is_certain: bool = False
    """Whether it is a function that cannot fail."""


@prepared
@dataclass(eq=False)
class ItemFacts:
    """One top-level item: its text, its AST, the slips met while reading it, and what follows from them."""

    text: bytes
    node: ast.Item
    slips: tuple[Slip, ...]
    language: Language
    typed: Typed | None = None
    """The types of its expressions, with the answers that they rest on; kept by `infer.solve`."""
    mistakes: tuple[Drafted, ...] | None = None
    """What the syntax rules say of it; kept by `check`."""
    hashes: tuple[Span, ...] | None = None
    """Its `#` comments; kept by `layout`."""

    @once
    def _grouped(self) -> tuple[dict[type[ast.Node], list[ast.Node]], dict[ast.Node, ast.Node]]:
        _keep_last(self)
        return ast.grouped(self.node)

    def forget_nodes(self) -> None:
        """They are found again when somebody asks."""
        with suppress(AttributeError):  # the walk may have been broken off
            del self._grouped

    @property
    def nodes(self) -> dict[type[ast.Node], list[ast.Node]]:
        """Every node of the item by its class, parents first, in textual order; from one walk."""
        return self._grouped[0]

    @property
    def parents(self) -> dict[ast.Node, ast.Node]:
        """The node around each node."""
        return self._grouped[1]

    def of(self, cls: type[_N]) -> list[_N]:
        """The nodes of exactly this class."""
        return self._grouped[0].get(cls) or []  # type: ignore[return-value]  # grouped by class

    @once
    def kinds(self) -> frozenset[type[ast.Node]]:
        """The classes of its nodes: what it certainly holds none of need not be looked for."""
        return _shared(frozenset(self.nodes))

    def settle(self) -> None:
        """Find what rules over files and programs will ask, while the nodes are known by class: later they may have to
        be found again.
        """
        _ = self.kinds, self.links, self.coverage, self.endings

    def construct_of(self, option: ast.Node) -> str:
        """The construct that a property or option belongs to, as the table of properties calls it."""
        parent = self.parents.get(option)
        if isinstance(parent, ast.Handle):
            return parent.family
        return _CONSTRUCTS.get(type(parent), "server" if isinstance(parent, ast.Group) else "")

    def source(self, span: Span) -> str:
        """The text at a place of the item."""
        return self.text[span.start : span.end].decode("utf-8", "replace")

    @once
    def is_broken(self) -> bool:
        """Whether parts of the item may be missing: what seems undeclared or unused may be there after all."""
        if not self.slips:  # every hole and every missing name is a slip: nobody has to look for them
            return isinstance(self.node, ast.ErrorItem)
        return (
            isinstance(self.node, ast.ErrorItem)
            or (self._may_be_part() and any(slip.code == "NX101" for slip in self.slips))
            or any(slip.code in TORN or slip.words[1:] == (TORN_LINES,) for slip in self.slips)
            or any(not self._is_in_words(hole) for hole in self.of(ast.ErrorNode))
            or any(not name.text for name in self.of(ast.Name))
        )

    def _may_be_part(self) -> bool:
        """Whether what seems to be a second statement on its line may be a part of it."""
        return isinstance(self.node, ast.TypeAlias) or not isinstance(self.node, ast.Declaration)

    @once
    def is_misread(self) -> bool:
        """Whether it may say something else than what was read: what seems unused may be used after all."""
        return self.is_broken or bool(self.lacking) or any(slip.code in _MISLEADING for slip in self.slips)

    @once
    def lacking(self) -> Lacking:
        """What the names may mean that it lacks where it is, or seems to be, a declaration without one."""
        return lacking(self)

    def _is_in_words(self, hole: ast.ErrorNode) -> bool:
        """Whether a hole is a field's type in quotes that names none: legal text, of which NX309 speaks."""
        field = self.parents.get(hole)
        return isinstance(field, ast.Field) and field.type_text is not None

    @once
    def scope(self) -> ItemScope:
        """What its names mean inside it."""
        return resolve(self.node)

    @once
    def flow(self) -> FlowFacts:
        """Early reads and unreachable statements."""
        return flow_facts(self.node, self.scope)

    @once
    def declared(self) -> tuple[Declared, ...]:
        """The names that it adds to the program."""
        from nexa.compiler.exports import declared_by  # it needs this module's types

        return declared_by(self)

    @once
    def doubts(self) -> frozenset[str]:
        """Names that its broken text may declare."""
        from nexa.compiler.exports import doubts_of  # it needs this module's types

        return doubts_of(self)

    @once
    def used(self) -> tuple[str, ...]:
        """The names that it leaves to the program, Python's included, each once and in order: a set takes four times
        as much.
        """
        return tuple(sorted({use.name.text for use in self.scope.uses} | self.scope.mentions))

    @once
    def outward(self) -> frozenset[str]:
        """The names in it that may mean something outside of it; only who looks for references asks."""
        from nexa.compiler.references import outward_of  # as above

        return outward_of(self)

    @once
    def links(self) -> ItemLinks:
        """What its bodies call and await, and what it leans on."""
        from nexa.compiler.links import links_of  # it needs this module's types

        return links_of(self)

    @once
    def endings(self) -> tuple[Endings, Endings]:
        """How its statements end, and how its members do."""
        from nexa.compiler.layout import member_endings, statement_endings  # as above

        return statement_endings(self), member_endings(self)

    @once
    def coverage(self) -> Coverage:
        """The dimensions of a harness that it uses."""
        from nexa.compiler.dimensions import coverage_of  # as above

        return coverage_of(self)

    @once
    def is_inferred_from(self) -> bool:
        """Whether other items may learn types from its body: results and variables without a written type."""
        if isinstance(self.node, ast.Agent):
            return any(isinstance(one, ast.Function | ast.Flow) and one.returns is None for one in self.node.members)
        if isinstance(self.node, ast.Function | ast.Flow):
            return self.node.returns is None
        return not isinstance(self.node, ast.Declaration)

    @once
    def outline(self) -> object:
        """All that rules over a whole program see of the item, but for `used`; compared, never read."""
        node = self.node
        reads = tuple((read.name.text, read.name.span, read.certainty) for read in self.flow.script_reads)
        assigned = (self.flow.assigned, self.flow.maybe_assigned, self.flow.is_last)
        declared = tuple(
            (one.name, one.kind, one.namespace, one.is_broken, one.is_headed, one.is_assigned, one.span)
            for one in self.declared
        )
        members = tuple((type(one), one.name.text) for one in self.of(ast.Flow)) if isinstance(node, ast.Agent) else ()
        is_text = isinstance(node, ast.Include | ast.UseConfig | ast.TypeAlias | ast.Struct)
        around = (
            self.text if is_text else b"",
            self.is_broken,
            self.is_misread,
            tuple(beginnings(self)),
            self.doubts,
            self.links,
            self.coverage,
        )
        return (type(node), declared, members, reads, assigned, *around)


@lru_cache(maxsize=1000)
def _shared(kinds: frozenset[type[ast.Node]]) -> frozenset[type[ast.Node]]:
    """Equal ones are one: items are much alike."""
    return kinds


_LAST_GROUPED: deque[ReferenceType[ItemFacts]] = deque()
"""Weakly: an item that was edited goes at once, with all that is known about it."""
_MOST_GROUPED = 150
"""How many items keep their nodes by class: that takes as much memory as the nodes, and no time to find again."""


def _keep_last(item: ItemFacts) -> None:
    """An item that is checked is asked hundreds of times in a row, and rarely after that: the first one goes first."""
    _LAST_GROUPED.append(ref(item))
    forget_groups(_MOST_GROUPED)


def forget_groups(most: int = 0) -> None:
    """Keep the nodes by class of the last items only. Who has read a whole file will not ask for all of them again."""
    while len(_LAST_GROUPED) > most:
        first = _LAST_GROUPED.popleft()()
        if first is not None:
            first.forget_nodes()
