"""What kind of word belongs at the cursor.

A word is put there on trial and the text is read again, which costs one incremental parse: then the tree tells what
the word is, however unfinished the rest of the line may be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Names, View
from nexa.ide.features.completion.sight import Sight, sight_at
from nexa.ide.features.completion.text_at import Token, token_before
from nexa.syntax import Edit, Span

PlaceKind = Literal[
    "member", "variant", "property", "type", "decorator", "filter", "use", "value", "statement", "item", "infix",
    "arm", "record", "field", "entry", "config", "template", "clause", "new",
]  # fmt: skip
"""`clause` is a place that only the tokens before it tell about; `new` is where a name is being made up."""

TRIAL = "nexa_cursor"


@dataclass(frozen=True, slots=True)
class Trial:
    """A word on trial: `file` is the text with it, `start` where its item begins."""

    file: File
    item: ItemFacts
    name: ast.Name
    start: int


class Place:
    """`name` is the word on trial in `item`, whose first byte is at `start`; `word` is what it replaces.

    `before` is the token before the word.
    """

    def __init__(
        self,
        kind: PlaceKind,
        project: Project,
        file: File,
        word: Span,
        offset: int,
        trial: Trial | None,
        before: Token | None,
    ) -> None:
        """Made by `place_at`; without `trial` only tokens are known."""
        self.kind: PlaceKind = kind
        self.project = _mended(project, file, word, trial)
        self.file = file
        self.path = file.path
        self.word = word
        self.offset = offset
        self.before = before
        self._trial = trial

    @property
    def typed(self) -> str:
        """The part of the word that stands before the cursor."""
        return self.file.text[self.word.start : self.offset].decode("utf-8", "replace")

    @property
    def item(self) -> ItemFacts:
        """The item on trial."""
        assert self._trial is not None, "a clause has none"
        return self._trial.item

    @property
    def name(self) -> ast.Name:
        """The word on trial."""
        assert self._trial is not None, "a clause has none"
        return self._trial.name

    @property
    def start(self) -> int:
        """Where the item on trial begins."""
        assert self._trial is not None, "a clause has none"
        return self._trial.start

    @property
    def is_open(self) -> bool:
        """Whether a longer word may have more to offer: aliases of types, names of files that are not included."""
        return len(self.typed) < 2 and self.kind in ("type", "value", "statement", "item", "use")

    @property
    def has_trial(self) -> bool:
        """Whether the word stands in a tree."""
        return self._trial is not None

    @property
    def parent(self) -> ast.Node | None:
        """What the word is a part of."""
        return self.item.parents.get(self.name)

    def above(self, node: ast.Node | None) -> ast.Node | None:
        """What a node is a part of."""
        return None if node is None else self.item.parents.get(node)

    @cached_property
    def view(self) -> View:
        """What the names of the file are looked up in."""
        return self.project.view(self.path)

    @cached_property
    def sight(self) -> Sight:
        """What can be seen from the word, and what is wanted there."""
        return sight_at(self.project, self.view, self.item, self.name)

    @cached_property
    def names(self) -> Names:
        """What names mean here; results that nobody has inferred yet are unknown."""
        return self.sight.known_names

    def text_behind(self, length: int = 1) -> bytes:
        """What follows the word directly."""
        return self.file.text[self.word.end : self.word.end + length]


def place_at(project: Project, file: File, word: Span, offset: int) -> Place:
    """The place of a word in code."""
    before = token_before(file, word.start)
    kind, trial = _best_trial(file, word, before)
    return Place(kind, project, file, word, offset, trial, before)


def _best_trial(file: File, word: Span, before: Token | None) -> tuple[PlaceKind, Trial | None]:
    if before is not None and before.is_near and _leads(file, before):
        return "clause", None
    plain = _on_trial(file, word, "")
    kind = _kind(plain, before)
    if kind in ("value", "statement", "item"):
        # A key alone is no property yet, `key: 0` is one.
        keyed = _on_trial(file, word, _KEYS[0])
        return ("property", keyed) if _kind(keyed, before) == "property" else (kind, plain)
    if kind == "clause":
        for tail in (*_KEYS, *_TAILS.get(before.text if before is not None else "", ())):
            trial = _on_trial(file, word, tail)
            found = _kind(trial, before)
            if found in _KEYED or (tail not in _KEYS and found != "clause"):
                return found, trial
    return kind, plain


def _leads(file: File, before: Token) -> bool:
    """Whether the line so far can only go on with a word of the language, or with a string."""
    if before.kind.endswith("content") or before.kind in _QUOTES:
        return False
    start = max(file.text.rfind(sign, 0, before.start) for sign in _BREAKS) + 1
    words = file.text[start : before.end].split()
    if words == [b"use"]:
        return "block" not in before.within
    return _LED.fullmatch(b" ".join(words)) is not None and "server_declaration" in before.within


_BREAKS = (b"\n", b"\r", b"{", b";", b",")
_QUOTES = frozenset({'"', "'", '"""'})
_LED = re.compile(rb"(semantic )?route( [A-Za-z]+)?|semantic")


