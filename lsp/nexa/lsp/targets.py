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
    if place is None:
        return None
    # Only implementations stand elsewhere than in what a file includes.
    project = session.workspace.around(*place) if kind == "implementation" else session.project(place[0])
    targets = find(project, *place)
    if not targets:
        return None
    convert = session.workspace.convert(project) if kind == "implementation" else session.convert
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
