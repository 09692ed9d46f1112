"""A real client library with the capabilities of real editors; it warns when we send what an editor did not ask for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

pytestmark = pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")

EXAMPLES = Path(__file__).parent.parent / "spec" / "examples"
SERVER = [sys.executable, "-c", "import sys; from nexa.lsp import main; sys.exit(main(['--stdio']))"]


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=SERVER), params=["visual_studio_code", "neovim@v0.11", "emacs"]
)
async def editor(request, lsp_client: LanguageClient):
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def _(params: types.RegistrationParams) -> None:
        """The library does not answer this by itself."""

    parameters = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        workspace_folders=[types.WorkspaceFolder(uri=EXAMPLES.as_uri(), name="examples")],
    )
    await lsp_client.initialize_session(parameters)
    yield
    await lsp_client.shutdown_session()


async def test_a_session_of_an_editor(editor: LanguageClient):
    """Open, read, ask for everything that is announced, type, see the mistake."""
    path = EXAMPLES / "01_support_triage.nx"
    uri, text = path.as_uri(), path.read_text(encoding="utf-8")
    document = types.TextDocumentIdentifier(uri=uri)
    editor.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(uri=uri, language_id="nexa", version=1, text=text)
        )
    )
    pulls = editor.capabilities.text_document.diagnostic is not None
    assert not [one for one in await diagnostics(editor, uri, pulls) if one.severity == 1]

    symbols = await editor.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    main = next(one for one in symbols if one.name == "main")
    place = main.selection_range if isinstance(main, types.DocumentSymbol) else main.location.range
    at = {"text_document": document, "position": place.start}
    if isinstance(main, types.DocumentSymbol):
        assert (await editor.text_document_hover_async(types.HoverParams(**at))) is not None
        assert await editor.text_document_definition_async(types.DefinitionParams(**at))
    assert await editor.text_document_folding_range_async(types.FoldingRangeParams(text_document=document))
    lenses = await editor.text_document_code_lens_async(types.CodeLensParams(text_document=document))
    assert "▷ Run" in [one.command.title for one in lenses if one.command]
    offered = await editor.text_document_completion_async(types.CompletionParams(**at))
    assert offered is None or isinstance(offered, types.CompletionList)

    end = types.Position(line=text.count("\n"), character=0)
    change = types.TextDocumentContentChangePartial(
        range=types.Range(start=end, end=end), text="flow another { Nobody.run(1) }\n"
    )
    editor.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=2), content_changes=[change]
        )
    )
    found = [one for one in await diagnostics(editor, uri, pulls) if one.severity == 1]
    assert [one.code for one in found] == ["NX201"]
    actions = await editor.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document, range=found[0].range, context=types.CodeActionContext(diagnostics=found)
        )
    )
    assert all(isinstance(one, types.CodeAction) for one in actions or [])


async def diagnostics(client: LanguageClient, uri: str, pulls: bool) -> list[types.Diagnostic]:
    if pulls:
        document = types.TextDocumentIdentifier(uri=uri)
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(text_document=document))
        return list(report.items)
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[uri])
