"""textDocument/inlayHint. Plain JSON values: they are asked for whenever a screen is scrolled."""

from __future__ import annotations

from nexa.ide.features.hints import Hint, HintKind, Wanted, inlay_hints
from nexa.ide.features.hints.targets import target_of
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.settings import InlayHints
from nexa.lsp.uris import to_path
from nexa.syntax import Span

TYPE, PARAMETER = 1, 2

_KINDS: dict[HintKind, int] = {"variable": TYPE, "chain": TYPE, "result": TYPE, "parameter": PARAMETER}


def handle(session: Session, params: Json) -> Json:
    """The hints of a range; what costs a look elsewhere waits for `inlayHint/resolve` where the client asks for it."""
    uri = raw.text(params, "textDocument", "uri")
    path = to_path(uri)
    start = session.convert.offset(path, *raw.position(params, "range", "start"))
    end = session.convert.offset(path, *raw.position(params, "range", "end"))
    if start is None or end is None:
        return None
    within = Span(min(start, end), max(start, end))
    hints = find(session, path, within)
    return [_json(session, uri, path, hint) for hint in hints]


def find(session: Session, path: str, within: Span) -> list[Hint]:
    """The hints of a stretch that the user wants to see."""
    wanted = _wanted(session.configs.settings_of(path).inlay_hints)
    hints = inlay_hints(session.project(path), path, within, wanted, session.is_wanted)
    if hints is None:
        raise cancelled()
    return hints


def details(session: Session, path: str, hint: Hint) -> Json:
    """What a client may ask for later: the tooltip, and where the names in the label are declared."""
    label: list[Json] = []
    for part in hint.parts:
        target = target_of(session.project(path), path, part)
        label.append({"value": part.text})
        if target is not None:
            label[-1]["location"] = {"uri": session.uri(target[0]), "range": session.convert.json_range(*target)}
    tooltip: Json = hint.tooltip.replace("`", "")
    if session.client.has_markdown:
        tooltip = {"kind": "markdown", "value": hint.tooltip}
    return {"label": label, "tooltip": tooltip}


def _json(session: Session, uri: str, path: str, hint: Hint) -> Json:
    place = session.convert.json_range(path, Span(hint.offset, hint.offset))
    found: Json = {"position": place["start"], "label": [{"value": part.text} for part in hint.parts]}
    if hint.kind in _KINDS:
        found["kind"] = _KINDS[hint.kind]
    if hint.kind in ("parameter", "level", "budget"):
        found["paddingRight"] = True
    if hint.insert:
        found["textEdits"] = [{"range": place, "newText": hint.insert}]
    if session.client.resolves_hints:
        document = session.documents.get(path)
        found["data"] = {"uri": uri, "version": document.version if document else None, "kind": hint.kind}
        return found
    return {**found, **details(session, path, hint)}


def _wanted(settings: InlayHints) -> Wanted:
    return Wanted(
        variables=settings.variable_types,
        chains=settings.chain_types,
        results=settings.result_types,
        parameters=settings.parameter_names,
        levels=settings.parallel_levels,
        budgets=settings.token_budgets,
    )
