"""A comment allows a finding that is not there.

What it was written for has gone, or was never reported on that line. Left in place it would hide the next one. Errors
cannot be allowed. A code is left alone while the settings keep it silent.

Bad:

    // nexa: allow NX208
                 //^^^^^ NX920: there is no NX208 here to allow
    flow main { print("a") }

Good:

    flow main {
        // nexa: allow NX208
        let y = 1
    }
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from nexa.compiler.file import File
from nexa.compiler.rule import AllowRule, Draft, Finding, Remedy, Severity, replace
from nexa.compiler.suppress import Allowance, allowances, line_of
from nexa.syntax.span import Span


def check(file: File, findings: Sequence[Finding], is_judged: Callable[[str], bool]) -> Iterable[Draft]:
    """Every code in a comment that no finding of its line has. While text cannot be read, nobody knows."""
    if any(item.is_broken for item in file.items if item.slips):
        return
    found = {(line_of(file, one), one.code) for one in findings}
    known = list(allowances(file))
    for one in known:
        if (one.line, one.code) not in found and is_judged(one.code):
            alike = [other for other in known if other.comment == one.comment]
            yield Draft(one.span, f"there is no {one.code} here to allow", fix=_remove(one, alike), unnecessary=True)


def _remove(one: Allowance, alike: list[Allowance]) -> Remedy:
    """The code with what separates it from its neighbour, or the text of the comment if it is the only one."""
    at = alike.index(one)
    if len(alike) == 1:
        return replace(one.comment, "", "Remove the comment")
    span = Span(one.span.start, alike[1].span.start) if at == 0 else Span(alike[at - 1].span.end, one.span.end)
    return replace(span, "", f"Remove `{one.code}`")


RULE = AllowRule("NX920", "unused-allowance", Severity.HINT, check)
