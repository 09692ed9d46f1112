"""What the name under a cursor means, and where else it stands. For hover, definition, references and rename."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, DECORATORS, FILTERS, MEMBERS, PROPERTIES, PropertySpec, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import dotted
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Entry, Meaning, Names
from nexa.compiler.place import moved, name_span
from nexa.compiler.scope import Local
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project

SymbolKind = Literal[
    "agent", "tool", "fn", "flow", "protocol", "type", "struct", "enum", "variant", "trait", "impl", "job", "server",
    "db", "kv", "auth", "variable", "parameter", "method", "field", "type parameter", "property", "decorator", "filter",
    "config", "builtin", "std", "file",
]  # fmt: skip

_TYPE_ROLES = frozenset({"type", "maybe type", "implements", "trait", "target", "error", "enum", "shape"})


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Reference:
    """A name at a place, and what it means there. `is_write` says that it gets a value here, or is declared."""

    path: str
    span: Span
    symbol: Symbol
    is_write: bool = False


def reference_at(project: Project, path: str, offset: int) -> Reference | None:
    """The name at a byte offset and its symbol; None where no name with a known meaning stands.

    An offset just behind a name counts as on it.
    """
    file = project.file(path)
    index = file.item_at(offset) if file is not None else None
    if file is None or index is None:
        return None
    item, start = file.items[index], file.starts[index]
    inside = offset - start
    if isinstance(item.node, ast.Include):
        return _included(project, file, index, inside)
    found = [name for name in item.of(ast.Name) if name.start <= inside <= name.end and name.text]
    # Where two names touch, the one that begins here is meant.
    for name in sorted(found, key=lambda one: -one.start):
        symbol = symbol_of(project, file, index, name)
        if symbol is not None:
            return Reference(path, moved(name.span, start), symbol, _is_write(item, name))
    return None


def references(project: Project, symbol: Symbol) -> Iterator[Reference]:
    """Every place in the known programs that means a symbol, its declaration included, in the order of the files."""
    text = symbol.name.encode()
    paths = project.dependents(symbol.path) if symbol.path else frozenset(project.paths)
    for path in sorted(paths):
        file = project.file(path)
        for index, item in enumerate(file.items if file is not None else ()):
            if file is None or text not in item.text:
                continue
            for name in item.of(ast.Name):
                if name.text == symbol.name:
                    found = symbol_of(project, file, index, name)
                    if found is not None and found.is_same(symbol):
                        yield Reference(path, moved(name.span, file.starts[index]), found, _is_write(item, name))


def declared_symbols(project: Project, path: str) -> Iterator[Symbol]:
    """What a file adds to a program, in textual order; a struct or enum once."""
    file = project.file(path)
    for index, one in file.declared if file is not None else ():
        if one.namespace != "type" or one.kind in ("protocol", "type", "trait"):
            yield _declared(file, index, one)  # type: ignore[arg-type]  # there are items, so there is a file


def symbol_of(project: Project, file: File, index: int, name: ast.Name) -> Symbol | None:
    """What a name of the `index`th item of a file means."""
    item = file.items[index]
    use = item.scope.use_of.get(name)
    local = item.scope.bindings.get(name)
    if use is not None and use.role == "config":
        return _config(project, file, name.text)
    names = Names(project.view(file.path), item.node)
    if use is not None and not (local is not None and use.role in ("template", "variant")):
        entry = _entry(names, "type" if use.role in _TYPE_ROLES else "value", name.text)
        meaning: Meaning | None = names.type(name.text) if use.role in _TYPE_ROLES else names.value(name.text)
        if entry is not None:
            return _at_entry(project, entry)
        if use.late is not None and meaning is None:
            return _local(file, index, use.late)
        if isinstance(meaning, Builtin):
            return _builtin(meaning, "std" if meaning.path == "std" else "builtin")
        if use.role == "variant":
            return _variant_of_any(project, names, name.text)
        if use.role == "symbol" and use.option is not None:
            return None
    if local is not None:
        return _local(file, index, local)
    for one_index, one in file.declared:
        if one_index == index and one.span == name.span:
            return _declared(file, index, one)
    return _in_context(project, file, index, name, names)


def _in_context(project: Project, file: File, index: int, name: ast.Name, names: Names) -> Symbol | None:
    parent = file.items[index].parents.get(name)
    item = file.items[index]
    if isinstance(parent, ast.Member) and parent.member is name:
        return _member(project, file, index, parent, names)
    if isinstance(parent, ast.VariantExpr | ast.TypeVariant | ast.PVariant) and parent.variant is name:
        return _variant(project, names, parent.enum.text, name.text) if parent.enum is not None else None
    if isinstance(parent, ast.Filter) and name.text in FILTERS:
        return _builtin(FILTERS[name.text], "filter")
    if isinstance(parent, ast.Decorator) and name.text in DECORATORS:
        return _builtin(DECORATORS[name.text].entry, "decorator")
    if isinstance(parent, ast.Property | ast.ConfigItem):
        spec = PROPERTIES.get(item.construct_of(parent), {}).get(name.text)
        return None if spec is None else Symbol(name.text, "property", "", _NOWHERE, _NOWHERE, spec.doc, spec)
    if isinstance(parent, ast.Variant | ast.Field | ast.StructField | ast.Function | ast.Flow):
        return _own_member(file, index, parent, name)
    if isinstance(parent, ast.Argument):
        return _argument(project, file, index, parent, names)
    if isinstance(parent, ast.StructFieldValue):
        literal = item.parents.get(parent)
        found = _entry(names, "value", literal.name.text) if isinstance(literal, ast.StructLit) else None
        return None if found is None else _field(project, found, name.text)
    return None


def _config(project: Project, file: File, name: str) -> Symbol | None:
    for secrets in project.secrets(file.path):
        for config in secrets.secrets.configs:
            if config.name == name:
                return Symbol(name, "config", secrets.path, config.span, config.span, "", None)
    return None


_NOWHERE = Span(0, 0)


def _included(project: Project, file: File, index: int, inside: int) -> Reference | None:
    for (at, node), target in zip(file.includes, project.links.targets.get(file.path, ()), strict=False):
        if at == index and node.path is not None and target is not None and node.path.start <= inside <= node.path.end:
            symbol = Symbol(node.path.plain or "", "file", target, _NOWHERE, _NOWHERE, "", None)
            return Reference(file.path, moved(node.path.span, file.starts[index]), symbol)
    return None


def _is_write(item: ItemFacts, name: ast.Name) -> bool:
    use = item.scope.use_of.get(name)
    if use is not None:
        return use.role == "assign"
    local = item.scope.bindings.get(name)
    if local is not None:
        return any(name is one for one in local.writes)
    return any(one.span == name.span for one in item.declared)


def _entry(names: Names, kind: Literal["value", "type"], name: str) -> Entry | None:
    return next(iter(names.entries(kind, name)), None)


def _at_entry(project: Project, entry: Entry) -> Symbol | None:
    file = project.file(entry.path)
    found = None if file is None else _index(file, entry)
    return None if file is None or found is None else _declared(file, found, entry.declared)


def _index(file: File, entry: Entry) -> int | None:
    """The item of a file that an entry speaks of."""
    alike = file.declared_by_name.get(entry.declared.name, [])
    return next((index for index, one in alike if one == entry.declared), None)


def _declared(file: File, index: int, declared: Declared) -> Symbol:
    item = file.items[index]
    current = next((one for one in item.declared if one == declared), declared)
    doc = item.node.doc if isinstance(item.node, ast.Declaration) else ""
    span = name_span(file, current) or moved(current.span, file.starts[index])
    kind: SymbolKind = "variable" if current.kind == "doubtful" else current.kind
    return Symbol(current.name, kind, file.path, span, moved(item.node.span, file.starts[index]), doc, current.node)


def _local(file: File, index: int, local: Local) -> Symbol | None:
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


def _builtin(entry: Builtin, kind: SymbolKind) -> Symbol:
    return Symbol(entry.name, kind, "", _NOWHERE, _NOWHERE, entry.doc, entry)


def _within(
    project: Project, entry: Entry, node: ast.Node, name: ast.Name, kind: SymbolKind, doc: str
) -> Symbol | None:
    """A part of a declaration: a variant, a field, a member of an agent."""
    file = project.file(entry.path)
    index = None if file is None else _index(file, entry)
    if file is None or index is None:
        return None
    start = file.starts[index]
    return Symbol(name.text, kind, entry.path, moved(name.span, start), moved(node.span, start), doc, node)


def _current(project: Project, entry: Entry) -> ast.Node:
    """The declaration as its file has it now: the entry may be from before an edit that no one else sees."""
    file = project.file(entry.path)
    index = None if file is None else _index(file, entry)
    return entry.declared.node if file is None or index is None else file.items[index].node


def _variant(project: Project, names: Names, enum: str, variant: str) -> Symbol | None:
    entry = _entry(names, "type", enum)
    if entry is None:
        is_known = variant in BUILTIN_VARIANTS.get(enum, {})
        builtin = Builtin(variant, f"{enum}::{variant}", None, enum, False, "")
        return _builtin(builtin, "variant") if is_known else None
    node = _current(project, entry)
    for one in node.variants if isinstance(node, ast.Enum) else ():
        if one.name.text == variant:
            return _within(project, entry, one, one.name, "variant", "")
    return None


def _variant_of_any(project: Project, names: Names, variant: str) -> Symbol | None:
    for entry in names.entries("variant", variant):
        return _variant(project, names, entry.declared.name, variant)
    enum = next((enum for enum, variants in BUILTIN_VARIANTS.items() if variant in variants), "")
    return _variant(project, names, enum, variant)


def _own_member(file: File, index: int, parent: ast.Node, name: ast.Name) -> Symbol:
    kind: SymbolKind = "variant" if isinstance(parent, ast.Variant) else "field"
    doc = ""
    if isinstance(parent, ast.Function | ast.Flow):
        kind, doc = "method", parent.doc
    start = file.starts[index]
    return Symbol(name.text, kind, file.path, moved(name.span, start), moved(parent.span, start), doc, parent)


def _field(project: Project, entry: Entry, name: str) -> Symbol | None:
    node = _current(project, entry)
    for field in node.fields if isinstance(node, ast.Struct | ast.Protocol) else ():
        if field.name.text == name:
            return _within(project, entry, field, field.name, "field", "")
    return None


def _argument(project: Project, file: File, index: int, argument: ast.Argument, names: Names) -> Symbol | None:
    call = file.items[index].parents.get(argument)
    callee = call.callee if isinstance(call, ast.Call) else None
    if argument.name is None or not isinstance(callee, ast.Name):
        return None
    entry = _entry(names, "value", callee.text) if callee not in file.items[index].scope.bindings else None
    if entry is None:
        return None
    node = _current(project, entry)
    for param in node.params if isinstance(node, ast.Function | ast.Flow) else ():
        if param.name.text == argument.name.text:
            return _within(project, entry, param, param.name, "parameter", "")
    return _field(project, entry, argument.name.text)


def _member(project: Project, file: File, index: int, member: ast.Member, names: Names) -> Symbol | None:
    path = dotted(member)
    if not path:
        return None
    scope = file.items[index].scope
    if path[0].text == "self" and path[0] in scope.bindings:
        return _member_of_self(file, index, member)
    if path[0] in scope.bindings:
        return None
    entry = _entry(names, "value", path[0].text)
    texts = tuple(name.text for name in path)
    if entry is None:
        return _predeclared_member(texts)
    if len(path) != 2:
        return None
    return _declared_member(project, entry, texts[1])


def _predeclared_member(path: tuple[str, ...]) -> Symbol | None:
    if path[0] == "std":
        found = std_member(path)
        if isinstance(found, str):
            found = Builtin(path[-1], found, None, "namespace", False, "")
        return None if found is None else _builtin(found, "std")
    member = MEMBERS.get(".".join(path[:-1]), {}).get(path[-1])
    return None if member is None else _builtin(replace(member, path=".".join(path)), "builtin")


def _declared_member(project: Project, entry: Entry, name: str) -> Symbol | None:
    node = _current(project, entry)
    for one in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(one, ast.Function | ast.Flow) and one.name.text == name:
            return _within(project, entry, one, one.name, "method", one.doc)
        if isinstance(one, ast.Let) and isinstance(one.pattern, ast.PName) and one.pattern.name.text == name:
            return _within(project, entry, one, one.pattern.name, "variable", "")
    member = MEMBERS.get(entry.declared.kind, {}).get(name)
    return None if member is None else _builtin(member, "builtin")


def _member_of_self(file: File, index: int, member: ast.Member) -> Symbol | None:
    node = file.items[index].node
    parts = node.members if isinstance(node, ast.Agent) else node.methods if isinstance(node, ast.Impl) else ()
    for one in parts:
        if isinstance(one, ast.Function | ast.Flow) and one.name.text == member.member.text:
            return _own_member(file, index, one, one.name)
    return None
