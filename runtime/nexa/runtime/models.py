"""From the name of a model to somebody who answers.

A name is an alias (`strong`, or one of `[models]` or `MODEL_NAME`), `provider/model`, or a bare model name at the
active config's endpoint. Offline every name leads to the mock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nexa.runtime.config import Configuration
from nexa.runtime.errors import ModelError, SecretError
from nexa.runtime.providers.base import Provider, Usage
from nexa.runtime.redaction import Redactor

_ALIASES = ("strong", "weak", "super")
_LOCAL = ("localhost", "127.", "[::1]", "0.0.0.0")

BASE_URLS: Mapping[str, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "openrouter": "https://openrouter.ai/api/v1",
    "groq": "https://api.groq.com/openai/v1",
    "mistral": "https://api.mistral.ai/v1",
    "deepseek": "https://api.deepseek.com/v1",
    "together": "https://api.together.xyz/v1",
    "gemini": "https://generativelanguage.googleapis.com/v1beta/openai",
    "xai": "https://api.x.ai/v1",
    "ollama": "http://localhost:11434/v1",
    "vllm": "http://localhost:8000/v1",
}
"""Where well-known providers answer, for those that no setting places elsewhere."""

MOST_NAMES = 256
"""Names of models whose meaning is remembered."""


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to ask: `model` is the provider's own name, `label` what events and messages call it."""

    provider: Provider
    model: str
    label: str


class Models:
    """Resolves names and keeps one provider per endpoint. `override` answers for every name, as in tests."""

    def __init__(self, configuration: Configuration, redact: Redactor, override: Provider | None = None) -> None:
        self._configuration = configuration
        self._redact = redact
        self._override = override
        self._providers: dict[str, Provider] = {}
        self._targets: dict[str, Target] = {}
        self.wrap: Callable[[Provider], Provider] = lambda provider: provider
        """What is put around each provider, as for recording."""

    def resolve(self, name: str) -> Target:
        """Whom to ask for the model called `name`.

        Raises:
            SecretError: no endpoint or no key is configured for it.
            ModelError: the mock's script cannot be read.
        """
        known = self._targets.get(name)
        if known is None:
            known = self._resolved(name)
            if len(self._targets) < MOST_NAMES:
                self._targets[name] = known
        return known

    def _resolved(self, name: str) -> Target:
        label = self._model_name(name)
        provider, slash, model = label.partition("/")
        if not slash:
            provider, model = "", label
        if self._override is not None:
            return Target(self._override, model or label, label)
        if self._configuration.settings.offline or provider == "mock":
            return Target(self._provider("mock"), model, label)
        if not label:
            raise SecretError(_no_model(name))
        return Target(self._provider(provider), model, label)

    def cost(self, label: str, name: str, usage: Usage) -> float | None:
        """US dollars, where `[models.<alias>]` has `input_price` and `output_price` (per million tokens)."""
        table = self._configuration.models.get(name) or next(
            (table for table in self._configuration.models.values() if table.get("model") == label), {}
        )
        if "input_price" not in table and "output_price" not in table:
            return None
        asked = usage.input_tokens * float(table.get("input_price", 0))
        answered = usage.output_tokens * float(table.get("output_price", 0))
        return (asked + answered) / 1_000_000

    async def close(self) -> None:
        """Close every provider that was used."""
        providers, self._providers = self._providers, {}
        self._targets.clear()
        for provider in providers.values():
            await provider.close()

    def _model_name(self, name: str) -> str:
        """The name behind an alias; `""` for an alias that is not configured. `weak` and `super` fall to `strong`."""
        table = self._configuration.models.get(name)
        if table is not None and isinstance(table.get("model"), str):
            return str(table["model"])
        known = self._configuration.secrets.model_alias(name)
        if known is not None or name not in _ALIASES:
            return known or name
        if name != "strong":
            return self._model_name("strong")
        return name if self._configuration.settings.offline or self._override is not None else ""

    def _provider(self, name: str) -> Provider:
        if name not in self._providers:
            self._providers[name] = self.wrap(self._mock() if name == "mock" else self._connect(name))
        return self._providers[name]

    def _mock(self) -> Provider:
        from nexa.runtime.providers.mock import Mock
        from nexa.runtime.providers.script import Script

        path = self._configuration.settings.mock_script
        return Mock(Script.read(path) if path is not None else None)

    def _connect(self, name: str) -> Provider:
        table = self._configuration.providers.get(name, {})
        url = self._base_url(name, table)
        key = self._api_key(name, table)
        if not key and not _is_local(url):
            raise SecretError(_no_key(name))
        self._redact.add(key)
        shown = name or self._configuration.secrets.active
        if name == "anthropic" or table.get("protocol") == "anthropic":
            from nexa.runtime.providers.anthropic import Anthropic

            return Anthropic(shown, url, key)
        from nexa.runtime.providers.openai_compatible import OpenAICompatible

        return OpenAICompatible(shown, url, key)

    def _base_url(self, name: str, table: Mapping[str, Any]) -> str:
        found = table.get("base_url") or self._configuration.secrets.text("BASE_URL", name) or BASE_URLS.get(name)
        if not found:
            where = f"BASE_URL of provider `{name}`" if name else "BASE_URL of the active config"
            raise SecretError(f"no endpoint is configured: set the {where} in a .nxs file, or run with --mock")
        if not str(found).startswith(("http://", "https://")):
            raise ModelError(f"the base URL of {name or 'the active config'} must start with http:// or https://")
        return str(found)

    def _api_key(self, name: str, table: Mapping[str, Any]) -> str:
        variable = table.get("api_key_env")
        if variable:
            return self._configuration.secrets.environment(variable) or ""
        return self._configuration.secrets.text("API_KEY", name) or ""


def _is_local(url: str) -> bool:
    return url.partition("://")[2].startswith(_LOCAL)


def _no_model(name: str) -> str:
    return f"no model is configured for `{name}`: set MODEL_NAME in a .nxs file, or run with --mock"


def _no_key(name: str) -> str:
    if not name:
        return "no API key is configured: set API_KEY in a .nxs file, or run with --mock"
    variable = f"{name.upper()}_API_KEY"
    return f"no API key is configured for `{name}`: set {variable}, or API_KEY in a .nxs file, or run with --mock"
