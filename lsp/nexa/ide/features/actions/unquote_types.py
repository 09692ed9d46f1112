"""Write types without quotes: the fields of a protocol say their types as types, in the usual names.

Before:

    protocol Card { $0title: "string", colours: "list[string]", price: "float", note: "free text" }

After:

    protocol Card { title: str, colours: list[str], price: float, note: "free text" }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.types.declared import is_type
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import ANY, UNKNOWN
from nexa.compiler.types.written import read_type
from nexa.ide.features.actions.action import Action, Kind, Selection

_KIND: Final[Kind] = "refactor.rewrite"


def offer(selection: Selection) -> Iterable[Action]:
    """Anywhere in a protocol that has such fields."""
    protocol = selection.item.node
    if isinstance(protocol, ast.Protocol) and not selection.item.is_broken:
        edits = list(_edits(selection, protocol))
        if edits:
            yield Action("Write types without quotes", _KIND, lambda: edits)


def _edits(selection: Selection, protocol: ast.Protocol) -> Iterable[TextEdit]:
    bound = {name.text: ANY for name in protocol.type_params}
    for field in protocol.fields:
        text = field.type_text
        if text is None or isinstance(field.type, ast.ErrorNode) or not is_type(selection.names, field.type, bound):
            continue
        written = (text.plain or "").strip()
        if field.type.end - field.type.start != len(written.encode()):
            continue  # a comment or a condition stands in the text as well
        found = UNKNOWN if protocol.type_params else read_type(selection.names, field.type)
        yield selection.replace(text, written if found is UNKNOWN else show(found))
