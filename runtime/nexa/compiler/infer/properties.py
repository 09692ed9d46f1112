"""Properties and options: whether a written value is of the kind that the table of properties asks for."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, PROPERTIES
from nexa.compiler.infer.leaks import leak
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.terms import (
    BOOL,
    DURATION,
    FLOAT,
    INT,
    STR,
    UNKNOWN,
    Basic,
    Type,
    base_of,
    is_dict,
    is_list,
)

_WORDS = {
    "str": "text",
    "path": "a path",
    "int": "a whole number",
    "float": "a number",
    "seconds": "a number of seconds",
    "bool": "`true` or `false`",
    "list": "a list",
    "dict": "a dict",
    "model": "a model",
    "agent": "a model or an agent",
    "type": "a protocol or a dict of fields",
    "flow": "a flow",
    "symbol": "a word",
}

_SORTS: dict[str, frozenset[str]] = {
    "str": frozenset({"text"}),
    "path": frozenset({"text"}),
    "int": frozenset({"int", "digits"}),
    "float": frozenset({"int", "float", "duration", "digits"}),
    "seconds": frozenset({"int", "float", "duration", "digits"}),
    "bool": frozenset({"bool", "bool text"}),
    "list": frozenset({"list", "text", "dict"}),
    "dict": frozenset({"dict"}),
    "model": frozenset({"text", "list"}),
    "agent": frozenset({"text", "list"}),
    "type": frozenset({"text", "dict"}),
    "flow": frozenset(),
    "symbol": frozenset({"text", "list"}),
}
"""The sorts of values that each kind of property accepts; names are judged elsewhere."""


def type_property(t: Typing, construct: str, key: ast.Name, value: ast.Expr) -> None:
    """Type the value of a property, and report it when it cannot be what the property takes."""
    found = _type_value(t, value)
    spec = PROPERTIES.get(construct, {}).get(key.text)
    if construct == "agent" and spec is not None and spec.value == "str" and not isinstance(value, ast.Str):
        leak(t, value, _held(t, value, found), f"`{key.text}`")
    if spec is None or found is None or spec.value not in _SORTS:
        return
    sort = _sort(value, found)
    accepted = _SORTS[spec.value]
    if construct == "job" and key.text == "backoff":
        accepted |= _SORTS["seconds"]
    if sort is None or sort in accepted or (sort in ("digits", "bool text") and "text" in accepted):
        return
    wanted = f"one of `{'`, `'.join(spec.symbols)}`" if spec.symbols else _WORDS[spec.value]
    t.clash("NX322", value.span, key.text, wanted, found)


def type_decorators(t: Typing, decorators: Iterable[ast.Decorator]) -> None:
    """The arguments of decorators, which set what properties set."""
    for one in decorators:
        known = DECORATORS.get(one.name.text)
        params = known.entry.params or () if known is not None else ()
        for index, arg in enumerate(one.args):
            name = arg.name.text if arg.name is not None else params[index].name if index < len(params) else ""
            param = known.entry.parameter(name) if known is not None else None
            found = _type_value(t, arg.value)
            sort = _sort(arg.value, found) if found is not None else None
            accepted = _SORTS.get(param.type) if param is not None else None
            if param is None or found is None or sort is None or accepted is None or sort in accepted:
                continue
            if not (sort in ("digits", "bool text") and "text" in accepted):
                t.clash("NX322", arg.value.span, name, _WORDS[param.type], found)


def _held(t: Typing, value: ast.Expr, found: Type | None) -> Type:
    """What a value is where a bare name counts as one."""
    return t.of(value) if found is None and isinstance(value, ast.Name | ast.Member) else found or UNKNOWN


def _type_value(t: Typing, value: ast.Expr) -> Type | None:
    """The type of a value; None where words may stand for themselves."""
    if isinstance(value, ast.Name | ast.Member):
        return None
    if isinstance(value, ast.List | ast.Tuple):
        for item in value.items:
            _type_value(t, item)
        return Basic("list")
    if isinstance(value, ast.Dict):
        for entry in value.entries:
            _type_value(t, entry.value)
        return Basic("dict")
    return None if isinstance(value, ast.ModelList) else t.of(value)


_BASIC = {"str": "text", "template": "text", "int": "int", "float": "float", "bool": "bool", "duration": "duration"}


def _sort(value: ast.Expr, found: Type) -> str | None:
    found = base_of(found)
    if isinstance(value, ast.Str) and value.plain is not None:
        text = value.plain.strip()
        if text.lower() in ("true", "false"):
            return "bool text"
        return "digits" if text.replace(".", "", 1).isdigit() else "text"
    if found == Basic("list") or is_list(found):
        return "list"
    if found == Basic("dict") or is_dict(found):
        return "dict"
    return _BASIC.get(found.name) if isinstance(found, Basic) and found in (STR, INT, FLOAT, BOOL, DURATION) else None
