"""The least that a server on pygls can do: take the edit, publish. What it needs, nobody on pygls gets below."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("floor", "1")


def publish(uri: str, version: int | None) -> None:
    nothing = types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=[])
    server.text_document_publish_diagnostics(nothing)


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(params: types.DidOpenTextDocumentParams) -> None:
    publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(params: types.DidChangeTextDocumentParams) -> None:
    publish(params.text_document.uri, params.text_document.version)


if __name__ == "__main__":
    server.start_io()
