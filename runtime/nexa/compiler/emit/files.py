"""The files of an analysed program, as the emitter reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from nexa.compiler.emit.symbols import SourceFile, SourceItem
from nexa.compiler.program import Program


def files_of(program: Program, show: Callable[[str], str] = str) -> tuple[SourceFile, ...]:
    """The program's files in include order, the entry last. `show` says how paths are written in messages."""
    return tuple(
        SourceFile(
            show(path),
            str(PurePath(path).parent),
            file.text,
            tuple(
                SourceItem(start, item.node, item.scope) for start, item in zip(file.starts, file.items, strict=True)
            ),
        )
        for path, file in program.files.items()
        if file.language != "nxs"
    )
