"""What the client said about itself in `initialize`, read leniently: a strange value is as good as none.

Owns the reading of client capabilities. One newer or broken entry must not cost the user the whole server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from nexa.compiler.locales import is_chinese
from nexa.lsp.uris import to_uri

Encoding = Literal["utf-8", "utf-16", "utf-32"]


@dataclass(frozen=True, slots=True)
class ListClient:
    """What a client understands of a list of candidates."""

    inserts_and_replaces: bool = False
    """It chooses itself between inserting before the rest of a word and replacing it."""
    has_label_details: bool = False
    has_commit_characters: bool = False
    has_markdown: bool = False
    preselects: bool = False
    adjusts_indentation: bool = False
    resolves: frozenset[str] = frozenset()
    """The properties that it asks for when somebody looks at a candidate."""
    defaults: frozenset[str] = frozenset()
    """The properties that need to be said once per list only."""
    kinds: frozenset[int] = frozenset(range(1, 19))


@dataclass(frozen=True, slots=True)
class Client:
    """The part of the client's capabilities that changes what we do."""

    process: int | None = None
    """The process that started the server; when it ends, so do we."""
    encoding: Encoding = "utf-16"
    """What a character in a position is, as negotiated."""
    folders: tuple[str, ...] = ()
    """URIs of the workspace folders."""
    options: Any = None
    """`initializationOptions`, as sent."""
    pulls_diagnostics: bool = False
    """It asks for diagnostics; then we never push any."""
    refreshes_diagnostics: bool = False
    refreshes: frozenset[str] = frozenset()
    """What it asks for again when it is told to: `codeLens`, `inlayHint`, `semanticTokens`, …"""
    has_configuration: bool = False
    """It answers `workspace/configuration`."""
    registers_configuration: bool = False
    registers_watchers: bool = False
    has_progress: bool = False
    """It wants to be asked before a progress is reported."""
    wants_run_events: bool = False
    answers_runs: bool = False
    """It sends `nexa.input` when a run asks for a line."""
    nests_symbols: bool = False
    has_markdown: bool = False
    has_markdown_signatures: bool = False
    label_offsets: bool = False
    """It finds parameters in the label of a signature by their places."""
    has_snippets: bool = False
    lists: ListClient = ListClient()
    """How it shows what completion offers."""
    resolves_actions: bool = False
    """It asks for the edit of an action when it is chosen."""
    shows_disabled_actions: bool = False
    has_document_changes: bool = False
    fills_in_blanks: bool = False
    """An edit of a document may be a snippet."""
    has_change_annotations: bool = False
    """It can ask a person about single edits."""
    prepares_renames: bool = False
    asks_before_files_move: bool = False
    """It sends `workspace/willRenameFiles`."""
    creates_files: bool = False
    """An edit of several files may bring new ones into being."""
    related_information: bool = False
    diagnostic_tags: bool = False
    links: frozenset[str] = frozenset()
    """The requests about places to go to that it takes links for: `definition`, `typeDefinition`, …"""
    token_types: frozenset[str] = frozenset()
    """The kinds of semantic tokens that it announces."""
    knows_our_tokens: bool = False
    """It declares the kinds of docs/semantic-tokens.json."""
    augments_tokens: bool = False
    """It colours by itself, and lays semantic tokens over that."""
    takes_long_tokens: bool = False
    """A semantic token may go on over the ends of lines."""
    resolves_hints: bool = False
    """It asks for tooltips and locations of inlay hints when it needs them."""
    speaks_chinese: bool = False
    """It shows its own words in Simplified Chinese."""
    resolves_symbols: bool = False
    """It asks for the place of a name in the workspace when it needs it."""
    shows_references: bool = False
    """It has a command `nexa.showReferences`."""

    @property
    def language(self) -> str:
        """What our child processes are told to speak."""
        return "zh" if self.speaks_chinese else "en"


_REFRESHED = ("codeLens", "inlayHint", "semanticTokens")
_LINKED = ("definition", "declaration", "typeDefinition", "implementation")


