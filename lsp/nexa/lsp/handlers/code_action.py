"""textDocument/codeAction."""

from __future__ import annotations

from lsprotocol import types

from nexa.compiler.rule import Finding, Fix
from nexa.ide.features.fixes import fixable
from nexa.lsp.errors import cancelled
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """The fixes of the findings in the range."""
    path = to_path(params.text_document.uri)
    start = session.convert.offset(path, params.range.start.line, params.range.start.character)
    end = session.convert.offset(path, params.range.end.line, params.range.end.character)
    wanted = params.context.only
    if start is None or end is None or not (wanted is None or types.CodeActionKind.QuickFix in wanted):
        return None
    findings = session.project(path).findings(path, lambda: not session.channel.is_cancelled())
    if findings is None:
        raise cancelled()
    return [
        _action(session, finding, fix)
        for finding in fixable(findings, Span(start, end))
        for fix in (finding.fix, *finding.others)
        if fix is not None
    ]


def _action(session: Session, finding: Finding, fix: Fix) -> types.CodeAction:
    diagnostic = session.convert.diagnostic(finding)
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        is_preferred=fix.safe,
        edit=_workspace_edit(session, fix),
        diagnostics=[
            types.Diagnostic(
                range=session.convert.range(finding.path, finding.span),
                message=diagnostic["message"],
                severity=types.DiagnosticSeverity(diagnostic["severity"]),
                code=finding.code,
                source=diagnostic["source"],
                data=diagnostic["data"],
            )
        ],
    )


def _workspace_edit(session: Session, fix: Fix) -> types.WorkspaceEdit:
    edits: dict[str, list[types.TextEdit]] = {}
    for edit in fix.edits:
        edits.setdefault(edit.path, []).append(session.convert.text_edit(edit))
    if not session.client.has_document_changes:
        return types.WorkspaceEdit(changes={session.uri(path): rows for path, rows in edits.items()})
    return types.WorkspaceEdit(document_changes=[_of_document(session, path, rows) for path, rows in edits.items()])


def _of_document(session: Session, path: str, edits: list[types.TextEdit]) -> types.TextDocumentEdit:
    document = session.documents.get(path)
    version = document.version if document else None
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=session.uri(path), version=version)
    return types.TextDocumentEdit(text_document=identifier, edits=list(edits))
