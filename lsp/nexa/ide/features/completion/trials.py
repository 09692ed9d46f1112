"""A word put into a text on trial, and what the tree then says that it is.

That costs one incremental parse, and tells however unfinished the rest of the line may be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.ide.features.completion.text_at import Token
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
    tail: str
    """What was put behind it."""


def best_trial(file: File, word: Span, before: Token | None) -> tuple[PlaceKind, Trial | None]:
    """The kind of a place, and the trial that told it; without one only the tokens before the word do."""
    if before is not None and before.is_near and _leads(file, before):
        return "clause", None
    plain = _on_trial(file, word, "")
    kind = _kind(plain, before)
    is_headed = before is not None and before.head and before.ends_operand and not _is_at_margin(file, word)
    if kind == "clause" and not is_headed:
        for tail in (*_KEYS, *_TAILS.get(before.text if before is not None else "", ())):
            trial = _on_trial(file, word, tail)
            found = _kind(trial, before)
            if found in _KEYED or (tail not in _KEYS and found != "clause"):
                return found, trial
    return kind, plain


def _is_at_margin(file: File, word: Span) -> bool:
    """Whether a word begins a line at column 0, where only declarations and statements of the file begin."""
    return word.start > 0 and file.text[word.start - 1 : word.start] in (b"\n", b"\r")


def closed(file: File, word: Span, trial: Trial) -> Trial | None:
    """The word on trial with the brackets closed behind it that are open there: what is open hides what follows."""
    opened = sorted(slip.span.start for slip in trial.item.slips if slip.code == "NX102")
    closers = [
        _CLOSERS[trial.item.text[at : at + 1]] for at in reversed(opened) if trial.item.text[at : at + 1] in _CLOSERS
    ]
    return _on_trial(file, word, trial.tail + "".join(closers)) if closers else None


_CLOSERS = {b"(": ")", b"[": "]"}


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


_KEYS = (": 0\n", ": 0", " => 0\n", ": 0 }", " => 0 }")
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
            return Trial(trial, item, name, trial.starts[index], tail)
    return None


def _kind(trial: Trial | None, before: Token | None) -> PlaceKind:
    if trial is None:
        return "clause"
    item, name = trial.item, trial.name
    parent = item.parents.get(name)
    is_indented = not _is_at_margin(trial.file, Span(trial.start + name.start, 0))
    if _is_behind_operand(item, name, before, is_indented=is_indented):
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
    if not _is_declared(parent, name):
        return "value"
    is_named = not isinstance(parent, ast.Declaration) or parent.name is not name  # type: ignore[attr-defined]  # has one
    return "new" if is_named or (before is not None and before.text in _NAMING) else "clause"


_NAMING = frozenset(
    {"agent", "tool", "protocol", "flow", "fn", "type", "struct", "enum", "trait", "job", "server", "db", "kv", "auth"}
)
"""The words that a new name follows; behind others it is a slip of the parser that one seems to stand there."""


def _is_behind_operand(item: ItemFacts, name: ast.Name, before: Token | None, *, is_indented: bool) -> bool:
    """Whether an operand has just ended on this line, so that only a word may follow that goes on with it.

    The head of a declaration may go on over lines.
    """
    if before is None or not before.ends_operand or not (before.is_near or (before.head and is_indented)):
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
        case ast.Protocol() | ast.Struct() | ast.Enum() | ast.Trait() | ast.TypeAlias():
            return parent.name is name or any(one is name for one in parent.type_params)
        case ast.Declaration():
            return getattr(parent, "name", None) is name
    return False
