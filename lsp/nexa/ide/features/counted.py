"""Declarations above which an editor shows how often they are used: protocols and agents."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.file import File
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Counted:
    """The place of a declaration's name."""

    name: str
    span: Span


def counted(file: File) -> list[Counted]:
    """In textual order; counting is left to whoever shows them."""
    found = []
    for start, item in zip(file.starts, file.items, strict=True):
        node = item.node
        if isinstance(node, ast.Agent | ast.Protocol) and node.name.text:
            found.append(Counted(node.name.text, Span(start + node.name.start, start + node.name.end)))
    return found
