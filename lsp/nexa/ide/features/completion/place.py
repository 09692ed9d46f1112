"""The place of a word: what kind of word belongs there, and what can be asked about it."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.table import View
from nexa.ide.features.completion.text_at import Token, token_before
from nexa.ide.features.completion.trials import TRIAL, PlaceKind, Trial, best_trial, closed
from nexa.ide.sight import Sight, sight_at
from nexa.syntax import Span
from nexa.syntax.once import once

__all__ = ["TRIAL", "Place", "place_at"]


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

    @once
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

    @once
    def own_name(self) -> str:
        """The name of the declaration that the word stands in; empty outside of one."""
        name = getattr(self.item.node, "name", None)
        return name.text if isinstance(name, ast.Name) else ""

    def above(self, node: ast.Node | None) -> ast.Node | None:
        """What a node is a part of."""
        return None if node is None else self.item.parents.get(node)

    @once
    def view(self) -> View:
        """What the names of the file are looked up in."""
        return self.project.view(self.path)

    @once
    def sight(self) -> Sight:
        """What can be seen from the word, and what is wanted there."""
        return sight_at(self.project, self.view, self.item, self.name)

    @once
    def names(self) -> Names:
        """What names mean here; results that nobody has inferred yet are unknown."""
        return self.sight.known_names

    def text_behind(self, length: int = 1) -> bytes:
        """What follows the word directly."""
        return self.file.text[self.word.end : self.word.end + length]


def place_at(project: Project, file: File, word: Span, offset: int) -> Place:
    """The place of a word in code."""
    before = token_before(file, word.start)
    kind, trial = best_trial(file, word, before)
    if trial is not None:
        trial = closed(file, word, trial) or trial
    return Place(kind, project, file, word, offset, trial, before)


def _mended(project: Project, file: File, word: Span, trial: Trial | None) -> Project:
    """The project with the word in place where the text is torn without it: what is torn may declare anything."""
    index = file.item_at(word.start)
    near = file.items[max(index - 1, 0) : index + 2] if index is not None else ()
    return project.with_file(trial.file) if trial is not None and any(one.is_broken for one in near) else project
