"""Every feature once over the wire: what a client gets, in its words."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.protocol import default_converter

import nexa.lsp.server
from harness.client import Client
from nexa.lsp import completion_kinds, symbol_kinds
from nexa.lsp.capabilities import COMMANDS, capabilities
from nexa.lsp.client import read_client
from nexa.lsp.extensions import EXTENSIONS
from nexa.lsp.handlers import HANDLERS
from nexa.lsp.handlers.execute_command import COMMANDS as COMMAND_TABLE
from nexa.lsp.manual import UNSUPPORTED

TEXT = """\
/// Writes a draft.
agent Writer { prompt: "p" }

// 客😀 one comment
// and another
flow main {
    x = "😀" ; Writer.run(x)
}
test "it works" { assert true }
"""

RICH = {
    "textDocument": {
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {"completionItem": {"snippetSupport": True}},
        "definition": {"linkSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}},
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}


@pytest.fixture(scope="module")
def rich_server():
    with Client() as client:
        client.initialize(RICH)
        yield client


@pytest.fixture
def rich(rich_server):
    rich_server.drain()
    return rich_server


@pytest.fixture
def uri(tmp_path):
    return (tmp_path / "a.nx").as_uri()


def at(uri: str, line: int, character: int) -> dict:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


WRITER = "Writes a draft.\n\nPrompt, about 1 token:"


def test_hover(rich, uri):
    rich.open(uri, TEXT)
    answer = rich.request("textDocument/hover", at(uri, 6, 16))
    assert answer["contents"] == {"kind": "markdown", "value": f"```nexa\nagent Writer\n```\n\n{WRITER}\n\n```\np\n```"}
    assert answer["range"] == {"start": {"line": 6, "character": 15}, "end": {"line": 6, "character": 21}}
    assert rich.request("textDocument/hover", at(uri, 4, 5)) is None


def test_the_prompt_of_an_agent(client, uri):
    client.open(uri, TEXT)
    assert client.request("nexa/expandedPrompt", at(uri, 6, 16)) == {"text": "p", "tokens": 1}
    assert client.request("nexa/expandedPrompt", at(uri, 6, 5)) is None


def test_hover_for_a_client_without_markdown(client, uri):
    client.open(uri, TEXT)
    answer = client.request("textDocument/hover", at(uri, 6, 16))
    assert answer["contents"] == {"kind": "plaintext", "value": f"agent Writer\n\n{WRITER}\n\np"}


def test_definition(rich, uri, tmp_path):
    (tmp_path / "lib.nxlib").write_text("\nagent Helper { }\n")
    rich.open(uri, 'include "lib.nxlib"\nflow main { Helper.run(1) }\n')
    (link,) = rich.request("textDocument/definition", at(uri, 1, 14))
    assert link["targetUri"] == (tmp_path / "lib.nxlib").as_uri()
    assert link["targetSelectionRange"] == {
        "start": {"line": 1, "character": 6},
        "end": {"line": 1, "character": 12},
    }
    assert link["targetRange"]["end"] == {"line": 1, "character": 16}


def test_definition_for_a_client_without_links(client, uri):
    client.open(uri, TEXT)
    location = client.request("textDocument/definition", at(uri, 6, 16))
    assert location == {
        "uri": uri,
        "range": {"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 12}},
    }


def test_completion_right_behind_a_keystroke(rich, uri):
    rich.open(uri, TEXT)
    change = {"range": {"start": {"line": 6, "character": 4}, "end": {"line": 6, "character": 4}}, "text": "Wr\n"}
    rich.change(uri, 2, change)
    found = rich.request("textDocument/completion", at(uri, 6, 6))
    assert found["isIncomplete"] is False
    (writer,) = [one for one in found["items"] if one["label"] == "Writer"]
    assert (writer["detail"], writer["documentation"]) == ("agent Writer", "Writes a draft.")
    assert writer["textEdit"]["range"] == {"start": {"line": 6, "character": 4}, "end": {"line": 6, "character": 6}}


def test_completion_inserts_snippets_where_they_are_understood(rich, uri):
    rich.open(uri, "agent A {\n    rol\n}\n")
    (role,) = [i for i in rich.request("textDocument/completion", at(uri, 1, 7))["items"] if i["label"] == "role"]
    assert (role["insertTextFormat"], role["textEdit"]["newText"]) == (2, 'role: "${1}"')


def test_completion_inserts_plain_text_elsewhere(client, uri):
    client.open(uri, "agent A {\n    rol\n}\n")
    (role,) = [i for i in client.request("textDocument/completion", at(uri, 1, 7))["items"] if i["label"] == "role"]
    assert (role.get("insertTextFormat", 1), role["textEdit"]["newText"]) == (1, "role: ")


def test_document_symbols(rich, uri):
    rich.open(uri, TEXT)
    symbols = rich.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [(one["name"], one["kind"]) for one in symbols] == [("Writer", 5), ("main", 12), ("it works", 24)]
    assert [one["name"] for one in symbols[0]["children"]] == ["prompt"]


def test_flat_document_symbols(client, uri):
    client.open(uri, TEXT)
    symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [(one["name"], one.get("containerName")) for one in symbols] == [
        ("Writer", None),
        ("prompt", "Writer"),
        ("main", None),
        ("it works", None),
    ]
    assert all(one["location"]["uri"] == uri for one in symbols)


def test_folding(client, uri):
    client.open(uri, TEXT)
    found = client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    assert [(one["startLine"], one["endLine"], one.get("kind")) for one in found] == [(3, 4, "comment"), (5, 6, None)]


def test_code_lenses_survive_mistakes(client, uri):
    client.open(uri, "agent { prompt:\n" + TEXT)
    found = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    lenses = [one for one in found if "command" in one]
    assert [(one["command"]["title"], one["command"]["command"]) for one in lenses][:1] == [("▷ Run", "nexa.run")]
    assert lenses[0]["command"]["arguments"] == [{"uri": uri, "flow": "main"}]
    assert lenses[0]["range"]["start"] == {"line": 6, "character": 5}


def test_code_lenses_can_be_turned_off(raw, uri):
    raw.initialize(initializationOptions={"nexa": {"codeLens": {"run": False, "references": False}}})
    raw.open(uri, TEXT)
    assert not raw.request("textDocument/codeLens", {"textDocument": {"uri": uri}})


def test_code_actions_are_the_fixes_of_the_findings(rich, uri):
    rich.open(uri, "flow main { a = 1 b = a\n print(b) }\n")
    (diagnostic,) = rich.diagnostics(uri, 1)
    params = {"textDocument": {"uri": uri}, "range": diagnostic["range"], "context": {"diagnostics": [diagnostic]}}
    action = rich.request("textDocument/codeAction", params)[0]
    assert diagnostic["data"] == {"name": "missing-terminator", "fixable": True}
    assert (action["title"], action["kind"]) == ("Insert `; `", "quickfix")
    (change,) = action["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 1}
    rich.change(uri, 2, *({"range": edit["range"], "text": edit["newText"]} for edit in change["edits"]))
    assert rich.diagnostics(uri, 2) == []


def test_other_kinds_of_code_actions_are_none(rich, uri):
    rich.open(uri, TEXT)
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    params = {"textDocument": {"uri": uri}, "range": everything}
    context = {"diagnostics": [], "only": ["source.organizeImports"]}
    assert not rich.request("textDocument/codeAction", {**params, "context": context})
    assert rich.request("textDocument/codeAction", {**params, "context": {"diagnostics": []}}) == []


EVERYTHING = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}

ORIGIN = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}

REQUESTS = (
    ("textDocument/hover", {"position": {"line": 0, "character": 0}}),
    ("textDocument/signatureHelp", {"position": {"line": 0, "character": 0}}),
    ("textDocument/definition", {"position": {"line": 0, "character": 0}}),
    ("textDocument/declaration", {"position": {"line": 0, "character": 0}}),
    ("textDocument/typeDefinition", {"position": {"line": 0, "character": 0}}),
    ("textDocument/implementation", {"position": {"line": 0, "character": 0}}),
    (
        "textDocument/references",
        {"position": {"line": 0, "character": 0}, "context": {"includeDeclaration": True}},
    ),
    ("textDocument/documentHighlight", {"position": {"line": 0, "character": 0}}),
    ("textDocument/prepareRename", {"position": {"line": 0, "character": 0}}),
    ("textDocument/rename", {"position": {"line": 0, "character": 0}, "newName": "x"}),
    ("textDocument/completion", {"position": {"line": 0, "character": 0}}),
    ("textDocument/documentSymbol", {}),
    ("textDocument/foldingRange", {}),
    ("textDocument/documentLink", {}),
    ("textDocument/prepareCallHierarchy", {"position": {"line": 0, "character": 0}}),
    ("textDocument/prepareTypeHierarchy", {"position": {"line": 0, "character": 0}}),
    (
        "textDocument/inlineValue",
        {"range": ORIGIN, "context": {"frameId": 1, "stoppedLocation": ORIGIN}},
    ),
    ("textDocument/selectionRange", {"positions": [{"line": 0, "character": 0}]}),
    ("textDocument/codeLens", {}),
    ("textDocument/formatting", {"options": {}}),
    ("textDocument/rangeFormatting", {"range": EVERYTHING, "options": {}}),
    ("textDocument/rangesFormatting", {"ranges": [EVERYTHING, EVERYTHING], "options": {}}),
    ("textDocument/onTypeFormatting", {"position": {"line": 1, "character": 0}, "ch": "\n", "options": {}}),
    ("textDocument/onTypeFormatting", {"position": {"line": 2, "character": 1}, "ch": "}", "options": {}}),
    ("textDocument/inlayHint", {"range": EVERYTHING}),
    ("textDocument/semanticTokens/full", {}),
    ("textDocument/semanticTokens/full/delta", {"previousResultId": "1"}),
    ("textDocument/semanticTokens/range", {"range": EVERYTHING}),
    (
        "textDocument/codeAction",
        {
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    ("textDocument/diagnostic", {}),
    ("nexa/expandedPrompt", {"position": {"line": 0, "character": 0}}),
)


@pytest.mark.parametrize(("method", "params"), REQUESTS, ids=[method for method, _ in REQUESTS])
@pytest.mark.parametrize("uri", ["file:///no/such/file.nx", "untitled:Untitled-1", "git:/a.nx?x", "", "file://"])
def test_a_document_that_nobody_has_opened(client, method, params, uri):
    answer = client.ask(method, {"textDocument": {"uri": uri}, **params})
    assert "error" not in answer, answer


@pytest.mark.parametrize(("method", "params"), REQUESTS, ids=[method for method, _ in REQUESTS])
def test_every_feature_works_on_a_file_that_is_nothing_but_mistakes(client, uri, method, params):
    client.open(uri, 'agent {\nflow (\n}}} "\n\x00\n@@\nprotocol P { a: \nmatch {')
    answer = client.ask(method, {"textDocument": {"uri": uri}, **params})
    assert "error" not in answer, answer


def test_an_unsaved_document_has_everything(client):
    client.open("untitled:Untitled-1", TEXT)
    assert client.diagnostics("untitled:Untitled-1", 1) == []
    answer = client.request("textDocument/hover", at("untitled:Untitled-1", 6, 16))
    assert "agent Writer" in answer["contents"]["value"]


def test_a_secrets_file_gives_nothing_of_its_values_away(client, tmp_path):
    uri = (tmp_path / "secrets.nxs").as_uri()
    client.open(uri, 'config default {\n    API_KEY = "s3cr3t-value"\n}\n')
    for method, params in REQUESTS:
        client.ask(
            method, {"textDocument": {"uri": uri}, **params, **({} if "position" not in params else at(uri, 1, 6))}
        )
    said = [client.notification("textDocument/publishDiagnostics"), *client.seen]
    assert "s3cr3t" not in str(said)


def test_a_bug_in_one_feature_does_not_end_the_server(tmp_path):
    program = """
