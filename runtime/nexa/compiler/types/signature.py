"""What a declaration is to those who use it: the type of its name.

Nothing here looks into a body: where a result is not written, the program is asked for the inferred one.
"""

from __future__ import annotations

from dataclasses import replace

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import key_text
from nexa.compiler.facts import Declared
from nexa.compiler.lower.type_text import type_of_text
from nexa.compiler.names import Names
from nexa.compiler.python_tools import function_of, parameters_of, python_type
from nexa.compiler.suggest import nearest
from nexa.compiler.types.declared import bound_of, fields_of, is_type
from nexa.compiler.types.terms import (
    ANY,
    BASICS,
    STR,
    UNKNOWN,
    AgentOf,
    Function,
    Named,
    Parameter,
    Place,
    Record,
    RecordField,
    Type,
    is_option,
)
from nexa.compiler.types.written import NO_PARAMETERS, Bound, of_text, read_type


def type_of_declared(names: Names, one: Declared) -> Type:
    """The type of a declaration's name as a value."""
    node = one.node
    if one.is_broken:
        return UNKNOWN
    if isinstance(node, ast.Agent):
        return agent_type(names, node)
    if isinstance(node, ast.Function | ast.Flow):
        found = function_type(names, node, one.name)
        return replace(found, can_fail=False) if one.is_certain else found
    if isinstance(node, ast.Tool):
        return tool_type(names, node)
    if isinstance(node, ast.Struct):
        return struct_type(names, node)
    if isinstance(node, ast.Handle):
        return BASICS[node.family]
    if isinstance(node, ast.Job | ast.Server | ast.Enum):
        return Place(one.kind, one.name)
    return names.inferred(one.name) if one.kind == "variable" else UNKNOWN


def function_type(names: Names, node: ast.Function | ast.Flow, question: str, bound: Bound = NO_PARAMETERS) -> Function:
    """A function or flow; `question` is what its inferred result is asked by, `""` to leave it unknown."""
    params = tuple(_parameter(names, param, bound) for param in node.params)
    if node.returns is not None:
        result = read_type(names, node.returns.type, bound)
    else:
        result = names.inferred(question) if question else UNKNOWN
    return Function("flow" if isinstance(node, ast.Flow) else "fn", node.name.text, params, result)


def _parameter(names: Names, param: ast.Param, bound: Bound) -> Parameter:
    kind = ANY if param.type is None else read_type(names, param.type, bound)
    return Parameter(param.name.text, kind, param.default is None)


def struct_type(names: Names, node: ast.Struct) -> Function:
    """The constructor of a struct: its fields in order."""
    result = Named("struct", node.name.text, (ANY,) * len(node.type_params))
    fields = fields_of(names, result) or {}
    params = tuple(Parameter(field.name, field.type, field.is_needed) for field in fields.values())
    return Function("struct", node.name.text, params, result, can_fail=False)


def property_of(node: ast.Agent | ast.Tool | ast.Job | ast.Route, key: str) -> ast.Expr | None:
    """The value of a property."""
    members = node.members if isinstance(node, ast.Agent) else node.properties
    return next((one.value for one in members if isinstance(one, ast.Property) and one.key.text == key), None)


def context_of(node: ast.Agent, key: str) -> ast.Expr | None:
    """The value of a property in the `context` block."""
    blocks = [one for one in node.members if isinstance(one, ast.ContextBlock)]
    return next((one.value for block in blocks for one in block.properties if one.key.text == key), None)


def agent_type(names: Names, node: ast.Agent) -> AgentOf:
    """An agent: `context.input_schema` or text in; out what its first clause says that speaks of it, else text."""
    wanted = context_of(node, "input_schema")
    given = next(iter(outputs_of(names, node)), None)
    taken = STR if wanted is None else schema_type(names, wanted, f"{node.name.text}.input_schema")
    return AgentOf(taken, STR if given is None else given, node.name.text)


def outputs_of(names: Names, node: ast.Agent) -> list[Type]:
    """Everything that an agent declares as its output, the strongest first."""
    found: list[Type] = []
    protocols = [read_type(names, one) for one in node.implements]
    if protocols:
        found.append(protocols[0] if len(protocols) == 1 else _merged(names, protocols))
    if node.returns is not None:
        found.append(read_type(names, node.returns))
    schemas = (context_of(node, "output_schema"), property_of(node, "output_schema"))
    whose = f"{node.name.text}.output_schema"
    return found + [schema_type(names, one, whose) for one in schemas if one is not None]


