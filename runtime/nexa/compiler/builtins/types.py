"""The built-in types, their aliases, and the variants of the built-in enums (language reference, 3.2.1)."""

from __future__ import annotations

from nexa.compiler.builtins.signature import Builtin

TYPES: dict[str, str] = {
    "str": "Text.",
    "int": "Whole numbers of any size.",
    "float": "Numbers with a fraction; a whole number is accepted.",
    "bool": "`true` or `false`.",
    "unit": "The single value of statements.",
    "null": "`null`.",
    "list": "A sequence: `list[str]`.",
    "dict": "Keys and values: `dict[str, int]`.",
    "Option": "`null`, `Option::None`, `Option::Some(v)` or a bare value: `Option[T]`, `T?`.",
    "Result": "`Result::Ok(v)` or `Result::Err(e)`: `Result[T, E]`.",
    "agent": "An agent, or a flow with the same input and output: `agent[I, O]`.",
    "task": "Work that has been started: `task[T]`.",
    "actor": "A running actor: `actor[I, O]`.",
    "channel_tx": "The end of a channel that sends.",
    "channel_rx": "The end of a channel that receives.",
    "snapshot": "The state of a moment.",
    "template": "A template literal.",
    "image": "A picture.",
    "duration": "A length of time.",
    "secret": "Text that is never shown.",
    "db": "A database.",
    "kv": "A key-value store.",
    "auth": "Sign-in.",
    "request": "What a client of a server sent.",
    "response": "What a server answers.",
    "regex": "A regular expression.",
    "error": "An error of a program.",
    "any": "Anything.",
}
"""Each built-in type with what its values are."""

TYPE_ALIASES: dict[str, str] = {
    "string": "str",
    "String": "str",
    "Str": "str",
    "integer": "int",
    "Int": "int",
    "Float": "float",
    "number": "float",
    "Number": "float",
    "boolean": "bool",
    "Bool": "bool",
    "Unit": "unit",
    "void": "unit",
    "None": "null",
    "List": "list",
    "array": "list",
    "Dict": "dict",
    "Map": "dict",
    "map": "dict",
    "object": "dict",
    "Any": "any",
}
"""Other names of the built-in types."""

BUILTIN_VARIANTS: dict[str, dict[str, bool]] = {
    "Option": {"Some": True, "None": False},
    "Result": {"Ok": True, "Err": True},
}
"""The built-in enums: each variant, and whether it carries a value."""


def builtin_type(name: str) -> str | None:
    """The type that a built-in name means, None for any other name."""
    return name if name in TYPES else TYPE_ALIASES.get(name)


BUILTIN_TYPES: dict[str, Builtin] = {
    **{name: Builtin(name, name, None, "type", False, doc) for name, doc in TYPES.items()},
    **{alias: Builtin(name, name, None, "type", False, TYPES[name]) for alias, name in TYPE_ALIASES.items()},
}
"""Every built-in type under each of its names."""
