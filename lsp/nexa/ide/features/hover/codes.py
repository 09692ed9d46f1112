"""The code of a finding in a comment that allows it: the manual of its rule."""

from __future__ import annotations

from nexa.compiler.file import File
from nexa.compiler.suppress import MARK, allowances
from nexa.ide.features.hover.card import HoverCard
from nexa.syntax import Span


def code_card(file: File, offset: int) -> HoverCard | None:
    """For the code at an offset."""
    if file.text.rfind(MARK, 0, offset) < 0:
        return None
    for allowance in allowances(file):
        for code, span in allowance.codes:
            if span.start <= offset <= span.end:
                return _card(code, span)
    return None


def _card(code: str, span: Span) -> HoverCard | None:
    from nexa.compiler.rule import manual
    from nexa.compiler.rules import RULES  # a hundred modules that few hovers are about

    rule = next((one for one in RULES if one.code == code), None)
    return None if rule is None else HoverCard(span, f"{code} {rule.name}", manual(rule).strip())
