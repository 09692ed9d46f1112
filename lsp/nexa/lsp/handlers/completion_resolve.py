"""completionItem/resolve."""

from __future__ import annotations

from nexa.ide.features.completion.resolve import Description, resolve
from nexa.lsp.client import ListClient
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """The same candidate with signature and documentation. Nothing is remembered between the two requests."""
    data = params.get("data") if isinstance(params, dict) else None
    uri, key = (data.get("uri"), data.get("key")) if isinstance(data, dict) else (None, None)
    if not isinstance(uri, str) or not isinstance(key, list) or not all(isinstance(one, str) for one in key):
        return params
    path = to_path(uri)
    return {**params, **described(session.client.lists, resolve(session.project(path), path, tuple(key)))}


def described(client: ListClient, found: Description) -> Json:
    """A description as members of a candidate; a longer signature moves into the documentation."""
    item: Json = {}
    first, _, rest = found.signature.partition("\n")
    text = found.text
    if first:
        item["detail"] = first if not rest else f"{first} … }}" if first.endswith("{") else first
    if rest and client.has_markdown:
        text = f"```nexa\n{found.signature}\n```\n\n{text}".strip()
    if text:
        item["documentation"] = {"kind": "markdown", "value": text} if client.has_markdown else text
    return item
