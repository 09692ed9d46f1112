"""The state of typing one item: what each name holds at this point, and what has been found so far.

`env` maps a local, a top-level variable (by name), or a path from one (`(local, "order_id")`) to its type here. Where
no path of the program leads, `is_live` is false: expressions still get types, but nothing is reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.infer.paths import Env, joined
from nexa.compiler.names import Names
from nexa.compiler.scope import FunctionScope, Local
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import ANY, SILENT, UNKNOWN, Type, Union, is_option, optional
from nexa.compiler.types.union import members_of, union_of
from nexa.compiler.types.written import read_type
from nexa.syntax.once import once
from nexa.syntax.record import record
from nexa.syntax.span import Span

Key = Local | str | tuple[Local | str, str] | tuple[Local | str, str, str]


@record
class Clash:
    """A mistake as typing met it; the rule of its `code` turns it into a finding. `words` are in that rule's order."""

    code: str
    span: Span
    words: tuple[object, ...] = ()


@dataclass(slots=True)
class Frame:
    """A function that is being typed: what it must give, and what it was seen to give."""

    node: ast.Node
    scope: FunctionScope | None
    wanted: Type | None = None
    returned: list[Type] = field(default_factory=list)
    may_end: bool = False
    """Whether Python code may end it with a value."""


Handler = Callable[["Typing", ast.Node, Type | None], Type]


