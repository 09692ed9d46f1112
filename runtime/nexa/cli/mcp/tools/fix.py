"""`fix`: all safe fixes at once."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.arguments import ChangesFiles, Severity
from nexa.cli.mcp.tool import Tool


class Fix(ChangesFiles, kw_only=True, frozen=True):
    """Files and folders, or a text."""

    codes: Annotated[
        list[str] | None, Meta(description="Answer these codes only; prefixes allowed: `NX2`. By default all.")
    ] = None
    severity: Annotated[Severity, Meta(description="Answer findings of this severity and worse.")] = "hint"
    unsafe: Annotated[
        bool, Meta(description="Use fixes that may change what a program does, too, such as `did you mean`.")
    ] = False


TOOL = Tool(
    "fix",
    "Fix programs",
    "Apply the safe fixes of findings: those that cannot change what a correct program means, and cause no new error. "
    "A text that you give is returned fixed; of files, the answer shows what would change, and with `apply` they are "
    "written. Other fixes stand with the findings of `check`, as edits.",
    Fix,
    writes=True,
)
