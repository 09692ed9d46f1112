"""What identifies a finding when the lines around it move: its path, code, message and the text of its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from nexa.cli.report import Report
from nexa.compiler.visible_secrets import SECRETS_SUFFIX


def context(path: str, text: bytes, offset: int) -> str:
    """What tells the line at a byte offset from others, wherever it stands: a digest of its trimmed text.

    Lines of secrets files leave no trace.
    """
    if path.endswith(SECRETS_SUFFIX):
        return ""
    start = max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1
    ends = [at for at in (text.find(b"\n", offset), text.find(b"\r", offset)) if at >= 0]
    return sha256(text[start : min(ends, default=len(text))].strip()).hexdigest()[:16]


def fingerprint(one: Report, path: str) -> str:
    """The same for equal findings on equal lines of one file; `path` is written relative to a fixed folder."""
    parts = "\0".join((path, one.code, one.message, one.context))
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def unique_fingerprints(reports: Iterable[Report]) -> list[str]:
    """One per report, all different: equal findings are counted in order."""
    seen: Counter[str] = Counter()
    prints: list[str] = []
    for one in reports:
        first = fingerprint(one, one.place.path)
        prints.append(first if not seen[first] else sha256(f"{first}:{seen[first]}".encode()).hexdigest()[:32])
        seen[first] += 1
    return prints
