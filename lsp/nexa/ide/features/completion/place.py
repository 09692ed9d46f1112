"""What kind of word belongs at the cursor.

A word is put there on trial and the text is read again, which costs one incremental parse: then the tree tells what
the word is, however unfinished the rest of the line may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import View
from nexa.compiler.scope import FunctionScope
from nexa.syntax import Edit

PlaceKind = Literal["member", "variant", "property", "type", "decorator", "filter", "use", "value", "item"]

_TRIAL = "nexa_cursor"


@dataclass(frozen=True, slots=True)
class Place:
    """`name` is the word on trial in `item`; `project` is the one without the trial, where nothing is to be redone.

    `prefix` is the part of the word that was there before.
    """

    kind: PlaceKind
    prefix: str
    project: Project
    path: str
    item: ItemFacts
    name: ast.Name
    parent: ast.Node | None

    @property
    def view(self) -> View:
        """What the names of the file are looked up in."""
        return self.project.view(self.path)

    @property
    def owner(self) -> FunctionScope | None:
        """The function scope that the word stands in."""
        use = self.item.scope.use_of.get(self.name)
        local = self.item.scope.bindings.get(self.name)
        return use.owner if use else local.owner if local else None


def place_at(project: Project, path: str, offset: int) -> Place | None:
    """The place of the word that ends at an offset; None where no word belongs: in text, in a comment."""
    file = project.file(path)
    if file is None or file.language == "nxs":
        return None
    name = _on_trial(project, file, offset, _TRIAL)
    if name is None or name.kind in ("value", "item"):
        # `key` alone is no property yet, `key: 0` is one.
        key = _on_trial(project, file, offset, f"{_TRIAL}: 0\n")
        if key is not None and key.kind == "property":
            return key
    return name


def _on_trial(project: Project, file: File, offset: int, word: str) -> Place | None:
    text = file.text[:offset] + word.encode() + file.text[offset:]
    trial = file.edited([Edit(offset, offset, offset + len(word))], text)
    index = trial.item_at(offset)
    if index is None:
        return None
    item, inside = trial.items[index], offset - trial.starts[index]
    for name in item.of(ast.Name):
        if name.start <= inside < name.end and _TRIAL in name.text:
            parent = item.parents.get(name)
            prefix = name.text.partition(_TRIAL)[0]
            kind = _kind(item, name, parent)
            return None if kind is None else Place(kind, prefix, project, trial.path, item, name, parent)
    return None


def _kind(item: ItemFacts, name: ast.Name, parent: ast.Node | None) -> PlaceKind | None:
    match parent:
        case ast.Member() if parent.member is name:
            return "member"
        case ast.VariantExpr() | ast.TypeVariant() | ast.PVariant() if parent.variant is name:
            return "variant"
        case ast.Property() | ast.ConfigItem() if parent.key is name:
            return "property"
        case ast.TypeName():
            return "type"
        case ast.Decorator():
            return "decorator"
        case ast.Filter():
            return "filter"
        case ast.UseItem():
            return "use" if parent.path and parent.path[0] is name else "member"
        case ast.Declaration() | ast.Param() | ast.Field() | ast.StructField() | ast.Variant() | ast.PName():
            return None
        case ast.ExprStmt() if item.node is parent:
            return "item"
    return "value"
