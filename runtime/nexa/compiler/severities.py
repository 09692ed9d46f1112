"""How much each code counts where a configuration says so."""

from __future__ import annotations

from collections.abc import Mapping

from nexa.compiler.rule import Severity
from nexa.compiler.rules import RULES


def severities(written: Mapping[str, str]) -> dict[str, Severity | None]:
    """Code → severity, None for "off". `written` maps codes and prefixes of codes; the longest that fits wins."""
    found: dict[str, Severity | None] = {}
    for rule in RULES if written else ():
        prefix = max((one for one in written if rule.code.startswith(one)), key=len, default=None)
        if prefix is not None:
            found[rule.code] = None if written[prefix] == "off" else Severity(written[prefix])
    return found
