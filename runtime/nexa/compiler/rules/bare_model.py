"""A model is named without its provider.

Without `provider/`, the model is asked for at the endpoint of the active configuration, whatever that is. Aliases
(`strong`, `weak`, `super`, the keys of `MODEL_NAME` and the `[models]` of `nexa.toml`) say it elsewhere.

Bad:

    agent Ann { prompt: "Answer.", model: "gpt-4o-mini" }
                                        //^^^^^^^^^^^^^ NX605: model `gpt-4o-mini` has no `provider/` prefix
    flow main { print(Ann.run("a")) }

Good:

    agent Ann { prompt: "Answer.", model: "openai/gpt-4o-mini" }
    agent Bob { prompt: "Answer.", model: strong }
    flow main { print(Ann.run("a"), Bob.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from nexa.compiler.credentials import shape_of
from nexa.compiler.cycles import Where, said_at
from nexa.compiler.facts import ItemFacts
from nexa.compiler.links import Link, links_of_kind
from nexa.compiler.program import Program
from nexa.compiler.remedies import rewritten
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity

PROVIDERS = (
    "openai", "anthropic", "gemini", "mistral", "deepseek", "xai", "groq", "together", "openrouter", "ollama", "vllm",
)  # fmt: skip
"""Those whose endpoints the runtime knows."""

_OFFERED = {
    "gpt": "openai", "o1": "openai", "o3": "openai", "o4": "openai", "chatgpt": "openai", "claude": "anthropic",
    "gemini": "gemini", "mistral": "mistral", "ministral": "mistral", "magistral": "mistral", "codestral": "mistral",
    "mixtral": "mistral", "deepseek": "deepseek", "grok": "xai", "llama": "ollama", "qwen": "ollama", "gemma": "ollama",
    "phi": "ollama",
}  # fmt: skip
"""Who offers the models whose names begin so."""

_ALIASES = frozenset({"strong", "weak", "super"})


def check(program: Program) -> Iterable[ProgramDraft]:
    """Names in quotes under `model` and `fallback`."""
    links = [(Where(path, index, number), link) for path, index, (number, link) in _bare(program)]
    known = _ALIASES | program.outside.models | _aliases(program) if links else _ALIASES
    for at, link in links:
        name = link.target.strip()
        is_name = name and not shape_of(name)  # a credential is told as such (NX601)
        if is_name and name not in known and not program.table.row("value", name):
            first, *others = [partial(rewritten, word=f"{provider}/{name}") for provider in _providers(name)]
            yield said_at(at, f"model `{name}` has no `provider/` prefix", fix=first, others=tuple(others))


def _bare(program: Program) -> Iterator[tuple[str, int, tuple[int, Link]]]:
    """The models without a provider, each with its file, its item and its number among the links of that."""
    for path, file in program.files.items():
        broken = {index for index, _ in file.broken}
        yield from ((path, index, one) for index, one in file.rows(_bare_links) if index not in broken)


def _bare_links(item: ItemFacts) -> list[tuple[int, Link]]:
    return [one for one in links_of_kind("model")(item) if "/" not in one[1].target]


def _aliases(program: Program) -> frozenset[str]:
    """The keys of `MODEL_NAME` in the visible secrets files."""
    files = [file.secrets for file in program.secrets]
    rows = [row for file in files for row in (file.entries, *(config.entries for config in file.configs))]
    return frozenset(inner.key for row in rows for one in row if one.key == "MODEL_NAME" for inner in one.entries)


def _providers(model: str) -> list[str]:
    """All that are known, the likely one first."""
    likely = next((one for start, one in _OFFERED.items() if model.lower().startswith(start)), PROVIDERS[0])
    return [likely, *(one for one in PROVIDERS if one != likely)]


RULE = ProgramRule("NX605", "bare-model", Severity.INFORMATION, check)