def _mended(project: Project, file: File, word: Span, trial: Trial | None) -> Project:
    """The project with the word in place where the text is torn without it: what is torn may declare anything."""
    index = file.item_at(word.start)
    near = file.items[max(index - 1, 0) : index + 2] if index is not None else ()
    return project.with_file(trial.file) if trial is not None and any(one.is_broken for one in near) else project


_KEYS = (": 0\n", ": 0", " => 0\n")
_KEYED = frozenset({"property", "field", "entry", "arm", "variant"})
_TAILS = {
    "match": (" { _ => 0 }",),
    "fast_match": (" { _ => 0 }",),
    "intent": (" { _ => 0 }",),
    "pass": (" to x\n",),
    "if": (" then 0 else 0\n",),
    "then": (" else 0\n",),
    "spawn": ("()",),
    "@": ("\nflow x { }\n",),
}
"""What has to follow behind certain words before the tree has a place for the word on trial."""


def _on_trial(file: File, word: Span, tail: str) -> Trial | None:
    new = (TRIAL + tail).encode()
    text = file.text[: word.start] + new + file.text[word.end :]
    trial = file.edited([Edit(word.start, word.end, word.start + len(new))], text)
    index = trial.item_at(word.start)
    if index is None:
        return None
    item, inside = trial.items[index], word.start - trial.starts[index]
    for name in item.of(ast.Name):
        if name.start == inside and name.text == TRIAL:
            return Trial(trial, item, name, trial.starts[index])
    return None


def _kind(trial: Trial | None, before: Token | None) -> PlaceKind:
    if trial is None:
        return "clause"
    item, name = trial.item, trial.name
    parent = item.parents.get(name)
    if _is_behind_operand(item, name, before):
        return "infix"
    match parent:
        case ast.Member() if parent.member is name:
            return "member"
        case ast.VariantExpr() | ast.TypeVariant() | ast.PVariant() if parent.variant is name:
            return "variant"
        case ast.Property() | ast.ConfigItem() if parent.key is name:
            return "property"
        case ast.StructFieldValue() if parent.name is name:
            return "field"
        case ast.Entry() if parent.key is name:
            return "entry"
        case ast.PRecordEntry() if parent.key is name:
            return "record"
        case ast.Argument() if parent.name is name:
            return "value"
        case ast.TypeName():
            return "type"
        case ast.Decorator():
            return "decorator"
        case ast.Filter():
            return "filter"
        case ast.UseConfig():
            return "config"
        case ast.TemplatePath() | ast.TemplatePartial():
            return "template"
        case ast.UseItem():
            return "use" if parent.path and parent.path[0] is name else "member"
        case ast.PName():
            return "arm" if _is_pattern_of_arm(item, parent) else "new"
        case ast.Payload():
            return "type"
        case ast.ExprStmt():
            return "item" if item.node is parent else "statement"
    return "new" if _is_declared(parent, name) else "value"


def _is_behind_operand(item: ItemFacts, name: ast.Name, before: Token | None) -> bool:
    """Whether an operand has just ended on this line, so that only a word may follow that goes on with it."""
    if before is None or not before.is_near or not before.ends_operand:
        return False
    return any(slip.span.start == name.start and slip.code in ("NX100", "NX101") for slip in item.slips)


def _is_pattern_of_arm(item: ItemFacts, pattern: ast.Pattern) -> bool:
    node: ast.Node | None = pattern
    while isinstance(node, ast.Pattern | ast.PRecordEntry):
        node = item.parents.get(node)
    return isinstance(node, ast.Arm)


def _is_declared(parent: ast.Node | None, name: ast.Name) -> bool:
    match parent:
        case ast.Param() | ast.Field() | ast.StructField() | ast.Variant() | ast.Catch():
            return parent.name is name
        case ast.Hook():
            return parent.event == "on_error"
        case ast.For():
            return parent.second is name
        case ast.ForkBranch() | ast.PList() | ast.PRecord():
            return True
        case ast.TemplateFor():
            return parent.name is name
        case ast.Declaration():
            return parent is not None and getattr(parent, "name", None) is name
    return isinstance(parent, ast.Protocol | ast.Struct | ast.Enum | ast.Trait | ast.TypeAlias)
