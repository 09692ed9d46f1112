"""The version of everything in this distribution, and where its pages are.

A constant, because reading the installed metadata takes longer than checking a small program; a test holds it to
`pyproject.toml`.
"""

from __future__ import annotations

VERSION = "0.1.0"

HOMEPAGE = "https://nexa-lang.github.io/nexa-lsp/"


def rule_url(code: str) -> str:
    """The manual page of a code."""
    return f"{HOMEPAGE}rules/#{code.lower()}"
