"""Names in expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from nexa.compiler import ast
from nexa.compiler.python_names import names_of
from nexa.compiler.resolve.patterns import bind
from nexa.compiler.resolve.types import read_type_as
from nexa.compiler.resolve.walk import Handler, Walk
from nexa.compiler.scope import FIXED, Local, PythonFacts


def visit_arguments(walk: Walk, args: tuple[ast.Argument, ...]) -> None:
    """The values of arguments; their names belong to whoever is called."""
    for arg in args:
        walk.visit(arg.value)


def visit_symbols(walk: Walk, value: ast.Node | None, option: tuple[str, str]) -> None:
    """The value of a property: bare names may be symbols of it, alone, in a list or in a dict."""
    if isinstance(value, ast.Name):
        _symbol(walk, value, option)
    elif isinstance(value, ast.Member):
        root: ast.Expr = value
        while isinstance(root, ast.Member):
            root = root.object
        visit_symbols(walk, root, option)
    elif isinstance(value, ast.List | ast.Tuple):
        for item in value.items:
            visit_symbols(walk, item, option)
    elif isinstance(value, ast.ModelList):
        for entry in value.entries:
            visit_symbols(walk, entry.value, option)
    elif isinstance(value, ast.Dict):
        for pair in value.entries:
            visit_symbols(walk, pair.value, (option[0], f"{option[1]}.*"))
    elif value is not None:
        walk.visit(value)


def visit_params(walk: Walk, params: tuple[ast.Param, ...]) -> None:
    """Parameters in order; a default sees those before it."""
    for param in params:
        walk.visit_all((param.type, param.default))
        walk.declare(param.name, "parameter", param.type)


def visit_body(walk: Walk, body: ast.Node) -> None:
    """The body of an arm or case: a block of its own, whatever it is."""
    with walk.block():
        walk.visit(body)


def _symbol(walk: Walk, name: ast.Name, option: tuple[str, str]) -> None:
    if walk.local(name.text) is not None:
        walk.read(name)
    else:
        walk.use(name, "symbol", option)


def _name(walk: Walk, node: ast.Node) -> None:
    walk.read(cast("ast.Name", node))


def _member(walk: Walk, node: ast.Node) -> None:
    walk.visit(cast("ast.Member", node).object)


def _argument(walk: Walk, node: ast.Node) -> None:
    walk.visit(cast("ast.Argument", node).value)


def _filter(walk: Walk, node: ast.Node) -> None:
    visit_arguments(walk, cast("ast.Filter", node).args)


def _spawn(walk: Walk, node: ast.Node) -> None:
    spawn = cast("ast.Spawn", node)
    if walk.local(spawn.target.text) is not None:
        walk.read(spawn.target)
    else:
        walk.use(spawn.target, "actor")
    visit_arguments(walk, spawn.args)


def _entry(walk: Walk, node: ast.Node) -> None:
    entry = cast("ast.Entry", node)
    if isinstance(entry.key, ast.Str):
        walk.visit(entry.key)
    walk.visit(entry.value)


def _struct_literal(walk: Walk, node: ast.Node) -> None:
    literal = cast("ast.StructLit", node)
    walk.use(literal.name, "struct")
    for field in literal.fields:
        walk.visit(field.value)


def _variant(walk: Walk, node: ast.Node) -> None:
    variant = cast("ast.VariantExpr", node)
    walk.use(variant.enum, "enum")
    visit_arguments(walk, variant.args)


def _lambda(walk: Walk, node: ast.Node) -> None:
    function = cast("ast.Lambda", node)
    with walk.opened(function):
        visit_params(walk, function.params)
        walk.visit_all((function.returns, function.body))


def _match(walk: Walk, node: ast.Node) -> None:
    match = cast("ast.Match", node)
    walk.visit(match.subject)
    for arm in match.arms:
        with walk.block():
            bind(walk, arm.pattern, "match")
            walk.visit_all((arm.guard, arm.body))


def _case(walk: Walk, node: ast.Node) -> None:
    case = cast("ast.Case", node)
    walk.visit_all((case.label,))
    visit_body(walk, case.body)


def _is_type(walk: Walk, node: ast.Node) -> None:
    test = cast("ast.IsType", node)
    walk.visit(test.operand)
    walk.visit(test.type)


def _receive(walk: Walk, node: ast.Node) -> None:
    receive = cast("ast.Receive", node)
    walk.visit_all((receive.timeout,))
    read_type_as(walk, receive.type, "type")


def _template(walk: Walk, node: ast.Node) -> None:
    _template_parts(walk, cast("ast.Template", node).parts, {"this": None, "root": None})


_Bound = Mapping[str, ast.Name | None]
"""What the template itself gives a meaning: the variables of its loops by where they are introduced."""


def _template_parts(walk: Walk, parts: tuple[ast.TemplatePart, ...], bound: _Bound) -> None:
    for part in parts:
        if isinstance(part, ast.TemplateOutput):
            _template_path(walk, part.path, bound)
            for one in part.filters:
                visit_arguments(walk, one.args)
        elif isinstance(part, ast.TemplateIf):
            for branch in part.branches:
                _template_condition(walk, branch.cond, bound)
                _template_parts(walk, branch.body, bound)
            _template_parts(walk, part.else_, bound)
        elif isinstance(part, ast.TemplateFor):
            _template_path(walk, part.path, bound)
            walk.scope.loops[part.name] = part.name
            _template_parts(walk, part.body, {**bound, part.name.text: part.name})
            _template_parts(walk, part.empty, bound)
        elif isinstance(part, ast.TemplatePartial):
            _template_path(walk, part.path, bound)


def _template_condition(walk: Walk, cond: ast.TemplateCondition, bound: _Bound) -> None:
    _template_path(walk, cond.path, bound)
    for operand in cond.operands:
        _template_condition(walk, operand, bound)


def _template_path(walk: Walk, path: ast.TemplatePath | None, bound: _Bound) -> None:
    if path is None or not path.names or path.names[0].text.startswith("@"):
        return
    first = path.names[0]
    if first.text not in bound:
        with walk.role("template"):
            walk.read(first)
    elif (introduced := bound[first.text]) is not None:
        walk.scope.loops[first] = introduced


def _python(walk: Walk, node: ast.Node) -> None:
    block = cast("ast.Python", node)
    names = names_of(block.code)
    reads = walk.visible_locals()
    for local in reads:
        local.is_read = True
        if local.name in names.mentions:
            walk.capture(local)
    walk.scope.mentions |= names.mentions
    defines = () if block.as_expr else names.defines
    written = () if walk.is_script and walk.function.parent is None else _written(walk, block, defines)
    walk.scope.python[block] = PythonFacts(reads, defines, written)


def _written(walk: Walk, block: ast.Python, names: tuple[str, ...]) -> tuple[Local, ...]:
    found = []
    for name in names:
        local = walk.local(name)
        if local is None or local.kind in FIXED:
            local = walk.create(name, block)
            local.is_read = True  # what a Python block makes, it may have made for itself
        walk.capture(local)
        if local.owner is not walk.function and local not in walk.function.rebinds:
            walk.function.rebinds += (local,)
        found.append(local)
    return tuple(found)


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Name: _name,
    ast.Member: _member,
    ast.Argument: _argument,
    ast.Filter: _filter,
    ast.Spawn: _spawn,
    ast.Entry: _entry,
    ast.StructLit: _struct_literal,
    ast.VariantExpr: _variant,
    ast.Lambda: _lambda,
    ast.Match: _match,
    ast.Case: _case,
    ast.IsType: _is_type,
    ast.Receive: _receive,
    ast.Template: _template,
    ast.Python: _python,
}
