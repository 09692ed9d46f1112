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

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.rule import Draft, FileRule, Severity, replace
from nexa.syntax.span import Span

_KINDS = ("statements", "members")


def check(file: File) -> Iterable[tuple[int, Draft]]:
    """The ends of lines that are fewer than those of the other style; a torn item could turn the scales."""
    marked = file.rows(_marked)
    if not marked or file.is_misread:
        return
    bare = file.rows(_bare)
    for at, kind in enumerate(_KINDS):
        marks = [(index, place) for index, (its, place) in marked if its == at]
        bares = [(index, place) for index, (its, place) in bare if its == at]
        if len(marks) > len(bares):
            yield from ((index, _missing(kind, place)) for index, place in bares)
        elif len(bares) > len(marks):
            yield from ((index, _needless(kind, place)) for index, place in marks if _ends_line(file, index, place))


def _marked(item: ItemFacts) -> Iterable[tuple[int, Span]]:
    """The semicolons at ends of lines, each with the number of its kind."""
    if b";" not in item.text or item.is_broken:
        return ()
    return [(at, place) for at, endings in enumerate(item.endings) for place in endings.marked]


def _bare(item: ItemFacts) -> Iterable[tuple[int, Span]]:
    """The ends of lines without a semicolon."""
    return [(at, place) for at, endings in enumerate(item.endings) for place in endings.bare]


def _ends_line(file: File, index: int, mark: Span) -> bool:
    """Whether nothing follows on the line, also where the semicolon is the end of an item."""
    end = file.starts[index] + len(file.items[index].text)
    if file.starts[index] + mark.end != end:
        return True
    return file.text[end : file.lines.content(file.lines.line(end))[1]].strip()[:2] in (b"", b"//")


def _missing(kind: str, place: Span) -> Draft:
    message = f"semicolon style differs from the file's majority; most {kind} end in one"
    return Draft(place, message, fix=replace(place, ";", "Add `;`"))


def _needless(kind: str, place: Span) -> Draft:
    message = f"semicolon style differs from the file's majority; most {kind} end without"
    return Draft(place, message, fix=replace(place, "", "Remove `;`"))


RULE = FileRule("NX901", "mixed-semicolons", Severity.HINT, check)
