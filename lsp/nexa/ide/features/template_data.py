"""What the names in template literals hold: of the data that a template is rendered with, its blocks, and locals."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.chains import key_text
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.terms import UNKNOWN, Type, base_of
from nexa.compiler.types.union import element_of, members_of, without_null
from nexa.ide.sight import Sight, sight_at


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


def path_types(project: Project, file: File, index: int, path: ast.TemplatePath) -> list[Type]:
    """What each name of a path holds but the last: the owners of the names behind them."""
    item = file.items[index]
    template = template_of(item, path)
    if template is None:
        return []
    sight = sight_at(project, project.view(file.path), item, template)
    return _types(item, template, sight, path)[:-1]


def _types(item: ItemFacts, template: ast.Template, sight: Sight, path: ast.TemplatePath) -> list[Type]:
    found: list[Type] = []
    for name in path.names:
        found.append(field_type(sight.names, found[-1], name.text) if found else _root(item, template, sight, path))
    return found


def _root(item: ItemFacts, template: ast.Template, sight: Sight, path: ast.TemplatePath) -> Type:
    """What the first name of a path holds: an element of the loop around it, data, or a local."""
    name = path.names[0].text
    node: ast.Node | None = item.parents.get(path)
    while node is not None and node is not template:
        if isinstance(node, ast.TemplateFor) and node.name.text == name and node.path is not path:
            return element_of(base_of(without_null(_types(item, template, sight, node.path)[-1])))
        node = item.parents.get(node)
    data = {key: sight.types.get(value, UNKNOWN) for key, value in data_of(item, template).items()}
    return root_type(sight, data, name)


def root_type(sight: Sight, data: dict[str, Type], name: str) -> Type:
    """What a name outside of every block holds: data before locals."""
    if name in data:
        return data[name]
    local = next((one for one in reversed(sight.locals) if one.name == name), None)
    return UNKNOWN if local is None else sight.held(local)
