"""textDocument/codeAction. Clients that resolve get the edits of refactorings only when one is chosen."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.actions import Offered, edit_of, offered
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span

_INVOKED = 1


def handle(session: Session, params: Json) -> Json:
    """What can be done in the range; why something cannot be done only to somebody who asked."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    start = session.convert.offset(path, *raw.position(params, "range", "start"))
    end = session.convert.offset(path, *raw.position(params, "range", "end"))
    if start is None or end is None:
        return None
    context = raw.member(params, "context")
    only = context.get("only") if isinstance(context, dict) else None
    kinds = tuple(one for one in only if isinstance(one, str)) if isinstance(only, list) else None
    is_asked = isinstance(context, dict) and (kinds is not None or context.get("triggerKind") == _INVOKED)
    span = Span(min(start, end), max(start, end))
    return [
        _json(session, params, path, span, one)
        for one in offered(session, path, span, kinds)
        if not one.disabled or (is_asked and session.client.shows_disabled_actions)
    ]


def _json(session: Session, params: Json, path: str, span: Span, one: Offered) -> Json:
    action: Json = {"title": one.title, "kind": one.kind}
    if one.is_preferred:
        action["isPreferred"] = True
    if one.finding is not None:
        action["diagnostics"] = [session.convert.diagnostic(one.finding)]
    if one.disabled:
        action["disabled"] = {"reason": one.disabled}
    elif one.finding is None and session.client.resolves_actions:
        document = session.documents.get(path)
        action["data"] = {
            "uri": params["textDocument"]["uri"],
            "version": document.version if document else None,
            "span": [span.start, span.end],
            "title": one.title,  # the one above may be translated on its way
        }
    else:
        action["edit"] = edit_of(session, path, one)
    return action
