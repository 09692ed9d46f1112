"""Generate protocol from JSON: a sample becomes protocols, one for each kind of object in it.

At a string that holds JSON; or select JSON that was pasted between declarations.

Before:

    flow main {
        sample = '$0{"id": 7, "tags": ["a"], "items": [{"name": "lamp", "price": 19.5}, {"name": "desk"}]}'
        print(sample)
    }

After:

    protocol Sample { id: int, tags: list[str], items: list[Item] }
    protocol Item { name: str, price: float? }

    flow main {
        sample = '{"id": 7, "tags": ["a"], "items": [{"name": "lamp", "price": 19.5}, {"name": "desk"}]}'
        print(sample)
    }

Before:

    «{"city": "Rome", "population": 2873000, "twinned_with": null}»

After:

    protocol Sample { city: str, population: int, twinned_with: any? }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.protocols import Protocols, record_of
from nexa.ide.features.actions.writing import laid_out
from nexa.syntax import Span

_TITLE: Final = "Generate protocol from JSON"
_KIND: Final[Kind] = "refactor.rewrite"


def offer(selection: Selection) -> Iterable[Action]:
    """At a string that holds a JSON object."""
    node = selection.first(ast.Str, ast.Raw)
    text = node.plain if isinstance(node, ast.Str) else node.text if isinstance(node, ast.Raw) else None
    record = record_of(text) if text is not None and text.lstrip().startswith(("{", "[")) else None
    if record is None or selection.item.is_broken:
        return
    made = _protocols(selection.project, selection.file.path, record)
    yield Action(
        _TITLE,
        _KIND,
        lambda: [selection.edit(0, 0, f"{laid_out(made.written())}\n\n")],
        blanks=lambda: list(made.texts),
    )


def offer_for_text(project: Project, path: str, span: Span) -> Iterable[Action]:
    """For selected text at column 0 that is JSON."""
    file = project.file(path)
    if file is None or file.language == "nxs" or span.end - span.start < 2:
        return
    text = file.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    is_apart = start == 0 or file.text[start - 1 : start] in (b"\n", b"\r")
    if text.strip()[:1] not in (b"{", b"[") or not is_apart:
        return
    record = record_of(text.decode("utf-8", "replace"))
    if record is not None:
        stripped = Span(start, span.start + len(text.rstrip()))
        made = _protocols(project, path, record)
        yield Action(
            _TITLE,
            _KIND,
            lambda: [TextEdit(path, stripped, laid_out(made.written()))],
            is_preferred=True,
            blanks=lambda: list(made.texts),
        )


def _protocols(project: Project, path: str, record: dict[str, Any]) -> Protocols:
    view = project.view(path)
    protocols = Protocols(lambda name: not view.row("type", name) and not view.row("value", name))
    protocols.of_record("Sample", record)
    return protocols
