"""The state of emitting one item: the statements so far, the names in force, and the place in the source.

Expressions that need statements put them here before they return: every handler gives back a Python expression that
is to be evaluated after the statements in `Writer.block`. `Writer.exprs` keeps the order of evaluation.
"""

from __future__ import annotations

import ast as python
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.naming import Fresh
from nexa.compiler.emit.places import Places, locate
from nexa.compiler.emit.symbols import SourceItem, Symbol, Symbols
from nexa.compiler.scope import Local

ExprHandler = Callable[["Writer", ast.Expr], python.expr]
StatementHandler = Callable[["Writer", ast.Statement], None]
ChoiceHandler = Callable[["Writer", ast.Expr, str | None], None]
"""Writes a construct whose value goes into the variable, or nowhere."""
ScopedHandler = Callable[["Writer", "Written", Callable[[], None]], None]
"""Writes a statement that governs the rest of its block, which the last argument writes."""
Written = ast.Statement | ast.Function | ast.Flow
NodeRole = str
"""`call`, `stage`, `operator` or `judge`; `branch 0` and so on where a variable holds a list of stages."""
NodeIds = Mapping[tuple[ast.Node, NodeRole], str]


@dataclass(slots=True)
class Jump:
    """What `break` and `continue` do here: Python's own, or a note for the loop around an invented one."""

    flag: str | None = None
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Callee:
    """The Python function that is being written."""

    failure: Literal["raise", "Result", "Option"] = "raise"
    """What `?` does with a failure."""
    is_script: bool = False
    globals: set[str] = field(default_factory=set)
    """Variables of the program that are assigned here."""
    jumps: list[Jump] = field(default_factory=list)
    loop_locals: set[Local] = field(default_factory=set)
    """Locals that are new in each round of a loop."""
    defers: str = ""
    """The variable that collects deferred work."""


@dataclass(slots=True, eq=False)
class Unit:
    """What the writers of one file share."""

    path: str
    text: bytes
    symbols: Symbols
    ids: NodeIds
    fresh: Fresh
    places: Places
    folder: Callable[[], py.Expr]
    """The folder that the file's relative paths start from."""
    together: Mapping[ast.Node, tuple[ast.Node, ...]] = field(default_factory=dict)
    """By its first statement, each row of statements that are executed at the same time."""
    constants: list[py.Stmt] = field(default_factory=list)
    """Patterns and the like, made once when the program starts."""
    script: str = ""
    """The function of the script statements."""
    defers: str = ""
    """The variable that collects what the script defers."""
    servers: list[str] = field(default_factory=list)
    """The variables of the servers."""
    jobs: list[str] = field(default_factory=list)
    """The variables of the jobs."""
    unmade: frozenset[str] = frozenset()
    """The aliases that the one which is being written may name before they are there, itself among them."""

    def __post_init__(self) -> None:
        self.script = self.fresh("script")
        self.defers = self.fresh("defers")

    def title(self, wanted: str) -> str:
        """A name for a function: the wanted one if the program does not use it."""
        return wanted if self.fresh.is_free(wanted) else self.fresh(wanted)


