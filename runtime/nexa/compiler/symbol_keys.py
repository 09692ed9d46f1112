"""Symbols of keys: named arguments, fields in literals and patterns, the keys that a job or a tool is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, FILTERS, PROPERTIES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import key_text
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.place import moved
from nexa.compiler.symbol import NOWHERE, Symbol, SymbolKind, first_entry
from nexa.compiler.symbol_parts import SCHEMAS, field_of, own_schema_field
from nexa.compiler.symbol_types import field_of_type
from nexa.compiler.symbols import symbol_of
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project


def argument_symbol(project: Project, file: File, index: int, argument: ast.Argument, names: Names) -> Symbol | None:
    """The parameter that a named argument fills."""
    if argument.name is None:
        return None
    call = file.items[index].parents.get(argument)
    if isinstance(call, ast.Decorator):
        known = DECORATORS.get(call.name.text)
        return None if known is None else builtin_parameter(known.entry, argument.name.text)
    if isinstance(call, ast.Filter):
        entry = FILTERS.get(call.name.text)
        return None if entry is None else builtin_parameter(entry, argument.name.text)
    called = called_symbol(project, file, index, call)
    return None if called is None else parameter_of(project, called, argument.name.text, names)


def called_symbol(project: Project, file: File, index: int, call: ast.Node | None) -> Symbol | None:
    """What a call calls, as far as it has a name."""
    name: ast.Node | None = None
    if isinstance(call, ast.Call):
        name = call.callee.member if isinstance(call.callee, ast.Member) else call.callee
    elif isinstance(call, ast.Spawn):
        name = call.target
    elif isinstance(call, ast.VariantExpr):
        name = call.variant
    return symbol_of(project, file, index, name) if isinstance(name, ast.Name) else None


def parameter_of(project: Project, called: Symbol, text: str, names: Names) -> Symbol | None:
    """The parameter, field or property that an argument of that name means to what is called."""
    node = called.node
    if isinstance(node, Builtin):
        if called.kind == "builtin" and called.name == "clone" and node.takes_any_name and not node.parameter(text):
            spec = PROPERTIES["agent"].get(text)
            return None if spec is None else Symbol(text, "property", "", NOWHERE, NOWHERE, spec.doc, spec)
        return builtin_parameter(node, text)
    if isinstance(node, ast.Struct):
        entry = first_entry(names, "type", called.name)
        return None if entry is None else field_of(project, entry, text)
    file = project.file(called.path)
    at = None if file is None else file.item_at(called.span.start)
    if file is None or at is None:
        return None
    for one in parameters_of(node):
        if one.text == text:
            start, parent = file.starts[at], file.items[at].parents.get(one, one)
            kind: SymbolKind = "field" if isinstance(node, ast.Variant) else "parameter"
            return Symbol(text, kind, called.path, moved(one.span, start), moved(parent.span, start), "", parent)
    return _tool_parameter(file, at, node, text) if isinstance(node, ast.Tool) else None


def parameters_of(node: object) -> tuple[ast.Name, ...]:
    """The names of what a declaration takes."""
    if isinstance(node, ast.Function | ast.Flow | ast.JobBody):
        return tuple(one.name for one in node.params)
    if isinstance(node, ast.Variant):
        return tuple(one.name for one in node.payload if one.name is not None)
    return ()


def builtin_parameter(entry: Builtin, text: str) -> Symbol | None:
    """A parameter of what the language brings along."""
    return Symbol(text, "parameter", "", NOWHERE, NOWHERE, "", entry) if entry.parameter(text) is not None else None


# ── keys of pairs ───────────────────────────────────────────────────────────────────────────────────────────────


def key_symbol(
    project: Project, file: File, index: int, entry: ast.PRecordEntry | ast.Entry, names: Names
) -> Symbol | None:
    """What the key of a pair means: a field of a record, a parameter of a tool or a job."""
    item = file.items[index]
    record, text = item.parents.get(entry), None if entry.key is None else key_text(entry.key)
    if record is None or text is None:
        return None
    around = item.parents.get(record)
    if isinstance(around, ast.Property) and isinstance(item.node, ast.Tool) and around.key.text == "parameters":
        return _tool_parameter(file, index, item.node, text)
    if isinstance(around, ast.Property) and isinstance(item.node, ast.Agent) and around.key.text in SCHEMAS:
        return own_schema_field(file, index, around.key.text, text)
    if isinstance(around, ast.Argument):
        found = _job_parameter(project, file, index, item.parents.get(around), text)
        if found is not None:
            return found
    typed = project.typed(file.path, index)
    owner = None if typed is None else typed.shapes.get(record)
    return None if owner is None else field_of_type(project, names, owner, text)


def literal_field(project: Project, file: File, index: int, value: ast.StructFieldValue, names: Names) -> Symbol | None:
    """The field that a name in a struct literal means."""
    literal = file.items[index].parents.get(value)
    found = first_entry(names, "type", literal.name.text) if isinstance(literal, ast.StructLit) else None
    return None if found is None else field_of(project, found, value.name.text)


def _tool_parameter(file: File, index: int, tool: ast.Tool, text: str) -> Symbol | None:
    listed = next((one.value for one in tool.properties if one.key.text == "parameters"), None)
    for entry in listed.entries if isinstance(listed, ast.Dict) else ():
        if entry.key is not None and key_text(entry.key) == text:
            quotes = len(entry.key.quote) if isinstance(entry.key, ast.Str) else 0
            span = Span(entry.key.start + quotes, entry.key.end - quotes)
            start = file.starts[index]
            doc = entry.value.plain or "" if isinstance(entry.value, ast.Str) else ""
            return Symbol(text, "parameter", file.path, moved(span, start), moved(entry.span, start), doc, entry)
    return None


def _job_parameter(project: Project, file: File, index: int, call: ast.Node | None, text: str) -> Symbol | None:
    """`J.enqueue({key: …})` fills the parameters of `perform`."""
    callee = call.callee if isinstance(call, ast.Call) else None
    if not isinstance(callee, ast.Member) or callee.member.text not in ("enqueue", "enqueue_in"):
        return None
    job = symbol_of(project, file, index, callee.object) if isinstance(callee.object, ast.Name) else None
    own = None if job is None else project.file(job.path)
    at = None if own is None or job is None else own.item_at(job.span.start)
    if own is None or at is None or job is None or not isinstance(job.node, ast.Job):
        return None
    for param in (one for body in job.node.bodies if body.event == "perform" for one in body.params):
        if param.name.text == text:
            start = own.starts[at]
            place, full = moved(param.name.span, start), moved(param.span, start)
            return Symbol(text, "parameter", own.path, place, full, "", param)
    return None
