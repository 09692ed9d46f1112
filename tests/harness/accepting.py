"""Taking a candidate, as an editor does: the word is replaced, stops of a snippet hold what they suggest."""

from __future__ import annotations

import re

from nexa.ide.features.completion import Candidate, Completion

_STOP = re.compile(r"\$\{(\d+)(?::((?:[^}\\]|\\.)*)|\|([^|]*)\|)?\}")


def inserted(candidate: Candidate, *, snippets: bool = True, filler: str = "x") -> str:
    """The text that is put in place of the word; every empty stop becomes `filler`."""
    if not snippets or not candidate.snippet:
        return candidate.insert or candidate.label

    def filled(stop: re.Match[str]) -> str:
        return stop[2] if stop[2] is not None else stop[3].split(",")[0] if stop[3] is not None else filler

    return re.sub(r"\\([$}\\])", r"\1", _STOP.sub(filled, candidate.snippet))


def accepted(
    text: bytes, found: Completion, candidate: Candidate, *, snippets: bool = True, filler: str = "x"
) -> tuple[bytes, int]:
    """The text after a candidate was taken with its further edits, and the offset behind what was inserted."""
    new = inserted(candidate, snippets=snippets, filler=filler).encode()
    changes = [(found.span.start, found.span.end, new)]
    changes += [(edit.span.start, edit.span.end, edit.text.encode()) for edit in candidate.edits]
    cursor = found.span.start + len(new)
    for start, end, piece in sorted(changes, reverse=True):
        text = text[:start] + piece + text[end:]
        if start < found.span.start:
            cursor += len(piece) - (end - start)
    return text, cursor
