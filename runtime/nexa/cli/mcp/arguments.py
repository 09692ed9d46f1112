"""What several tools take."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from nexa.cli.mcp.tool import Arguments

Path = Annotated[str | None, Meta(description="A Nexa file, relative to the root.")]
OneFile = Annotated[
    str | None, Meta(description="A single file; with `text`, what the text is called and where it lies.")
]
Text = Annotated[
    str | None,
    Meta(description="What the file would contain: looked at in place of the file, as if saved. Nothing is written."),
]
Line = Annotated[Annotated[int, Meta(ge=1)] | None, Meta(description="A line of `path`, counted from 1.")]
Column = Annotated[
    Annotated[int, Meta(ge=1)] | None, Meta(description="A column of `line`, in characters, counted from 1.")
]
Symbol = Annotated[
    str | None,
    Meta(
        description="A name, such as `Writer` or `Writer.price`: the one in `line` if that is given, else whatever is "
        "declared under it in `path`, or in any file."
    ),
]
Limit = Annotated[int, Meta(ge=1, le=5000, description="How many to list at most.")]
Severity = Literal["error", "warning", "information", "hint"]
Kind = Literal[
    "function", "error", "namespace", "std", "property", "member", "decorator", "filter", "type", "word", "operator"
]
"""Of what the language brings along."""


class AboutName(Arguments, kw_only=True, frozen=True):
    """Arguments of tools about a name."""

    symbol: Symbol = None
    path: Path = None
    line: Line = None
    column: Column = None
    text: Text = None


class ChangesFiles(Arguments, kw_only=True, frozen=True):
    """Arguments of tools that change texts."""

    paths: Annotated[list[str] | None, Meta(description="Files and folders, relative to the root.")] = None
    path: OneFile = None
    text: Text = None
    apply: Annotated[
        bool, Meta(description="Write the files. Without it, nothing is written: the answer shows what would change.")
    ] = False
