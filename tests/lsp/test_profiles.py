"""Each request through each editor: answers of the protocol's shape, and nothing that the editor did not ask for."""

from __future__ import annotations

import warnings

import pytest
from lsprotocol import types
from lsprotocol.types import METHOD_TO_TYPES
from pygls.protocol import default_converter
from pytest_lsp.checks import check_result_against_client_capabilities

from harness.client import Client
from harness.profiles import PROFILES
from harness.soak import ASKED
from nexa.ide.legend import TYPES

pytestmark = pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")

TEXT = """\
include "lib.nxlib"
protocol Draft { title: str }
/// Writes 客😀 drafts.
agent Writer implements Draft { prompt: "Write." }
flow study(topic: str) -> Draft {
    draft = "😀" + topic >> Writer
    return Writer.run(draft.title)
}
flow main { print(study("客")) ; Helper.run(1) }
"""
LIBRARY = 'agent Helper { prompt: "h" }\n'
WRITER = (5, TEXT.splitlines()[5].index("Writer"))
_OF_DOCUMENTS = (
    "hover", "definition", "declaration", "typeDefinition", "references", "documentHighlight", "completion",
    "documentSymbol", "foldingRange", "selectionRange", "documentLink", "semanticTokens/full", "semanticTokens/range",
    "inlayHint", "codeLens",
)  # fmt: skip
_OURS = ("graph", "runnables", "expandedPrompt", "status", "syntaxTree")
ANSWERED = frozenset(
    {*(f"textDocument/{name}" for name in _OF_DOCUMENTS), *(f"nexa/{name}" for name in _OURS), "workspace/diagnostic"}
)
"""What has something to say of this text; the others may be silent."""

converter = default_converter()


@pytest.fixture(
    scope="module", params=[pytest.param(one, marks=pytest.mark.xdist_group(f"profile-{one}")) for one in PROFILES]
)
def editor(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("profile")
    (folder / "lib.nxlib").write_text(LIBRARY, encoding="utf-8")
    (folder / "main.nx").write_text(TEXT, encoding="utf-8")
    capabilities = PROFILES[request.param]
    with Client() as client:
        client.said = client.initialize(capabilities, folder)["capabilities"]
        client.uri, client.name, client.capabilities = (folder / "main.nx").as_uri(), request.param, capabilities
        client.open(client.uri, TEXT)
        yield client
        asked = [one["method"] for one in client.seen if "id" in one and "method" in one]
        assert set(asked) <= allowed(capabilities), "asked for what the editor does not have"
        assert client.shutdown() == 0


def allowed(capabilities) -> set[str]:
    """The requests of ours that an editor understands."""
    workspace = capabilities.get("workspace", {})
    found = {f"workspace/{kind}/refresh" for kind, one in workspace.items() if one and "refreshSupport" in str(one)}
    found |= {"workspace/diagnostic/refresh"} if workspace.get("diagnostics", {}).get("refreshSupport") else set()
    found |= {"workspace/configuration"} if workspace.get("configuration") else set()
    found |= {"window/workDoneProgress/create"} if capabilities.get("window", {}).get("workDoneProgress") else set()
    dynamic = [one for one in workspace.values() if isinstance(one, dict) and one.get("dynamicRegistration")]
    return found | ({"client/registerCapability"} if dynamic else set())


def params(client: Client):
    line, character = WRITER
    place = {"line": line, "character": character + (5 if client.said["positionEncoding"] == "utf-8" else 1)}
    library = client.uri.replace("main.nx", "lib.nxlib")
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    return {
        "textDocument": {"uri": client.uri},
        "position": place,
        "positions": [place],
        "range": everything,
        "ranges": [everything],
        "context": {
            "diagnostics": [],
            "includeDeclaration": True,
            "triggerKind": 1,
            "frameId": 1,
            "stoppedLocation": everything,
        },
        "options": {"tabSize": 4, "insertSpaces": True},
        "newName": "Author",
        "query": "Wri",
        "ch": "\n",
        "previousResultId": "none",
        "previousResultIds": [],
        "item": None,
        "files": [{"oldUri": library, "newUri": library.replace("lib.", "library.")}],
    }


@pytest.mark.parametrize("method", [one for one in ASKED if not one.endswith("/resolve")])
def test_a_request(editor, method):
    if method == "textDocument/diagnostic" and "diagnosticProvider" not in editor.said:
        pytest.skip("this editor is sent its diagnostics")
    answer = editor.ask(method, params(editor))
    if "Hierarchy/" in method:
        assert answer["error"]["code"] == -32602, "it wants an item of an answer before"
        return
    assert "error" not in answer, answer
    assert answer["result"] or method not in ANSWERED
    if method in METHOD_TO_TYPES:
        message = {"jsonrpc": "2.0", "id": 1, "result": answer["result"]}
        typed = converter.structure(message, METHOD_TO_TYPES[method][1])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            known = converter.structure(editor.capabilities, types.ClientCapabilities)
            check_result_against_client_capabilities(known, method, typed.result)


def test_diagnostics_are_sent_or_asked_for_and_never_both(editor):
    editor.change(editor.uri, 50, {"text": TEXT.replace("Helper.run", "Nobody.run")})
    pulls = isinstance(editor.capabilities["textDocument"].get("diagnostic"), dict)
    assert ("diagnosticProvider" in editor.said) is pulls
    if pulls:
        found = editor.request("textDocument/diagnostic", {"textDocument": {"uri": editor.uri}})["items"]
        assert not [one for one in editor.drain() if one.get("method") == "textDocument/publishDiagnostics"]
    else:
        found = editor.diagnostics(editor.uri, 50)
    assert "NX201" in {one["code"] for one in found}
    editor.change(editor.uri, 51, {"text": TEXT})


def test_hints_are_whole_or_are_resolved(editor):
    span = params(editor)["range"]
    hints = editor.request("textDocument/inlayHint", {"textDocument": {"uri": editor.uri}, "range": span})
    draft = next(one for one in hints if "Draft" in str(one["label"]))
    is_lazy = "resolveSupport" in str(editor.capabilities["textDocument"].get("inlayHint"))
    if is_lazy and "label.location" in str(editor.capabilities["textDocument"]["inlayHint"]):
        assert "tooltip" not in draft
        draft = editor.request("inlayHint/resolve", draft)
    assert draft["tooltip"]
    assert [part for part in draft["label"] if "location" in part]


def test_only_known_kinds_of_tokens(editor):
    standard = {one.name for one in TYPES if not one.base}
    wanted = editor.capabilities["textDocument"].get("semanticTokens", {}).get("tokenTypes", [])
    assert set(editor.said["semanticTokensProvider"]["legend"]["tokenTypes"]) <= standard | set(wanted)


def test_a_fix_is_an_edit_that_the_editor_can_make(editor):
    editor.change(editor.uri, 60, {"text": TEXT.replace('prompt: "Write."', 'promt: "Write."')})
    place = {"start": {"line": 3, "character": 34}, "end": {"line": 3, "character": 36}}
    asked = {"textDocument": {"uri": editor.uri}, "range": place, "context": {"diagnostics": []}}
    actions = editor.request("textDocument/codeAction", asked)
    fix = next(one for one in actions if one.get("kind") == "quickfix")
    if "edit" not in fix:
        fix = editor.request("codeAction/resolve", fix)
    takes_documents = editor.capabilities["workspace"].get("workspaceEdit", {}).get("documentChanges")
    assert ("documentChanges" in fix["edit"]) is bool(takes_documents)
    editor.change(editor.uri, 61, {"text": TEXT})
