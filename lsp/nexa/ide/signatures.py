"""What calls take, in one line each: a label, and where in it the parameters stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import BUILTIN_VARIANTS, MEMBERS
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.builtins.signature import Parameter as BuiltinParameter
from nexa.compiler.chains import key_text
from nexa.compiler.names import Names
from nexa.compiler.python_file import PythonFunction
from nexa.compiler.symbols import Symbol
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import SILENT, AgentOf, Function, Type
from nexa.ide.place import Place, place_at
from nexa.ide.python_tools import python_functions
from nexa.ide.signature import declared_as, source
from nexa.ide.type_docs import doc_of_type
from nexa.ide.types_at import type_of_symbol


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a label; `start` and `end` count code points of it."""

    name: str
    start: int
    end: int
    doc: str = ""
    is_rest: bool = False
    """Takes any number of values."""
    is_open: bool = False
    """Takes any further names."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a call takes. `doc` is Markdown."""

    label: str
    parameters: tuple[Parameter, ...]
    doc: str = ""


@dataclass(slots=True)
class _Label:
    """A label as it grows."""

    text: str
    parameters: list[Parameter] = field(default_factory=list)

    def add(self, name: str, shown: str, doc: str = "", *, is_rest: bool = False, is_open: bool = False) -> None:
        """The next parameter."""
        self.text += "" if self.text.endswith(("(", "{ ")) else ", "
        start = len(self.text)
        self.text += shown
        self.parameters.append(Parameter(name, start, len(self.text), doc, is_rest, is_open))

    def sign(self, shown: str) -> None:
        """What stands between parameters."""
        self.text += shown if self.text.endswith("(") else f", {shown}"

    def ended(self, after: str, doc: str) -> Signature:
        """The label with what follows its parameters."""
        return Signature(self.text + after, tuple(self.parameters), doc)


def of_builtin(entry: Builtin) -> Signature | None:
    """A function that the language brings along; None for what is no function."""
    if entry.params is None:
        return None
    label = _Label(f"{entry.path}(")
    for one in entry.params:
        label.add(one.name, _shown(one), is_rest=one.variadic, is_open=one.keywords)
    return label.ended(f") -> {entry.type}", entry.doc)


def of_builtin_variant(enum: str, variant: str) -> Signature | None:
    """`Option::Some(value)`."""
    if not BUILTIN_VARIANTS.get(enum, {}).get(variant):
        return None
    label = _Label(f"{enum}::{variant}(")
    label.add("value", "value")
    return label.ended(")", "")


def of_agent(names: Names, agent: AgentOf, doc: str = "") -> Signature:
    """A run of an agent: what it takes, and what it gives."""
    label = _Label(f"{agent.name}.run(" if agent.name else "run(")
    label.add("input", f"input: {show(agent.input)}", doc_of_type(names, agent.input))
    label.add("extra", "...extra: any", "A paragraph of context.", is_rest=True)
    return label.ended(f") -> {show(agent.output)}", doc or MEMBERS["agent"]["run"].doc)


def of_type(names: Names, one: Type, name: str) -> Signature | None:
    """A value that can be called, by its type; `name` is how the program calls it."""
    if isinstance(one, AgentOf):
        return of_agent(names, one)
    if not isinstance(one, Function):
        return None
    label = _Label(f"{one.name or name}(")
    for param in one.params:
        kind = show(param.type)
        shown = f"{param.name}: {kind}" if param.name and param.type not in SILENT else param.name or kind
        label.add(param.name, shown, doc_of_type(names, param.type), is_rest=param.rest, is_open=param.keywords)
    return label.ended(f") -> {show(one.result)}", "")


def of_symbol(project: Project, symbol: Symbol) -> Signature | None:
    """A declaration that can be called; None for any other, and where nobody knows what it takes."""
    place = place_at(project, symbol.path, symbol.span.start) if symbol.path else None
    if place is None:
        return None
    match symbol.node:
        case ast.Function() | ast.Flow() as node:
            return _of_function(place, symbol, node)
        case ast.Tool() as node:
            return _of_tool(place, symbol, node)
        case ast.Struct() as node:
            return of_fields(place, symbol, node.fields, "()")
        case ast.Protocol() as node:
            return of_fields(place, symbol, node.fields, "{}")
        case ast.Variant() as node:
            return _of_variant(place, node)
        case ast.Agent():
            kind = type_of_symbol(project, symbol)
            return of_agent(place.names, kind, symbol.doc) if isinstance(kind, AgentOf) else None
    return None


