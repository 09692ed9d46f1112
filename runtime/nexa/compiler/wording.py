"""Words that messages share: what a kind of declaration is called, and how lists are written."""

from __future__ import annotations

from collections.abc import Sequence

from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared

_KINDS = {
    "fn": "function",
    "type": "type alias",
    "db": "database handle",
    "kv": "key-value handle",
    "auth": "auth handle",
    "variable": "top-level variable",
}


def kind_word(meaning: Declared | Builtin) -> str:
    """What something is: `agent`, `function`, `built-in type`."""
    if isinstance(meaning, Builtin):
        return "built-in type" if meaning.params is None and meaning.type == "type" else "predeclared name"
    return _KINDS.get(meaning.kind, meaning.kind)


def with_article(word: str) -> str:
    """`an agent`, `a flow`."""
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """`a`, `b` and `c`, each in backticks."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def hint(name: str | None) -> str:
    """`; did you mean …?` for the end of a message, or nothing."""
    return f"; did you mean `{name}`?" if name else ""
