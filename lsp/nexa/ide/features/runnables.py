"""What can be run with a click: every flow that needs no arguments it cannot be given, and every test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.file import File
from nexa.syntax.span import Span


@dataclass(frozen=True, slots=True)
class Runnable:
    """A flow or a test, and the place of its name. `required` are the parameters that have no default."""

    kind: Literal["flow", "test"]
    name: str
    span: Span
    required: tuple[str, ...] = ()


def runnables(file: File) -> list[Runnable]:
    """In textual order. A library's flows run in the programs that include it, not by themselves."""
    if file.language != "nx":
        return []
    found: list[Runnable] = []
    for placed in file.module.items:
        match placed.node:
            case ast.Flow(name=name, params=params) if name.text:
                required = tuple(param.name.text for param in params if param.default is None)
                found.append(Runnable("flow", name.text, _span(placed, name), required))
            case ast.Test(title=title):
                found.append(Runnable("test", _title(file, placed, title), _span(placed, title)))
    return found


def _span(placed: ast.Placed, node: ast.Node) -> Span:
    return Span(placed.start + node.start, placed.start + node.end)


def _title(file: File, placed: ast.Placed, title: ast.Str) -> str:
    if title.plain is not None:
        return title.plain
    return file.text[placed.start + title.start : placed.start + title.end].decode("utf-8", "replace").strip("\"'")
