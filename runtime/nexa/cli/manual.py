"""The manual of every rule, read from the rule's own docstring."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: `summary` is the first sentence of its manual, `text` all of it, `fix` what its fixes do."""

    code: str
    name: str
    severity: str
    harness: bool
    summary: str
    text: str
    fix: str


@cache
def entries() -> tuple[Entry, ...]:
    """All rules in the order of their codes."""
    from nexa.compiler.fixes import FIXES
    from nexa.compiler.rule import manual
    from nexa.compiler.rules import RULES

    made = []
    for rule in RULES:
        text = manual(rule).strip()
        summary = " ".join(text.split("\n\n", 1)[0].split())
        fix = FIXES.get(rule.code, "")
        made.append(Entry(rule.code, rule.name, rule.severity.value, rule.harness, summary, text, fix))
    return tuple(made)
