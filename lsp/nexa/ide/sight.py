"""What can be seen from a word, what it may be used for there, and the types around it.

Names and types are read as the compiler reads them, by its own two walks, which are stopped at the word to look around.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.infer import EXPRESSIONS, STATEMENTS, declarations
from nexa.compiler.infer.paths import Env
from nexa.compiler.infer.solve import Solver
from nexa.compiler.infer.walk import Typing
from nexa.compiler.names import Names
from nexa.compiler.resolve import HANDLERS
from nexa.compiler.resolve.walk import Walk
from nexa.compiler.scope import Local, Role
from nexa.compiler.symbol import index_of
from nexa.compiler.table import Entry, View
from nexa.compiler.types.terms import UNKNOWN, Type


@dataclass(slots=True)
class Sight:
    """`locals` are those that can be seen, the nearest last; `env` what names hold here; `want` what is wanted.

    `types` are those of all expressions of the item. `known_names` asks nobody to infer anything.
    """

    names: Names
    known_names: Names
    locals: tuple[Local, ...] = ()
    env: Env = field(default_factory=dict)
    want: Type | None = None
    wants: dict[ast.Node, Type] = field(default_factory=dict)
    """What is wanted where each dict stands."""
    types: dict[ast.Node, Type] = field(default_factory=dict)
    typing: Typing | None = None

    def held(self, local: Local) -> Type:
        """What a local holds here."""
        if self.typing is None:
            return UNKNOWN
        self.typing.env = self.env
        return self.typing.of_local(local)

    def written(self, node: ast.TypeExpr | None) -> Type:
        """A type written in the item."""
        return UNKNOWN if self.typing is None or node is None else self.typing.written(node)


def sight_at(project: Project, view: View, item: ItemFacts, node: ast.Node) -> Sight:
    """From a node of an item that may be on trial; the rest of the program is as it is in the project."""

    def find(entry: Entry) -> ItemFacts | None:
        file = project.file(entry.path)
        index = None if file is None else index_of(file, entry)
        return None if file is None or index is None else file.items[index]

    def known(question: str) -> Type:
        row = view.row("value", question.partition(".")[0])
        other = find(row[0]) if len(row) == 1 else None
        return UNKNOWN if other is None or other.typed is None else other.typed.result(question)

    solver = Solver(view, find, lambda: None, lambda _bug: None)
    sight = Sight(Names(view, item.node, solver.result), Names(view, item.node, known))
    walk = _Scoping(item.node, node)
    walk.visit(item.node)
    known_locals = {(one.binding, one.name): one for scope in item.scope.functions.values() for one in scope.locals}
    sight.locals = tuple(known_locals.get((one.binding, one.name), one) for one in walk.seen)
    typing = sight.typing = _Typing(item, sight, node)
    try:
        declarations.type_item(typing)
    except Exception:  # a bug in the inference costs types, not the list; rules report it
        pass
    sight.types = typing.types
    return sight


class _Scoping(Walk):
    """Resolves an item, and remembers which locals are visible at one node."""

    def __init__(self, item: ast.Item, wanted: ast.Node) -> None:
        super().__init__(item, HANDLERS)
        self.seen: tuple[Local, ...] = ()
        self._wanted = wanted

    def visit(self, node: ast.Node) -> None:
        self._look(node)
        super().visit(node)

    def read(self, name: ast.Name) -> None:
        self._look(name)
        super().read(name)

    def use(self, name: ast.Name, role: Role, option: tuple[str, str] | None = None) -> None:
        self._look(name)
        super().use(name, role, option)

    def _look(self, node: ast.Node) -> None:
        if node is self._wanted and not self.seen:
            self.seen = self.visible_locals()


class _Typing(Typing):
    """Types an item, and remembers what names hold and what is wanted at one node."""

    def __init__(self, item: ItemFacts, sight: Sight, wanted: ast.Node) -> None:
        super().__init__(item, sight.names, EXPRESSIONS, STATEMENTS)
        self._sight = sight
        self._wanted = wanted

    def of(self, node: ast.Node, want: Type | None = None) -> Type:
        if node is self._wanted:
            self._sight.env = {**self.env}
            self._sight.want = want if want is not None else self._sight.want
        if want is not None and type(node) is ast.Dict:
            self._sight.wants[node] = want
        return super().of(node, want)