class Typing:
    """Made for one item and thrown away after it; the handlers of `infer` move it forward."""

    def __init__(self, item: ItemFacts, names: Names, expressions: dict[type, Handler], statements: dict) -> None:  # type: ignore[type-arg]  # handlers of statements differ in their node
        self.item = item
        self.names = names
        self.scope = item.scope
        self.env: Env = {}
        self.is_live = True
        self.types: dict[ast.Node, Type] = {}
        self.shapes: dict[ast.Node, Type] = {}
        self.clashes: list[Clash] = []
        self.remarks: list[Clash] = []
        self.logic: set[ast.Node] = set()
        self.results: dict[str, Type] = {}
        self.frames: list[Frame] = []
        self.exits: list[list[Env]] = []
        self.ambient: Type | None = None
        self.declared: dict[str, Type] = {}
        self.values: dict[Local | str, ast.Expr] = {}
        """The value of each local or top-level variable that gets one value only, and no other elements."""
        self._expressions = expressions
        self._statements = statements
        self.volatile = {local for one in self.scope.functions.values() for local in one.rebinds}
        self._roots: set[Local | str] = set()
        """The names that a path begins with: of others `env` has no parts."""
        self._writes: tuple[list[int], list[Local | str]] | None = None
        self._changed: set[str] | None = None

    # ── moving forward ──────────────────────────────────────────────────────────────────────────────────────

    def of(self, node: ast.Node, want: Type | None = None) -> Type:
        """The type of an expression. `want` is what its place needs: literals and lambdas are read in its light."""
        handler = self._expressions.get(type(node))
        found = UNKNOWN if handler is None else handler(self, node, want)
        self.types[node] = found
        return found

    def run(self, node: ast.Node | None) -> None:
        """Type a statement."""
        if node is None:
            return
        handler = self._statements.get(type(node))
        if handler is not None:
            handler(self, node)
        elif isinstance(node, ast.Expr):
            self.of(node)

    def expect(self, node: ast.Node, want: Type, code: str = "NX301", *words: object) -> Type:
        """The type of an expression that must fit its place; a mistake inside it is the only one reported.

        `words` are what else the rule of the code takes.
        """
        before = len(self.clashes)
        found = self.of(node, want)
        if len(self.clashes) == before and not fits(self.names, found, want):
            self.clash(code, node.span, want, found, *words)
        return found

    def clash(self, code: str, span: Span, *words: object) -> None:
        """Note a mistake, unless nobody comes here."""
        if self.is_live:
            self.clashes.append(Clash(code, span, words))

    def remark(self, code: str, span: Span, *words: object) -> None:
        """Note what is right but could be said better: it hides no mistake around it."""
        if self.is_live:
            self.remarks.append(Clash(code, span, words))

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Mistakes found inside are forgotten."""
        before, remarks = len(self.clashes), len(self.remarks)
        yield
        del self.clashes[before:]
        del self.remarks[remarks:]

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def written(self, node: ast.TypeExpr | None) -> Type:
        """A type written in this item; its type parameters stand for anything."""
        if node is None:
            return UNKNOWN
        bound = {
            one.path[0].text: ANY
            for one in (ast.walk(node) if self.has_type_parameters else ())
            if isinstance(one, ast.TypeName) and one.path and one.path[0] in self.scope.bindings
        }
        return read_type(self.names, node, bound)

    @property
    def has_type_parameters(self) -> bool:
        """Whether a name in a type may be a parameter of the declaration."""
        return isinstance(self.item.node, ast.Protocol | ast.Struct | ast.Enum | ast.Trait | ast.Impl | ast.TypeAlias)

    def of_local(self, local: Local) -> Type:
        """What a local holds here."""
        found = self.env.get(local)
        if found is not None:
            return found
        return UNKNOWN if local.type is None or local.kind == "catch" else self.written(local.type)

    def assign(self, key: Local | str, found: Type) -> None:
        """A name gets a value: what was known of it and its parts is gone."""
        self.forget(key)
        if isinstance(key, Local):
            if key.type is not None and key.kind != "catch":
                wanted = self.written(key.type)
                self.env[key] = self.unsettled(key) if key in self.volatile else narrowed(self, wanted, found)
                return
            if key in self.volatile:
                found = UNKNOWN
        self.env[key] = found

    def forget(self, key: object) -> None:
        """Whatever was known of the parts of a name holds no longer; of a path neither that it led to."""
        root = key if isinstance(key, tuple) else (key,)
        if root[0] not in self._roots:
            return
        for path in [one for one in self.env if type(one) is tuple and one[: len(root)] == root]:
            del self.env[path]

    def path(self, node: ast.Node) -> object:
        """The key under which `env` knows an expression; None for those that it cannot know."""
        if isinstance(node, ast.Name):
            local = self.scope.bindings.get(node)
            name = local if local is not None else node.text if node in self.scope.use_of else None
            if name is not None:
                self._roots.add(name)
            return name
        if isinstance(node, ast.Member):
            root = self.path(node.object)
            return None if root is None else (*(root if isinstance(root, tuple) else (root,)), node.member.text)
        if isinstance(node, ast.Index) and isinstance(node.index, ast.Str | ast.Int):
            root = self.path(node.object)
            key = node.index.plain if isinstance(node.index, ast.Str) else node.index.text
            return None if root is None else (*(root if isinstance(root, tuple) else (root,)), f"[{key}]")
        return None

    @once
    def settled(self) -> frozenset[Local]:
        """The locals that get one value only."""
        functions = self.scope.functions.values()
        return frozenset(local for one in functions for local in one.locals if len(local.writes) <= 1)

    def note_value(self, name: ast.Name, value: ast.Expr) -> None:
        """A local gets this value; remembered if it is the only one."""
        local = self.scope.bindings.get(name)
        if local is None:
            if name in self.scope.use_of and self.is_settled(name.text):
                self.values[name.text] = value
        elif len(local.writes) == 1 and local.kind in ("let", "assigned"):
            self.values[local] = value

    def value_of(self, node: ast.Expr) -> ast.Expr:
        """What an expression holds: of a local with one value that value, and so on."""
        while isinstance(node, ast.Name):
            local = self.scope.bindings.get(node)
            value = self.values.get(node.text if local is None else local)
            if value is None or local in self.volatile or self.is_changed(node.text):
                return node
            node = value
        return node

    # ── paths ───────────────────────────────────────────────────────────────────────────────────────────────

    def meet(self, ends: list[Env]) -> None:
        """Go on where several paths come together; on none of them, if there is none."""
        if not ends:
            self.is_live = False
            return
        self.is_live = True
        first, *others = ends
        self.env = first if not others else joined(first, others)

    def end(self) -> list[Env]:
        """The end of a path, for `meet`: nothing where it does not go on."""
        return [self.env] if self.is_live else []

    def written_in(self, node: ast.Node) -> set[Local | str]:
        """Every name that gets a value somewhere inside a node."""
        if self._writes is None:
            self._writes = _writes(self)
        offsets, keys = self._writes
        return set(keys[bisect_left(offsets, node.start) : bisect_left(offsets, node.end)])

    def is_settled(self, key: object) -> bool:
        """Whether the name that a key begins with gets one value only, so that what was asked of it still holds."""
        root = key[0] if isinstance(key, tuple) else key
        if isinstance(root, Local):
            return len(root.writes) <= 1 and root not in self.volatile
        if self._writes is None:
            self._writes = _writes(self)
        return self._writes[1].count(root) <= 1  # type: ignore[arg-type]  # a name

    def unsettle(self, keys: set[Local | str]) -> None:
        """These names may get other values before this point is reached again."""
        for key in keys:
            self.forget(key)
            self.env[key] = self.unsettled(key)

    def unsettled(self, key: Local | str) -> Type:
        """What a name may hold at any time: of its written type, whichever part the place needs."""
        if not isinstance(key, Local) or key.type is None or key.kind == "catch":
            return UNKNOWN
        wanted = self.written(key.type)
        members = members_of(wanted)
        return wanted if len(members) == 1 else Union(members, loose=True)

    def is_changed(self, name: str) -> bool:
        """Whether the item may put other elements into what a name holds."""
        if self._changed is None:
            self._changed = _changed(self.item)
        return name in self._changed


_CHANGING = frozenset({"append", "extend", "insert", "pop", "remove", "sort", "reverse", "set"})


def _changed(item: ItemFacts) -> set[str]:
    """Names whose elements are assigned, that a changing method is called on, or that a Python block has."""
    found: set[str] = set()
    for assign in item.of(ast.Assign):
        if isinstance(assign.target, ast.Member | ast.Index):
            found |= _roots(assign.target)
    for call in item.of(ast.Call):
        if isinstance(call.callee, ast.Member) and call.callee.member.text in _CHANGING:
            found |= _roots(call.callee)
    if item.of(ast.Python):
        locals_ = {local.name for function in item.scope.functions.values() for local in function.locals}
        found |= locals_ & item.scope.mentions
    return found


def _roots(node: ast.Expr) -> set[str]:
    while isinstance(node, ast.Member | ast.Index | ast.Slice | ast.Call):
        node = node.callee if isinstance(node, ast.Call) else node.object
    return {node.text} if isinstance(node, ast.Name) else set()


def _writes(t: Typing) -> tuple[list[int], list[Local | str]]:
    found: list[tuple[int, Local | str]] = []
    for function in t.scope.functions.values():
        for local in function.locals:
            if local.kind in ("assigned", "let", "parameter", "member", "for", "match", "catch"):
                found += [(name.start, local) for name in local.writes]
    for block, facts in t.scope.python.items():
        found += [(block.start, local) for local in facts.written]
    found += [(name.start, name.text) for name, use in t.scope.use_of.items() if use.role == "assign"]
    found.sort(key=lambda one: one[0])
    return [offset for offset, _ in found], [key for _, key in found]


def narrowed(t: Typing, wanted: Type, found: Type) -> Type:
    """What a variable of a declared type holds just after it got a value."""
    if found in SILENT or not (is_option(wanted) or len(members_of(wanted)) > 1):
        return wanted
    fitting = [one for one in members_of(wanted) if any(fits(t.names, part, one) for part in members_of(found))]
    if not fitting or not fits(t.names, found, wanted):
        return wanted
    return optional(union_of(fitting)) if any(one in SILENT for one in fitting) else union_of(fitting)
