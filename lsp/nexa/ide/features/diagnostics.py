"""Which findings of a file an editor shows."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.config import Check
from nexa.compiler.rule import Finding


def visible_findings(findings: Iterable[Finding], check: Check, path: str) -> list[Finding]:
    """Those that the project's configuration selects, of whatever severity: editors show hints in their own way.

    `path` is relative to the project's root, with forward slashes; patterns of `per-file-ignores` match it.
    """
    findings = list(findings)
    ignored = _ignored_here(check, path)
    # Decided once per code: a file may have thousands of findings.
    shown = {
        code for code in {one.code for one in findings} if is_selected(code, check) and not code.startswith(ignored)
    }
    return [one for one in findings if one.code in shown]


def is_selected(code: str, check: Check) -> bool:
    """The longest prefix that names the code decides; `ignore` wins a tie."""

    def longest(prefixes: Iterable[str]) -> int:
        return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)

    return longest(check.select) > longest(check.ignore)


def _ignored_here(check: Check, path: str) -> tuple[str, ...]:
    if not check.per_file_ignores:
        return ()
    from nexa.ide.ignores import Ignores  # only where a configuration asks

    patterns = check.per_file_ignores.items()
    return tuple(code for pattern, codes in patterns if Ignores([pattern]).match(path) for code in codes)