def of_fields(place: Place, symbol: Symbol, fields: Iterable[ast.Field | ast.StructField], brackets: str) -> Signature:
    """The fields of a record: as arguments in `()`, in a literal in `{}`."""
    opening, closing = ("(", ")") if brackets == "()" else (" { ", " }")
    label, names = _Label(f"{symbol.name}{opening}"), place.names
    for one in fields:
        kind = type_of_symbol(place.project, _part(place, one, one.name))
        constraint = one.constraint.plain if isinstance(one, ast.Field) and one.constraint else None
        label.add(
            one.name.text,
            source(one, place.item.text),
            constraint or ("" if kind is None else doc_of_type(names, kind)),
        )
    return label.ended(closing, symbol.doc)


def _of_function(place: Place, symbol: Symbol, node: ast.Function | ast.Flow) -> Signature:
    kind, names, text = type_of_symbol(place.project, symbol), place.names, place.item.text
    label = _Label(f"{declared_as(node, text).partition('(')[0]}(")
    for index, param in enumerate(node.params):
        known = kind.params[index].type if isinstance(kind, Function) and index < len(kind.params) else None
        label.add(param.name.text, source(param, text), "" if known is None else doc_of_type(names, known))
    result = source(node.returns.type, text) if node.returns is not None else ""
    if not result and isinstance(kind, Function) and kind.result not in SILENT:
        result = show(kind.result)
    return label.ended(f") -> {result}" if result else ")", symbol.doc)


def _of_tool(place: Place, symbol: Symbol, node: ast.Tool) -> Signature | None:
    options = {one.key.text: one.value for one in node.properties}
    if "python" in options or "mcp" in options:
        functions = python_functions(place.project, symbol)
        return _of_python(symbol, functions[0]) if len(functions) == 1 else None
    label, listed, names = _Label(f"tool {symbol.name}("), options.get("parameters"), place.names
    kind = type_of_symbol(place.project, symbol)
    kinds = {one.name: show(one.type) for one in kind.params} if isinstance(kind, Function) else {}
    for entry in listed.entries if isinstance(listed, ast.Dict) else ():
        key = None if entry.key is None else key_text(entry.key)
        if key:
            written = entry.value.plain if isinstance(entry.value, ast.Str) else None
            shown = kinds.get(key, "str")
            is_described = shown == "str" and written is not None and names.type(written) is None
            label.add(key, f"{key}: {shown}", written or "" if is_described else "")
    result = f" -> {show(kind.result)}" if isinstance(kind, Function) else ""
    described = options.get("description")
    doc = symbol.doc or (described.plain or "" if isinstance(described, ast.Str) else "")
    return label.ended(f"){result}", doc)


def _of_python(symbol: Symbol, function: PythonFunction) -> Signature:
    """A tool that is a Python function."""
    label, params = _Label(f"tool {symbol.name}("), iter(function.params)
    for sign in function.signs:
        one = None if sign in ("/", "*") else next(params)
        if one is None:
            label.sign(sign)
        else:
            label.add(one.name, sign, is_rest=one.kind == "rest", is_open=one.kind == "keywords")
    return label.ended(f") -> {function.returns}" if function.returns else ")", symbol.doc or function.doc)


def _of_variant(place: Place, node: ast.Variant) -> Signature:
    enum = place.item.node
    owner = f"{enum.name.text}::" if isinstance(enum, ast.Enum) else ""
    label = _Label(f"{owner}{node.name.text}(")
    for one in node.payload:
        label.add(one.name.text if one.name is not None else "", source(one, place.item.text))
    return label.ended(")", "")


def _part(place: Place, node: ast.Node, name: ast.Name) -> Symbol:
    return Symbol(name.text, "field", place.file.path, place.span(name), place.span(node), "", node)


def _shown(one: BuiltinParameter) -> str:
    kind = "" if one.type == "any" and not one.variadic else f": {one.type}"
    if one.variadic or one.keywords:
        return f"{'...' if one.variadic else '**'}{one.name}{kind}"
    if one.default is not None:
        return f"{one.name}{kind} = {one.default}"
    return f"{one.name}{'?' if one.optional else ''}{kind}"
