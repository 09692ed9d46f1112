"""`reference`: the language reference."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.tool import Arguments, Tool


class Reference(Arguments, kw_only=True, frozen=True):
    """A section, or words."""

    section: Annotated[
        str | None,
        Meta(description="A number (`2.3`), heading or example (`examples/05_rag_qa.nx`). Without it: the contents."),
    ] = None
    query: Annotated[str | None, Meta(description="Words: the sections that have them all.")] = None


TOOL = Tool(
    "reference",
    "Read the language reference",
    "Read the reference of the Nexa language: grammar, types, flow operators, what agents do at run time, the standard "
    "library, and whole example programs. Without arguments it lists its sections. Read 2 before writing Nexa.",
    Reference,
    is_timeless=True,
)
