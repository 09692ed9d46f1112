"""A comment begins with `#`.

It is understood, to ease migration, but `#` is also what interpolations begin with. Nexa's comments begin with `//`.

Bad:

    # Greets the reader.
  //^ NX909: use `//` for comments
    flow main { print("Hello") }

Good:

    // Greets the reader.
    flow main { print("Hello") }
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from nexa.compiler.file import File
from nexa.compiler.layout import gap_before, hash_comments, hash_comments_between, with_hashes
from nexa.compiler.rule import Draft, FileRule, Severity, replace
from nexa.syntax.span import Span


def check(file: File) -> Iterable[tuple[int, Draft]]:
    """The comments in items, and those between them, which count from the item behind them, or from the last one."""
    for index, is_before in with_hashes(file):
        at = min(index, len(file.items) - 1)
        origin = file.starts[at] if at >= 0 else 0
        if is_before:
            found = [
                (one.start - origin, one.end - origin) for one in hash_comments_between(file, gap_before(file, index))
            ]
        else:
            found = [(one.start, one.end) for one in hash_comments(file, index)]
        for start, end in found:
            yield at, _draft(start, file.text[origin + start : origin + end])


@lru_cache(maxsize=1 << 10)
def _draft(start: int, text: bytes) -> Draft:
    """`#/` would become a documentation comment without a blank."""
    words = text.lstrip(b"#")
    sign = Span(start, start + len(text) - len(words))
    fix = replace(sign, "// " if words.startswith(b"/") else "//", "Write `//`")
    return Draft(Span(start, start + 1), "use `//` for comments", fix=fix)


RULE = FileRule("NX909", "hash-comment", Severity.HINT, check)
