"""Calls between flows, agents and tools, as the protocol calls them."""

from __future__ import annotations

from nexa.ide.callables import Callable
from nexa.ide.features.call_hierarchy import Calls
from nexa.lsp.convert import Convert
from nexa.lsp.hierarchies import shown
from nexa.lsp.messages import Json
from nexa.syntax import Span


def call_item(convert: Convert, one: Callable) -> Json:
    """Something that calls or is called."""
    return shown(convert, one.name, one.kind, one.detail, one.path, one.span, one.name_span)


def call_rows(convert: Convert, rows: list[Calls], side: str, path: str = "") -> Json:
    """`side` is `from` or `to`; places are in the file of whoever calls: `path`, or that of each other side."""

    def place(one: Calls, span: Span) -> Json:
        return convert.json_range(path or one.other.path, span)

    return [
        {side: call_item(convert, one.other), "fromRanges": [place(one, span) for span in one.spans]} for one in rows
    ]
