"""What the names in template literals hold: elements of the loops around them, data, variables, and their fields."""

from __future__ import annotations

from collections.abc import Mapping

from nexa.compiler import ast
from nexa.compiler.chains import key_text
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.terms import STR, UNKNOWN, Type, base_of
from nexa.compiler.types.union import element_of, members_of, without_null

Types = Mapping[ast.Node, Type]
"""Those of the expressions of an item, and of the names in its templates that read a variable."""


def data_of(item: ItemFacts, node: ast.Template) -> dict[str, ast.Expr]:
    """What the item renders a template with, by its key: `render(t, {…})`, `t.render({…})`."""
    names = _bound_to(item, node)
    found: dict[str, ast.Expr] = {}
    for call in item.of(ast.Call):
        callee, args = call.callee, call.args
        if isinstance(callee, ast.Name) and callee.text == "render" and len(args) == 2:
            subject, data = args[0].value, args[1].value
        elif isinstance(callee, ast.Member) and callee.member.text == "render" and len(args) == 1:
            subject, data = callee.object, args[0].value
        else:
            continue
        is_meant = subject is node or (isinstance(subject, ast.Name) and subject.text in names)
        for entry in data.entries if is_meant and isinstance(data, ast.Dict) else ():
            key = key_text(entry.key)
            if key:
                found[key] = entry.value
    return found


def _bound_to(item: ItemFacts, node: ast.Template) -> set[str]:
    parent = item.parents.get(node)
    if isinstance(parent, ast.Let) and isinstance(parent.pattern, ast.PName):
        return {parent.pattern.name.text}
    if isinstance(parent, ast.Assign) and isinstance(parent.target, ast.Name):
        return {parent.target.text}
    return set()


def template_of(item: ItemFacts, part: ast.Node) -> ast.Template | None:
    """The template that a part of one stands in."""
    node: ast.Node | None = part
    while node is not None and not isinstance(node, ast.Template):
        node = item.parents.get(node)
    return node


def field_type(names: Names, owner: Type, name: str) -> Type:
    """The type of a field of a value; unknown where it has none of that name."""
    for one in members_of(without_null(owner)):
        field = (fields_of(names, base_of(one)) or {}).get(name)
        if field is not None:
            return field.type
    return UNKNOWN


def held_by_path(item: ItemFacts, names: Names, types: Types, path: ast.TemplatePath) -> list[Type]:
    """What each name of a path holds."""
    found: list[Type] = []
    for name in path.names:
        found.append(field_type(names, found[-1], name.text) if found else _held_by_first(item, names, types, name))
    return found


def held_by_loop(item: ItemFacts, names: Names, types: Types, loop: ast.TemplateFor) -> Type:
    """An element of what a loop goes through."""
    rows = held_by_path(item, names, types, loop.path)
    held = base_of(without_null(rows[-1])) if rows else UNKNOWN
    return UNKNOWN if held == STR else element_of(held)  # templates do not go through texts


def _held_by_first(item: ItemFacts, names: Names, types: Types, name: ast.Name) -> Type:
    """An element of the loop around it, data, or a variable."""
    introduced = item.scope.loops.get(name)
    loop = None if introduced is None else item.parents.get(introduced)
    if isinstance(loop, ast.TemplateFor):
        return held_by_loop(item, names, types, loop)
    template = template_of(item, name)
    data = {} if template is None else data_of(item, template)
    return types.get(data.get(name.text, name), UNKNOWN)
