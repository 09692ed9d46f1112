"""What the server tells the client that it can do, as plain JSON values.

Only what a handler of ours answers is announced; a test compares the two.
"""

from __future__ import annotations

from nexa.lsp.client import Client
from nexa.lsp.messages import Json
from nexa.lsp.token_legend import legend_of

COMMANDS = ("nexa.run", "nexa.stop", "nexa.input", "nexa.debug", "nexa.graph", "nexa.build", "nexa.restart")
"""The names in `handlers/execute_command.py`; here again, because announcing them must not import it."""

TRIGGERS = (".", ":", "@", "|", "#", "{", '"', ">", "/", " ")
"""Characters behind which completion may open by itself; it does so only where something follows them."""

TYPED = ("}", "\n")
"""Characters behind which something may be laid out by itself."""

ACTION_KINDS = (
    "quickfix",
    "refactor.extract",
    "refactor.inline",
    "refactor.rewrite",
    "source.fixAll.nexa",
    "source.organizeImports",
)
"""The kinds of code actions that there are."""

_INCREMENTAL = 2

_OURS = [
    {"scheme": "file", "pattern": {"glob": "**/*.{nx,nxlib,nxs}", "matches": "file"}},
    {"scheme": "file", "pattern": {"glob": "**", "matches": "folder"}},
]
"""The files and folders whose coming and going we want to be told of."""

_NAMED = [{"scheme": "file", "pattern": {"glob": "**/*.{nx,nxlib,nxs,py,md,txt}", "matches": "file"}}, *_OURS[1:]]
"""The files and folders that programs name by their path."""


def capabilities(client: Client) -> Json:
    """For this client. Diagnostics are announced for pull only when they are not pushed."""
    announced: Json = {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": _INCREMENTAL, "save": {"includeText": False}},
        "hoverProvider": True,
        "signatureHelpProvider": {"triggerCharacters": ["(", ","], "retriggerCharacters": [")"]},
        "definitionProvider": True,
        "declarationProvider": True,
        "typeDefinitionProvider": True,
        "implementationProvider": True,
        "referencesProvider": True,
        "documentHighlightProvider": True,
        "completionProvider": {
            "triggerCharacters": list(TRIGGERS),
            "resolveProvider": True,
            "completionItem": {"labelDetailsSupport": True},
        },
        "renameProvider": {"prepareProvider": True} if client.prepares_renames else True,
        "workspaceSymbolProvider": {"resolveProvider": True},
        "documentSymbolProvider": {"label": "Nexa"},
        "foldingRangeProvider": True,
        "selectionRangeProvider": True,
        "callHierarchyProvider": True,
        "typeHierarchyProvider": True,
        "inlineValueProvider": True,
        "documentLinkProvider": {"resolveProvider": True},
        "codeLensProvider": {"resolveProvider": True},
        "codeActionProvider": {"codeActionKinds": list(ACTION_KINDS), "resolveProvider": True},
        "executeCommandProvider": {"commands": list(COMMANDS), "workDoneProgress": True},
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {
                **{one: {"filters": _OURS} for one in ("didCreate", "didRename", "didDelete")},
                **({"willRename": {"filters": _NAMED}} if client.asks_before_files_move else {}),
            },
        },
    }
    announced["inlayHintProvider"] = {"resolveProvider": True}
    legend = legend_of(client)
    announced["semanticTokensProvider"] = {
        "legend": {"tokenTypes": list(legend.types), "tokenModifiers": list(legend.modifiers)},
        "full": {"delta": True},
        "range": True,
    }
    announced["documentFormattingProvider"] = True
    announced["documentRangeFormattingProvider"] = {"rangesSupport": True}
    announced["documentOnTypeFormattingProvider"] = {
        "firstTriggerCharacter": TYPED[0],
        "moreTriggerCharacter": list(TYPED[1:]),
    }
    if client.pulls_diagnostics:
        announced["diagnosticProvider"] = {
            "identifier": "nexa",
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
        }
    return announced
