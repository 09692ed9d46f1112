"""What the protocol calls the kinds of candidates."""

from __future__ import annotations

from nexa.ide.features.completion.candidates import CandidateKind


def kind_number(known: frozenset[int], kind: CandidateKind) -> int:
    """The protocol's number, or that of an older kind for clients that know no newer ones."""
    number = _KINDS[kind]
    return number if number in known else _OLDER.get(number, _TEXT)


_TEXT, _METHOD, _FUNCTION, _FIELD, _VARIABLE, _CLASS, _INTERFACE, _MODULE, _PROPERTY = 1, 2, 3, 5, 6, 7, 8, 9, 10
_VALUE, _ENUM, _KEYWORD, _SNIPPET, _FILE, _FOLDER, _ENUM_MEMBER, _CONSTANT = 12, 13, 14, 15, 17, 19, 20, 21
_STRUCT, _EVENT, _TYPE_PARAMETER = 22, 23, 25

_OLDER = {_FOLDER: _FILE, _ENUM_MEMBER: _ENUM, _CONSTANT: _VALUE, _STRUCT: _CLASS, _EVENT: _CLASS}
_OLDER |= {_TYPE_PARAMETER: _CLASS}

_KINDS: dict[CandidateKind, int] = {
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
    "impl": _CLASS,
    "job": _EVENT,
    "server": _MODULE,
    "db": _VARIABLE,
    "kv": _VARIABLE,
    "auth": _VARIABLE,
    "variable": _VARIABLE,
    "parameter": _VARIABLE,
    "method": _METHOD,
    "field": _FIELD,
    "type parameter": _TYPE_PARAMETER,
    "property": _PROPERTY,
    "symbol": _VALUE,
    "decorator": _FUNCTION,
    "filter": _FUNCTION,
    "config": _CONSTANT,
    "builtin": _FUNCTION,
    "namespace": _MODULE,
    "argument": _FIELD,
    "keyword": _KEYWORD,
    "snippet": _SNIPPET,
    "file": _FILE,
    "folder": _FOLDER,
    "secret": _CONSTANT,
    "model": _VALUE,
    "code": _CONSTANT,
    "python": _KEYWORD,
}
"""The protocol's numbers; a test compares them with lsprotocol's names."""