import sys, nexa.lsp
import nexa.ide.features.hover as feature
def broken(*_): raise RuntimeError("boom")
feature.hover = broken
sys.exit(nexa.lsp.main([]))
"""
    with Client((sys.executable, "-c", program)) as client:
        client.initialize()
        uri = (tmp_path / "a.nx").as_uri()
        client.open(uri, TEXT)
        answer = client.ask("textDocument/hover", at(uri, 1, 7))
        assert (answer["error"]["code"], "boom" in answer["error"]["message"]) == (-32603, True)
        assert client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
        assert client.shutdown() == 0
        assert "RuntimeError: boom" in client.errors()


def test_every_handler_has_its_module():
    for handler in HANDLERS:
        assert callable(handler.load()), handler.module
    assert len({handler.method for handler in HANDLERS}) == len(HANDLERS)


PROVIDERS = {
    "hoverProvider": "textDocument/hover",
    "signatureHelpProvider": "textDocument/signatureHelp",
    "definitionProvider": "textDocument/definition",
    "declarationProvider": "textDocument/declaration",
    "typeDefinitionProvider": "textDocument/typeDefinition",
    "implementationProvider": "textDocument/implementation",
    "referencesProvider": "textDocument/references",
    "documentHighlightProvider": "textDocument/documentHighlight",
    "completionProvider": "textDocument/completion",
    "renameProvider": "textDocument/rename",
    "documentSymbolProvider": "textDocument/documentSymbol",
    "workspaceSymbolProvider": "workspace/symbol",
    "foldingRangeProvider": "textDocument/foldingRange",
    "selectionRangeProvider": "textDocument/selectionRange",
    "callHierarchyProvider": "textDocument/prepareCallHierarchy",
    "typeHierarchyProvider": "textDocument/prepareTypeHierarchy",
    "inlineValueProvider": "textDocument/inlineValue",
    "documentLinkProvider": "textDocument/documentLink",
    "inlayHintProvider": "textDocument/inlayHint",
    "semanticTokensProvider": "textDocument/semanticTokens/full",
    "codeLensProvider": "textDocument/codeLens",
    "documentFormattingProvider": "textDocument/formatting",
    "documentRangeFormattingProvider": "textDocument/rangeFormatting",
    "documentOnTypeFormattingProvider": "textDocument/onTypeFormatting",
    "codeActionProvider": "textDocument/codeAction",
    "diagnosticProvider": "textDocument/diagnostic",
    "executeCommandProvider": "workspace/executeCommand",
}


def test_what_is_announced_is_what_is_handled():
    announced = capabilities(read_client({"capabilities": {"textDocument": {"diagnostic": {}}}}))
    assert {name for name in announced if name.endswith("Provider")} == set(PROVIDERS)
    assert set(PROVIDERS.values()) <= {handler.method for handler in HANDLERS}
    assert set(COMMANDS) == set(COMMAND_TABLE)
    structured = default_converter().structure(announced, types.ServerCapabilities)
    assert structured.completion_provider.trigger_characters


def test_kinds_are_the_protocols_numbers():
    for ours, theirs in ((symbol_kinds, types.SymbolKind), (completion_kinds, types.CompletionItemKind)):
        named = {name: value for name, value in vars(ours).items() if name[1:].isupper() and isinstance(value, int)}
        for name, value in named.items():
            assert theirs(value).name == name[1:].title().replace("_", ""), name


def test_nothing_heavy_is_imported_for_what_editors_ask(tmp_path):
    """pygls and lsprotocol take longer to import than a document to be analysed, and more memory than a long one."""
    program = """
