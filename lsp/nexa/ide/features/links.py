"""Texts that name something to open: files, folders, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.outside import path_of
from nexa.compiler.place import moved
from nexa.compiler.suppress import MARK, allowances
from nexa.compiler.version import rule_url
from nexa.ide.memo import per_item
from nexa.syntax import Span

LinkKind = Literal["file", "page", "model"]


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """`target` is a path of this system, an address, or the name of a model, whose page `model_page` gives."""

    span: Span
    kind: LinkKind
    target: str


def links(project: Project, path: str) -> list[DocumentLink]:
    """In textual order."""
    file = project.file(path)
    if file is None:
        return []
    found = [
        DocumentLink(moved(span, start), kind, path_of(path, target) if kind == "file" else target)
        for start, item in zip(file.starts, file.items, strict=True)
        for span, kind, target in _of_item(item)
    ]
    found += _includes(project, file)
    found += _codes(file)
    return sorted(found, key=lambda one: one.span)


@per_item
def _of_item(item: ItemFacts) -> tuple[tuple[Span, LinkKind, str], ...]:
    """Files that its properties name, models, and the addresses of MCP servers; places count from its start."""
    found: list[tuple[Span, LinkKind, str]] = []
    for link in item.links.links:
        if link.kind in ("file", "python"):
            found.append((_inside(item, link.span), "file", link.target))
        elif link.kind == "model" and model_page(link.target):
            found.append((_inside(item, link.span), "model", link.target))
    addresses = [use.text for use in item.of(ast.UseItem) if use.form == "mcp"]
    values = [one.value for one in item.of(ast.Property) if one.key.text == "mcp"]
    for text in (*addresses, *values):
        address = text.plain if isinstance(text, ast.Str) else None
        if text is not None and address is not None and address.startswith(("http://", "https://")):
            found.append((_inside(item, text.span), "page", address))
    return tuple(found)


def _includes(project: Project, file: File) -> Iterator[DocumentLink]:
    for (index, node), target in zip(file.includes, project.links.targets.get(file.path, ()), strict=False):
        if node.path is not None and target is not None:
            place = moved(_inside(file.items[index], node.path.span), file.starts[index])
            yield DocumentLink(place, "file", target)


def _codes(file: File) -> Iterator[DocumentLink]:
    """The codes in comments that allow them."""
    for allowance in allowances(file) if MARK in file.text else ():
        yield from (DocumentLink(span, "page", rule_url(code)) for code, span in allowance.codes)


def _inside(item: ItemFacts, span: Span) -> Span:
    """A string without its quotes."""
    text = item.text[span.start : span.end]
    for quote in (b'"""', b'"', b"'", b"`"):
        if len(text) > 2 * len(quote) and text.startswith(quote) and text.endswith(quote):
            return Span(span.start + len(quote), span.end - len(quote))
    return span


MODEL_PAGES = {
    "openai": "https://platform.openai.com/docs/models",
    "anthropic": "https://docs.anthropic.com/en/docs/about-claude/models",
    "openrouter": "https://openrouter.ai/{model}",
    "groq": "https://console.groq.com/docs/models",
    "mistral": "https://docs.mistral.ai/getting-started/models",
    "deepseek": "https://api-docs.deepseek.com",
    "together": "https://docs.together.ai/docs/serverless-models",
    "gemini": "https://ai.google.dev/gemini-api/docs/models",
    "xai": "https://docs.x.ai/docs/models",
    "ollama": "https://ollama.com/library/{model}",
}
"""Where providers describe their models; `{model}` is the model's own name."""


def model_page(name: str) -> str | None:
    """The page about a model `provider/name`; None for a provider that nobody knows."""
    provider, slash, model = name.partition("/")
    page = MODEL_PAGES.get(provider) if slash else None
    return None if page is None else page.replace("{model}", model)
