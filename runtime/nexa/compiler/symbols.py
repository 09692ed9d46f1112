"""What the name under a cursor means. For hover, definition, references and rename."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, ERRORS, FILTERS, PROPERTIES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.lower.secrets import SecretConfig
from nexa.compiler.names import Meaning, Names
from nexa.compiler.place import moved
from nexa.compiler.quoted_keys import indexed_keys, quoted_keys
from nexa.compiler.scope import Local, Use
from nexa.compiler.symbol import (
    NOWHERE,
    Reference,
    Symbol,
    SymbolKind,
    builtin_symbol,
    declared_symbol,
    entry_symbol,
    first_entry,
    local_symbol,
    loop_symbol,
)
from nexa.compiler.symbol_parts import member_symbol, own_part, used_member, variant_of, variant_of_any

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.python_places import PythonName

_TYPE_ROLES = frozenset({"type", "maybe type", "implements", "trait", "target", "error", "enum", "shape"})

__all__ = ["Reference", "Symbol", "SymbolKind", "declared_symbols", "is_write", "reference_at", "symbol_of"]


def reference_at(project: Project, path: str, offset: int) -> Reference | None:
    """The name at a byte offset and its symbol; None where no name with a known meaning stands.

    An offset just behind a name counts as on it.
    """
    file = project.file(path)
    if file is None:
        return None
    if file.language == "nxs":
        return _config_at(file, offset)
    index = file.item_at(offset)
    if index is None:
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
            return Reference(path, moved(name.span, start), symbol, is_write(item, name), is_shorthand(item, name))
    return _quoted_key_at(project, file, index, inside) or _in_python(project, file, index, inside)


def declared_symbols(project: Project, path: str) -> Iterator[Symbol]:
    """What a file adds to a program, in textual order; a struct or enum once."""
    file = project.file(path)
    for index, one in file.declared if file is not None else ():
        if one.namespace != "type" or one.kind in ("protocol", "type", "trait"):
            yield declared_symbol(file, index, one)  # type: ignore[arg-type]  # there are items, so there is a file


def symbol_of(project: Project, file: File, index: int, name: ast.Name) -> Symbol | None:
    """What a name of the `index`th item of a file means."""
    item = file.items[index]
    use = item.scope.use_of.get(name)
    local = item.scope.bindings.get(name)
    if use is not None and use.role == "config":
        return _config(project, file, name.text)
    if name in item.scope.loops:
        return loop_symbol(file, index, item.scope.loops[name])
    names = Names(project.view(file.path), item.node)
    hooked = None if local is None else _hooked(project, item, local, names)
    if hooked is not None:
        return hooked
    if use is not None and not (local is not None and use.role in ("template", "variant")):
        is_type = use.role in _TYPE_ROLES or _is_in_schema(use)
        entry = first_entry(names, "type" if is_type else "value", name.text)
        meaning: Meaning | None = names.type(name.text) if is_type else names.value(name.text)
        if entry is not None:
            return entry_symbol(project, entry)
        if use.late is not None and meaning is None:
            return local_symbol(file, index, use.late)
        if isinstance(meaning, Builtin):
            return builtin_symbol(meaning, "std" if meaning.path == "std" else "builtin")
        if use.role == "variant":
            return variant_of_any(project, names, name.text)
        if use.role == "symbol" and use.option is not None:
            return None
    if local is not None:
        is_bare_variant = use is not None and use.role == "variant" and names.is_variant(name.text)
        return variant_of_any(project, names, name.text) if is_bare_variant else local_symbol(file, index, local)
    for one in item.declared:
        if one.span == name.span:
            return declared_symbol(file, index, one)
    return _in_context(project, file, index, name, names)


def _is_in_schema(use: Use) -> bool:
    """Whether a name is a type because of the property that it stands in: `output_schema: Draft`, `returns: Draft`."""
    if use.role != "symbol" or use.option is None:
        return False
    construct, key = use.option
    spec = PROPERTIES.get(construct, {}).get(key.removesuffix(".*"))
    return (spec is not None and spec.value == "type") or (construct, key) in _TYPED_OPTIONS


_TYPED_OPTIONS = frozenset({("tool", "returns"), ("tool", "parameters.*")})


def _hooked(project: Project, item: ItemFacts, local: Local, names: Names) -> Symbol | None:
    """The tool that `before_tool(x)` is for, if `x` names one."""
    hook = item.parents.get(local.binding) if local.kind == "hook" else None
    if not isinstance(hook, ast.Hook) or hook.event not in ("before_tool", "after_tool"):
        return None
    entry = first_entry(names, "value", local.name)
    return entry_symbol(project, entry) if entry is not None and entry.declared.kind in ("tool", "fn") else None


def _in_context(project: Project, file: File, index: int, name: ast.Name, names: Names) -> Symbol | None:
    parent = file.items[index].parents.get(name)
    item = file.items[index]
    if isinstance(parent, ast.Member) and parent.member is name:
        return _member(project, file, index, parent, names)
    if isinstance(parent, ast.VariantExpr | ast.TypeVariant | ast.PVariant) and parent.variant is name:
        return variant_of(project, names, parent.enum.text, name.text) if parent.enum is not None else None
    if isinstance(parent, ast.Filter) and name.text in FILTERS:
        return builtin_symbol(FILTERS[name.text], "filter")
    if isinstance(parent, ast.Decorator) and name.text in DECORATORS:
        return builtin_symbol(DECORATORS[name.text].entry, "decorator")
    if isinstance(parent, ast.Property | ast.ConfigItem):
        spec = PROPERTIES.get(item.construct_of(parent), {}).get(name.text)
        return None if spec is None else Symbol(name.text, "property", "", NOWHERE, NOWHERE, spec.doc, spec)
    if isinstance(parent, ast.Variant | ast.Field | ast.StructField | ast.Function | ast.Flow | ast.Payload):
        return own_part(file, index, parent, name)
    if isinstance(parent, ast.Call) and name.text in ERRORS and isinstance(item.parents.get(parent), ast.Raise):
        return builtin_symbol(ERRORS[name.text], "builtin")
    if isinstance(parent, ast.UseItem):
        return used_member(project, parent, name, names)
    if isinstance(parent, ast.TemplatePath):
        from nexa.compiler.symbol_types import template_member  # names alone mostly do

        return template_member(project, file, index, parent, name, names)
    return _key(project, file, index, parent, names)


def _key(project: Project, file: File, index: int, parent: ast.Node | None, names: Names) -> Symbol | None:
    """What the key of a pair means: an argument, a field of a literal or of a pattern."""
    from nexa.compiler import symbol_keys  # only where there is one

    if isinstance(parent, ast.Argument):
        return symbol_keys.argument_symbol(project, file, index, parent, names)
    if isinstance(parent, ast.PRecordEntry | ast.Entry):
        return symbol_keys.key_symbol(project, file, index, parent, names)
    if isinstance(parent, ast.StructFieldValue):
        return symbol_keys.literal_field(project, file, index, parent, names)
    return None


def _member(project: Project, file: File, index: int, member: ast.Member, names: Names) -> Symbol | None:
    config = _config_member(project, file, index, member)
    if config is not None:
        return config
    found = member_symbol(project, file, index, member, names)
    if found is not None:
        return found
    from nexa.compiler.symbol_types import typed_member  # names alone mostly do

    return typed_member(project, file, index, member, names)


# ── keys in quotes, Python ──────────────────────────────────────────────────────────────────────────────────────


def _quoted_key_at(project: Project, file: File, index: int, inside: int) -> Reference | None:
    item = file.items[index]
    for node, text, span in indexed_keys(item):
        if span.start <= inside <= span.end:
            from nexa.compiler.symbol_types import indexed_field

            symbol = indexed_field(project, file, index, node, text)
            return None if symbol is None else Reference(file.path, moved(span, file.starts[index]), symbol)
    for entry, _, span in quoted_keys(item):
        if span.start <= inside <= span.end:
            from nexa.compiler.symbol_keys import key_symbol  # only where there is one

            names = Names(project.view(file.path), item.node)
            symbol = key_symbol(project, file, index, entry, names)
            return None if symbol is None else Reference(file.path, moved(span, file.starts[index]), symbol)
    return None


def _in_python(project: Project, file: File, index: int, inside: int) -> Reference | None:
    item = file.items[index]
    if not item.of(ast.Python):
        return None
    from nexa.compiler.python_places import python_name_at  # only where there is a block

    name = python_name_at(item, inside)
    symbol = None if name is None else symbol_in_python(project, file, index, name)
    if name is None or symbol is None:
        return None
    return Reference(file.path, moved(name.span, file.starts[index]), symbol, name.is_write)


def symbol_in_python(project: Project, file: File, index: int, name: PythonName) -> Symbol | None:
    """What a name in a Python block means: a local around it, or a declaration of the program."""
    from nexa.compiler.python_places import local_in_python

    item = file.items[index]
    local = local_in_python(item, name)
    if local is not None:
        return local_symbol(file, index, local)
    entry = first_entry(Names(project.view(file.path), item.node), "value", name.text)
    return None if entry is None else entry_symbol(project, entry)


# ── configurations and files ────────────────────────────────────────────────────────────────────────────────────


def _config_at(file: File, offset: int) -> Reference | None:
    for config in file.secrets.configs:
        if config.span.start <= offset <= config.span.end and config.name:
            return Reference(file.path, config.span, _config_symbol(file.path, config), is_write=True)
    return None


def _config(project: Project, file: File, name: str) -> Symbol | None:
    for secrets in (one for program in project.programs_with(file.path) for one in program.secrets):
        for config in secrets.secrets.configs:
            if config.name == name:
                return _config_symbol(secrets.path, config)
    return None


def _config_symbol(path: str, config: SecretConfig) -> Symbol:
    return Symbol(config.name, "config", path, config.span, config.span, "", None)


def _config_member(project: Project, file: File, index: int, member: ast.Member) -> Symbol | None:
    """`secrets.staging`."""
    owner = member.object
    is_secrets = isinstance(owner, ast.Name) and owner.text == "secrets" and owner in file.items[index].scope.use_of
    return _config(project, file, member.member.text) if is_secrets else None


def _included(project: Project, file: File, index: int, inside: int) -> Reference | None:
    for (at, node), target in zip(file.includes, project.links.targets.get(file.path, ()), strict=False):
        if at == index and node.path is not None and target is not None and node.path.start <= inside <= node.path.end:
            symbol = Symbol(node.path.plain or "", "file", target, NOWHERE, NOWHERE, "", None)
            return Reference(file.path, moved(node.path.span, file.starts[index]), symbol)
    return None


# ── how a name is used ──────────────────────────────────────────────────────────────────────────────────────────


def is_shorthand(item: ItemFacts, name: ast.Name) -> bool:
    """Whether a name is both the key and the variable of a record pattern: `{title}`."""
    parent = item.parents.get(name)
    return isinstance(parent, ast.PRecordEntry) and parent.pattern is None


def is_write(item: ItemFacts, name: ast.Name) -> bool:
    """Whether a name gets a value here, or is declared."""
    use = item.scope.use_of.get(name)
    if use is not None:
        return use.role == "assign"
    local = item.scope.bindings.get(name)
    if local is not None:
        return any(name is one for one in local.writes)
    if item.scope.loops.get(name) is name:
        return True
    return any(one.span == name.span for one in item.declared)
