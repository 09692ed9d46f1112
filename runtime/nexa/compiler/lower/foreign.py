"""Words, operators and characters that people bring along from other languages, and what Nexa has instead."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "import": ('`include "file.nx"`', ""),
    "from": ('`include "file.nx"`', ""),
    "require": ('`include "file.nx"`', ""),
    "using": ('`include "file.nx"`', ""),
    "export": ("leave it out: every declaration is visible to whoever includes the file", ""),
    "pub": ("leave it out: every declaration is visible to whoever includes the file", ""),
    "public": ("leave it out: every declaration is visible to whoever includes the file", ""),
    "def": ("`fn` or `flow`", "fn"),
    "func": ("`fn` or `flow`", "fn"),
    "function": ("`fn` or `flow`", "fn"),
    "async": ("leave it out: every function may wait", ""),
    "lambda": ("`fn(x) => …`", ""),
    "class": ("`struct` for data, `protocol` for what an agent answers, `agent` for an agent", ""),
    "interface": ("`trait`, or `protocol` for what an agent answers", "trait"),
    "elif": ("`else if`", "else if"),
    "elsif": ("`else if`", "else if"),
    "elseif": ("`else if`", "else if"),
    "unless": ("`if not`", "if not"),
    "switch": ("`match`", "match"),
    "case": ("`pattern => …` in a `match`", ""),
    "except": ("`catch`", "catch"),
    "rescue": ("`catch`", "catch"),
    "ensure": ("`finally`", "finally"),
    "throw": ("`raise`", "raise"),
    "foreach": ("`for each`", "for each"),
    "until": ("`loop { … } until (…)`", ""),
    "do": ("`loop { … } until (…)`", ""),
    "with": ("`with_context`, or `defer` to close what was opened", ""),
    "var": ("`let`", "let"),
    "const": ("`let`", "let"),
    "val": ("`let`", "let"),
    "del": ("leave it out: values go when nobody needs them", ""),
    "global": ("leave it out: top-level variables are visible everywhere", ""),
    "nonlocal": ("leave it out: outer variables can be assigned", ""),
    "yield": ("a list, or a channel", ""),
    "new": ("the name alone, as in `Point { x: 1 }`", ""),
    "echo": ("`print`", "print"),
    "elseIf": ("`else if`", "else if"),
}
"""Words that begin a construct elsewhere: what to use in Nexa, in words, and the text to put in their place."""

DECLARING: Final = frozenset({"def", "func", "function", "class", "interface"})
"""Those of them that begin a declaration with a body."""

CHARACTERS: Final[dict[str, tuple[str, str]]] = {
    "“": ('"', ""),
    "”": ('"', ""),
    "„": ('"', ""),
    "«": ('"', ""),
    "»": ('"', ""),
    "‘": ("'", ""),
    "’": ("'", ""),
    "「": ('"', ""),
    "」": ('"', ""),
    "＂": ('"', ""),
    "＇": ("'", ""),
    "（": ("(", ""),
    "）": (")", ""),
    "［": ("[", ""),
    "］": ("]", ""),
    "【": ("[", ""),
    "】": ("]", ""),
    "｛": ("{", ""),
    "｝": ("}", ""),
    "，": (",", ""),
    "、": (",", ""),
    "；": (";", ""),
    "：": (":", ""),
    "。": (".", ""),
    "．": (".", ""),
    "＝": ("=", ""),
    "＞": (">", ""),
    "＜": ("<", ""),
    "＋": ("+", ""),
    "－": ("-", ""),
    "−": ("-", ""),
    "–": ("-", ""),
    "—": ("-", ""),
    "×": ("*", ""),
    "÷": ("/", ""),
    "≠": ("!=", ""),
    "≤": ("<=", ""),
    "≥": (">=", ""),
    "→": ("->", ""),
    "⇒": ("=>", ""),
    "！": ("!", ""),
    "？": ("?", ""),
    "｜": ("|", ""),
    "…": ("..", ""),
    "$": ("", "an interpolation is written `#{…}`"),
    "\\": ("", "a line goes on without it: an operator at the start of the next line is enough"),
}
"""Characters that no token begins with: the near operator, or advice in words."""

PAIRS: Final[dict[str, str]] = {"<>": "!=", "?:": "??", "<<": ""}
"""Operators that are read as two signs: the one that is meant (`""` if none is)."""

_DECLARATIONS_WORDS = """
    include use agent tool protocol flow fn test type struct enum trait impl job server db auth kv
"""
DECLARATIONS: Final = frozenset(_DECLARATIONS_WORDS.split())

_BLOCK: Final = "it needs a block in `{ }`"
_TOP: Final = "a declaration stands at the top level of a file"
_AGENT: Final = "it belongs in the body of an `agent`"
_SERVER: Final = "it belongs in the body of a `server`"
_JOB: Final = "it belongs in the body of a `job`"
_BODY: Final = "statements belong in the body of a `flow` or `fn`"

_STATEMENT_WORDS = """
    let if for while loop match try try_agent autoloop with_context fork verify unharnessed assert defer
    return break continue raise print reflect pass semantic_if await
"""

PLACES: Final[dict[str, str]] = {
    **dict.fromkeys(DECLARATIONS, _TOP),
    "context": _AGENT,
    "uses": _AGENT,
    "implements": "it belongs in the header of an `agent`",
    **dict.fromkeys(("before_step", "after_step", "on_error", "before_tool", "after_tool"), _BLOCK),
    **dict.fromkeys(("route", "static", "group", "cors", "csp", "middleware", "require_auth", "semantic"), _SERVER),
    **dict.fromkeys(("perform", "on_failure"), _JOB),
    "else": "it follows the `}` of an `if`",
    "catch": "it follows the `}` of a `try`",
    "catch_correction": "it follows the `}` of a `try_agent`",
    "finally": "it follows the `}` of a `try`",
    "and": "",
    "or": "",
    "in": "",
    "is": "",
    "otherwise": "",
    **dict.fromkeys(_STATEMENT_WORDS.split(), _BODY),
    "config": "it belongs behind `use`, or in a secrets file",
}
"""Keywords, and where they belong."""