def _merged(names: Names, protocols: list[Type]) -> Type:
    fields: dict[str, RecordField] = {}
    for one in protocols:
        own = fields_of(names, one)
        if own is None:
            return UNKNOWN
        fields |= own
    shown = " & ".join(one.name for one in protocols if isinstance(one, Named))
    return Record(tuple(fields.values()), shown=shown)


def schema_type(names: Names, value: ast.Expr, whose: str = "") -> Type:
    """The type that a schema property names: a protocol, or a dict of fields and types; `whose` schema that is."""
    if isinstance(value, ast.Name):
        return read_type(names, ast.TypeName(value.start, value.end, (value,), (), angle=False))
    if not isinstance(value, ast.Dict):
        return UNKNOWN
    fields = []
    for entry in value.entries:
        key, kind = key_text(entry.key), _schema_field(names, entry.value)
        if entry.key is None or key is None:
            return UNKNOWN
        fields.append(RecordField(key, kind))
    return Record(tuple(fields), schema=whose)


def _schema_field(names: Names, value: ast.Expr, described: Type = UNKNOWN) -> Type:
    """A type, bare or in quotes; any other text describes the field, which is `described` then."""
    text = value.text if isinstance(value, ast.Name) else value.plain if isinstance(value, ast.Str) else None
    if text is None:
        return UNKNOWN
    if isinstance(value, ast.Str) and not text.isidentifier():
        read = type_of_text(value)
        is_read = not isinstance(read, ast.ErrorNode) and is_type(names, read, NO_PARAMETERS)
        return read_type(names, read) if is_read else described
    if names.type(text) is None:
        return described if isinstance(value, ast.Str) else UNKNOWN
    name = ast.Name(value.start, value.end, text)
    return read_type(names, ast.TypeName(value.start, value.end, (name,), (), angle=False))


def _is_slip(one: ast.Node) -> bool:
    """Whether a property is none (NX205), but looks like one that says what a tool takes."""
    key = one.key.text if isinstance(one, ast.Property) else ""
    return bool(key) and key not in PROPERTIES["tool"] and nearest(key, _SIGNING) is not None


_SIGNING = ("mcp", "python", "parameters", "returns")


def tool_type(names: Names, node: ast.Tool) -> Type:
    """A tool: its `parameters` and `returns`, or those of its Python function; unknown where they are elsewhere."""
    if property_of(node, "mcp") is not None or any(map(_is_slip, node.properties)):
        return UNKNOWN
    listed, returns = property_of(node, "parameters"), property_of(node, "returns")
    params: list[Parameter] = []
    function = function_of(names, node) if property_of(node, "python") is not None else None
    if function is not None and listed is None:
        params += parameters_of(function)
    elif property_of(node, "python") is not None and function is None:
        return UNKNOWN
    elif listed is not None:
        if not isinstance(listed, ast.Dict):
            return UNKNOWN
        for entry in listed.entries:
            key = key_text(entry.key)
            if key is None or entry.key is None:
                return UNKNOWN
            kind = _schema_field(names, entry.value, STR)
            params.append(Parameter(key, kind, not is_option(kind)))
    result = STR if returns is None else _schema_field(names, returns)
    if function is not None and returns is None:
        result = python_type(function.returns)
    return Function("tool", node.name.text, tuple(params), result)


def type_of_builtin(one: Builtin, kind: str = "predeclared") -> Type:
    """A predeclared name, a function of `std` or a member, from its table."""
    if one.params is None:
        return of_text(one.type)
    params = tuple(
        Parameter(param.name, of_text(param.type), not param.optional, param.variadic, param.keywords)
        for param in one.params
    )
    name = one.path if kind == "predeclared" else one.name
    return Function("predeclared" if kind == "predeclared" else "method", name, params, of_text(one.type), one.fallible)


def method_of(names: Names, one: Named, member: str) -> Function | None:
    """A method that an `impl` gives to a struct or enum, or that a trait declares."""
    for entry in names.entries("impl" if one.kind != "trait" else "type", one.name):
        node = entry.declared.node
        methods = node.methods if isinstance(node, ast.Impl | ast.Trait) and not entry.declared.is_broken else ()
        for method in methods:
            if method.name.text == member:
                bound: dict[str, Type] = {"Self": one}
                if isinstance(node, ast.Trait):
                    bound |= bound_of(node, one)
                return function_type(names, method, "", bound)
    return None
