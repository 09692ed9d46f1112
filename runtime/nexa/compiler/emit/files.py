"""The files of an analysed program, as the emitter reads them."""

from __future__ import annotations

from nexa.compiler.emit.symbols import SourceFile, SourceItem
from nexa.compiler.program import Program


def files_of(program: Program) -> tuple[SourceFile, ...]:
    """The program's files in include order, the entry last."""
    return tuple(
        SourceFile(
            path,
            file.text,
            tuple(
                SourceItem(start, item.node, item.scope) for start, item in zip(file.starts, file.items, strict=True)
            ),
        )
        for path, file in program.files.items()
        if file.language != "nxs"
    )
