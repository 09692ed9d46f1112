"""The names of a program as one item sees them: a graph of the item alone, for rules."""

from __future__ import annotations

from nexa.compiler.builtins import PREDECLARED
from nexa.compiler.emit.symbols import Kind, Symbol
from nexa.compiler.facts import Declared
from nexa.compiler.names import Names
from nexa.syntax.record import record

_KINDS: dict[str, Kind] = {
    "agent": "agent",
    "tool": "tool",
    "flow": "flow",
    "fn": "fn",
    "struct": "struct",
    "enum": "enum",
    "variable": "variable",
    "job": "job",
    "server": "server",
    "db": "handle",
    "kv": "handle",
    "auth": "handle",
}


@record
class Values:
    """The program's values by name."""

    names: Names

    def get(self, word: str) -> Symbol | None:
        """The first declaration of that name."""
        found = self.names.value(word)
        kind = _KINDS.get(found.kind) if isinstance(found, Declared) else None
        return None if kind is None or not isinstance(found, Declared) else Symbol(word, kind, found.node, "", word)


@record
class ItemSymbols:
    """What a trace asks of the names of a program, answered (and remembered) by an item's questions."""

    names: Names

    @property
    def values(self) -> Values:
        """The program's values by name."""
        return Values(self.names)

    def is_predeclared(self, word: str) -> bool:
        """Whether the language brings the value along and the program does not hide it."""
        return word in PREDECLARED and not isinstance(self.names.value(word), Declared)
