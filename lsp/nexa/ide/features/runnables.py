"""What can be run with a click: every flow that needs no arguments it cannot be given, tests, servers and jobs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.place import moved
from nexa.ide.memo import per_item
from nexa.syntax.span import Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a flow has to be given: type and default as written, None where there is none."""

    name: str
    type: str | None
    default: str | None


Kind = Literal["flow", "test", "server", "job"]

_WORD: Final = len("server")


@dataclass(frozen=True, slots=True)
class Runnable:
    """What can be run, and the place of its name; a server may have none."""

    kind: Kind
    name: str
    span: Span
    params: tuple[Parameter, ...] = ()


def runnables(file: File) -> list[Runnable]:
    """In textual order. A library's flows run in the programs that include it, not by themselves."""
    if file.language != "nx":
        return []
    found = ((start, runnable_of(item)) for start, item in zip(file.starts, file.items, strict=True))
    return [replace(one, span=moved(one.span, start)) for start, one in found if one is not None]


@per_item
def runnable_of(item: ItemFacts) -> Runnable | None:
    """What an item of a program runs; its span counts from the item's start."""
    match item.node:
        case ast.Flow(name=name, params=params) if name.text:
            given = tuple(_parameter(item, param) for param in params if param.name.text)
            return Runnable("flow", name.text, name.span, given)
        case ast.Test(title=title):
            return Runnable("test", _title(item, title), title.span)
        case ast.Server(name=ast.Name(text=name, span=span)) if name:
            return Runnable("server", name, span)
        case ast.Server(name=None, span=span):
            return Runnable("server", "", Span(span.start, span.start + _WORD))
        case ast.Job(name=name, bodies=[_, *_]) if name.text:
            return Runnable("job", name.text, name.span)
    return None


def kind_of(file: File, name: str) -> Kind:
    """What a name that is to be run stands for: a flow where nothing else has it."""
    kinds = [one.kind for one in runnables(file) if one.name == name and one.kind != "test"]
    return kinds[0] if kinds and "flow" not in kinds else "flow"


def _parameter(item: ItemFacts, param: ast.Param) -> Parameter:
    def written(node: ast.Node | None) -> str | None:
        return None if node is None else item.source(node.span)

    return Parameter(param.name.text, written(param.type), written(param.default))


def _title(item: ItemFacts, title: ast.Str) -> str:
    return title.plain if title.plain is not None else item.source(title.span).strip("\"'")
