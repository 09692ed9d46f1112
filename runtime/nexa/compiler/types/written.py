"""From written types to types: those in a program, and those in the tables of predeclared names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from nexa.compiler import ast
from nexa.compiler.builtins import TYPE_ALIASES
from nexa.compiler.builtins.signature import Builtin, split_top
from nexa.compiler.facts import Declared
from nexa.compiler.names import ERROR_TYPES, Names
from nexa.compiler.types.terms import (
    ANY,
    ANY_DICT,
    ARITY,
    BASICS,
    ERROR,
    UNIT,
    UNKNOWN,
    AgentOf,
    Applied,
    Function,
    Named,
    Parameter,
    Row,
    Semantic,
    Type,
    list_of,
    optional,
)
from nexa.compiler.types.union import union_of

Bound = Mapping[str, Type]
"""What the type parameters in scope stand for."""

NO_PARAMETERS: Bound = {}
_Around = tuple[str, ...]
"""The aliases that are being looked into, by name."""
_ROUNDS = 2
"""How often an alias that contains itself is looked into; what lies deeper may be anything."""


def read_type(names: Names, node: ast.TypeExpr | None, bound: Bound = NO_PARAMETERS, around: _Around = ()) -> Type:
    """The type that is written; unknown where it cannot be read or is already reported."""
    reader = _READERS.get(type(node))
    return UNKNOWN if reader is None else reader(names, node, bound, around)


def _name(names: Names, node: ast.TypeName, bound: Bound, around: _Around) -> Type:
    if len(node.path) != 1:
        return UNKNOWN
    text = node.path[0].text
    if text in bound:
        return bound[text]
    meaning = names.type(text)
    if isinstance(meaning, Builtin):
        return _builtin(names, meaning.name, node, bound, around)
    if isinstance(meaning, Declared) and not meaning.is_broken:
        return _declared(names, meaning, tuple(read_type(names, one, bound, around) for one in node.args), around)
    return ERROR if meaning is None and text in ERROR_TYPES else UNKNOWN


def _builtin(names: Names, name: str, node: ast.TypeName, bound: Bound, around: _Around) -> Type:
    if name in BASICS:
        return BASICS[name]
    if name == "error":
        return ERROR
    args = tuple(read_type(names, one, bound, around) for one in node.args)
    if name == "agent":
        return AgentOf(*args) if len(args) == 2 else UNKNOWN
    wanted = ARITY.get(name)
    if wanted is None:
        return UNKNOWN
    if len(args) != wanted:
        return plain(name)  # NX320 says so where arguments were written
    return optional(args[0]) if name == "Option" else Applied(name, args)


def plain(name: str) -> Type:
    """A built-in type without its arguments: `list` is `list[any]`."""
    return ANY_DICT if name == "dict" else ANY if name == "Option" else Applied(name, (ANY,) * ARITY[name])


def _declared(names: Names, meaning: Declared, args: tuple[Type, ...], around: _Around) -> Type:
    node = meaning.node
    if isinstance(node, ast.TypeAlias):
        if around.count(meaning.name) == _ROUNDS:
            return UNKNOWN
        params = [one.text for one in node.type_params]
        base = read_type(
            names, node.type, dict(zip(params, args or (ANY,) * len(params), strict=False)), (*around, meaning.name)
        )
        return Semantic(meaning.name, base) if node.constraint is not None else base
    if isinstance(node, ast.Protocol | ast.Struct | ast.Enum | ast.Trait):
        count = len(node.type_params)
        given = args if len(args) == count else (ANY,) * count
        return Named(meaning.kind, meaning.name, given)  # type: ignore[arg-type]  # these classes have these kinds
    return UNKNOWN


def _union(names: Names, node: ast.TypeUnion, bound: Bound, around: _Around) -> Type:
    return union_of(read_type(names, one, bound, around) for one in node.members)


def _option(names: Names, node: ast.TypeOption, bound: Bound, around: _Around) -> Type:
    return optional(read_type(names, node.inner, bound, around))


def _tuple(names: Names, node: ast.TypeTuple, bound: Bound, around: _Around) -> Type:
    return Row(tuple(read_type(names, one, bound, around) for one in node.items)) if node.items else UNIT


def _function(names: Names, node: ast.TypeFn, bound: Bound, around: _Around) -> Type:
    params = tuple(Parameter("", read_type(names, one, bound, around)) for one in node.params)
    result = UNIT if node.returns is None else read_type(names, node.returns, bound, around)
    return Function("type", "", params, result)


def _agent(names: Names, node: ast.TypeAgent, bound: Bound, around: _Around) -> Type:
    return AgentOf(read_type(names, node.input, bound, around), read_type(names, node.output, bound, around))


def _variant(names: Names, node: ast.TypeVariant, bound: Bound, around: _Around) -> Type:
    return _name(names, ast.TypeName(node.start, node.end, (node.enum,), (), angle=False), bound, around)


_READERS: dict[type, Callable[..., Type]] = {
    ast.TypeName: _name,
    ast.TypeUnion: _union,
    ast.TypeOption: _option,
    ast.TypeTuple: _tuple,
    ast.TypeFn: _function,
    ast.TypeAgent: _agent,
    ast.TypeVariant: _variant,
}


@cache
def of_text(text: str) -> Type:
    """The type that a table of predeclared names writes: `list[dict]`, `any?`. There are few of them."""
    text = text.strip()
    if text.endswith("?"):
        inner = of_text(text[:-1])
        return Applied("Option", (inner,))
    if text.startswith("("):
        return Row(tuple(of_text(part) for part in split_top(text[1:-1])))
    name, _, rest = text.partition("[")
    name = TYPE_ALIASES.get(name, name)
    if rest:
        args = tuple(of_text(part) for part in split_top(rest[:-1]))
        return list_of(args[0]) if name == "list" else Applied(name, args)
    if name in BASICS:
        return BASICS[name]
    return ERROR if name == "error" else plain(name) if name in ARITY else ANY
