"""What others see of a file: whether it looks the same after an edit is told without a comparison."""

from __future__ import annotations

from dataclasses import field

from nexa.compiler.facts import ItemFacts
from nexa.syntax.record import record


@record
class Tokens:
    """What stays the same object as long as a file looks the same.

    `exports`: to other files. `outline`: to rules over a whole program. `bodies`: to those who infer types from its
    bodies. `used`: in the names that it uses; `renamed` are the names by which these differ from those of the file
    whose `used` was `before`.
    """

    exports: object = field(default_factory=object)
    outline: object = field(default_factory=object)
    bodies: object = field(default_factory=object)
    used: object = field(default_factory=object)
    before: object = None
    renamed: frozenset[str] = frozenset()


def _exported(item: ItemFacts) -> object:
    return item.declared, item.doubts, item.is_broken


def tokens_after(old: Tokens, replaced: tuple[ItemFacts, ...], new: tuple[ItemFacts, ...]) -> Tokens:
    """The old file's tokens, as far as the new items look like those that they replace."""
    if len(replaced) != len(new):
        return Tokens()
    pairs = [(before, after) for before, after in zip(replaced, new, strict=True) if before is not after]
    is_moved = any(before.is_inferred_from or after.is_inferred_from for before, after in pairs)
    renamed = frozenset().union(*({*before.used} ^ {*after.used} for before, after in pairs))
    return Tokens(
        old.exports if all(_exported(before) == _exported(after) for before, after in pairs) else object(),
        old.outline if all(before.outline == after.outline for before, after in pairs) else object(),
        object() if is_moved else old.bodies,
        object() if renamed else old.used,
        old.used,
        renamed,
    )
