"""Some lines of a file end in a semicolon, others do not.

Semicolons are optional: both styles mean the same, and a file is easier to read and to compare in one of them. What
counts is how most statements of the file end, and, apart from them, how most properties, fields and variants do. The
semicolon between two statements on one line is no matter of style, nor is one that keeps the next line apart.

Bad:

    flow main {
        a = 1
        b = 2;
           //^ NX901: semicolon style differs from the file's majority; most statements end without
        print(a + b)
    }

Good:

    flow main {
        a = 1
        b = 2; c = 3
        print(a + b + c)
    }

Bad:

    flow main {
        a = 1;
        b = 2
           //^ NX901: semicolon style differs from the file's majority; most statements end in one
        print(a + b);
    }

Good:

    agent Writer {
        role: "writer"
        prompt: "Write."
    }
    flow main {
        a = Writer.run("a");
        print(a);
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler.file import File
from nexa.compiler.rule import Draft, FileRule, Severity, replace
from nexa.syntax.span import Span

_KINDS = ("statements", "members")


def check(file: File) -> Iterable[tuple[int, Draft]]:
    """The ends of lines that are fewer than those of the other style; a torn item could turn the scales."""
    with_any = [(index, item) for index, item in enumerate(file.items) if b";" in item.text]
    if not with_any or file.is_broken:
        return
    for at, kind in enumerate(_KINDS):
        marked = sum(len(item.endings[at].marked) for _, item in with_any)
        bare = sum(len(item.endings[at].bare) for item in file.items) if marked else 0
        if marked > bare > 0:
            for index, item in enumerate(file.items):
                yield from ((index, _missing(kind, place)) for place in item.endings[at].bare)
        elif bare > marked > 0:
            for index, item in with_any:
                marks = _at_line_end(file, index, item.endings[at].marked)
                yield from ((index, _needless(kind, place)) for place in marks)


def _at_line_end(file: File, index: int, marks: Iterable[Span]) -> Iterator[Span]:
    """Without the one at the end of an item behind which the line goes on."""
    end = file.starts[index] + len(file.items[index].text)
    for mark in marks:
        ends_item = file.starts[index] + mark.end == end
        if not ends_item or file.text[end : _line_end(file, end)].strip()[:2] in (b"", b"//"):
            yield mark


def _line_end(file: File, offset: int) -> int:
    return file.lines.content(file.lines.line(offset))[1]


def _missing(kind: str, place: Span) -> Draft:
    message = f"semicolon style differs from the file's majority; most {kind} end in one"
    return Draft(place, message, fix=replace(place, ";", "Add `;`"))


def _needless(kind: str, place: Span) -> Draft:
    message = f"semicolon style differs from the file's majority; most {kind} end without"
    return Draft(place, message, fix=replace(place, "", "Remove `;`"))


RULE = FileRule("NX901", "mixed-semicolons", Severity.HINT, check)
