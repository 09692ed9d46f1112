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

from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.layout import hash_comments, hash_comments_between
from nexa.compiler.rule import Draft, FileRule, Severity, replace
from nexa.syntax.span import Span


def check(file: File) -> Iterable[tuple[int, Draft]]:
    """The comments in items, and those between them."""
    inside = file.rows(_hashes)
    for index, _ in inside:
        for comment in hash_comments(file, index):
            yield index, _draft(file, comment, file.starts[index] + comment.start)
    if file.text.count(b"#") > sum(count for _, count in inside):
        for comment in hash_comments_between(file):
            yield -1, _draft(file, comment, comment.start)


def _hashes(item: ItemFacts) -> Iterable[int]:
    count = item.text.count(b"#")
    return (count,) if count else ()


def _draft(file: File, comment: Span, at: int) -> Draft:
    """`at` is where the comment stands in the file. `#/` would become a documentation comment without a blank."""
    text = file.text[at : at + comment.end - comment.start]
    words = text.lstrip(b"#")
    sign = Span(comment.start, comment.start + len(text) - len(words))
    fix = replace(sign, "// " if words.startswith(b"/") else "//", "Write `//`")
    return Draft(Span(comment.start, comment.start + 1), "use `//` for comments", fix=fix)


RULE = FileRule("NX909", "hash-comment", Severity.HINT, check)
