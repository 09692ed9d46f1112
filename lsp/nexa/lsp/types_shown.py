"""Types in a hierarchy, as the protocol calls them."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.symbols import Symbol
from nexa.lsp.convert import Convert
from nexa.lsp.hierarchies import shown
from nexa.lsp.messages import Json


def type_items(convert: Convert, symbols: Iterable[Symbol]) -> Json:
    """One for each type."""
    return [shown(convert, one.name, one.kind, "", one.path, one.full_span, one.span) for one in symbols]
