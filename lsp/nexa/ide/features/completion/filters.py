"""The filters behind `|` in `#{…}` and `{{…}}`."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler.builtins import FILTERS
from nexa.ide.features.completion.candidates import WANTED, Candidate, builtin


def filters() -> Iterator[Candidate]:
    """Every filter, with parentheses where it needs an argument."""
    for name, entry in FILTERS.items():
        needs = any(not one.optional for one in entry.params or ())
        found = builtin(entry, "filter", name, rank=WANTED, is_called=needs)
        found.key = ("filter", name)
        yield found
