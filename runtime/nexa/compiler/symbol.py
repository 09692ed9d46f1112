"""A symbol: what a name means, and where that stands; and a reference to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nexa.compiler import ast
from nexa.compiler.builtins import PropertySpec
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.place import moved, name_span
from nexa.compiler.scope import Local
from nexa.compiler.table import Entry
from nexa.syntax.record import record
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project

SymbolKind = Literal[
    "agent", "tool", "fn", "flow", "protocol", "type", "struct", "enum", "variant", "trait", "impl", "job", "server",
    "db", "kv", "auth", "variable", "parameter", "method", "field", "type parameter", "property", "decorator", "filter",
    "config", "builtin", "std", "file",
]  # fmt: skip

NOWHERE = Span(0, 0)


@record
class Symbol:
    """What a name means. `path` is empty for what the language brings along; spans are absolute bytes in `path`.

    `node` is the declaration, the local's binding, or the entry of the table of predeclared names.
    """

    name: str
    kind: SymbolKind
    path: str
    span: Span
    full_span: Span
    doc: str
    node: ast.Node | Builtin | PropertySpec | None

    def is_same(self, other: Symbol) -> bool:
        """Whether two symbols are one; where they stand decides, or for predeclared ones their full name."""
        if self.path or other.path:
            return (self.path, self.span, self.name) == (other.path, other.span, other.name)
        return (self.kind, self.name, self.node) == (other.kind, other.name, other.node)


@record
class Reference:
    """A name at a place, and what it means there.

    `is_write` says that it gets a value here, or is declared; `is_shorthand` that it is two names at once, the key and
    the variable of a record pattern (`{title}`).
    """

    path: str
    span: Span
    symbol: Symbol
    is_write: bool = False
    is_shorthand: bool = False

    @property
    def is_declaration(self) -> bool:
        """Whether the symbol is declared here."""
        return self.path == self.symbol.path and self.span == self.symbol.span


def first_entry(names: Names, kind: Literal["value", "type"], name: str) -> Entry | None:
    """The first declaration of a name, in include order."""
    return next(iter(names.entries(kind, name)), None)


def entry_symbol(project: Project, entry: Entry) -> Symbol | None:
    """The symbol of a declaration, where its file has it now."""
    file = project.file(entry.path)
    found = None if file is None else index_of(file, entry)
    return None if file is None or found is None else declared_symbol(file, found, entry.declared)


def index_of(file: File, entry: Entry) -> int | None:
    """The item of a file that an entry speaks of."""
    alike = file.declared_by_name.get(entry.declared.name, [])
    return next((index for index, one in alike if one == entry.declared), None)


def declared_symbol(file: File, index: int, declared: Declared) -> Symbol:
    """The symbol of what the `index`th item of a file declares."""
    item = file.items[index]
    current = next((one for one in item.declared if one == declared), declared)
    doc = item.node.doc if isinstance(item.node, ast.Declaration) else ""
    span = name_span(file, current) or moved(current.span, file.starts[index])
    kind: SymbolKind = "variable" if current.kind == "doubtful" else current.kind
    return Symbol(current.name, kind, file.path, span, moved(item.node.span, file.starts[index]), doc, current.node)


def local_symbol(file: File, index: int, local: Local) -> Symbol | None:
    """The symbol of a local; None for what no name introduces."""
    start = file.starts[index]
    if local.kind in ("self", "contract") or (local.kind == "type" and not isinstance(local.binding, ast.Name)):
        return None
    kind: SymbolKind = {"parameter": "parameter", "method": "method", "function": "fn", "type": "type parameter"}.get(
        local.kind, "variable"
    )  # type: ignore[assignment]  # all are symbol kinds
    node = local.binding
    owner = file.items[index].parents.get(node, node)
    doc = owner.doc if isinstance(owner, ast.Declaration) else ""
    is_named = isinstance(node, ast.Name)
    return Symbol(
        local.name,
        kind,
        file.path,
        moved(node.span, start),
        moved((owner if is_named else node).span, start),
        doc,
        owner,
    )


def loop_symbol(file: File, index: int, name: ast.Name) -> Symbol:
    """The variable of a loop in a template, by the name that introduces it."""
    start, loop = file.starts[index], file.items[index].parents[name]
    return Symbol(name.text, "variable", file.path, moved(name.span, start), moved(loop.span, start), "", loop)


def builtin_symbol(entry: Builtin, kind: SymbolKind) -> Symbol:
    """The symbol of what the language brings along."""
    return Symbol(entry.name, kind, "", NOWHERE, NOWHERE, entry.doc, entry)
