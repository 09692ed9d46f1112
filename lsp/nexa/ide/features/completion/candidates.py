"""What is offered, and whether it fits what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexa.compiler.builtins.signature import Builtin

CandidateKind = Literal[
    "agent",
    "tool",
    "fn",
    "flow",
    "protocol",
    "type",
    "struct",
    "enum",
    "variant",
    "trait",
    "impl",
    "job",
    "server",
    "db",
    "kv",
    "auth",
    "variable",
    "parameter",
    "method",
    "field",
    "type parameter",
    "property",
    "symbol",
    "decorator",
    "filter",
    "config",
    "builtin",
    "namespace",
    "argument",
    "keyword",
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`snippet` is what is inserted, with `${1:…}` stops, where that is more than the label; `plain` without stops."""

    label: str
    kind: CandidateKind
    detail: str = ""
    doc: str = ""
    snippet: str = ""
    plain: str = ""


def of_builtin(entry: Builtin, kind: CandidateKind, label: str = "") -> Candidate:
    """A name that the language brings along."""
    return Candidate(label or entry.name, kind, entry.signature, entry.doc)


def fits(label: str, prefix: str) -> bool:
    """Whether the letters of the prefix occur in the label in this order; the first one where a word begins."""
    if not prefix:
        return True
    wanted, text = prefix.casefold(), label.casefold()
    starts = [at for at, char in enumerate(text) if char == wanted[0] and _begins_word(label, at)]
    return any(_in_order(text[at:], wanted) for at in starts)


def _begins_word(label: str, at: int) -> bool:
    return at == 0 or not label[at - 1].isalnum() or (label[at].isupper() and label[at - 1].islower())


def _in_order(text: str, wanted: str) -> bool:
    rest = iter(text)
    return all(char in rest for char in wanted)
