"""A comment allows a finding that does not occur.

What it was written for has gone, or was never reported on that line. Left in place it would hide the next one. Errors
cannot be allowed. A code is left alone while the settings keep it silent, and so are all codes while a part of the
program cannot be read.

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
from nexa.compiler.suggest import nearest
from nexa.compiler.suppress import Allowance, allowances, line_of
from nexa.compiler.wording import hint
from nexa.syntax.span import Span


def check(file: File, findings: Sequence[Finding], is_judged: Callable[[str], bool]) -> Iterable[Draft]:
    """Comments without a code, and every code that no finding of its line has."""
    found = {(line_of(file, one), one.code, one.severity is Severity.ERROR) for one in findings}
    for allowance in allowances(file):
        if not allowance.codes:
            yield Draft(allowance.comment, "`nexa: allow` names no code, so it allows nothing", unnecessary=True)
        for code, span in allowance.codes:
            if not is_judged(code) or (allowance.line, code, False) in found:
                continue
            if code not in _codes():
                message = f"there is no code {code}{hint(nearest(code, _codes()))}"
            elif (allowance.line, code, True) in found:
                message = f"{code} is an error here, and errors cannot be allowed"
            else:
                message = f"there is no {code} here to allow"
            yield Draft(span, message, fix=_remove(file, allowance, span), unnecessary=True)


def _codes() -> frozenset[str]:
    """The codes that there are."""
    from nexa.compiler.rules import RULES  # which has this module in it

    return frozenset(rule.code for rule in RULES)


def _remove(file: File, allowance: Allowance, span: Span) -> Remedy:
    """Without the code and what separates it from its neighbour; the last one takes the comment along."""
    spans = [one for _, one in allowance.codes]
    at = spans.index(span)
    if len(spans) == 1:
        return replace(_comment_to_remove(file, allowance), "", "Remove the comment")
    gone = Span(span.start, spans[1].start) if at == 0 else Span(spans[at - 1].end, span.end)
    return replace(gone, "", f"Remove `{file.text[span.start : span.end].decode()}`")


def _comment_to_remove(file: File, allowance: Allowance) -> Span:
    """The comment, with the blanks before it; with its whole line where nothing else stands there."""
    comment = allowance.comment
    line = file.lines.line(comment.start)
    start, _ = file.lines.content(line)
    before = file.text[start : comment.start]
    if before.strip():
        return Span(start + len(before.rstrip()), comment.end)
    end = comment.end
    end += next((len(one) for one in (b"\r\n", b"\n", b"\r") if file.text.startswith(one, end)), 0)
    return Span(start, end)


RULE = AllowRule("NX920", "unused-allowance", Severity.HINT, check)
