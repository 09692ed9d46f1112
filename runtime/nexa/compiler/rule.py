"""What a rule is, and what it reports, in the shape that the command line and the editor show it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from nexa.syntax.record import record
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.ast import Node
    from nexa.compiler.facts import ItemFacts
    from nexa.compiler.file import File
    from nexa.compiler.infer.walk import Clash
    from nexa.compiler.names import Names
    from nexa.compiler.program import Program
    from nexa.compiler.table import Entry


class Severity(StrEnum):
    """How much a finding matters; the order of definition is from most to least."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@record
class Related:
    """Another place that a finding speaks of, with what it is."""

    path: str
    span: Span
    message: str


@record
class TextEdit:
    """Replace the bytes of `span` in `path` by `text`. A file that is not there comes into being."""

    path: str
    span: Span
    text: str


@record
class Fix:
    """Edits that answer a finding. `safe` says that they cannot change what a correct program means.

    Edits that may be anywhere in a program are only looked for when somebody asks: `made` then finds them.
    """

    title: str
    safe: bool
    made: tuple[TextEdit, ...] | Callable[[], tuple[TextEdit, ...]]
    blanks: tuple[str, ...] = ()
    """The pieces of the new text that are a first guess: names that were made up, values for the time being."""

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """What is to be replaced, and by what."""
        return self.made if isinstance(self.made, tuple) else self.made()


@record
class Finding:
    """What a rule reports about one place; spans are UTF-8 byte offsets in the file `path`.

    `unnecessary` and `deprecated` are what editors render by fading and by striking through.
    """

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    span: Span
    related: tuple[Related, ...] = ()
    unnecessary: bool = False
    deprecated: bool = False
    answers: Callable[[], tuple[Fix, ...]] | None = field(default=None, compare=False, repr=False)
    """Finds the fixes: what is shown at every key has them, and most of them nobody ever asks for."""

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Edits that answer it, the best first; any one of them would do."""
        return () if self.answers is None else self.answers()

    @property
    def fix(self) -> Fix | None:
        """The best of the fixes."""
        return next(iter(self.fixes), None)

    @property
    def others(self) -> tuple[Fix, ...]:
        """The other fixes."""
        return self.fixes[1:]


# ── what rules see and say ──────────────────────────────────────────────────────────────────────────────────────


@record
class Slip:
    """A syntax problem as lowering met it; the rule of its `code` turns it into a finding.

    Spans are relative to the item. `words` are the texts that the message needs and `spans` further places,
    both in the order that the rule's module documents.
    """

    code: str
    span: Span
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


_NO_SPAN = Span(0, 0)


@record
class Note:
    """Another place that a draft speaks of: `span` in the same item, or the name of the declaration `of`.

    In a program rule's draft, `place` may say the file and the index of the item that `span` is relative to; instead
    of a span, `link` is the number of one of that item's links, wherever it stands by then.
    """

    message: str
    span: Span = _NO_SPAN
    of: Entry | None = None
    place: tuple[str, int] | None = None
    link: int | None = None


@record
class Change:
    """Replace the bytes of `span` (relative to the item) by `text`.

    In another declaration, `of`, the span is relative to the first byte of its name. With a `path` the text goes to the
    end of that file; one that is not there comes into being, and begins with `head`. `whole` means all of the item,
    however long it is by then, instead of the span.
    """

    span: Span
    text: str
    of: Entry | None = None
    path: str = ""
    head: str = ""
    whole: bool = False


@record
class Remedy:
    """Changes that answer a draft. `safe` says that they cannot change what a correct program means."""

    title: str
    changes: tuple[Change, ...]
    safe: bool = True
    blanks: tuple[str, ...] = ()
    """The pieces of the new text that are a first guess, in the order in which they stand there."""


@record
class Renaming:
    """Answers a draft by another name for what stands at `span`, there and wherever else it is meant.

    It is to be called `name`, with a number behind it if that is taken, as by itself.

    With `of` that declaration is renamed, in whichever file it stands. What `is_local` is seen by nobody outside of its
    item, but for the names of its parameters.
    """

    span: Span
    name: str
    of: Entry | None = None
    is_local: bool = False


Way = Remedy | Renaming
Unknown = Literal["value", "type"]


@record
class Draft:
    """A finding before it has a place in a file: every span is relative to the item, so a moved item keeps it.

    `severity` is set where a code has two; otherwise the rule's own counts.
    """

    span: Span
    message: str
    notes: tuple[Note, ...] = ()
    fix: Way | None = None
    severity: Severity | None = None
    unnecessary: bool = False
    deprecated: bool = False
    others: tuple[Way, ...] = ()
    """Further remedies, any one of which would do as well as `fix`."""
    unknown: Unknown | None = None
    """Where nothing has a name: what would have to have it. A declaration whose name cannot be read may be it."""


@record
class ProgramDraft:
    """A draft of a program rule, with the item that it is about: the `index`th of the file `path`.

    A draft about a place inside a body is given as a function: it is kept while the program looks the same from
    outside, and asked for its places in the item as it is by then.
    """

    path: str
    index: int
    draft: Draft | Callable[[ItemFacts], Draft]


@record
class SyntaxRule:
    """A rule that words the slips of its code: its findings are published at once.

    It is asked only about items in which lowering has found such a slip. `names` is for a code that also has cases
    which only the meaning of a name shows.
    `harness` marks a code (†) whose severity follows `--harness`: error, warning or silence.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[ItemFacts], Iterable[Draft]]
    names: Callable[[ItemFacts, Names], Iterable[Draft]] | None = None
    harness: bool = False


