"""What is shown for a place."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class HoverCard:
    """`span` is what was hovered; `signature` is Nexa text, perhaps empty, `text` Markdown, perhaps empty."""

    span: Span
    signature: str
    text: str


def paragraphs(*texts: str) -> str:
    """Those that say something, one below the other."""
    return "\n\n".join(text for text in texts if text)


def block(text: str, language: str = "") -> str:
    """A text as it is, fenced so that nothing in it ends the fence."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"


def about(tokens: int) -> str:
    """An estimate in words."""
    return f"about {tokens:,} token{'' if tokens == 1 else 's'}"
