"""What the protocol calls the kinds of things in a program."""

from __future__ import annotations

_MODULE, _CLASS, _METHOD, _PROPERTY, _FIELD, _INTERFACE, _FUNCTION, _VARIABLE = 2, 5, 6, 7, 8, 11, 12, 13
_FILE, _OBJECT, _KEY, _ENUM, _ENUM_MEMBER, _STRUCT, _EVENT, _TYPE_PARAMETER = 1, 19, 20, 10, 22, 23, 24, 26

SYMBOL_KINDS: dict[str, int] = {
    "agent": _CLASS,
    "tool": _METHOD,
    "fn": _FUNCTION,
    "flow": _FUNCTION,
    "protocol": _INTERFACE,
    "type": _TYPE_PARAMETER,
    "struct": _STRUCT,
    "enum": _ENUM,
    "variant": _ENUM_MEMBER,
    "trait": _INTERFACE,
    "impl": _OBJECT,
    "job": _EVENT,
    "server": _MODULE,
    "route": _METHOD,
    "db": _VARIABLE,
    "kv": _VARIABLE,
    "auth": _VARIABLE,
    "test": _EVENT,
    "property": _PROPERTY,
    "field": _FIELD,
    "variable": _VARIABLE,
    "include": _FILE,
    "file": _FILE,
    "method": _METHOD,
    "config": _KEY,
    "secret": _KEY,
    "hook": _EVENT,
}
"""The protocol's numbers; a test compares them with lsprotocol's names."""
