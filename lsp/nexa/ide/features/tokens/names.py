"""What kind of token each name of an item is: by what it means where that is known, by where it stands otherwise."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, ERRORS
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared, DeclaredKind, ItemFacts
from nexa.compiler.names import Meaning, Names
from nexa.compiler.scope import Local, LocalKind, Role, Use
from nexa.ide.features.tokens.members import is_callee, member_token, path_token
from nexa.ide.legend import Kind, Modifier

Look = tuple[Kind, Modifier]
"""How a name looks."""


class NameTokens:
    """The names of one item; what the program is asked for goes through `names`, which remembers it."""

    def __init__(self, item: ItemFacts, names: Names) -> None:
        self._item = item
        self._names = names
        self._scope = item.scope
        self._declared = {one.span.start: one for one in item.declared}
        self._written = {
            name for function in self._scope.functions.values() for local in function.locals for name in local.writes
        }

    def look(self, name: ast.Name) -> Look:
        """Kind and modifiers of a name of the item."""
        local = self._scope.bindings.get(name)
        use = self._scope.use_of.get(name)
        if local is not None:
            return (self._known_otherwise(use) if use is not None else None) or self._local(local, name)
        if use is not None:
            return self._use(use)
        declared = self._declared.get(name.start)
        if declared is not None:
            return of_declared(declared)[0], _INTRODUCED
        return self._in_context(name)

    # ── locals

    def _local(self, local: Local, name: ast.Name) -> Look:
        if local.kind in ("self", "contract"):
            return Kind.FUNCTION if local.name == "old" else Kind.VARIABLE, _GIVEN
        kind = _LOCALS[local.kind]
        if local.kind == "type":
            return kind, Modifier.DECLARATION if local.binding is name else Modifier.NONE
        modifiers = Modifier.READONLY if local.kind == "let" and len(local.writes) < 2 else Modifier.NONE
        if local.binding is name:
            return kind, modifiers | (_INTRODUCED if kind in _CALLED else Modifier.DECLARATION)
        return kind, modifiers | (Modifier.MODIFICATION if name in self._written else Modifier.NONE)

    def _known_otherwise(self, use: Use) -> Look | None:
        """What a binding means instead, if the program says so: a variant in a pattern, the tool that a hook names."""
        if use.role == "variant":
            return (Kind.ENUM_MEMBER, Modifier.READONLY) if self._names.is_variant(use.name.text) else None
        meaning = self._names.value(use.name.text)
        is_tool = isinstance(meaning, Declared) and of_declared(meaning)[0] is Kind.TOOL
        return (Kind.TOOL, Modifier.NONE) if is_tool else None

    # ── names of the program

    def _use(self, use: Use) -> Look:
        text = use.name.text
        if use.role == "assign":
            return self._assigned(use.name)
        if use.role == "config":
            return Kind.NAMESPACE, Modifier.NONE
        if use.role == "variant":
            return Kind.ENUM_MEMBER, Modifier.READONLY
        if use.role in _TYPE_ROLES:
            return _of_type(self._names.type(text), use.role)
        meaning = self._names.value(text)
        if meaning is None and use.late is not None:
            return self._local(use.late, use.name)
        if meaning is not None:
            kind, modifiers = self._of_value(meaning)
            return kind, modifiers | (Modifier.ASYNC if use.role == "actor" else Modifier.NONE)
        if use.role == "symbol":
            return Kind.ENUM_MEMBER, _GIVEN
        return Kind.FUNCTION if is_callee(self._item, use.name) else Kind.VARIABLE, Modifier.NONE

    def _of_value(self, meaning: Meaning) -> Look:
        if isinstance(meaning, Builtin):
            return _of_builtin(meaning)
        kind, modifiers = of_declared(meaning)
        if meaning.kind == "variable" and not meaning.is_assigned:
            is_only = len(self._names.entries("value", meaning.name)) == 1
            modifiers |= Modifier.READONLY if is_only else Modifier.NONE
        return kind, modifiers

    def _assigned(self, name: ast.Name) -> Look:
        """A top-level variable where it gets a value; its only assignment introduces it."""
        declared = self._declared.get(name.start)
        is_only = len(self._names.entries("value", name.text)) < 2
        if declared is not None and not declared.is_assigned:
            return Kind.VARIABLE, Modifier.DECLARATION | (Modifier.READONLY if is_only else Modifier.NONE)
        return Kind.VARIABLE, Modifier.MODIFICATION | (Modifier.DECLARATION if is_only else Modifier.NONE)

    # ── by where it stands

    def _in_context(self, name: ast.Name) -> Look:
        parent = self._item.parents.get(name)
        if isinstance(parent, ast.Member):
            return member_token(self._item, self._names, parent)
        if isinstance(parent, ast.VariantExpr | ast.TypeVariant | ast.PVariant):
            return Kind.ENUM_MEMBER, self._of_variant(parent)
        if isinstance(parent, ast.UseItem):
            path = tuple(one.text for one in parent.path[: parent.path.index(name) + 1])
            return path_token(self._names.value(path[0]), path) or (Kind.FUNCTION, Modifier.NONE)
        if isinstance(parent, ast.TemplatePath):
            return _of_template(parent, name)
        if isinstance(parent, ast.Function | ast.Flow):
            return Kind.METHOD, Modifier.DECLARATION if parent.body is None else _INTRODUCED
        look = _CONTEXTS.get(type(parent))
        if look is not None:
            return look
        return Kind.FUNCTION if is_callee(self._item, name) else Kind.VARIABLE, Modifier.NONE

    def _of_variant(self, node: ast.VariantExpr | ast.TypeVariant | ast.PVariant) -> Modifier:
        is_own = node.enum is not None and self._names.entries("type", node.enum.text)
        is_given = node.enum is not None and not is_own and node.enum.text in BUILTIN_VARIANTS
        return _GIVEN if is_given else Modifier.READONLY


def of_declared(declared: Declared) -> Look:
    """A declaration of the program, wherever it is named."""
    node = declared.node
    if isinstance(node, ast.Function) and any(one.name.text == "tool" for one in node.decorators):
        return Kind.TOOL, Modifier.NONE
    return _DECLARATIONS[declared.kind], Modifier.NONE


def _of_type(meaning: Meaning | None, role: Role) -> Look:
    if isinstance(meaning, Declared):
        return of_declared(meaning) if meaning.kind in _TYPES_OF_ITS_OWN else (Kind.TYPE, Modifier.NONE)
    kind = Kind.CLASS if role == "error" else Kind.ENUM if role == "enum" else Kind.TYPE
    is_given = meaning is not None or role == "error"
    return kind, Modifier.DEFAULT_LIBRARY if is_given else Modifier.NONE


def _of_builtin(builtin: Builtin) -> Look:
    if builtin.name == "std":
        return Kind.NAMESPACE, Modifier.DEFAULT_LIBRARY
    if builtin.name in _NULLS:
        return Kind.CONSTANT, _GIVEN
    if builtin.name in ERRORS:
        return Kind.CLASS, Modifier.DEFAULT_LIBRARY
    return (Kind.VARIABLE, _GIVEN) if builtin.params is None else (Kind.FUNCTION, Modifier.DEFAULT_LIBRARY)


def _of_template(path: ast.TemplatePath, name: ast.Name) -> Look:
    if path.names[0] is not name:
        return Kind.PROPERTY, Modifier.NONE
    return Kind.VARIABLE, _GIVEN if name.text.startswith("@") or name.text == "this" else Modifier.NONE


_NULLS = frozenset({"None", "none", "nil"})
_INTRODUCED = Modifier.DECLARATION | Modifier.DEFINITION
_GIVEN = Modifier.READONLY | Modifier.DEFAULT_LIBRARY
_CALLED = frozenset({Kind.METHOD, Kind.FUNCTION})
_TYPE_ROLES: frozenset[Role] = frozenset(
    {"type", "maybe type", "implements", "trait", "target", "error", "enum", "shape"}
)
_TYPES_OF_ITS_OWN: frozenset[DeclaredKind] = frozenset({"protocol", "struct", "enum", "trait"})

_LOCALS: dict[LocalKind, Kind] = {
    "parameter": Kind.PARAMETER,
    "let": Kind.VARIABLE,
    "assigned": Kind.VARIABLE,
    "for": Kind.VARIABLE,
    "match": Kind.VARIABLE,
    "catch": Kind.PARAMETER,
    "hook": Kind.PARAMETER,
    "member": Kind.PROPERTY,
    "method": Kind.METHOD,
    "function": Kind.FUNCTION,
    "type": Kind.TYPE_PARAMETER,
}

_DECLARATIONS: dict[DeclaredKind, Kind] = {
    "agent": Kind.AGENT,
    "tool": Kind.TOOL,
    "fn": Kind.FUNCTION,
    "flow": Kind.FLOW,
    "protocol": Kind.PROTOCOL,
    "type": Kind.TYPE,
    "struct": Kind.STRUCT,
    "enum": Kind.ENUM,
    "trait": Kind.INTERFACE,
    "impl": Kind.TYPE,
    "job": Kind.JOB,
    "server": Kind.SERVER,
    "db": Kind.HANDLE,
    "kv": Kind.HANDLE,
    "auth": Kind.HANDLE,
    "variable": Kind.VARIABLE,
    "doubtful": Kind.VARIABLE,
}

_CONTEXTS: dict[type[ast.Node] | type[None], Look] = {
    ast.Variant: (Kind.ENUM_MEMBER, Modifier.DECLARATION | Modifier.READONLY),
    ast.Field: (Kind.PROPERTY, Modifier.DECLARATION),
    ast.StructField: (Kind.PROPERTY, Modifier.DECLARATION),
    ast.Payload: (Kind.PROPERTY, Modifier.DECLARATION),
    ast.Param: (Kind.PARAMETER, Modifier.DECLARATION),
    ast.Argument: (Kind.PARAMETER, Modifier.NONE),
    ast.Property: (Kind.PROPERTY, Modifier.NONE),
    ast.ConfigItem: (Kind.PROPERTY, Modifier.NONE),
    ast.Entry: (Kind.PROPERTY, Modifier.NONE),
    ast.StructFieldValue: (Kind.PROPERTY, Modifier.NONE),
    ast.PRecordEntry: (Kind.PROPERTY, Modifier.NONE),
    ast.Filter: (Kind.FUNCTION, Modifier.DEFAULT_LIBRARY),
    ast.Decorator: (Kind.DECORATOR, Modifier.NONE),
    ast.Route: (Kind.ENUM_MEMBER, _GIVEN),
    ast.TypeName: (Kind.TYPE, Modifier.NONE),
    ast.TemplateFor: (Kind.VARIABLE, Modifier.DECLARATION),
    ast.TemplatePartial: (Kind.FUNCTION, Modifier.NONE),
}
"""Names that mean what they stand in."""
