"""Places to go to, in what the client understands."""

from __future__ import annotations

from collections.abc import Callable

from nexa.compiler.analysis import Project
from nexa.ide.targets import Target
from nexa.lsp import raw
from nexa.lsp.convert import Convert
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.syntax import Span

Find = Callable[[Project, str, int], list[Target]]


def answer(session: Session, params: Json, kind: str, find: Find) -> Json:
    """Links where the client takes them for this kind: they show what the name covers, and the whole declaration."""
    place = session.locate(*raw.place(params))
    targets = find(session.project(place[0]), *place) if place else []
    if place is None or not targets:
        return None
    convert = session.convert
    if kind not in session.client.links:
        found = [{"uri": session.uri(one.path), "range": _range(convert, one, one.span)} for one in targets]
        return found if len(found) > 1 else found[0]
    return [
        {
            "originSelectionRange": convert.json_range(place[0], one.origin),
            "targetUri": session.uri(one.path),
            "targetRange": _range(convert, one, one.full_span),
            "targetSelectionRange": _range(convert, one, one.span),
        }
        for one in targets
    ]


def _range(convert: Convert, target: Target, span: Span) -> Json:
    if target.line is None:
        return convert.json_range(target.path, span)
    place = {"line": target.line, "character": target.column}
    return {"start": place, "end": place}
