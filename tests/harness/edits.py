"""Applies what a feature offers, as a client does."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.rule import TextEdit


def applied(text: bytes, edits: Iterable[TextEdit]) -> str:
    """The text after edits that all count in it. They must not overlap; those at one place are in order."""
    end = len(text)
    ordered = sorted(edits, key=lambda one: (one.span.start, one.span.end))
    for edit in reversed(ordered):
        assert edit.span.start <= edit.span.end <= end, "edits overlap or leave the text"
        text = text[: edit.span.start] + edit.text.encode() + text[edit.span.end :]
        end = edit.span.start
    return text.decode()


def selected(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text whose selections stand between `«` and `»`: without these, and where they are in bytes."""
    plain = ""
    found: list[tuple[int, int]] = []
    for part in text.split("«"):
        inside, closes, behind = part.partition("»")
        if closes:
            start = len(plain.encode())
            found.append((start, start + len(inside.encode())))
        plain += inside + behind
    return plain, found
