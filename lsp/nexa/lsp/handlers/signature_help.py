"""textDocument/signatureHelp."""

from __future__ import annotations

from nexa.ide.features.signature_help import SignatureHelp, signature_help
from nexa.ide.signatures import Parameter
from nexa.lsp import raw
from nexa.lsp.client import Client
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """One signature, with the parameter that is being written."""
    place = session.locate(*raw.place(params))
    found = signature_help(session.project(place[0]), *place) if place else None
    return None if found is None else _help(session.client, found)


def _help(client: Client, found: SignatureHelp) -> Json:
    signature = found.signature
    shown: Json = {
        "label": signature.label,
        "parameters": [_parameter(client, signature.label, one) for one in signature.parameters],
    }
    if signature.doc:
        shown["documentation"] = _markup(client, signature.doc)
    # Behind the last one is none of them, for clients that know no other way of saying so.
    active = len(signature.parameters) if found.active is None else found.active
    return {"signatures": [shown], "activeSignature": 0, "activeParameter": active}


def _parameter(client: Client, label: str, one: Parameter) -> Json:
    place = [_units(label[: one.start]), _units(label[: one.end])]
    shown: Json = {"label": place if client.label_offsets else label[one.start : one.end]}
    if one.doc:
        shown["documentation"] = _markup(client, one.doc)
    return shown


def _markup(client: Client, text: str) -> Json:
    return {"kind": "markdown" if client.has_markdown_signatures else "plaintext", "value": text}


def _units(text: str) -> int:
    """Places in a label are counted in UTF-16, whatever was negotiated for documents."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
