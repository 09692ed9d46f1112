"""What people read at a shell, in their language: Simplified Chinese where the environment says so, else English.

What programs read (JSON, SARIF, …) is English always.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from nexa.compiler.locales import is_chinese

if TYPE_CHECKING:
    from nexa.cli.report import Checked, FixReport

VARIABLES = ("NEXA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set decides, as for other programs."""


def speaks_chinese(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment asks for Simplified Chinese."""
    chosen = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return is_chinese(chosen.partition(".")[0])


def in_chinese(checked: Checked) -> Checked:
    """The same outcome in Chinese, as far as there are translations."""
    from nexa.compiler.chinese import message_in_chinese, note_in_chinese, title_in_chinese

    def fix(one: FixReport | None) -> FixReport | None:
        return None if one is None else replace(one, title=title_in_chinese(one.title) or one.title)

    return replace(
        checked,
        reports=tuple(
            replace(
                one,
                message=message_in_chinese(one.code, one.message) or one.message,
                related=tuple(
                    replace(other, message=note_in_chinese(other.message) or other.message) for other in one.related
                ),
                fix=fix(one.fix),
            )
            for one in checked.reports
        ),
    )
