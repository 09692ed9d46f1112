"""Types written as texts: `"list[string]"`, `"int | null"`, `"str?"`, as in schemas and in tools' parameters."""

from __future__ import annotations

import re
from types import GenericAlias
from typing import Any, Optional, Union

_NAMES: dict[str, Any] = {
    **dict.fromkeys(("str", "string", "text"), str),
    **dict.fromkeys(("int", "integer"), int),
    **dict.fromkeys(("float", "number", "double"), float),
    **dict.fromkeys(("bool", "boolean"), bool),
    **dict.fromkeys(("null", "none", "unit", "void"), type(None)),
    **dict.fromkeys(("any",), Any),
}
_LISTS = ("list", "array")
_DICTS = ("dict", "map", "object")
_TOKEN = re.compile(r"\s*([\w.]+|[\[\]<>,|?])")


def type_of_text(text: str, default: Any = str) -> Any:
    """The type that `text` names, after cutting a trailing comment or `@ "…"`; `default` if it names none."""
    written = text.partition("//")[0].partition("@")[0].strip()
    tokens = _TOKEN.findall(written)
    if "".join(tokens) != re.sub(r"\s+", "", written) or not tokens:
        return default
    try:
        found, rest = _union(tokens)
    except (LookupError, TypeError):
        return default
    return default if rest else found


def is_type_text(text: str) -> bool:
    """Whether `text` names a type."""
    return type_of_text(text, None) is not None


def _union(tokens: list[str]) -> tuple[Any, list[str]]:
    found, rest = _one(tokens)
    while rest[:1] == ["|"]:
        other, rest = _one(rest[1:])
        found = Union[found, other]  # noqa: UP007 - the operands are values here
    return found, rest


def _one(tokens: list[str]) -> tuple[Any, list[str]]:
    name, rest = tokens[0].casefold(), tokens[1:]
    parts: list[Any] = []
    if rest[:1] in (["["], ["<"]):
        closer = "]" if rest[0] == "[" else ">"
        while rest[:1] != [closer]:
            part, rest = _union(rest[1:])
            parts.append(part)
        rest = rest[1:]
    found = _generic(name, parts)
    if rest[:1] == ["?"]:
        return Optional[found], rest[1:]  # noqa: UP045 - the operand is a value here
    return found, rest


def _generic(name: str, parts: list[Any]) -> Any:
    if name in _LISTS and len(parts) <= 1:
        return GenericAlias(list, (parts[0] if parts else Any,))
    if name in _DICTS and len(parts) in (0, 2):
        return GenericAlias(dict, tuple(parts) or (str, Any))
    if name == "option" and len(parts) == 1:
        return Optional[parts[0]]  # noqa: UP045 - the operand is a value here
    if parts:
        raise LookupError(name)
    return _NAMES[name]
