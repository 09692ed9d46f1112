"""What is offered at a place, and how important it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.rule import TextEdit

CandidateKind = Literal[
    "agent", "tool", "fn", "flow", "protocol", "type", "struct", "enum", "variant", "trait", "impl", "job", "server",
    "db", "kv", "auth", "variable", "parameter", "method", "field", "type parameter", "property", "symbol",
    "decorator", "filter", "config", "builtin", "namespace", "argument", "keyword", "snippet", "file", "folder",
    "secret", "model", "code", "python",
]  # fmt: skip

Key = tuple[str, ...]
"""What a candidate stands for, in plain words, so that it can be described when somebody looks at it."""

WANTED, LOCAL, DECLARED, BUILT_IN, KEYWORD, ELSEWHERE = 0, 10, 20, 40, 50, 70
"""Where a candidate comes from: asked for by the place itself, …, from a file that is not included yet."""

UNSURE, MISFIT = 30, 55
"""What is added when the place wants a type, and the candidate's is not known, or another one."""


@dataclass(slots=True)
class Candidate:
    """One row of the list. `rank` orders rows that fit equally well what was typed: less comes first.

    `insert` is what is inserted where that is not the label, `snippet` the same with `${1:…}` stops. `filter` is what
    is compared with what was typed, where that is not the label. `shape` is shown right behind the label, `origin` at
    the end of the row. `ends` are characters that take the row and are typed behind it. `edits` are made elsewhere.
    `finish` adds what takes time, to rows that are shown only.
    """

    label: str
    kind: CandidateKind
    rank: int = DECLARED
    key: Key = ()
    shape: str = ""
    origin: str = ""
    insert: str = ""
    snippet: str = ""
    filter: str = ""
    ends: str = ""
    is_likely: bool = False
    doc: str = ""
    edits: tuple[TextEdit, ...] = ()
    finish: Callable[[Candidate], None] | None = None


def builtin(
    entry: Builtin, kind: CandidateKind, label: str = "", *, rank: int = BUILT_IN, is_called: bool = True
) -> Candidate:
    """A name that the language brings along; `is_called` puts parentheses behind a function."""
    name = label or entry.name
    candidate = Candidate(name, kind, rank, ("builtin", kind, entry.path, name))
    if entry.params is not None:
        candidate.shape = entry.signature[len(entry.path) :]
        if is_called:
            needed = [one.name for one in entry.params if not one.optional and not one.keywords]
            has_any = bool(entry.params)
            call(candidate, needed, has_any=has_any)
    elif entry.type not in ("any", "namespace"):
        candidate.origin = entry.type
    return candidate


def call(candidate: Candidate, needed: list[str], *, has_any: bool) -> None:
    """Let a candidate insert a call: a stop for each parameter that must be given, one for what may be."""
    stops = ", ".join(f"${{{number}:{escaped(name)}}}" for number, name in enumerate(needed, 1))
    candidate.insert = f"{candidate.label}("
    if not has_any:
        candidate.insert = f"{candidate.label}()"
        return
    candidate.snippet = f"{escaped(candidate.label)}({stops or '${1}'})"


def escaped(text: str) -> str:
    """Text as a snippet has to write it."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
