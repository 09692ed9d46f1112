"""What editors say about themselves in `initialize`: those that pytest-lsp ships, and those that it does not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest_lsp

_SHIPPED = Path(pytest_lsp.__file__).parent / "clients"

HELIX: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-8", "utf-32", "utf-16"]},
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "workspaceFolders": True,
        "didChangeConfiguration": {"dynamicRegistration": False},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": False},
        "executeCommand": {"dynamicRegistration": False},
        "fileOperations": {"willRename": True, "didRename": True},
        "inlayHint": {"refreshSupport": False},
        "symbol": {"dynamicRegistration": False},
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
            "failureHandling": "abort",
            "normalizesLineEndings": False,
        },
    },
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "insertReplaceSupport": True,
                "deprecatedSupport": True,
                "tagSupport": {"valueSet": [1]},
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
            },
            "completionItemKind": {},
        },
        "hover": {"contentFormat": ["markdown"]},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": {"labelOffsetSupport": True},
                "activeParameterSupport": True,
            }
        },
        "rename": {"dynamicRegistration": False, "prepareSupport": True, "honorsChangeAnnotations": False},
        "formatting": {"dynamicRegistration": False},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
            "isPreferredSupport": True,
            "disabledSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit", "command"]},
        },
        "publishDiagnostics": {"versionSupport": True, "tagSupport": {"valueSet": [1, 2]}},
        "inlayHint": {"dynamicRegistration": False},
    },
}
"""Helix 25, as its client writes it."""


def _shipped(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_SHIPPED / f"{name}.json").read_text(encoding="utf-8"))["capabilities"]
    return found


def _vscode() -> dict[str, Any]:
    """Visual Studio Code since 1.70: what the old one says, and what has been added to the protocol since."""
    capabilities = copy.deepcopy(_shipped("visual_studio_code_v1.65.2"))
    capabilities["general"]["positionEncodings"] = ["utf-16"]
    capabilities["textDocument"]["diagnostic"] = {"dynamicRegistration": True, "relatedDocumentSupport": False}
    capabilities["textDocument"]["inlayHint"] = {
        "dynamicRegistration": True,
        "resolveSupport": {"properties": ["tooltip", "textEdits", "label.tooltip", "label.location", "label.command"]},
    }
    capabilities["textDocument"]["semanticTokens"]["augmentsSyntaxTokens"] = True
    for kind in ("diagnostics", "inlayHint", "foldingRange"):
        capabilities["workspace"][kind] = {"refreshSupport": True}
    return capabilities


PROFILES: dict[str, dict[str, Any]] = {
    "vscode": _vscode(),
    "vscode-1.65": _shipped("visual_studio_code_v1.65.2"),
    "neovim-0.11": _shipped("neovim_v0.11.0"),
    "neovim-0.8": _shipped("neovim_v0.8.0"),
    "emacs": _shipped("emacs_v29.1"),
    "helix": HELIX,
}
"""By name."""
