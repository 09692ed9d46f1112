"""SARIF 2.1.0: what code-scanning services read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from nexa.cli.fingerprints import unique_fingerprints
from nexa.cli.manual import entries
from nexa.cli.report import Checked, EditReport, Place, Report
from nexa.compiler.version import HOMEPAGE, VERSION, rule_url

_LEVELS = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(checked: Checked) -> str:
    """One run; every rule that reported is described once and referred to by its index."""
    codes = sorted({one.code for one in checked.reports})
    index = {code: at for at, code in enumerate(codes)}
    prints = unique_fingerprints(checked.reports)
    results = [_result(one, index[one.code], f) for one, f in zip(checked.reports, prints, strict=True)]
    run = {
        "tool": {"driver": _driver(checked, codes)},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(path)}} for path in checked.files],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _driver(checked: Checked, codes: list[str]) -> dict[str, Any]:
    names = {one.code: one.name for one in checked.reports}
    known = {entry.code: entry for entry in entries()}
    rules: list[dict[str, Any]] = []
    for code in codes:
        rule: dict[str, Any] = {"id": code, "name": names[code], "helpUri": rule_url(code)}
        if entry := known.get(code):
            rule["shortDescription"] = {"text": entry.summary}
            rule["fullDescription"] = {"text": entry.text}
            rule["help"] = {"text": entry.text}
            rule["defaultConfiguration"] = {"level": _LEVELS[entry.severity]}
        rules.append(rule)
    return {"name": "nexa-lsp", "version": VERSION, "informationUri": HOMEPAGE, "rules": rules}


def _result(one: Report, rule_index: int, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [{"physicalLocation": _physical(one.place)}],
        "partialFingerprints": {"nexa/v1": fingerprint},
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": at, "physicalLocation": _physical(other.place), "message": {"text": other.message}}
            for at, other in enumerate(one.related)
        ]
    if one.fix and one.fix.edits:
        result["fixes"] = [{"description": {"text": one.fix.title}, "artifactChanges": _changes(one.fix.edits)}]
    return result


def _changes(edits: tuple[EditReport, ...]) -> list[dict[str, Any]]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        replacement = {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}
        by_path.setdefault(edit.place.path, []).append(replacement)
    return [{"artifactLocation": {"uri": _uri(path)}, "replacements": made} for path, made in by_path.items()]


def _physical(place: Place) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(place.path)}, "region": _region(place)}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _uri(path: str) -> str:
    """A relative reference for a relative path, a `file:` URI for an absolute one."""
    if path.startswith("/"):
        return "file://" + quote(path)
    if path[1:3] == ":/":  # a Windows drive
        return "file:///" + path[:2] + quote(path[2:])
    first, slash, rest = path.partition("/")
    return quote(first) + slash + quote(rest)  # a colon in the first segment would read as a scheme: quote() escapes it
