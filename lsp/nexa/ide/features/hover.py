"""What the name under the cursor means: its signature first, then its documentation."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import PropertySpec
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.symbols import Symbol
from nexa.ide.python_tools import python_functions
from nexa.ide.signature import declared_as, source
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class HoverCard:
    """`span` is the name that was hovered; `signature` is Nexa text, `text` Markdown, perhaps empty."""

    span: Span
    signature: str
    text: str


def hover(project: Project, path: str, offset: int) -> HoverCard | None:
    """The card for the name at an offset; None where no name with a known meaning stands."""
    reference = project.reference_at(path, offset)
    if reference is None:
        return None
    signature, notes = describe(project, reference.symbol)
    return HoverCard(reference.span, signature, "\n\n".join(note for note in notes if note))


def describe(project: Project, symbol: Symbol) -> tuple[str, list[str]]:
    """Signature and paragraphs of a symbol."""
    match symbol.node:
        case Builtin() as entry:
            return entry.signature, [entry.doc, "May fail." if entry.fallible else ""]
        case PropertySpec() as spec:
            return _property(spec), [spec.doc, _choices(spec)]
    if symbol.kind == "file":
        return f'include "{symbol.name}"', [f"`{symbol.path}`"]
    docs = [symbol.doc] if symbol.doc else [one.doc for one in python_functions(project, symbol)][:1]
    return _written(project, symbol), [*docs, _within(project, symbol)]


def _written(project: Project, symbol: Symbol) -> str:
    """How a declaration of the program reads, without its body."""
    item = _item(project, symbol)
    text = item.text if item else b""
    node = symbol.node
    if item is not None and isinstance(node, ast.PName):
        # `let x: T = …` binds by a pattern; the statement around it has the type.
        node = item.parents.get(node, node)
    match node:
        case None:
            return f"{symbol.kind} {symbol.name}"
        case ast.Param():
            return f"parameter {source(node, text)}"
        case ast.Field() | ast.StructField():
            return f"field {source(node, text)}"
        case ast.Variant():
            return f"variant {source(node, text)}"
        case ast.Let(type=written):
            return f"let {symbol.name}" + (f": {source(written, text)}" if written else "")
        case ast.Assign(type=ast.TypeExpr() as written):
            return f"{symbol.name}: {source(written, text)}"
        case ast.Tool():
            return _tool(declared_as(node, text), [str(one) for one in python_functions(project, symbol)])
        case ast.Agent():
            return "\n".join([declared_as(node, text), *_chosen_properties(node, text)])
        case ast.Protocol() | ast.Struct():
            return _with_rows(node, text, [source(field, text) for field in node.fields])
        case ast.Enum():
            return _with_rows(node, text, [source(variant, text) for variant in node.variants])
        case ast.Declaration():
            return declared_as(node, text)
    return f"{symbol.kind} {symbol.name}"


def _tool(head: str, functions: list[str]) -> str:
    """A tool with the Python functions that do it."""
    if len(functions) == 1:
        return head + functions[0][functions[0].index("(") :]
    return "\n".join([f"{head} {{", *(f"    def {one}" for one in functions), "}"]) if functions else head


def _with_rows(node: ast.Node, text: bytes, rows: list[str]) -> str:
    shown = [f"    {row}" for row in rows[:MAX_ROWS]] + ["    …"] * (len(rows) > MAX_ROWS)
    return "\n".join([f"{declared_as(node, text)} {{", *shown, "}"]) if rows else f"{declared_as(node, text)} {{ }}"


MAX_ROWS = 30
"""Fields shown before the rest is left out."""


def _chosen_properties(node: ast.Agent, text: bytes) -> list[str]:
    """What tells one agent from another at a glance."""
    wanted = ("role", "model")
    return [
        f"    {member.key.text}: {source(member.value, text)}"
        for name in wanted
        for member in node.members
        if isinstance(member, ast.Property) and member.key.text == name
    ]


def _property(spec: PropertySpec) -> str:
    return f"{spec.name}: {spec.value}" + (f" = {spec.default}" if spec.default else "")


def _choices(spec: PropertySpec) -> str:
    words = ", ".join(f"`{word}`" for word in spec.symbols)
    return f"One of {words}." if words and not spec.open_symbols else f"For example {words}." if words else ""


def _within(project: Project, symbol: Symbol) -> str:
    """For a part of a declaration: of which."""
    item = _item(project, symbol)
    if item is None or symbol.kind not in ("method", "field", "variant", "parameter"):
        return ""
    name = getattr(item.node, "name", None)
    return f"Of `{name.text}`." if isinstance(name, ast.Name) and name.text and item.node is not symbol.node else ""


def _item(project: Project, symbol: Symbol) -> ItemFacts | None:
    file = project.file(symbol.path)
    index = file.item_at(symbol.span.start) if file is not None else None
    return file.items[index] if file is not None and index is not None else None
