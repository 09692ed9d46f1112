"""Known findings, kept in a file: a check then reports only what is new."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nexa.cli.errors import Unusable
from nexa.cli.fingerprints import fingerprint
from nexa.cli.output import replace_file
from nexa.cli.report import Report

_VERSION = 1


def read_baseline(path: str) -> Counter[str]:
    """How often each fingerprint is known. Raises Unusable when the file cannot be used."""
    try:
        raw = json.loads(Path(path).read_bytes())
        if raw["version"] != _VERSION:
            raise _unusable(path, f"it has version {raw['version']}, this program reads {_VERSION}")
        return Counter(str(one["fingerprint"]) for one in raw["findings"])
    except OSError as mistake:
        raise _unusable(path, (mistake.strerror or str(mistake)).lower()) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unusable(path, "it is no baseline; write one with --write-baseline") from None


def write_baseline(path: str, reports: Sequence[Report], absolute: Sequence[str]) -> None:
    """Write all findings as known. `absolute` are the paths of their files, in step."""
    findings = [
        {
            "code": one.code,
            "path": _relative(path, where),
            "message": one.message,
            "fingerprint": _print(path, one, where),
        }
        for one, where in zip(reports, absolute, strict=True)
    ]
    findings.sort(key=lambda finding: (finding["path"], finding["code"], finding["fingerprint"]))
    text = json.dumps({"version": _VERSION, "findings": findings}, indent=2, ensure_ascii=False) + "\n"
    try:
        replace_file(Path(path), text.encode("utf-8", "replace"))
    except OSError as mistake:
        raise _unusable(path, (mistake.strerror or str(mistake)).lower()) from None


def new_ones(path: str, known: Counter[str], reports: Sequence[Report], absolute: Sequence[str]) -> list[bool]:
    """Which findings are not in the baseline. As many equal findings are known as were written."""
    left = known.copy()
    answers: list[bool] = []
    for one, where in zip(reports, absolute, strict=True):
        mark = _print(path, one, where)
        answers.append(left[mark] == 0)
        left[mark] -= left[mark] > 0
    return answers


def _print(baseline: str, one: Report, where: str) -> str:
    return fingerprint(one, _relative(baseline, where))


def _relative(baseline: str, where: str) -> str:
    """Paths count from the baseline's folder, so that it holds in every clone and from every working directory."""
    try:
        return os.path.relpath(where, os.path.dirname(os.path.abspath(baseline))).replace(os.sep, "/")
    except ValueError:  # another drive
        return where.replace(os.sep, "/")


def _unusable(path: str, reason: str) -> Unusable:
    return Unusable(f"baseline {path}: {reason}")