def read_client(params: dict[str, Any]) -> Client:
    """From the raw parameters of `initialize`."""
    root = params.get("capabilities")

    def says(path: str) -> bool:
        return bool(_at(root, path))

    return Client(
        process=_integer(params.get("processId")),
        encoding=choose_encoding(_at(root, "general.positionEncodings")),
        folders=_folders(params),
        options=params.get("initializationOptions"),
        pulls_diagnostics=isinstance(_at(root, "textDocument.diagnostic"), dict),
        refreshes_diagnostics=says("workspace.diagnostics.refreshSupport"),
        refreshes=frozenset(one for one in _REFRESHED if says(f"workspace.{one}.refreshSupport")),
        has_configuration=says("workspace.configuration"),
        registers_configuration=says("workspace.didChangeConfiguration.dynamicRegistration"),
        registers_watchers=says("workspace.didChangeWatchedFiles.dynamicRegistration"),
        has_progress=says("window.workDoneProgress"),
        wants_run_events=says("experimental.nexa.runEvents"),
        answers_runs=says("experimental.nexa.runInput"),
        nests_symbols=says("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
        has_markdown="markdown" in _list(_at(root, "textDocument.hover.contentFormat")),
        has_markdown_signatures="markdown"
        in _list(_at(root, "textDocument.signatureHelp.signatureInformation.documentationFormat")),
        label_offsets=says("textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport"),
        has_snippets=says("textDocument.completion.completionItem.snippetSupport"),
        lists=_list_client(_at(root, "textDocument.completion")),
        resolves_actions=says("textDocument.codeAction.dataSupport")
        and "edit" in _list(_at(root, "textDocument.codeAction.resolveSupport.properties")),
        shows_disabled_actions=says("textDocument.codeAction.disabledSupport"),
        has_document_changes=says("workspace.workspaceEdit.documentChanges"),
        fills_in_blanks=says("workspace.workspaceEdit.documentChanges")
        and says("workspace.workspaceEdit.snippetEditSupport"),
        has_change_annotations=isinstance(_at(root, "workspace.workspaceEdit.changeAnnotationSupport"), dict),
        prepares_renames=says("textDocument.rename.prepareSupport"),
        asks_before_files_move=says("workspace.fileOperations.willRename"),
        creates_files=says("workspace.workspaceEdit.documentChanges")
        and "create" in _list(_at(root, "workspace.workspaceEdit.resourceOperations")),
        related_information=says("textDocument.publishDiagnostics.relatedInformation")
        or says("textDocument.diagnostic.relatedInformation"),
        diagnostic_tags=says("textDocument.publishDiagnostics.tagSupport")
        or says("textDocument.diagnostic.tagSupport"),
        links=frozenset(one for one in _LINKED if says(f"textDocument.{one}.linkSupport")),
        token_types=frozenset(
            name for name in _list(_at(root, "textDocument.semanticTokens.tokenTypes")) if isinstance(name, str)
        ),
        knows_our_tokens=says("experimental.nexa.semanticTokens"),
        augments_tokens=says("textDocument.semanticTokens.augmentsSyntaxTokens"),
        takes_long_tokens=says("textDocument.semanticTokens.multilineTokenSupport"),
        resolves_hints={"tooltip", "label.location"}
        <= set(map(str, _list(_at(root, "textDocument.inlayHint.resolveSupport.properties")))),
        speaks_chinese=is_chinese(params.get("locale")),
        resolves_symbols="location.range" in _list(_at(root, "workspace.symbol.resolveSupport.properties")),
        shows_references="nexa.showReferences" in _list(_at(root, "experimental.commands.commands")),
    )


def _list_client(completion: object) -> ListClient:
    def says(path: str) -> bool:
        return bool(_at(completion, f"completionItem.{path}"))

    kinds = [kind for kind in _list(_at(completion, "completionItemKind.valueSet")) if isinstance(kind, int)]
    return ListClient(
        inserts_and_replaces=says("insertReplaceSupport"),
        has_label_details=says("labelDetailsSupport"),
        has_commit_characters=says("commitCharactersSupport"),
        has_markdown="markdown" in _list(_at(completion, "completionItem.documentationFormat")),
        preselects=says("preselectSupport"),
        adjusts_indentation=_ADJUSTED in _list(_at(completion, "completionItem.insertTextModeSupport.valueSet")),
        resolves=_strings(_at(completion, "completionItem.resolveSupport.properties")),
        defaults=_strings(_at(completion, "completionList.itemDefaults")),
        kinds=frozenset(kinds) or ListClient().kinds,
    )


_ADJUSTED = 2
"""The mode in which lines of an inserted text are moved in like the line that it is inserted in."""


def _strings(value: object) -> frozenset[str]:
    return frozenset(one for one in _list(value) if isinstance(one, str))


def choose_encoding(offered: object) -> Encoding:
    """utf-8 wherever it is offered, because that is how we count; else the client's first choice that we know."""
    known: list[Encoding] = [name for name in ("utf-8", "utf-16", "utf-32") if name in _list(offered)]
    if "utf-8" in known:
        return "utf-8"
    return min(known, key=_list(offered).index, default="utf-16")


def _folders(params: dict[str, Any]) -> tuple[str, ...]:
    uris = [folder.get("uri") for folder in _list(params.get("workspaceFolders")) if isinstance(folder, dict)]
    root_path = params.get("rootPath")
    old = [params.get("rootUri") or (to_uri(root_path) if isinstance(root_path, str) and root_path else None)]
    return tuple(uri for uri in uris or old if isinstance(uri, str))


def _at(value: object, path: str) -> object:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
