"""Some lines of a file end in a semicolon, others do not.

Semicolons are optional: both styles mean the same, and a file is easier to read and to compare in one of them. What
counts is how most statements of the file end, and, apart from them, how most properties, fields and variants do. The
semicolon between two statements on one line is not a matter of style, nor is one that keeps the next line apart.

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
from nexa.compiler.layout import Endings
from nexa.compiler.rule import Draft, FileRule, Severity, replace
from nexa.syntax.span import Span


def check(file: File) -> Iterable[tuple[int, Draft]]:
    """The ends of lines that are fewer than those of the other style; a torn item could turn the scales."""
    if not file.rows(_with_semicolon) or file.is_misread:
        return
    for with_one, without, missing, needless in _KINDS:
        marked, bare = file.rows(with_one), file.rows(without)
        if not (marked and bare):
            continue
        difference = sum(number for _, number in marked) - sum(number for _, number in bare)
        if difference > 0:
            yield from file.rows(missing)
        elif difference < 0:
            yield from ((index, draft) for index, draft in file.rows(needless) if _ends_line(file, index, draft.span))


def _ends_line(file: File, index: int, semicolon: Span) -> bool:
    """Whether the line does not go on behind a semicolon, which may be the end of its item."""
    end = file.starts[index] + len(file.items[index].text)
    if file.starts[index] + semicolon.end < end:
        return True
    line_end = file.lines.content(file.lines.line(end))[1]
    return file.text[end:line_end].strip()[:2] in (b"", b"//")


def _with_semicolon(item: ItemFacts) -> Iterable[ItemFacts]:
    """Without one, nobody has to know how everything else ends."""
    return (item,) if b";" in item.text else ()


def _statements(item: ItemFacts) -> Iterable[Endings]:
    return () if item.is_broken else (item.endings[0],)


def _members(item: ItemFacts) -> Iterable[Endings]:
    return () if item.is_broken else (item.endings[1],)


def _marked_statements(item: ItemFacts) -> Iterable[int]:
    return [len(ends.marked) for ends in _statements(item) if ends.marked]


def _marked_members(item: ItemFacts) -> Iterable[int]:
    return [len(ends.marked) for ends in _members(item) if ends.marked]


def _bare_statements(item: ItemFacts) -> Iterable[int]:
    return [len(ends.bare) for ends in _statements(item) if ends.bare]


def _bare_members(item: ItemFacts) -> Iterable[int]:
    return [len(ends.bare) for ends in _members(item) if ends.bare]


def _missing_after_statements(item: ItemFacts) -> Iterable[Draft]:
    return [_missing("statements", place) for ends in _statements(item) for place in ends.bare]


def _missing_after_members(item: ItemFacts) -> Iterable[Draft]:
    return [_missing("members", place) for ends in _members(item) for place in ends.bare]


def _needless_after_statements(item: ItemFacts) -> Iterable[Draft]:
    return [_needless("statements", place) for ends in _statements(item) for place in ends.marked]


def _needless_after_members(item: ItemFacts) -> Iterable[Draft]:
    return [_needless("members", place) for ends in _members(item) for place in ends.marked]


_KINDS = (
    (_marked_statements, _bare_statements, _missing_after_statements, _needless_after_statements),
    (_marked_members, _bare_members, _missing_after_members, _needless_after_members),
)


def _missing(kind: str, place: Span) -> Draft:
    message = f"semicolon style differs from the file's majority; most {kind} end in one"
    return Draft(place, message, fix=replace(place, ";", "Add `;`"))


def _needless(kind: str, place: Span) -> Draft:
    message = f"semicolon style differs from the file's majority; most {kind} end without"
    return Draft(place, message, fix=replace(place, "", "Remove `;`"))


RULE = FileRule("NX901", "mixed-semicolons", Severity.HINT, check)
