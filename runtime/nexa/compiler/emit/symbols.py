"""What a whole program declares, as the emitter needs it: its files in include order, and its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, PREDECLARED_VALUES
from nexa.compiler.emit.naming import python_name
from nexa.compiler.scope import ItemScope

Kind = Literal[
    "agent", "tool", "fn", "flow", "struct", "enum", "variable", "handle", "job", "server", "protocol", "alias", "trait"
]

STAGES: frozenset[Kind] = frozenset({"agent", "tool", "flow", "fn"})
"""What can stand to the right of a flow operator."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceItem:
    """A top-level item at its byte offset in the file, with its resolved names."""

    start: int
    node: ast.Item
    scope: ItemScope


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """One `.nx` or `.nxlib` file: `path` as tracebacks show it, `folder` where its relative paths start."""

    path: str
    folder: str
    text: bytes
    items: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """A name of the program. `python` is the global variable that holds it."""

    name: str
    kind: Kind
    node: ast.Node | None
    path: str
    python: str


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """The names of a program, by namespace. The first declaration of a name counts."""

    values: Mapping[str, Symbol]
    types: Mapping[str, Symbol]
    variants: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each enum its variants' names."""

    def is_variant(self, word: str) -> bool:
        """Whether some enum of the program, or a built-in one, has a variant of that name."""
        return any(word in names for names in self.variants.values())

    def is_predeclared(self, word: str) -> bool:
        """Whether the language brings the value along and the program does not hide it."""
        return word in PREDECLARED_VALUES and word not in self.values


_VALUES: Mapping[type[ast.Node], Kind] = {
    ast.Agent: "agent",
    ast.Tool: "tool",
    ast.Flow: "flow",
    ast.Struct: "struct",
    ast.Enum: "enum",
    ast.Job: "job",
    ast.Server: "server",
    ast.Handle: "handle",
}
_TYPES: Mapping[type[ast.Node], Kind] = {
    ast.Protocol: "protocol",
    ast.TypeAlias: "alias",
    ast.Struct: "struct",
    ast.Enum: "enum",
    ast.Trait: "trait",
}


def symbols_of(files: Sequence[SourceFile]) -> Symbols:
    """The names that the files declare together."""
    values: dict[str, Symbol] = {}
    types: dict[str, Symbol] = {}
    variants = {enum: frozenset(names) for enum, names in BUILTIN_VARIANTS.items()}
    for path, word, kind, node in _declared(files):
        if kind != "variable" and not (isinstance(node, ast.Enum) and word in BUILTIN_VARIANTS):
            values.setdefault(word, Symbol(word, kind, node, path, python_name(word)))
        elif kind == "variable":
            values.setdefault(word, Symbol(word, kind, None, path, python_name(word)))
    for file in files:
        for item in file.items:
            if type(item.node) in _TYPES:
                _declare_type(item.node, file.path, values, types)
            if isinstance(item.node, ast.Enum) and item.node.name.text not in BUILTIN_VARIANTS:
                variants[item.node.name.text] = frozenset(one.name.text for one in item.node.variants)
    return Symbols(values, types, variants)


def _declare_type(node: ast.Node, path: str, values: Mapping[str, Symbol], types: dict[str, Symbol]) -> None:
    word: str = node.name.text  # type: ignore[attr-defined]  # every class in _TYPES has a name
    if word in BUILTIN_VARIANTS:
        return
    shared = values.get(word)
    is_own = shared is not None and shared.node is node
    python = python_name(word) if shared is None or is_own else f"{word}_type"
    types.setdefault(word, Symbol(word, _TYPES[type(node)], node, path, python))


def _declared(files: Iterable[SourceFile]) -> Iterable[tuple[str, str, Kind, ast.Node]]:
    """Declarations before variables, so that a variable never takes a declaration's name."""
    for file in files:
        for item in file.items:
            node = item.node
            kind: Kind | None = _VALUES.get(type(node))
            if isinstance(node, ast.Function):
                kind = "tool" if any(one.name.text == "tool" for one in node.decorators) else "fn"
            name = getattr(node, "name", None)
            if kind is not None and isinstance(name, ast.Name) and name.text:
                yield file.path, name.text, kind, node
    for file in files:
        for item in file.items:
            for use in item.scope.uses:
                if use.role == "assign":
                    yield file.path, use.name.text, "variable", use.name
            for block, facts in item.scope.python.items():
                if not isinstance(item.node, ast.Declaration) and not facts.written:
                    for word in facts.defines:
                        yield file.path, word, "variable", block
