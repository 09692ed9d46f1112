"""The kinds of semantic tokens and what modifies them: the one place that names them.

The server announces these names, and `docs/semantic-tokens.json`, made from them, is what editor extensions declare:
the names, a sentence about each, the standard kind that stands in for one of ours, and TextMate scopes for themes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag


@dataclass(frozen=True, slots=True)
class TokenType:
    """A kind of token. `base` is the protocol's kind that a client without ours is given; `""` for the protocol's own.

    A `detail` only refines what every highlighter does already: it is left out for a client that does not know it and
    colours by itself, too.
    """

    name: str
    text: str
    scopes: tuple[str, ...]
    base: str = ""
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class TokenModifier:
    """What modifies a token; `is_standard` for the protocol's own."""

    name: str
    text: str
    is_standard: bool = True


class Kind(IntEnum):
    """The index of a kind in `TYPES`."""

    NAMESPACE = 0
    TYPE = 1
    ENUM = 2
    INTERFACE = 3
    STRUCT = 4
    TYPE_PARAMETER = 5
    PARAMETER = 6
    VARIABLE = 7
    PROPERTY = 8
    ENUM_MEMBER = 9
    FUNCTION = 10
    METHOD = 11
    CLASS = 12
    KEYWORD = 13
    COMMENT = 14
    STRING = 15
    NUMBER = 16
    REGEXP = 17
    OPERATOR = 18
    DECORATOR = 19
    AGENT = 20
    TOOL = 21
    PROTOCOL = 22
    FLOW = 23
    JOB = 24
    SERVER = 25
    HANDLE = 26
    DURATION = 27
    CONSTANT = 28
    ESCAPE = 29
    INTERPOLATION = 30
    TEMPLATE_TAG = 31


class Modifier(IntFlag):
    """The bit of a modifier; the bits are in the order of `MODIFIERS`."""

    NONE = 0
    DECLARATION = 1
    DEFINITION = 2
    READONLY = 4
    DEPRECATED = 8
    ASYNC = 16
    MODIFICATION = 32
    DOCUMENTATION = 64
    DEFAULT_LIBRARY = 128
    FLOW = 256


TYPES: tuple[TokenType, ...] = (
    TokenType("namespace", "A namespace: `std`, `std.fs`, a configuration.", ("entity.name.namespace",)),
    TokenType("type", "A type: `str`, `type Percent = …`.", ("entity.name.type", "support.type")),
    TokenType("enum", "An enum.", ("entity.name.type.enum",)),
    TokenType("interface", "A trait.", ("entity.name.type.interface",)),
    TokenType("struct", "A struct.", ("entity.name.type.struct",)),
    TokenType("typeParameter", "A type parameter.", ("entity.name.type.parameter",)),
    TokenType("parameter", "A parameter, or the name of a named argument.", ("variable.parameter",)),
    TokenType("variable", "A variable.", ("variable.other.readwrite",)),
    TokenType("property", "A field, or the key of a property, option or dict.", ("variable.other.property",)),
    TokenType("enumMember", "A variant of an enum, or a symbol that a property takes.", ("variable.other.enummember",)),
    TokenType("function", "A function: `fn`, or one that the language brings along.", ("entity.name.function",)),
    TokenType("method", "A member that is called.", ("entity.name.function.member",)),
    TokenType("class", "The type of an error.", ("entity.name.type.class",)),
    TokenType("keyword", "A word of the language, contextual ones included.", ("keyword.control",)),
    TokenType("comment", "A comment.", ("comment",)),
    TokenType("string", "Text.", ("string.quoted",)),
    TokenType("number", "A number.", ("constant.numeric",)),
    TokenType("regexp", "A regular expression.", ("string.regexp",)),
    TokenType("operator", "An operator.", ("keyword.operator",)),
    TokenType("decorator", "A decorator with its `@`.", ("entity.name.function.decorator",)),
    TokenType("agent", "An agent.", ("entity.name.type.agent.nexa", "entity.name.type.class"), "class"),
    TokenType("tool", "A tool: `tool`, or `fn` under `@tool`.", ("entity.name.function.tool.nexa",), "function"),
    TokenType("protocol", "A protocol.", ("entity.name.type.protocol.nexa", "entity.name.type.interface"), "interface"),
    TokenType("flow", "A flow.", ("entity.name.function.flow.nexa", "entity.name.function"), "function"),
    TokenType("job", "A job.", ("entity.name.type.job.nexa", "entity.name.type.class"), "class"),
    TokenType("server", "A server.", ("entity.name.type.server.nexa", "entity.name.type.class"), "class"),
    TokenType("handle", "A `db`, `kv` or `auth` handle.", ("variable.other.handle.nexa",), "variable"),
    TokenType("duration", "A length of time: `250ms`.", ("constant.numeric.duration.nexa",), "number"),
    TokenType("constant", "`true`, `false`, `null`.", ("constant.language.nexa",), "keyword"),
    TokenType("escapeSequence", r"An escape in text: `\n`.", ("constant.character.escape.nexa",), "string", True),
    TokenType(
        "interpolation",
        "The braces of `#{…}` in text.",
        ("punctuation.section.embedded.nexa",),
        "operator",
        True,
    ),
    TokenType(
        "templateTag", "The braces of `{{…}}` in a template.", ("punctuation.section.tag.nexa",), "operator", True
    ),
)
"""In the order of `Kind`."""

MODIFIERS: tuple[TokenModifier, ...] = (
    TokenModifier("declaration", "Here the name is introduced."),
    TokenModifier("definition", "Here what it names is given, too."),
    TokenModifier("readonly", "Never gets another value."),
    TokenModifier("deprecated", "Is accepted for migration only."),
    TokenModifier("async", "Runs beside what follows: started by `spawn`."),
    TokenModifier("modification", "Gets a value here."),
    TokenModifier("documentation", "Documents a declaration."),
    TokenModifier("defaultLibrary", "The language brings it along."),
    TokenModifier("flow", "An operator between agents: `>>`, `|>>`, `&>>`, …", is_standard=False),
)
"""In the order of the bits of `Modifier`."""


def as_json() -> dict[str, object]:
    """All of it, in the words of VS Code's contribution points."""
    return {
        "semanticTokenTypes": [
            {"id": one.name, "superType": one.base, "description": one.text} for one in TYPES if one.base
        ],
        "semanticTokenModifiers": [
            {"id": one.name, "description": one.text} for one in MODIFIERS if not one.is_standard
        ],
        "semanticTokenScopes": [
            {"language": "nexa", "scopes": {**{one.name: list(one.scopes) for one in TYPES}, **_MODIFIED_SCOPES}}
        ],
    }


_MODIFIED_SCOPES: dict[str, list[str]] = {
    "function.defaultLibrary": ["support.function.nexa", "support.function"],
    "method.defaultLibrary": ["support.function.nexa", "support.function"],
    "type.defaultLibrary": ["support.type.nexa", "support.type"],
    "variable.defaultLibrary": ["support.variable.nexa", "support.variable"],
    "variable.readonly": ["variable.other.constant"],
    "operator.flow": ["keyword.operator.flow.nexa", "keyword.control.flow"],
    "comment.documentation": ["comment.block.documentation", "comment"],
}
"""Scopes of kinds under a modifier, where themes tell the two apart."""
