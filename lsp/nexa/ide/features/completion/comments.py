"""Comments are the author's, but for `// nexa: allow …`: there the codes that may be allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexa.ide.features.completion.candidates import WANTED, Candidate

_ALLOW = re.compile(r"(?://+|#)\s*nexa:\s*allow\s+([\w\s,]*)$")
_MARK = re.compile(r"(?://+|#)\s*nexa:\s*\w*$")


def comment_candidates(before: str) -> Iterator[Candidate]:
    """`before` is the comment up to the cursor."""
    found = _ALLOW.search(before)
    if found is None:
        if _MARK.search(before):
            yield Candidate("allow", "keyword", WANTED, insert="allow ", doc="Findings that nobody wants to see.")
        return
    given = set(re.findall(r"NX\d+", found[1][: found[1].rfind(",") + 1] if "," in found[1] else ""))
    from nexa.compiler.rule import Severity
    from nexa.compiler.rules import RULES  # a hundred modules, of which a comment is rarely about one

    for rule in RULES:
        if rule.severity is not Severity.ERROR and rule.code not in given:
            yield Candidate(
                rule.code, "code", WANTED, ("rule", rule.code), origin=rule.name, filter=f"{rule.code} {rule.name}"
            )
