"""What the server tells the client that it can do.

Only what a handler of ours answers is announced; a test compares the two.
"""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.client import Client

COMMANDS = ("nexa.run", "nexa.stop", "nexa.graph", "nexa.build", "nexa.restart")
"""The names in `handlers/execute_command.py`; here again, because announcing them must not import it."""

TRIGGERS = (".", ":", "@", "|", "#", "{", '"')
"""Characters behind which completion opens by itself."""


def capabilities(client: Client) -> types.ServerCapabilities:
    """For this client. Diagnostics are announced for pull only when they are not pushed."""
    return types.ServerCapabilities(
        position_encoding=types.PositionEncodingKind(client.encoding),
        text_document_sync=types.TextDocumentSyncOptions(
            open_close=True,
            change=types.TextDocumentSyncKind.Incremental,
            save=types.SaveOptions(include_text=False),
        ),
        diagnostic_provider=_pull() if client.pulls_diagnostics else None,
        hover_provider=True,
        definition_provider=True,
        completion_provider=types.CompletionOptions(trigger_characters=list(TRIGGERS)),
        document_symbol_provider=types.DocumentSymbolOptions(label="Nexa"),
        folding_range_provider=True,
        code_lens_provider=types.CodeLensOptions(resolve_provider=False),
        code_action_provider=types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
        execute_command_provider=types.ExecuteCommandOptions(commands=list(COMMANDS), work_done_progress=True),
        workspace=types.WorkspaceOptions(
            workspace_folders=types.WorkspaceFoldersServerCapabilities(supported=True, change_notifications=True)
        ),
    )


def _pull() -> types.DiagnosticOptions:
    return types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="nexa")
