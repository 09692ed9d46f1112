"""The state of resolving one item: which locals are visible here, and what has been found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from nexa.compiler import ast
from nexa.compiler.scope import FIXED, FunctionScope, ItemScope, Local, LocalKind, Role, Use

Handler = Callable[["Walk", ast.Node], None]

_NOTHING: dict[Any, Any] = {}
"""What most items have of most things: a dictionary of their own for each would take as much room as their names."""

_FUNCTION_SCOPED: frozenset[LocalKind] = frozenset({"assigned"})


class Walk:
    """Locals are kept in one stack per name, so that looking one up costs the same at any depth."""

    def __init__(self, item: ast.Item, handlers: dict[type[ast.Node], Handler]) -> None:
        self.item = item
        self.scope = ItemScope()
        self.function = FunctionScope(item, None)
        self.scope.functions[item] = self.function
        self.is_script = not isinstance(item, ast.Declaration)
        self.value_role: Role = "value"
        self._handlers = handlers
        self._visible: dict[str, list[Local]] = {}
        self._types: dict[str, list[Local]] = {}
        self._blocks: list[list[tuple[dict[str, list[Local]], str]]] = [[]]
        self._roots: list[list[tuple[dict[str, list[Local]], str]]] = [self._blocks[0]]
        self._open_uses: list[list[Use]] = [[]]
        self._locals: list[Local] = []

    def visit(self, node: ast.Node) -> None:
        """Resolve a node and what is below it."""
        handler = self._handlers.get(type(node))
        if handler is not None:
            handler(self, node)
            return
        for child in ast.children(node):
            self.visit(child)

    def visit_all(self, nodes: tuple[ast.Node | None, ...]) -> None:
        """Resolve several nodes in order; None stands for a part that was not written."""
        for node in nodes:
            if node is not None:
                self.visit(node)

    # ── scopes ──────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def block(self) -> Iterator[None]:
        """What is declared inside is invisible afterwards."""
        self._blocks.append([])
        try:
            yield
        finally:
            self._close(self._blocks.pop())

    @contextmanager
    def opened(self, node: ast.Node) -> Iterator[FunctionScope]:
        """A function scope: assignments inside create locals of it."""
        outer = self.function
        self.function = FunctionScope(node, outer)
        self.scope.functions[node] = self.function
        self._open_uses.append([])
        with self.block():
            self._roots.append(self._blocks[-1])
            yield self.function
            self._roots.pop()
        self._settle_late(self.function)
        self.function = outer

    @contextmanager
    def role(self, role: Role) -> Iterator[None]:
        """Names read inside have this role instead of `value`."""
        before, self.value_role = self.value_role, role
        try:
            yield
        finally:
            self.value_role = before

    def _close(self, block: list[tuple[dict[str, list[Local]], str]]) -> None:
        for stack, name in reversed(block):
            stack[name].pop()

    def _settle_late(self, function: FunctionScope) -> None:
        """Reads above the assignment that creates a local may still mean it: a loop comes by again."""
        created = {local.name: local for local in function.locals if local.kind in _FUNCTION_SCOPED}
        uses = self._open_uses.pop()
        for use in uses:
            local = created.get(use.name.text)
            if local is not None and use.late is None and use.role in ("value", "contract", "symbol", "actor"):
                use.late = local
                local.is_read = True
                local.captured = local.captured or use.owner is not function
        if self._open_uses:
            self._open_uses[-1].extend(use for use in uses if use.late is None)

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def local(self, name: str) -> Local | None:
        """The visible local of that name."""
        stack = self._visible.get(name)
        return stack[-1] if stack else None

    def visible_locals(self) -> tuple[Local, ...]:
        """Every local that can be read here."""
        return tuple(stack[-1] for stack in self._visible.values() if stack)

    def declare(self, name: ast.Name, kind: LocalKind, type_: ast.TypeExpr | None = None) -> None:
        """A block-scoped local, which may hide another one. A missing name declares nothing."""
        if not name.text or name.text == "_":
            return
        local = self._new(name.text, kind, name, type_)
        local.outer = self.local(name.text)
        self._blocks[-1].append((self._visible, name.text))
        self._visible.setdefault(name.text, []).append(local)

    def declare_type(self, name: ast.Name) -> None:
        """A type parameter."""
        if not name.text:
            return
        local = self._new(name.text, "type", name, None)
        self._blocks[-1].append((self._types, name.text))
        self._types.setdefault(name.text, []).append(local)

    def declare_implied(self, text: str, kind: LocalKind, node: ast.Node) -> Local:
        """A local that no name introduces: `self`, `result` in a contract, `Self`."""
        local = self._new(text, kind, node, None)
        stacks = self._types if kind == "type" else self._visible
        self._blocks[-1].append((stacks, text))
        stacks.setdefault(text, []).append(local)
        return local

    def create(self, text: str, binding: ast.Node) -> Local:
        """A local of the whole function, as `x = e` makes one."""
        local = self._new(text, "assigned", binding, None)
        self._roots[-1].append((self._visible, text))
        self._visible.setdefault(text, []).append(local)
        return local

    def assign(self, name: ast.Name, type_: ast.TypeExpr | None = None) -> None:
        """`name = …`: the nearest visible local, else a top-level variable, else a new local of the function."""
        if not name.text or name.text == "_":
            return
        local = self.local(name.text)
        if local is None and self.is_script and self.function.parent is None:
            self.use(name, "assign")
            return
        if local is None or local.kind in FIXED:
            local = self.create(name.text, name)
            local.type = type_
            return
        self._touch(local, name, writes=True)
        local.writes += (name,)

    def read(self, name: ast.Name) -> None:
        """A name as a value."""
        local = self.local(name.text)
        if local is not None:
            self._touch(local, name, writes=False)
            local.reads += (name,)
            local.is_read = True
        elif name.text == "self":
            self.scope.stray_selves += (name,)
        elif name.text:
            self.use(name, self.value_role)

    def read_type(self, name: ast.Name, role: Role) -> None:
        """A name as a type."""
        stack = self._types.get(name.text)
        if stack:
            self.scope.bindings[name] = stack[-1]
            stack[-1].reads += (name,)
        elif name.text:
            self.use(name, role)

    def use(self, name: ast.Name, role: Role, option: tuple[str, str] | None = None) -> None:
        """A name that the program must answer; a missing name is nobody's business."""
        if not name.text:
            return
        use = Use(name, role, self.function, option=option)
        self.scope.uses.append(use)
        self.scope.use_of[name] = use
        self._open_uses[-1].append(use)

    def _new(self, text: str, kind: LocalKind, binding: ast.Node, type_: ast.TypeExpr | None) -> Local:
        local = Local(text, kind, binding, self.function, type=type_)
        self.function.locals += (local,)
        self._locals.append(local)
        if isinstance(binding, ast.Name):
            local.writes += (binding,)
            self.scope.bindings[binding] = local
        return local

    def _touch(self, local: Local, name: ast.Name, *, writes: bool) -> None:
        """Note that a name means a local, and which functions capture it on the way."""
        self.scope.bindings[name] = local
        self.capture(local)
        if writes and local.owner is not self.function and local not in self.function.rebinds:
            self.function.rebinds += (local,)

    def capture(self, local: Local) -> None:
        """Note which function scopes between here and its owner see a local."""
        function: FunctionScope | None = self.function
        while function is not None and function is not local.owner:
            local.captured = True
            if local not in function.captures:
                function.captures += (local,)
            function = function.parent

    def finish(self) -> ItemScope:
        """What was found, with an id for each local that nothing else in the item is called."""
        self._settle_late(self.function)
        taken = {use.name.text for use in self.scope.uses}
        last: dict[str, int] = {}
        for local in self._locals:
            number = last.get(local.name, 0) + 1
            while (found := local.name if number == 1 else f"{local.name}_{number}") in taken:
                number += 1
            local.id, last[local.name] = found, number
            taken.add(found)
        scope = self.scope
        scope.bindings, scope.use_of = scope.bindings or _NOTHING, scope.use_of or _NOTHING
        scope.python, scope.loops = scope.python or _NOTHING, scope.loops or _NOTHING
        return scope
