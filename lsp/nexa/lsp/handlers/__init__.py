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


_LOADED: dict[str, Handle] = {}
"""What was imported, by the name of its module."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Which module answers a method, and what that gives the user.

    A typed one gets its parameters in lsprotocol's types, the others as plain JSON values. Nothing that an editor asks
    for on its own or at a keystroke is typed: the types take thirty megabytes and a third of a second to import. The
    answer of one that `has_parts` is a row of things, sent bit by bit to a client that gives a `partialResultToken`.
    """

    method: str
    module: str
    summary: str
    is_typed: bool = False
    has_parts: bool = False

    def load(self) -> Handle:
        """Its `handle(session, params)`; imports the module."""
        found = _LOADED.get(self.module)
        if found is None:  # to ask for the module again takes longer than to read a message
            found = _LOADED[self.module] = import_module(f"{__name__}.{self.module}").handle
        return found


HANDLERS: tuple[Handler, ...] = (
    Handler("initialized", "initialized", "settings are asked for, file watchers are registered"),
    Handler("textDocument/didOpen", "did_open", "diagnostics as soon as a file is open"),
    Handler("textDocument/didChange", "did_change", "incremental edits; diagnostics after every keystroke"),
    Handler("textDocument/didSave", "did_save", "included files are read again from the disk"),
    Handler("textDocument/didClose", "did_close", "the file on disk counts again"),
    Handler(
        "textDocument/diagnostic",
        "diagnostic",
        "diagnostics for clients that ask; the others are sent them",
    ),
    Handler(
        "workspace/diagnostic",
        "workspace_diagnostic",
        "diagnostics of files that nobody has opened, in parts, for clients that ask",
        has_parts=True,
    ),
    Handler(
        "textDocument/hover",
        "hover",
        "what names, operators, literals and words mean; what agents are told",
    ),
    Handler(
        "textDocument/signatureHelp",
        "signature_help",
        "what a call takes, and which of it is being written",
    ),
    Handler(
        "textDocument/definition",
        "definition",
        "from a name to its declaration, across includes",
        has_parts=True,
    ),
    Handler(
        "textDocument/declaration",
        "declaration",
        "the same; from a method of an `impl` to the trait that promises it",
        has_parts=True,
    ),
    Handler(
        "textDocument/typeDefinition",
        "type_definition",
        "from a value to its protocol, struct, enum or type; from an agent or flow to what it gives",
        has_parts=True,
    ),
    Handler(
        "textDocument/implementation",
        "implementation",
        "from a protocol to the agents and flows that give it, from a trait or type to its `impl`s",
        has_parts=True,
    ),
    Handler("textDocument/references", "references", "every place that means what a name means", has_parts=True),
    Handler(
        "textDocument/documentHighlight",
        "document_highlight",
        "the same within the file, reads and writes told apart",
        has_parts=True,
    ),
    Handler(
        "textDocument/completion",
        "completion",
        "what may stand at the cursor, and nothing else: stages that connect, members by type, what is not set yet",
        has_parts=True,
    ),
    Handler("completionItem/resolve", "completion_resolve", "signature and documentation of a candidate"),
    Handler("textDocument/prepareRename", "prepare_rename", "what would be renamed, or why it cannot be"),
    Handler(
        "textDocument/rename",
        "rename",
        "a new name in every file, templates and Python included; refused where it is taken, with the place",
    ),
    Handler("textDocument/documentSymbol", "document_symbol", "the outline of a file", has_parts=True),
    Handler(
        "workspace/symbol",
        "workspace_symbol",
        "names in every file of the workspace, open or not; letters in their order are enough",
        has_parts=True,
    ),
    Handler("workspaceSymbol/resolve", "workspace_symbol_resolve", "where such a name stands by now"),
    Handler("textDocument/foldingRange", "folding_range", "bodies, comments and includes fold", has_parts=True),
    Handler(
        "textDocument/selectionRange",
        "selection_range",
        "selections grow by what belongs together",
        has_parts=True,
    ),
    Handler(
        "textDocument/documentLink",
        "document_link",
        "included files, documents and Python files, served folders, MCP servers, pages about models and codes",
        has_parts=True,
    ),
    Handler("documentLink/resolve", "document_link_resolve", "the page about a model"),
    Handler(
        "textDocument/semanticTokens/full",
        "semantic_tokens_full",
        "every name is coloured by what it means, Python and template tags included",
        has_parts=True,
    ),
    Handler(
        "textDocument/semanticTokens/full/delta",
        "semantic_tokens_delta",
        "after a keystroke, only the colours that changed",
    ),
    Handler(
        "textDocument/semanticTokens/range",
        "semantic_tokens_range",
        "what is on the screen comes first",
    ),
    Handler(
        "textDocument/inlayHint",
        "inlay_hint",
        "types, parameter names, parallel levels and token budgets between the words; each can be turned off",
    ),
    Handler("inlayHint/resolve", "inlay_hint_resolve", "where the names in a hint are declared"),
    Handler(
        "textDocument/codeLens",
        "code_lens",
        "`▷ Run` and `Graph` above flows, `▷ Run test` above tests, `▷ Serve` above servers, `▷ Start worker` above "
        "jobs, how the last run went, how often things are used",
        has_parts=True,
    ),
    Handler("textDocument/formatting", "formatting", "the one layout of Nexa, as small edits of lines"),
    Handler("textDocument/rangeFormatting", "range_formatting", "the same for what a selection touches"),
    Handler("textDocument/rangesFormatting", "ranges_formatting", "the same for several selections"),
    Handler(
        "textDocument/onTypeFormatting",
        "on_type_formatting",
        "a new line is indented, a body that is closed is laid out, one that nothing closes gets its `}`",
    ),
    Handler("codeLens/resolve", "code_lens_resolve", "`n references` above protocols and agents"),
    Handler(
        "textDocument/prepareCallHierarchy",
        "prepare_call_hierarchy",
        "calls between flows, functions, agents, tools, jobs, tests and routes",
    ),
    Handler("callHierarchy/incomingCalls", "incoming_calls", "who calls it", has_parts=True),
    Handler("callHierarchy/outgoingCalls", "outgoing_calls", "what it calls", has_parts=True),
    Handler(
        "textDocument/prepareTypeHierarchy",
        "prepare_type_hierarchy",
        "protocols and structs by their fields, traits by `impl`, types with conditions by their base",
    ),
    Handler("typeHierarchy/supertypes", "supertypes", "what it is a case of", has_parts=True),
    Handler("typeHierarchy/subtypes", "subtypes", "what is a case of it", has_parts=True),
    Handler("textDocument/inlineValue", "inline_value", "where a debugger shows the values of variables"),
    Handler(
        "textDocument/codeAction",
        "code_action",
        "fixes of findings, comments that allow them, [refactorings](refactorings.md), all fixes of a file at once; "
        "the cursor goes to what is to be filled in",
        has_parts=True,
    ),
    Handler("codeAction/resolve", "code_action_resolve", "the edit of an action that was chosen"),
    Handler(
        "workspace/willRenameFiles",
        "will_rename_files",
        "paths in `include`, `python`, `experience`, `uses` and `static` follow files and folders that are moved",
    ),
    Handler(
        "workspace/executeCommand",
        "execute_command",
        "flows and tests are run and stopped, programs are built",
    ),
    Handler("nexa/graph", "graph", "the graph of a flow"),
    Handler(
        "nexa/runnables", "runnables", "the flows, tests, servers and jobs of a file, with what they have to be given"
    ),
    Handler("nexa/expandedPrompt", "expanded_prompt", "what an agent is told, and how long that is"),
    Handler("nexa/runs", "runs", "the runs of a project"),
    Handler("nexa/status", "status", "how the server does"),
    Handler("nexa/syntaxTree", "syntax_tree", "the syntax tree of a file"),
    Handler(
        "window/workDoneProgress/cancel",
        "work_done_progress_cancel",
        "cancel on the progress of a run stops it",
        is_typed=True,
    ),
    Handler("workspace/didChangeConfiguration", "did_change_configuration", "settings count at once"),
    Handler(
        "workspace/didChangeWatchedFiles",
        "did_change_watched_files",
        "files that change on disk are read again",
    ),
    Handler("workspace/didCreateFiles", "did_create_files", "new files are found at once"),
    Handler("workspace/didDeleteFiles", "did_create_files", "files that are gone are missed at once"),
    Handler("workspace/didRenameFiles", "did_rename_files", "renamed files are found at once"),
    Handler(
        "workspace/didChangeWorkspaceFolders",
        "did_change_workspace_folders",
        "folders come and go at any time",
        is_typed=True,
    ),
)
"""In the order of docs/editor-support.md, which is generated from it."""
