"""The programs that get damaged: examples, programs of tests and documents, and each of them in two files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from nexa.compiler import ast
from nexa.compiler.file import File

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"```(?:nexa|nx)\n(.*?)```", re.DOTALL)
_MOVED = (ast.Agent, ast.Function, ast.Protocol, ast.Struct, ast.Enum, ast.Trait, ast.TypeAlias)
_LEAST = 120

Place = tuple[str, bytes, int, int]
"""An item: the path and the text of its file, where it begins and where it ends."""


@cache
def texts() -> dict[str, bytes]:
    """Path and text of each program and library."""
    found = {str(path): path.read_bytes() for path in sorted((ROOT / "tests/spec/examples").rglob("*.nx*"))}
    found |= {str(path): path.read_bytes() for path in sorted((ROOT / "docs/examples").glob("*.nx"))}
    found |= {str(path): path.read_bytes() for path in sorted((ROOT / "tests/cli/golden").rglob("*.nx"))}
    for path in sorted((ROOT / "tests/compiler/programs").glob("*.txt")):
        for number, part in enumerate(re.split(r"^===$", path.read_text(), flags=re.MULTILINE)):
            program = re.sub(r"^~ .*\n?", "", part, flags=re.MULTILINE).lstrip("\n")
            found[str(path.with_name(f"{path.stem}_{number}.nx"))] = program.encode()
    for path in (ROOT / "docs/language/reference.md", *sorted((ROOT / "docs").glob("*.md"))):
        for number, part in enumerate(_FENCE.findall(path.read_text())):
            found[str(path.with_name(f"{path.stem}_{number}.nx"))] = part.encode()
    whole = {
        path: text
        for path, text in found.items()
        if not path.endswith(".nxs") and len(text) >= _LEAST and b"\n//- " not in text
    }
    return whole | dict(two for path, text in whole.items() for two in _split(path, text))


@cache
def damaged_programs() -> tuple[Place, ...]:
    """Every item of every program."""
    files = [File.parse(path, text) for path, text in texts().items()]
    return tuple(
        (file.path, file.text, start, start + len(item.text))
        for file in files
        for start, item in zip(file.starts, file.items, strict=True)
        if not isinstance(item.node, ast.Include) and _is_text(item.text)
    )


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _split(path: str, text: bytes) -> list[tuple[str, bytes]]:
    """A program in two files: what uses nothing that stays goes into a library."""
    file = File.parse(path, text)
    moved = {index for index, item in enumerate(file.items) if isinstance(item.node, _MOVED)}
    while True:
        stays = {one.name for index, one in file.declared if index not in moved}
        using = {index for index in moved if not stays.isdisjoint(file.items[index].used)}
        if not using:
            break
        moved -= using
    if not moved or len(moved) == len(file.items):
        return []
    name = f"{Path(path).stem}_parts.nx"
    parts = [file.items[index].text for index in sorted(moved)]
    others = [item.text for index, item in enumerate(file.items) if index not in moved]
    main = b"\n\n".join((f'include "./{name}"'.encode(), *others)) + b"\n"
    return [
        (str(Path(path).with_name(f"{Path(path).stem}_main.nx")), main),
        (str(Path(path).with_name(name)), b"\n\n".join(parts) + b"\n"),
    ]
