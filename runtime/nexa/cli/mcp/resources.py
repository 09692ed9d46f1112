"""What clients may read without a tool: the language reference by section, and the manual of each rule."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from nexa.cli.explain import entry_text, found_entry
from nexa.cli.manual import entries
from nexa.cli.mcp.manuals import section, sections

Json = dict[str, Any]

REFERENCE, RULES = "nexa://reference", "nexa://rules"
_TYPE = "text/markdown"

TEMPLATES: list[Json] = [
    {
        "uriTemplate": f"{RULES}/{{code}}",
        "name": "rule",
        "title": "The manual of a rule",
        "description": "What a code such as NX303 means, with a wrong and a right program.",
        "mimeType": _TYPE,
    },
    {
        "uriTemplate": f"{REFERENCE}/{{section}}",
        "name": "reference",
        "title": "A section of the language reference",
        "description": "By its number (2.3), or an example by its path.",
        "mimeType": _TYPE,
    },
]


def listed() -> list[Json]:
    """Every section of the reference, and the list of all rules."""
    rows = [{"uri": RULES, "name": "rules", "title": "All rules", "mimeType": _TYPE}]
    return rows + [
        {"uri": f"{REFERENCE}/{quote(one.key)}", "name": one.key, "title": one.title, "mimeType": _TYPE}
        for one in sections()
    ]


def content(uri: str) -> str | None:
    """The text of a resource, Markdown; None for no such one."""
    if uri == RULES:
        return "".join(f"- {one.code} {one.name}: {one.summary}\n" for one in entries())
    if uri == REFERENCE:
        return "".join(f"{'  ' * (one.depth - 1)}- {one.title}\n" for one in sections())
    if uri.startswith(f"{RULES}/"):
        found = found_entry(unquote(uri.removeprefix(f"{RULES}/")))
        return None if isinstance(found, str) else entry_text(found)
    if uri.startswith(f"{REFERENCE}/"):
        part = section(unquote(uri.removeprefix(f"{REFERENCE}/")))
        return None if part is None else part.text
    return None


def completed(template: str, start: str) -> list[str]:
    """What a variable of a template may be, by how it begins."""
    known = [one.code for one in entries()] if template.startswith(RULES) else [one.key for one in sections()]
    return [one for one in known if one.casefold().startswith(start.casefold())]
