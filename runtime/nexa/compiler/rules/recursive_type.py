"""A type contains itself.

No value of it could ever be finished. A list, an option or another indirection ends it: `Tree?`, `list[Tree]`.

Bad:

    struct Tree {
         //^^^^ NX416: type `Tree` contains itself: Tree → Tree
        left: Tree
    }
    flow main(x: Tree) { print(x) }

Good:

    struct Tree {
        left: Tree?,
        others: list[Tree]
    }
    flow main(x: Tree) { print(x) }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.cycles import Edge, circles, has_cycle, order_of, told
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.program import Program
from nexa.compiler.rows import Row
from nexa.compiler.rule import Draft, Note, ProgramDraft, ProgramRule, Severity
from nexa.syntax.span import Span

_At = tuple[str, int, Span]
_Content = tuple[Declared, list[str], list[str]]


def check(program: Program) -> Iterable[ProgramDraft]:
    """Each cycle of types that contain each other, at the first one's name; one for each name."""
    rows = [file.rows(_contents) for file in program.files.values()]
    if not program.found("types lead back", rows, lambda: has_cycle(_names_in(rows))):
        return
    aliases = [edge for edge in _edges(program, of_aliases=True) if _is_declared(program, edge.target)]
    types = [edge for edge in _edges(program, of_aliases=False) if _is_declared(program, edge.target)]
    found = list(circles(aliases))
    seen = {edge.source for cycle in found for edge in cycle}
    found += [cycle for cycle in circles(types) if seen.isdisjoint(edge.source for edge in cycle)]
    for cycle in {cycle[0].source: cycle for cycle in reversed(found)}.values():
        path, index, span = cycle[0].about
        notes = tuple(
            Note(f"`{edge.source}` contains `{edge.target}`", edge.about[2], place=edge.about[:2]) for edge in cycle
        )
        text = f"type `{cycle[0].source}` contains itself: {told(cycle, order_of(cycle))}"
        yield ProgramDraft(path, index, Draft(span, text, notes))


def _names_in(rows: Iterable[Row[_Content]]) -> Iterator[Edge[None]]:
    """What contains what, whatever the names mean."""
    for row in rows:
        for _, (one, as_alias, as_type) in row:
            yield from (Edge(one.name, name, None) for name in (*as_alias, *as_type))


def _is_declared(program: Program, name: str) -> bool:
    return len(program.table.row("type", name)) == 1


def _edges(program: Program, *, of_aliases: bool) -> Iterator[Edge[_At]]:
    """What a type cannot be built without; between aliases alone, all that they may stand for."""
    for path, file in program.files.items():
        torn = {index for index, one in file.declared if one.is_broken} if file.is_broken else set[int]()
        for index, (one, as_alias, as_type) in file.rows(_contents):
            for name in () if index in torn else as_alias if of_aliases else as_type:
                yield Edge(one.name, name, (path, index, one.span))


def _contents(item: ItemFacts) -> list[_Content]:
    """A type with what it contains, taken as an alias and as itself."""
    node = item.node
    if isinstance(node, ast.TypeAlias):
        as_alias, as_type = (
            set(_contained(node.type, is_alias=flag)) - _names(node.type_params) for flag in (True, False)
        )
    elif isinstance(node, ast.Struct):
        fields = (field.type for field in node.fields if field.type is not None)
        as_type = {name for field in fields for name in _contained(field, is_alias=False)} - _names(node.type_params)
        as_alias = set()
    else:
        return []
    return [(one, sorted(as_alias), sorted(as_type)) for one in item.declared if one.namespace == "type"]


def _names(names: tuple[ast.Name, ...]) -> set[str]:
    return {name.text for name in names}


def _contained(node: ast.TypeExpr, *, is_alias: bool) -> Iterator[str]:
    """The names that a type contains without indirection."""
    if isinstance(node, ast.TypeName):
        if len(node.path) == 1:
            yield node.path[0].text
    elif isinstance(node, ast.TypeTuple):
        for part in node.items:
            yield from _contained(part, is_alias=is_alias)
    elif is_alias and isinstance(node, ast.TypeUnion) and not any(_is_null(member) for member in node.members):
        for member in node.members:
            yield from _contained(member, is_alias=is_alias)


def _is_null(node: ast.TypeExpr) -> bool:
    """`T | null` is `T?`, which ends a type."""
    return isinstance(node, ast.TypeName) and [name.text for name in node.path] == ["null"]


RULE = ProgramRule("NX416", "recursive-type", Severity.ERROR, check)
