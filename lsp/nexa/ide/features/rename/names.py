"""What may be renamed, and what a new name may look like."""

from __future__ import annotations

import unicodedata

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.symbols import Symbol
from nexa.ide.features.rename.refusal import Refusal

_RESULT = "result"


def check_symbol(project: Project, symbol: Symbol) -> None:
    """Refuse what nobody can rename: what the language brings along, files, the value of a flow."""
    if symbol.kind == "property":
        raise Refusal(f"`{symbol.name}` is a property of the language and cannot be renamed.")
    if symbol.kind == "file":
        raise Refusal("A path is not a name: rename the file, and every `include` of it follows.")
    if not symbol.path:
        raise Refusal(f"`{symbol.name}` comes with the language and cannot be renamed.")
    if symbol.name == _RESULT and _is_value_of_flow(project, symbol):
        raise Refusal("A variable called `result` is the value of its flow: `return` it before it is renamed.")


def check_name(project: Project, symbol: Symbol, new: str) -> str:
    """The new name as it is compared; refuse what is none."""
    new = unicodedata.normalize("NFC", new.strip())
    if not new:
        raise Refusal("A name has at least one letter.")
    if not new.isidentifier():
        raise Refusal(f"`{new}` is not a name: names are letters, digits and `_`, and begin with no digit.")
    if new == "_":
        raise Refusal("`_` stands for what is not needed, and can never be read.")
    if new in RESERVED and not _may_be_any_word(symbol):
        raise Refusal(f"`{new}` is reserved and cannot be a name.")
    if new == _RESULT and symbol.name != new and _is_value_of_flow(project, symbol):
        raise Refusal("A variable called `result` would be the value of its flow.")
    return new


def _may_be_any_word(symbol: Symbol) -> bool:
    """Fields are only ever written where any word may stand."""
    return isinstance(symbol.node, ast.Field | ast.StructField)


def _is_value_of_flow(project: Project, symbol: Symbol) -> bool:
    """Whether a symbol is a variable of a flow, among which `result` has a meaning (language reference, 5.2)."""
    item, start = _item(project, symbol)
    if symbol.kind != "variable" or item is None:
        return False
    for function, scope in item.scope.functions.items():
        for local in scope.locals:
            if local.binding.start + start == symbol.span.start and local.name == symbol.name:
                return isinstance(function, ast.Flow)
    return False


def _item(project: Project, symbol: Symbol) -> tuple[ItemFacts | None, int]:
    file = project.file(symbol.path)
    index = None if file is None else file.item_at(symbol.span.start)
    return (None, 0) if file is None or index is None else (file.items[index], file.starts[index])
