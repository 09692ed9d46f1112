"""Remedies that several rules offer: other words at a place, other names, and statements that come or go."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Remedy, replace
from nexa.compiler.scope import Local
from nexa.syntax.span import Span

_QUOTED: Final = re.compile(r"(?s)(?:[rf]?(\"\"\"|[\"'`]))?(.*?)(\1)?\Z")


def rewritten(item: ItemFacts, span: Span, word: str) -> Remedy:
    """Another word at a place, inside the quotes that may be there. Only a person knows whether it was meant."""
    found = _QUOTED.match(item.source(span))
    assert found is not None  # it matches anything
    start = span.start + len(found.string[: found.start(2)].encode())
    return replace(Span(start, start + len(found[2].encode())), word, f"Write `{word}`", safe=False)


def instead(similar: str | None) -> Callable[[ItemFacts, Span], Remedy] | None:
    """Writes the name that was probably meant, if there is one."""
    return None if similar is None else partial(rewritten, word=similar)


def indentation(item: ItemFacts, node: ast.Node) -> str | None:
    """What stands before the first node of a line; None for a node that does not begin its line."""
    line = item.text.rfind(b"\n", 0, node.start) + 1
    before = item.source(Span(line, node.start))
    return before if not before.strip() else None


def separator(item: ItemFacts, parts: Sequence[ast.Node]) -> str:
    """What stands between one more part and those that there are: each on its line, or all on one."""
    indent = indentation(item, parts[-1]) if parts else None
    return ", " if indent is None else f",\n{indent}"


_SEPARATOR: Final = re.compile(rb"[ \t]*[,;]?")


def without_part(item: ItemFacts, before: int, start: int, end: int) -> Span:
    """What goes with the part of a list from `start` to `end`: the separator behind the part that ends `before`.

    Where a comment stands between the two, that stays, and the separator behind goes instead.
    """
    if not item.text[before:start].strip(b" \t\r\n\f,;"):
        return Span(before, end)
    behind = _SEPARATOR.match(item.text, end)
    return Span(start, end if behind is None else behind.end())


def put_before(item: ItemFacts, statement: ast.Node, text: str) -> Change:
    """Another statement before one, on a line of its own where that one has its line."""
    indent = indentation(item, statement)
    at = Span(statement.start, statement.start)
    return Change(at, f"{text}; " if indent is None else f"{text}\n{indent}")


_WHOLE: Final = (ast.PName, ast.Param, ast.Assign, ast.For, ast.PList, ast.ForkBranch)
"""Where a name can be changed without changing what it is taken from."""


def is_free(item: ItemFacts, local: Local, *, reads: bool) -> bool:
    """Whether every place that gives a local its value, and every read of it if asked, may call it otherwise."""
    if not local.writes or not all(isinstance(item.parents.get(name), _WHOLE) for name in local.writes):
        return False
    return not reads or not (_is_seen_by_python(item, local) or any(_is_in_template(item, one) for one in local.reads))


def _is_seen_by_python(item: ItemFacts, local: Local) -> bool:
    return any(local in (*facts.reads, *facts.written) for facts in item.scope.python.values())


def _is_in_template(item: ItemFacts, name: ast.Name) -> bool:
    """Whether data may answer the name as well."""
    return isinstance(item.parents.get(name), ast.TemplatePath)


def free_name(item: ItemFacts, names: Names, name: str) -> str:
    """The name with a number that nothing is called by yet, here or in the program."""
    functions = item.scope.functions.values()
    taken = names.once("locals", item, lambda: {local.name for one in functions for local in one.locals})
    number = 2
    # Whether a name is known says nothing here: while an include is missing, any name may be.
    while f"{name}{number}" in taken or names.entries("value", f"{name}{number}"):
        number += 1
    return f"{name}{number}"
