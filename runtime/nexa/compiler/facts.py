"""What is known about one top-level item from its own text alone.

Nothing here depends on where the item stands or on any other item, so an item that only moved, or whose
neighbours changed, keeps its facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar, cast

from nexa.compiler import ast
from nexa.compiler.rule import Slip
from nexa.syntax.span import Span

_N = TypeVar("_N", bound=ast.Node)

Language = Literal["nx", "nxlib", "nxs"]
"""Program, library, secrets: told by the suffix of the file."""

Namespace = Literal["value", "type", "config"]


@dataclass(frozen=True, slots=True)
class Declared:
    """A name that an item adds to the program.

    `signature` is the text that others can see (heads, not bodies); two declarations are equal when they look the
    same from outside, wherever they stand.
    """

    name: str
    kind: str
    namespace: Namespace
    signature: bytes
    span: Span = field(compare=False)
    node: ast.Node = field(compare=False, repr=False)


@dataclass(eq=False)
class ItemFacts:
    """One top-level item: its text, its AST, the slips met while reading it."""

    text: bytes
    node: ast.Item
    slips: tuple[Slip, ...]
    language: Language

    @cached_property
    def nodes(self) -> dict[type[ast.Node], list[ast.Node]]:
        """Every node of the item by its class, parents first, in textual order; from one walk."""
        grouped: dict[type[ast.Node], list[ast.Node]] = {}
        for node in ast.walk(self.node):
            grouped.setdefault(type(node), []).append(node)
        return grouped

    def of(self, cls: type[_N]) -> list[_N]:
        """The nodes of exactly this class."""
        return cast("list[_N]", self.nodes.get(cls, []))

    def source(self, span: Span) -> str:
        """The text at a place of the item."""
        return self.text[span.start : span.end].decode("utf-8", "replace")
