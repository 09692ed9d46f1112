"""What can be run with a click: every flow that needs no arguments it cannot be given, and every test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.file import File
from nexa.syntax.span import Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a flow has to be given: type and default as written, None where there is none."""

    name: str
    type: str | None
    default: str | None


@dataclass(frozen=True, slots=True)
class Runnable:
    """A flow or a test, and the place of its name."""

    kind: Literal["flow", "test"]
    name: str
    span: Span
    params: tuple[Parameter, ...] = ()


def runnables(file: File) -> list[Runnable]:
    """In textual order. A library's flows run in the programs that include it, not by themselves."""
    if file.language != "nx":
        return []
    found: list[Runnable] = []
    for placed in file.module.items:
        match placed.node:
            case ast.Flow(name=name, params=params) if name.text:
                given = tuple(_parameter(file, placed, param) for param in params if param.name.text)
                found.append(Runnable("flow", name.text, _span(placed, name), given))
            case ast.Test(title=title):
                found.append(Runnable("test", _title(file, placed, title), _span(placed, title)))
    return found


def _parameter(file: File, placed: ast.Placed, param: ast.Param) -> Parameter:
    def written(node: ast.Node | None) -> str | None:
        return None if node is None else _text(file, placed, node)

    return Parameter(param.name.text, written(param.type), written(param.default))


def _text(file: File, placed: ast.Placed, node: ast.Node) -> str:
    return file.text[placed.start + node.start : placed.start + node.end].decode("utf-8", "replace")


def _span(placed: ast.Placed, node: ast.Node) -> Span:
    return Span(placed.start + node.start, placed.start + node.end)


def _title(file: File, placed: ast.Placed, title: ast.Str) -> str:
    if title.plain is not None:
        return title.plain
    return _text(file, placed, title).strip("\"'")
