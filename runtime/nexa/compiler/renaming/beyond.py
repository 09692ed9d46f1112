"""Places that mean a symbol and that are no names: types in quotes, paths of routes.

Also what is doubtful about a place: then a person is asked to look at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.place import moved
from nexa.compiler.symbols import Reference, Symbol
from nexa.compiler.template_paths import data_of, template_of
from nexa.syntax import Span


def beyond(project: Project, symbol: Symbol) -> Iterator[tuple[str, Span]]:
    """The places, with their files."""
    for path in sorted(project.dependents(symbol.path)):
        file = project.file(path)
        for index, item in enumerate(file.items if file is not None else ()):
            if file is not None and symbol.name.encode() in item.text:
                for span in _in_item(project, file, index, symbol):
                    yield path, moved(span, file.starts[index])


def _in_item(project: Project, file: File, index: int, symbol: Symbol) -> Iterator[Span]:
    item = file.items[index]
    if symbol.kind == "parameter" and isinstance(item.node, ast.Server):
        yield from _in_routes(project, file, index, symbol)
    elif symbol.kind in _TYPES:
        yield from _in_schemas(project, file, index, symbol)


_TYPES = frozenset({"protocol", "struct", "enum", "type"})
_SCHEMAS = frozenset({"input_schema", "output_schema", "parameters", "returns"})


def _in_schemas(project: Project, file: File, index: int, symbol: Symbol) -> Iterator[Span]:
    """`parameters: {"draft": "Draft"}`: a string that is the name of a type means the type."""
    item = file.items[index]
    row = project.view(file.path).row("type", symbol.name)
    if not row or row[0].path != symbol.path:
        return
    for option in item.of(ast.Property):
        if option.key.text in _SCHEMAS:
            for value in _typed_values(option.value):
                inside = Span(value.start + len(value.quote), value.end - len(value.quote))
                if value.plain == symbol.name and item.source(inside) == symbol.name:
                    yield inside


def _typed_values(value: ast.Expr) -> Iterator[ast.Str]:
    if isinstance(value, ast.Str):
        yield value
    elif isinstance(value, ast.Dict):
        for entry in value.entries:
            yield from _typed_values(entry.value)


def _in_routes(project: Project, file: File, index: int, symbol: Symbol) -> Iterator[Span]:
    """`route GET "/rooms/{id}" => room` fills the parameter `id` of `room`."""
    item = file.items[index]
    for route in item.of(ast.Route):
        name = _handler(route)
        if name is None or not _is_parameter_of(project, file, index, name, symbol):
            continue
        sign = f"{{{symbol.name}}}"
        text = item.source(route.path.span)
        at = text.find(sign)
        if at >= 0:
            start = route.path.start + len(text[:at].encode()) + 1
            yield Span(start, start + len(symbol.name.encode()))


def _handler(route: ast.Route) -> ast.Name | None:
    values = [route.target, *(one.value for one in route.properties if one.key.text == "handler")]
    return next((one for one in values if isinstance(one, ast.Name)), None)


def _is_parameter_of(project: Project, file: File, index: int, name: ast.Name, symbol: Symbol) -> bool:
    reference = project.reference_at(file.path, file.starts[index] + name.start)
    handler = None if reference is None else reference.symbol
    if handler is None or handler.path != symbol.path or not isinstance(handler.node, ast.Flow | ast.Function):
        return False
    own = project.file(handler.path)
    at = None if own is None else own.item_at(handler.span.start)
    if own is None or at is None:
        return False
    return any(moved(param.name.span, own.starts[at]) == symbol.span for param in handler.node.params)


# ── what is no place after all, and what is doubtful ────────────────────────────────────────────────────────────


def is_answered_by_data(project: Project, path: str, span: Span, name: str) -> bool:
    """Whether a name in a template is answered by the data that the template is rendered with, and by no variable."""
    found = _in_template(project, path, span)
    return found is not None and name in data_of(*found)


def template_doubt(project: Project, reference: Reference) -> str:
    """A template that is rendered with data nobody knows may mean a key of the data."""
    found = _in_template(project, reference.path, reference.span)
    if found is None:
        return ""
    item, template = found
    is_known = data_of(item, template) or not _is_rendered(item)
    return "" if is_known else f"The data of this template may have a key `{reference.symbol.name}`."


def _is_rendered(item: ItemFacts) -> bool:
    return b"render" in item.text


def _in_template(project: Project, path: str, span: Span) -> tuple[ItemFacts, ast.Template] | None:
    """The template that a name stands in as the first one of a path."""
    file = project.file(path)
    index = None if file is None else file.item_at(span.start)
    if file is None or index is None:
        return None
    item, start = file.items[index], file.starts[index]
    if not item.of(ast.Template):
        return None
    for one in item.of(ast.TemplatePath):
        if one.names and moved(one.names[0].span, start) == span and one.names[0] not in item.scope.loops:
            template = template_of(item, one)
            return None if template is None else (item, template)
    return None


def outer_doubt(symbol: Symbol) -> str:
    """What a name is used for from outside of the program."""
    is_main = isinstance(symbol.node, ast.Flow) and symbol.kind == "flow" and symbol.name == "main"
    return "A program starts with its flow `main`." if is_main else ""
