"""Words for new code: names that are free, parentheses where they are needed, types and values that can be written."""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED_VALUES, TYPE_ALIASES, TYPES
from nexa.compiler.format import formatted
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import SILENT, Applied, Basic, Named, Row, Semantic, Type, Union
from nexa.ide.features.actions.action import Selection
from nexa.syntax import parse

_TAKEN: Final = RESERVED | PREDECLARED_VALUES.keys() | TYPES.keys() | TYPE_ALIASES.keys()
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")
_VERBS: Final = ("get_", "find_", "make_", "read_", "load_", "build_", "create_", "fetch_", "compute_")
_EMPTY: Final = {"str": '""', "int": "0", "float": "0.0", "bool": "false", "null": "null", "any": "null"}
_WRITABLE: Final = frozenset({"str", "int", "float", "bool", "duration", "template", "image", "snapshot", "regex"})


def words_of(name: str) -> list[str]:
    """The words of a name in whichever case it is written."""
    return _WORD.findall(name)


def snake(name: str) -> str:
    """`FieldScout` → `field_scout`."""
    return "_".join(word.lower() for word in words_of(name))


def camel(name: str) -> str:
    """`order items` → `OrderItems`."""
    return "".join(word[:1].upper() + word[1:].lower() for word in words_of(name))


def free_name(selection: Selection, wanted: str) -> str:
    """The name, with a number if it means something already; what is only a member or a key does not count."""
    names, scope = selection.names, selection.item.scope
    meant = (scope.bindings, scope.use_of, scope.loops)
    used = {name.text for name in selection.item.of(ast.Name) if any(name in one for one in meant)} | scope.mentions
    number, name = 1, wanted
    # Whether a name is known says nothing here: while an include is missing, any name may be.
    while name in used or name in _TAKEN or names.entries("value", name) or names.entries("type", name):
        number += 1
        name = f"{wanted}{number}"
    return name


def name_for(selection: Selection, node: ast.Expr) -> str:
    """A name for a variable that holds the value of an expression."""
    return free_name(selection, _suggested(node) or "value")


def _suggested(node: ast.Expr) -> str:
    match node:
        case ast.Call(callee=ast.Member(object=ast.Name(text=agent), member=ast.Name(text="run"))):
            return f"{snake(agent)}_result"
        case ast.Call(callee=callee):
            return _without_verb(_suggested(callee))
        case ast.Pipe(right=right) | ast.PipeCall(right=right) | ast.Merge(right=right):
            return _suggested(right)
        case ast.Member(member=member):
            return snake(member.text)
        case ast.Name(text=text):
            return snake(text)
        case ast.Index(index=ast.Str(plain=str(key))):
            return snake(key)
        case ast.Propagate(value=value) | ast.Await(value=value) | ast.Otherwise(value=value):
            return _suggested(value)
        case ast.Compare() | ast.IsType() | ast.Bool():
            return "is_so"
    return _KINDS.get(type(node), "")


_KINDS: Final[dict[type[ast.Node], str]] = {
    ast.Str: "text",
    ast.Raw: "text",
    ast.Template: "template_text",
    ast.Int: "number",
    ast.Float: "number",
    ast.Duration: "delay",
    ast.List: "items",
    ast.Dict: "record",
    ast.Lambda: "function",
    ast.FanOut: "results",
}


def _without_verb(name: str) -> str:
    return next((name[len(verb) :] for verb in _VERBS if name.startswith(verb) and len(name) > len(verb)), name)


_ATOMS: Final = (
    ast.Name, ast.Call, ast.Member, ast.Index, ast.Slice, ast.Propagate, ast.Str, ast.Raw, ast.Template, ast.Int,
    ast.Float, ast.Duration, ast.Bool, ast.Null, ast.List, ast.Tuple, ast.Dict, ast.StructLit, ast.VariantExpr,
)  # fmt: skip


def operand(selection: Selection, node: ast.Expr) -> str:
    """An expression as it may stand beside any operator."""
    text = selection.source(node)
    return text if isinstance(node, _ATOMS) else f"({text})"


def annotation(one: Type | None) -> str:
    """A type as it may be written; empty for one that cannot, or that says nothing."""
    return show(one) if one is not None and _is_writable(one) else ""


def _is_writable(one: Type) -> bool:
    match one:
        case Basic(name=name):
            return one not in SILENT and name in _WRITABLE
        case Applied(name=name, args=args):
            return name in ("list", "dict", "Option") and all(map(_is_writable, args))
        case Row(items=items, is_list=True):
            return bool(items) and all(map(_is_writable, items)) and not show(one).startswith("list[list")
        case Row(items=items):
            return len(items) > 1 and all(map(_is_writable, items))
        case Union(members=members):
            return all(map(_is_writable, members))
        case Named(kind=kind, args=args):
            return kind != "trait" and all(map(_is_writable, args))
        case Semantic():
            return True
    return False


def placeholder(one: Type | None) -> str:
    """A value of a type that somebody will replace."""
    match one:
        case Basic(name=name):
            return _EMPTY.get(name, "null")
        case Applied(name="list") | Row(is_list=True):
            return "[]"
        case Applied(name="dict"):
            return "{}"
        case Semantic(base=base):
            return placeholder(base)
        case Union(members=members):
            return placeholder(members[0])
    return "null"


def laid_out(declaration: str) -> str:
    """A declaration in its layout, without the line end behind it."""
    return formatted(parse(declaration.encode())).text.decode().rstrip("\n")
