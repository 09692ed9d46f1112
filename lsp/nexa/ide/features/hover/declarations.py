"""What a symbol is, told by its declaration: in Nexa, and in words."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import PropertySpec
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.symbols import Symbol
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import SILENT, Function
from nexa.ide.place import Place, place_at
from nexa.ide.python_tools import python_functions
from nexa.ide.signature import declared_as, source
from nexa.ide.signatures import of_builtin, of_symbol
from nexa.ide.types_at import type_of_symbol

MAX_ROWS = 30
"""Fields shown before the rest is left out."""


def describe(project: Project, symbol: Symbol) -> tuple[str, list[str]]:
    """Signature and paragraphs of a symbol; paragraphs may be empty."""
    match symbol.node:
        case Builtin() as entry:
            return _predeclared(symbol, entry)
        case PropertySpec() as spec:
            return _property(spec), [spec.doc, _choices(spec)]
    if symbol.kind == "file":
        return f'include "{symbol.name}"', [f"`{symbol.path}`", _contents(project, symbol.path)]
    if symbol.kind == "config":
        return f"config {symbol.name}", [f"`{symbol.path}`"]
    place = place_at(project, symbol.path, symbol.span.start)
    if place is None:
        return f"{symbol.kind} {symbol.name}", [symbol.doc]
    return _written(place, symbol), [symbol.doc, _more(place, symbol), _within(place, symbol)]


def _predeclared(symbol: Symbol, entry: Builtin) -> tuple[str, list[str]]:
    if symbol.kind == "parameter":
        signature = of_builtin(entry)
        params = signature.parameters if signature is not None else ()
        found = next((one for one in params if one.name == symbol.name), None)
        shown = signature.label[found.start : found.end] if signature is not None and found is not None else symbol.name
        return f"parameter {shown}", [f"Of `{entry.path}`.", entry.doc]
    return entry.signature, [entry.doc, "May fail." if entry.fallible else ""]


# ── declarations ────────────────────────────────────────────────────────────────────────────────────────────────


def _written(place: Place, symbol: Symbol) -> str:
    """How a declaration of the program reads, without its body."""
    text, node = place.item.text, symbol.node
    match node:
        case ast.Param():
            shown = f"parameter {source(node, text)}"
            return shown if node.type is not None else shown + _inferred(place, symbol)
        case ast.Field() | ast.StructField():
            return f"field {source(node, text)}"
        case ast.Payload():
            return f"field {source(node, text)}"
        case ast.Variant():
            return f"variant {source(node, text)}"
        case ast.Entry() if isinstance(place.item.node, ast.Agent):
            return f"field {symbol.name}{_inferred(place, symbol)}"
        case ast.Entry():
            return _tool_parameter(place, symbol)
        case ast.Agent():
            return "\n".join([declared_as(node, text), *_chosen_properties(node, text)])
        case ast.Protocol() | ast.Struct():
            return _with_rows(node, text, [source(field, text) for field in node.fields])
        case ast.Enum():
            return _with_rows(node, text, [source(variant, text) for variant in node.variants])
        case ast.Tool():
            return _tool(place.project, symbol, declared_as(node, text))
        case ast.Flow() | ast.Function():
            return declared_as(node, text) + _result(place, symbol, node)
        case ast.TypeAlias(constraint=ast.Str() as constraint):
            return f"{declared_as(node, text)} @ {source(constraint, text)}"
        case ast.Declaration():
            return declared_as(node, text)
    return _variable(place, symbol)


def _variable(place: Place, symbol: Symbol) -> str:
    """A variable with its written type, else the one that it gets where it is introduced."""
    node, text = symbol.node, place.item.text
    if isinstance(node, ast.PName):
        # `let x: T = …` binds by a pattern; the statement around it has the type.
        node = place.item.parents.get(node, node)
    match node:
        case ast.Let(type=ast.TypeExpr() as written):
            return f"let {symbol.name}: {source(written, text)}"
        case ast.Let():
            return f"let {symbol.name}{_inferred(place, symbol)}"
        case ast.Assign(type=ast.TypeExpr() as written):
            return f"{symbol.name}: {source(written, text)}"
    inferred = _inferred(place, symbol)
    return f"{symbol.name}{inferred}" if inferred else f"{symbol.kind} {symbol.name}"


def _inferred(place: Place, symbol: Symbol) -> str:
    found = type_of_symbol(place.project, symbol)
    return "" if found is None or found in SILENT else f": {show(found)}"


def _result(place: Place, symbol: Symbol, node: ast.Flow | ast.Function) -> str:
    """The result that is not written."""
    found = type_of_symbol(place.project, symbol) if node.returns is None else None
    is_known = isinstance(found, Function) and found.result not in SILENT
    return f" -> {show(found.result)}" if is_known and isinstance(found, Function) else ""


def _tool(project: Project, symbol: Symbol, head: str) -> str:
    """A tool with what it takes, or with the Python functions that do it."""
    functions = [str(one) for one in python_functions(project, symbol)]
    if len(functions) > 1:
        return "\n".join([f"{head} {{", *(f"    def {one}" for one in functions), "}"])
    signature = of_symbol(project, symbol)
    return head if signature is None else signature.label


def _tool_parameter(place: Place, symbol: Symbol) -> str:
    tool = place.item.node
    kind = type_of_symbol(place.project, _own(place, tool)) if isinstance(tool, ast.Tool) else None
    params = kind.params if isinstance(kind, Function) else ()
    found = next((one.type for one in params if one.name == symbol.name), None)
    return f"parameter {symbol.name}: {'str' if found is None or found in SILENT else show(found)}"


def _own(place: Place, node: ast.Tool) -> Symbol:
    return Symbol(node.name.text, "tool", place.file.path, place.span(node.name), place.span(node), node.doc, node)


def _with_rows(node: ast.Node, text: bytes, rows: list[str]) -> str:
    shown = [f"    {row}" for row in rows[:MAX_ROWS]] + ["    …"] * (len(rows) > MAX_ROWS)
    return "\n".join([f"{declared_as(node, text)} {{", *shown, "}"]) if rows else f"{declared_as(node, text)} {{ }}"


def _chosen_properties(node: ast.Agent, text: bytes) -> list[str]:
    """What tells one agent from another at a glance."""
    wanted = ("role", "model")
    return [
        f"    {member.key.text}: {source(member.value, text)}"
        for name in wanted
        for member in node.members
        if isinstance(member, ast.Property) and member.key.text == name
    ]


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────


def _more(place: Place, symbol: Symbol) -> str:
    """What a declaration says in its properties."""
    if isinstance(symbol.node, ast.Tool):
        signature = of_symbol(place.project, symbol)
        return signature.doc if signature is not None and signature.doc != symbol.doc else ""
    if isinstance(symbol.node, ast.Agent):
        return next((text for one in symbol.node.members if (text := _description(one))), "")
    return ""


def _description(member: ast.Node) -> str:
    is_one = isinstance(member, ast.Property) and member.key.text == "description"
    value = member.value if is_one and isinstance(member, ast.Property) else None
    return (value.plain or "") if isinstance(value, ast.Str) else ""


def _within(place: Place, symbol: Symbol) -> str:
    """For a part of a declaration: of which."""
    if symbol.kind not in ("method", "field", "variant", "parameter"):
        return ""
    name = getattr(place.item.node, "name", None)
    is_part = isinstance(name, ast.Name) and name.text and place.item.node is not symbol.node
    return f"Of `{name.text}`." if is_part and isinstance(name, ast.Name) else ""


def _contents(project: Project, path: str) -> str:
    """What an included file declares."""
    names = [f"`{one.name}`" for one in project.symbols(path) if one.kind != "impl"]
    shown = ", ".join(names[:MAX_ROWS]) + (", …" if len(names) > MAX_ROWS else "")
    return f"Declares {shown}." if names else ""


def _property(spec: PropertySpec) -> str:
    return f"{spec.name}: {spec.value}" + (f" = {spec.default}" if spec.default else "")


def _choices(spec: PropertySpec) -> str:
    words = ", ".join(f"`{word}`" for word in spec.symbols)
    return f"One of {words}." if words and not spec.open_symbols else f"For example {words}." if words else ""
