"""One file per request or notification of the client; `HANDLERS` is the list.

A handler is convert, delegate, convert: `handle(session, params)`. A module is imported when its method is first used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexa.lsp.session import Session

Handle = Callable[["Session", Any], Any]


@dataclass(frozen=True, slots=True)
class Handler:
    """Which module answers a method, and what that gives the user.

    A raw one gets its parameters as plain JSON values, the others in lsprotocol's types. Whatever an editor asks for on
    its own or at a keystroke is raw: the types take thirty megabytes and a third of a second to import. The answer of
    one that `has_parts` is a row of things, which is sent bit by bit to a client that gives a `partialResultToken`.
    """

    method: str
    module: str
    summary: str
    is_raw: bool = False
    has_parts: bool = False

    def load(self) -> Handle:
        """Its `handle(session, params)`; imports the module."""
        handle: Handle = import_module(f"{__name__}.{self.module}").handle
        return handle


HANDLERS: tuple[Handler, ...] = (
    Handler("initialized", "initialized", "settings are asked for, file watchers are registered", is_raw=True),
    Handler("textDocument/didOpen", "did_open", "diagnostics as soon as a file is open", is_raw=True),
    Handler(
        "textDocument/didChange", "did_change", "incremental edits; diagnostics after every keystroke", is_raw=True
    ),
    Handler("textDocument/didSave", "did_save", "included files are read again from the disk", is_raw=True),
    Handler("textDocument/didClose", "did_close", "the file on disk counts again", is_raw=True),
    Handler(
        "textDocument/diagnostic",
        "diagnostic",
        "diagnostics for clients that ask; the others are sent them",
        is_raw=True,
    ),
    Handler(
        "workspace/diagnostic",
        "workspace_diagnostic",
        "diagnostics of files that nobody has opened, in parts, for clients that ask",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/hover",
        "hover",
        "what names, operators, literals and words mean; what agents are told",
        is_raw=True,
    ),
    Handler(
        "textDocument/signatureHelp",
        "signature_help",
        "what a call takes, and which of it is being written",
        is_raw=True,
    ),
    Handler(
        "textDocument/definition",
        "definition",
        "from a name to its declaration, across includes",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/declaration",
        "declaration",
        "the same; from a method of an `impl` to the trait that promises it",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/typeDefinition",
        "type_definition",
        "from a value to its protocol, struct, enum or type; from an agent or flow to what it gives",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/implementation",
        "implementation",
        "from a protocol to the agents and flows that give it, from a trait or type to its `impl`s",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/references", "references", "every place that means what a name means", is_raw=True, has_parts=True
    ),
    Handler(
        "textDocument/documentHighlight",
        "document_highlight",
        "the same within the file, reads and writes told apart",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/completion",
        "completion",
        "what may stand at the cursor, and nothing else: stages that connect, members by type, what is not set yet",
        is_raw=True,
        has_parts=True,
    ),
    Handler("completionItem/resolve", "completion_resolve", "signature and documentation of a candidate", is_raw=True),
    Handler("textDocument/prepareRename", "prepare_rename", "what would be renamed, or why it cannot be", is_raw=True),
    Handler(
        "textDocument/rename",
        "rename",
        "a new name in every file, templates and Python included; refused where it is taken, with the place",
        is_raw=True,
    ),
    Handler("textDocument/documentSymbol", "document_symbol", "the outline of a file", is_raw=True, has_parts=True),
    Handler(
        "workspace/symbol",
        "workspace_symbol",
        "names in every file of the workspace, open or not; letters in their order are enough",
        is_raw=True,
        has_parts=True,
    ),
    Handler("workspaceSymbol/resolve", "workspace_symbol_resolve", "where such a name stands by now", is_raw=True),
    Handler(
        "textDocument/foldingRange", "folding_range", "bodies, comments and includes fold", is_raw=True, has_parts=True
    ),
    Handler(
        "textDocument/selectionRange",
        "selection_range",
        "selections grow by what belongs together",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/documentLink",
        "document_link",
        "included files, documents and Python files, served folders, MCP servers, pages about models and codes",
        is_raw=True,
        has_parts=True,
    ),
    Handler("documentLink/resolve", "document_link_resolve", "the page about a model", is_raw=True),
    Handler(
        "textDocument/semanticTokens/full",
        "semantic_tokens_full",
        "every name is coloured by what it means, Python and template tags included",
        is_raw=True,
        has_parts=True,
    ),
    Handler(
        "textDocument/semanticTokens/full/delta",
        "semantic_tokens_delta",
        "after a keystroke, only the colours that changed",
        is_raw=True,
    ),
    Handler(
        "textDocument/semanticTokens/range",
        "semantic_tokens_range",
        "what is on the screen comes first",
        is_raw=True,
    ),
    Handler(
        "textDocument/inlayHint",
        "inlay_hint",
        "types, parameter names, parallel levels and token budgets between the words; each can be turned off",
        is_raw=True,
    ),
    Handler("inlayHint/resolve", "inlay_hint_resolve", "where the names in a hint are declared", is_raw=True),
    Handler(
        "textDocument/codeLens",
        "code_lens",
        "`▷ Run` and `Graph` above flows, `▷ Run test` above tests, how the last run went, how often things are used",
        is_raw=True,
        has_parts=True,
    ),
    Handler("textDocument/formatting", "formatting", "the one layout of Nexa, as small edits of lines", is_raw=True),
    Handler("textDocument/rangeFormatting", "range_formatting", "the same for what a selection touches", is_raw=True),
    Handler("textDocument/rangesFormatting", "ranges_formatting", "the same for several selections", is_raw=True),
    Handler(
        "textDocument/onTypeFormatting",
        "on_type_formatting",
        "a new line is indented, a body that is closed is laid out, one that nothing closes gets its `}`",
        is_raw=True,
    ),
    Handler("codeLens/resolve", "code_lens_resolve", "`n references` above protocols and agents", is_raw=True),
    Handler(
        "textDocument/prepareCallHierarchy",
        "prepare_call_hierarchy",
        "calls between flows, functions, agents, tools, jobs, tests and routes",
        is_raw=True,
    ),
    Handler("callHierarchy/incomingCalls", "incoming_calls", "who calls it", is_raw=True, has_parts=True),
    Handler("callHierarchy/outgoingCalls", "outgoing_calls", "what it calls", is_raw=True, has_parts=True),
    Handler(
        "textDocument/prepareTypeHierarchy",
        "prepare_type_hierarchy",
        "protocols and structs by their fields, traits by `impl`, types with conditions by their base",
        is_raw=True,
    ),
    Handler("typeHierarchy/supertypes", "supertypes", "what it is a case of", is_raw=True, has_parts=True),
    Handler("typeHierarchy/subtypes", "subtypes", "what is a case of it", is_raw=True, has_parts=True),
    Handler("textDocument/inlineValue", "inline_value", "where a debugger shows the values of variables", is_raw=True),
    Handler(
        "textDocument/codeAction",
        "code_action",
        "fixes of findings, comments that allow them, [refactorings](refactorings.md), all fixes of a file at once; "
        "the cursor goes to what is to be filled in",
        is_raw=True,
        has_parts=True,
    ),
    Handler("codeAction/resolve", "code_action_resolve", "the edit of an action that was chosen", is_raw=True),
    Handler(
        "workspace/willRenameFiles",
        "will_rename_files",
        "paths in `include`, `python`, `experience`, `uses` and `static` follow files and folders that are moved",
        is_raw=True,
    ),
    Handler(
        "workspace/executeCommand",
        "execute_command",
        "flows and tests are run and stopped, programs are built",
        is_raw=True,
    ),
    Handler("nexa/graph", "graph", "the graph of a flow", is_raw=True),
    Handler(
        "nexa/runnables", "runnables", "the flows and tests of a file, with what they have to be given", is_raw=True
    ),
    Handler("nexa/expandedPrompt", "expanded_prompt", "what an agent is told, and how long that is", is_raw=True),
    Handler("nexa/runs", "runs", "the runs of a project", is_raw=True),
    Handler("nexa/status", "status", "how the server does", is_raw=True),
    Handler("nexa/syntaxTree", "syntax_tree", "the syntax tree of a file", is_raw=True),
    Handler("window/workDoneProgress/cancel", "work_done_progress_cancel", "cancel on the progress of a run stops it"),
    Handler("workspace/didChangeConfiguration", "did_change_configuration", "settings count at once", is_raw=True),
    Handler(
        "workspace/didChangeWatchedFiles",
        "did_change_watched_files",
        "files that change on disk are read again",
        is_raw=True,
    ),
    Handler("workspace/didCreateFiles", "did_create_files", "new files are found at once", is_raw=True),
    Handler("workspace/didDeleteFiles", "did_create_files", "files that are gone are missed at once", is_raw=True),
    Handler("workspace/didRenameFiles", "did_rename_files", "renamed files are found at once", is_raw=True),
    Handler(
        "workspace/didChangeWorkspaceFolders",
        "did_change_workspace_folders",
        "folders come and go at any time",
    ),
)
"""In the order of docs/editor-support.md, which is generated from it."""
