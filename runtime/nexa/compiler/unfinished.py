"""Declarations of which only the beginning is typed: their names may yet become any that goes on like that.

`ag` is on the way to `agent`, and `agent Wri` to `agent Writer`: that nothing is called `Writer` is no mistake yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.nameless import ANY_NAME, DECLARES, Lacking, lacking_of_word

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts

_DECLARING = (
    "agent", "tool", "protocol", "flow", "fn", "type", "struct", "enum", "trait", "impl", "job", "server", "db", "auth",
    "kv", "let", "include",
)  # fmt: skip

_BREAKS_OFF = re.compile(
    rf"^(?:let\b|{DECLARES.decode()})[ \t]+(\w+)[ \t]*(?:$|[^ \t\w{{(\[=:<>,;.\-\"'`@/|])", re.MULTILINE
)
"""A declaration that nothing follows the name of, or nothing that can: an invisible character, say."""


def beginnings(item: ItemFacts) -> Iterable[str]:
    """Itself, if it is nothing but a word with which one begins that declares something."""
    node = item.node
    is_name = isinstance(node, ast.ExprStmt) and isinstance(node.value, ast.Name)
    if not (is_name or isinstance(node, ast.ErrorItem)):  # `in` is no name
        return ()
    word = item.text.decode("utf-8", "replace")
    return (word,) if word.isalpha() and any(one.startswith(word) for one in _DECLARING) else ()


def lacking_of(beginning: str) -> Lacking:
    """What the name may mean of a declaration that begins like that."""
    words = [one for one in _DECLARING if one.startswith(beginning)]
    return ANY_NAME if "include" in words else frozenset().union(*(lacking_of_word(one.encode()) for one in words))


def half_names(item: ItemFacts) -> Iterable[str]:
    """The names of declarations that break off right behind them, or are torn there."""
    if not (item.slips and item.is_broken):
        return
    yield from _BREAKS_OFF.findall(item.text.decode("utf-8", "replace"))
    name = getattr(item.node, "name", None)
    if isinstance(item.node, ast.Declaration) and isinstance(name, ast.Name) and name.text:
        first = min(slip.span.start for slip in item.slips)
        is_body = item.text[first : first + 1] == b"{"
        if name.end <= first and not is_body and not item.text[name.end : first].strip():
            yield name.text
