"""A `match` or case block whose `}` is missing: it takes that of the body around it, and all is one mistake."""

from __future__ import annotations

from typing import Final

from nexa.compiler.lower.faults import Surroundings
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.unfinished import unclosed
from nexa.compiler.rule import Slip

_ARMS: Final = frozenset({"match_arm", "case"})


def at_open_match(reading: Reading, around: Surroundings, slips: list[Slip]) -> list[Slip]:
    """The slips; a `}` in place of an arm and the body that then has none are one, where the `match` opens."""
    body = next((slip for slip in reversed(slips) if slip.code == "NX102"), None)
    stumbled = next((slip for slip in slips if slip.code == "NX100" and slip.words[0] == "`}`"), None)
    if body is None or stumbled is None or not stumbled.words[1].startswith("an arm"):
        return slips
    opener = around.open_bracket(around.index(stumbled.span.start + reading.base))
    construct = around.leaves[opener].node.parent if opener is not None else None
    if opener is None or construct is None:
        return slips
    arms = [child for child in construct.named_children if child.type in _ARMS]
    if not arms:
        return slips
    told = unclosed(reading, around.leaves[opener].node, arms[-1].end_byte)
    return [told if one is stumbled else one for one in slips if one is not body]
