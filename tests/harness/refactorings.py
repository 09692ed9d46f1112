"""The examples that the docstrings of refactorings show, and the marks in them."""

from __future__ import annotations

import re
from textwrap import dedent
from types import ModuleType

from harness.edits import selected
from nexa.syntax import Span


def examples(module: ModuleType) -> list[tuple[str, str]]:
    """Pairs of a text before and after."""
    parts = re.split(r"^(Before|After):\n", module.__doc__ or "", flags=re.MULTILINE)[1:]
    texts = [dedent(part).strip("\n") + "\n" for part in parts[1::2]]
    assert parts[::2] == ["Before", "After"] * (len(texts) // 2)
    return list(zip(texts[::2], texts[1::2], strict=True))


def marked(text: str) -> tuple[str, Span]:
    """The text, and what is selected in it: `«…»`, or the cursor `$0`."""
    if "$0" in text:
        at = len(text[: text.index("$0")].encode())
        return text.replace("$0", ""), Span(at, at)
    plain, (span,) = selected(text)
    return plain, Span(*span)
