"""The pages about the server that are generated: what editors get, what is not there and why, our own messages."""

from __future__ import annotations

import json
from collections.abc import Callable

from nexa.ide.legend import MODIFIERS, TYPES, as_json
from nexa.lsp.extensions import EXTENSIONS
from nexa.lsp.handlers import HANDLERS

UNSUPPORTED: dict[str, str] = {
    "textDocument/linkedEditingRange": "no two places of a program have to be the same text; rename changes every use",
    "textDocument/colour and notebooks": "Nexa has none",
}
"""What the protocol has and the server has not, with the reason. A silence would look like a bug."""


def editor_support() -> str:
    """`docs/editor-support.md`."""
    rows = [f"| `{one.method}` | {one.summary} |" for one in HANDLERS]
    missing = [f"| {_code(name)} | {reason} |" for name, reason in UNSUPPORTED.items()]
    in_parts = ", ".join(f"`{one.method}`" for one in HANDLERS if one.has_parts)
    return "\n".join(
        [
            "# Editor support",
            "",
            "What `nexa-lsp` does for every editor that speaks the Language Server Protocol.",
            "",
            "Documents are synchronised incrementally. Positions are counted in utf-8 where the client offers it, else "
            "in what it prefers among utf-16 and utf-32. Diagnostics are sent with the version of the document that "
            "they are about; a client that announces `textDocument.diagnostic` asks for them instead. Everything "
            "that people read, documentation included, is in the language of their editor (`initialize.locale`): "
            "Simplified Chinese, or English.",
            "",
            "A client that gives a `partialResultToken` gets long answers in parts: a first one after a few rows or a "
            "twentieth of a second, then longer ones, and in the end an empty result; short answers come as a whole. "
            f"Such are the answers to {in_parts}.",
            "",
            "Edits of fixes and refactorings are snippets, with stops at new names and at values that are a first "
            "guess, for clients that announce `workspaceEdit.snippetEditSupport` and `documentChanges`: all edits of a "
            "document share one row of stops, and those with one number get the same text. What has several lines "
            "begins at column 0, so that a client that moves lines in moves nothing.",
            "",
            "`$/cancelRequest` is heeded while a request waits, and between two declarations while it is worked on.",
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


def semantic_tokens() -> str:
    """`docs/semantic-tokens.md`."""
    kinds = [f"| `{one.name}` | {one.text} | {f'`{one.base}`' if one.base else ''} |" for one in TYPES]
    modifiers = [f"| `{one.name}` | {one.text} |" for one in MODIFIERS]
    return "\n".join(
        [
            "# Semantic tokens",
            "",
            "How every piece of a file is coloured: names by what they mean, wherever they are declared; everything "
            "else by what it is. `docs/semantic-tokens.json` has the same for programs, in the words of VS Code's "
            "contribution points.",
            "",
            "Kinds with a stand-in are Nexa's own. They are sent to clients that announce "
            "`experimental.nexa.semanticTokens: true`, and each of them to clients that list it among their "
            "`tokenTypes`. The others get the stand-in; where that would only undo what they colour by themselves "
            "(`augmentsSyntaxTokens`), "
            + ", ".join(f"`{one.name}`" for one in TYPES if one.is_detail)
            + " are left out for them. Tokens never overlap, and none holds a line end, but for clients that announce "
            "`multilineTokenSupport`.",
            "",
            "| kind | what it is | stand-in |",
            "|---|---|---|",
            *kinds,
            "",
            "| modifier | what it says |",
            "|---|---|",
            *modifiers,
        ]
    )


def refactorings() -> str:
    """`docs/refactorings.md`."""
    from nexa.ide.features.actions import manual

    head = [
        "# Refactorings",
        "",
        "What an editor offers at a place or for a selection (`«…»`); `$0` is the cursor. Each example is a test.",
        "",
    ]
    return "\n".join(head) + "\n" + manual()


def _code(name: str) -> str:
    return name if "`" in name or " " in name else f"`{name}`"


PAGES: list[tuple[str, Callable[[], str]]] = [
    ("editor-support.md", editor_support),
    ("editor-protocol.md", editor_protocol),
    ("refactorings.md", refactorings),
    ("semantic-tokens.md", semantic_tokens),
    ("semantic-tokens.json", lambda: json.dumps(as_json(), indent=2, ensure_ascii=False)),
]
