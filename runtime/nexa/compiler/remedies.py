"""Remedies that several rules offer: other words at a place, and what is taken out whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Remedy, replace
from nexa.syntax.span import Span

_QUOTED = re.compile(r"(?s)(?:[rf]?(\"\"\"|[\"'`]))?(.*?)(\1)?\Z")


def rewritten(item: ItemFacts, span: Span, word: str) -> Remedy:
    """Another word at a place, inside the quotes that may be there. Only a person knows whether it was meant."""
    found = _QUOTED.match(item.source(span))
    assert found is not None  # it matches anything
    start = span.start + len(found.string[: found.start(2)].encode())
    return replace(Span(start, start + len(found[2].encode())), word, f"Write `{word}`", safe=False)


def instead(similar: str | None) -> Callable[[ItemFacts, Span], Remedy] | None:
    """Writes the name that was probably meant, if there is one."""
    return None if similar is None else partial(rewritten, word=similar)