@record
class NameRule:
    """A rule that needs the item and what the names in it mean; it sees nothing else of the program.

    Every question to `Names` is recorded: an item is checked again when an answer changes, and only then.
    `program` is for a code that also has cases which only the whole program shows.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[ItemFacts, Names], Iterable[Draft]]
    program: Callable[[Program], Iterable[ProgramDraft]] | None = None
    harness: bool = False
    typed: Callable[[Told], Iterable[Draft]] | None = None
    """For a code that also has cases which only types show."""
    only_asked: bool = False
    """Silent unless the settings give the code a severity."""
    about: tuple[type[Node], ...] = ()
    """The kinds of nodes that `check` speaks of: an item without any of them is not asked about. Empty: every item."""
    torn: Literal["silent", "healthy", "any"] = "silent"
    """What it says of an item that cannot be read whole: nothing, which names nothing declares in statements that can
    be read, or as much as of any other.
    """


@record
class Told:
    """A mistake met while typing an item, with what a rule may need to word it."""

    item: ItemFacts
    names: Names
    clash: Clash

    @property
    def span(self) -> Span:
        """The place of the mistake, relative to the item."""
        return self.clash.span

    @property
    def words(self) -> tuple[object, ...]:
        """What is known of it, in the order that the rule of its code documents."""
        return self.clash.words


@record
class TypeRule:
    """A rule that turns the mistakes met while typing an item (`infer.walk.Clash`) into findings."""

    code: str
    name: str
    severity: Severity
    check: Callable[[Told], Iterable[Draft]]
    harness: bool = False

    @property
    def typed(self) -> Callable[[Told], Iterable[Draft]]:
        """What turns a clash into findings."""
        return self.check


@record
class ProgramRule:
    """A rule over the declarations of a whole program: signatures and the names that each item uses, never bodies.

    It may depend on nothing but `ItemFacts.outline`. `only_runs` marks what matters to a run but not to a check.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[Program], Iterable[ProgramDraft]]
    only_runs: bool = False
    harness: bool = False


@record
class FileRule:
    """A rule over the layout of a whole file: comments, and how statements end.

    `check` yields drafts with the index of the item that their spans are relative to; -1 stands for the start of the
    file. It runs after every edit, so it asks items for facts that they keep, and looks at nothing else but the gaps.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[File], Iterable[tuple[int, Draft]]]
    harness: bool = False


@record
class AllowRule:
    """A rule over the comments that allow findings, asked when all other rules have spoken.

    `check` gets the file, what was found before anything was allowed, and which codes could have been found at all.
    Spans count from the start of the file.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[File, Sequence[Finding], Callable[[str], bool]], Iterable[Draft]]
    harness: bool = False


Rule = SyntaxRule | NameRule | TypeRule | ProgramRule | FileRule | AllowRule


def manual(rule: Rule) -> str:
    """The manual entry of a rule: the docstring of the module that it lives in."""
    return sys.modules[rule.check.__module__].__doc__ or ""


def replace(span: Span, text: str, title: str, *, safe: bool = True, blanks: tuple[str, ...] = ()) -> Remedy:
    """The most common remedy: other text at one place."""
    return Remedy(title, (Change(span, text),), safe, blanks)


def alternatives(*ways: Way | None) -> tuple[Way | None, tuple[Way, ...]]:
    """The `fix` and the `others` of a draft: the ways that there are, the best first."""
    found = [one for one in ways if one is not None]
    return (found[0] if found else None), tuple(found[1:])