import sys, nexa.lsp, nexa.lsp.warming as warming
warming.WARM_UP_DELAY = 0.0
status = nexa.lsp.main([])
print([name for name in ("pygls", "lsprotocol", "asyncio") if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""
    with Client((sys.executable, "-c", program)) as client:
        client.initialize()
        uri = (tmp_path / "a.nx").as_uri()
        client.open(uri, TEXT)
        client.diagnostics(uri, 1)
        document, place = {"uri": uri}, {"line": 0, "character": 3}
        for method in ("hover", "completion", "signatureHelp", "documentHighlight", "codeLens", "documentSymbol"):
            client.ask(f"textDocument/{method}", {"textDocument": document, "position": place})
        client.ask("workspace/executeCommand", {"command": "nexa.restart"})
        client.shutdown()
    assert client.errors().splitlines()[-1] == "[]"


def test_our_own_messages_are_described():
    described = {(one.kind, one.name) for one in EXTENSIONS}
    assert {name for kind, name in described if kind == "command"} == set(COMMANDS)
    requests = {handler.method for handler in HANDLERS if handler.method.startswith("nexa/")}
    assert {name for kind, name in described if kind == "request"} == requests


def test_what_is_not_supported_is_not_handled():
    assert not set(UNSUPPORTED) & {handler.method for handler in HANDLERS}


def test_protocol_types_are_made_with_keywords():
    """The order of lsprotocol's positional arguments has changed between releases."""
    package = Path(nexa.lsp.server.__file__).parent
    for module in package.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            callee = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if callee.startswith("types.") and callee not in ENUMS:
                assert not node.args, f"{module.name}:{node.lineno}"


ENUMS = {"types.DiagnosticSeverity"}
