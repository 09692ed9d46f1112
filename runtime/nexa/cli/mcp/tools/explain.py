"""`explain`: the manual of a code."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.tool import Arguments, Tool


class Explain(Arguments, kw_only=True, frozen=True):
    """A code; all of them without one."""

    code: Annotated[
        str | None, Meta(description="A code or name of a rule: `NX303`, `protocol-mismatch`. Without it, list all.")
    ] = None


TOOL = Tool(
    "explain",
    "Explain a code",
    "Say what a code of `check` (NX303) means, why it matters and how to answer it, with a wrong and a right program.",
    Explain,
    is_timeless=True,
)