class Writer:
    """Writes one top-level item."""

    def __init__(
        self,
        unit: Unit,
        item: SourceItem,
        names: Mapping[Local, str],
        expressions: Mapping[type[ast.Node], ExprHandler],
        statements: Mapping[type[ast.Node], StatementHandler],
        scoped: Mapping[type[ast.Node], ScopedHandler],
        choices: Mapping[type[ast.Node], ChoiceHandler],
        write_together: Callable[[Writer, Sequence[ast.Node]], None],
    ) -> None:
        self.unit = unit
        self.item = item
        self.names = names
        self.block: list[py.Stmt] = []
        self.callee = Callee()
        self.implied: dict[str, py.Expr] = {}
        """What `result`, `input` and `args` are in a contract."""
        self.cells: set[Local] = set()
        """Locals of a loop's round that a function captures and something assigns again: a cell for each round."""
        self.own: dict[str, py.Expr] = {}
        """The agent's own variables, while they get their first values."""
        self.olds: dict[ast.Node, str] = {}
        """For each `old(e)` the variable that keeps its value."""
        self._expressions = expressions
        self._statements = statements
        self._scoped = scoped
        self.choices = choices
        self._write_together = write_together
        self._current: ast.Node = item.node

    # ── places ──────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def at(self, node: ast.Node) -> Iterator[None]:
        """What is written inside comes from `node`."""
        before, self._current = self._current, node
        try:
            yield
        finally:
            self._current = before

    def locate(self, tree: python.AST, node: ast.Node | None = None) -> None:
        """Give the parts of a tree that have no place that of `node`, or of what is being written."""
        source = node or self._current
        locate(tree, self.unit.places.place(self.item.start + source.start, self.item.start + source.end))

    def source(self, node: ast.Node) -> str:
        """The text of a node."""
        start = self.item.start
        return self.unit.text[start + node.start : start + node.end].decode("utf-8", "replace")

    # ── statements ──────────────────────────────────────────────────────────────────────────────────────────

    def add(self, statement: py.Stmt) -> None:
        """Write a statement."""
        self.locate(statement)
        self.block.append(statement)

    @contextmanager
    def nested(self) -> Iterator[list[py.Stmt]]:
        """Statements written inside go to the list that is yielded."""
        outer, self.block = self.block, []
        try:
            yield self.block
        finally:
            self.block = outer

    @contextmanager
    def inside(self, callee: Callee) -> Iterator[list[py.Stmt]]:
        """Statements written inside are the body of another Python function."""
        outer, self.callee = self.callee, callee
        try:
            with self.nested() as body:
                yield body
        finally:
            self.callee = outer

    def statement(self, node: Written) -> None:
        """Write a Nexa statement. One that governs what follows it has nothing to govern here."""
        with self.at(node):
            scoped = self._scoped.get(type(node))
            if scoped is not None:
                scoped(self, node, lambda: None)
                return
            self._statements[type(node)](self, node)  # type: ignore[arg-type]  # the table is by class

    def statements(self, nodes: Sequence[Written], finish: Callable[[], None] | None = None) -> None:
        """Write statements in order, then what `finish` writes. A hook is in force for all that follows it."""
        written = 0
        for number, node in enumerate(nodes):
            if number < written:
                continue
            row = self.unit.together.get(node, ())
            if row:
                self._write_together(self, row)
                written = number + len(row)
                continue
            if type(node) in self._scoped:
                self.scoped(node, lambda rest=nodes[number + 1 :]: self.statements(rest, finish))  # type: ignore[misc]
                return
            self.statement(node)
        if finish is not None:
            finish()

    def scoped(self, node: Written, rest: Callable[[], None]) -> None:
        """Write a statement around what `rest` writes."""
        with self.at(node):
            self._scoped[type(node)](self, node, rest)

    def is_scoped(self, node: ast.Node) -> bool:
        """Whether a statement governs what follows it in its block."""
        return type(node) in self._scoped

    def written(self, nodes: Sequence[Written]) -> list[py.Stmt]:
        """Statements as a list of their own."""
        with self.nested() as body:
            self.statements(nodes)
        return body

    # ── expressions ─────────────────────────────────────────────────────────────────────────────────────────

    def expr(self, node: ast.Expr) -> py.Expr:
        """A Nexa expression as a Python one, to be evaluated after the statements written so far."""
        with self.at(node):
            value = self._expressions[type(node)](self, node)
            self.locate(value)
        return value

    def exprs(self, nodes: Sequence[ast.Expr]) -> list[py.Expr]:
        """Several expressions, evaluated in order."""
        return self.ordered([lambda node=node: self.expr(node) for node in nodes])  # type: ignore[misc]  # bound

    def ordered(self, makers: Sequence[Callable[[], py.Expr]]) -> list[py.Expr]:
        """Several expressions, made and evaluated in order.

        When making one of them writes statements, those before it are stored in variables first.
        """
        values: list[py.Expr] = []
        for make in makers:
            mark = len(self.block)
            value = make()
            if len(self.block) > mark:
                inside, self.block[mark:] = self.block[mark:], []
                values = [self.stored(one) for one in values]
                self.block.extend(inside)
            values.append(value)
        return values

    def stored(self, value: py.Expr, stem: str = "value") -> py.Expr:
        """The value in a variable, unless it is a constant or an invented variable already."""
        if isinstance(value, python.Constant) or getattr(value, "is_fixed", False):
            return value
        if isinstance(value, python.Starred):
            return python.Starred(self.stored(value.value, stem), python.Load())
        return self.variable(value, stem)

    def variable(self, value: py.Expr, stem: str = "value") -> python.Name:
        """A new variable that holds the value."""
        variable = self.unit.fresh(stem)
        self.add(py.assign(variable, value))
        return self.again(variable)

    def again(self, variable: str) -> python.Name:
        """An invented variable, which nothing else assigns."""
        read = py.name(variable)
        py.fixed(read)
        self.locate(read)
        return read

    def condition(self, node: ast.Expr) -> py.Expr:
        """An expression as a Python bool."""
        value = self.expr(node)
        return value if py.is_bool(value) else self.at_place(node, py.nx_call("truthy", value))

    def at_place(self, node: ast.Node, value: py.Expr) -> py.Expr:
        """The expression with the place of `node`."""
        self.locate(value, node)
        return value

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def local(self, name: ast.Name) -> Local | None:
        """The local that a name means: directly, or because nothing else answers it."""
        found = self.item.scope.bindings.get(name)
        if found is not None:
            return found
        use = self.item.scope.use_of.get(name)
        symbols = self.unit.symbols
        if use is None or use.late is None or name.text in symbols.values or symbols.is_predeclared(name.text):
            return None
        return use.late

    def symbol(self, name: ast.Name) -> Symbol | None:
        """The program's declaration that a name means as a value."""
        if name in self.item.scope.bindings:
            return None
        return self.unit.symbols.values.get(name.text)

    def is_predeclared(self, node: ast.Expr, word: str) -> bool:
        """Whether an expression is the predeclared name `word`."""
        return isinstance(node, ast.Name) and node.text == word and self.predeclared(node)

    def predeclared(self, name: ast.Name) -> bool:
        """Whether a name means something that the language brings along."""
        return name not in self.item.scope.bindings and self.unit.symbols.is_predeclared(name.text)

    def id(self, node: ast.Node, role: NodeRole) -> str:
        """The graph's id of a node; `""` if it is none."""
        return self.unit.ids.get((node, role), "")

    def constant(self, value: py.Expr, stem: str) -> python.Name:
        """A variable of the module that is computed once."""
        variable = self.unit.fresh(stem)
        made = py.assign(variable, value)
        self.locate(made)
        self.unit.constants.append(made)
        return self.again(variable)
