"""The pages about the server that are generated: what editors get, what is not there and why, our own messages."""

from __future__ import annotations

from collections.abc import Callable

from nexa.lsp.extensions import EXTENSIONS
from nexa.lsp.handlers import HANDLERS

UNSUPPORTED: dict[str, str] = {
    "textDocument/rename": "not yet",
    "textDocument/signatureHelp": "needs the types of arguments to be of use",
    "textDocument/semanticTokens": "the highlighting queries of `nexa.syntax` colour files until names add to it",
    "textDocument/inlayHint": "needs types",
    "textDocument/formatting": "there is no formatter yet",
    "textDocument/selectionRange": "not yet",
    "textDocument/documentLink": "go to definition works on the path of an `include`",
    "textDocument/prepareCallHierarchy": "not yet",
    "workspace/symbol": "needs an index of files that are not open",
    "workspace/diagnostic": "only open files, and those that they include, are read",
    "textDocument/colour and notebooks": "Nexa has none",
    "code lens `Debug`": "there is no debug adapter yet",
}
"""What the protocol has and the server has not, with the reason. A silence would look like a bug."""


def editor_support() -> str:
    """`docs/editor-support.md`."""
    rows = [f"| `{one.method}` | {one.summary} |" for one in HANDLERS]
    missing = [f"| {_code(name)} | {reason} |" for name, reason in UNSUPPORTED.items()]
    return "\n".join(
        [
            "# Editor support",
            "",
            "What `nexa-lsp` does for every editor that speaks the Language Server Protocol.",
            "",
            "Documents are synchronised incrementally. Positions are counted in utf-8 where the client offers it, else "
            "in what it prefers among utf-16 and utf-32. Diagnostics are sent with the version of the document that "
            "they are about; a client that announces `textDocument.diagnostic` asks for them instead.",
            "",
            "| method | what it gives |",
            "|---|---|",
            *rows,
            "",
            "## What is not there, and why",
            "",
            "| | |",
            "|---|---|",
            *missing,
        ]
    )


def editor_protocol() -> str:
    """`docs/editor-protocol.md`."""
    parts = [
        "# Editor protocol",
        "",
        "What `nexa-lsp` speaks beyond the Language Server Protocol. Commands are sent with "
        "`workspace/executeCommand`, with one object as their only argument.",
    ]
    for one in EXTENSIONS:
        parts += ["", f"## {one.kind} `{one.name}`", "", one.text, ""]
        parts += [f"- params: `{one.params}`"] * bool(one.params)
        parts += [f"- result: `{one.result}`"] * bool(one.result)
    return "\n".join(parts)


def _code(name: str) -> str:
    return name if "`" in name or " " in name else f"`{name}`"


PAGES: list[tuple[str, Callable[[], str]]] = [
    ("editor-support.md", editor_support),
    ("editor-protocol.md", editor_protocol),
]
