"""`secrets.staging.BASE_URL`: the visible configurations, each value a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexa.runtime.errors import SecretError
from nexa.runtime.run import current
from nexa.runtime.text import text
from nexa.runtime.values import Secret


class ConfigView:
    """The entries of one configuration, or of a dict inside it."""

    def __init__(self, name: str, entries: Mapping[str, Any]) -> None:
        self._name = name
        self._entries = entries

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        if key not in self._entries:
            raise SecretError(f"the configuration `{self._name}` has no `{key}`")
        value = self._entries[key]
        if isinstance(value, Mapping):
            return ConfigView(f"{self._name}.{key}", value)
        shown = text(value)
        current().redact.add(shown)
        return Secret(shown, key)

    def __str__(self) -> str:
        return "***"


class SecretsView:
    """`secrets`: each configuration by its name."""

    def __getattr__(self, name: str) -> ConfigView:
        if name.startswith("__"):
            raise AttributeError(name)
        entries = current().configuration.secrets.config(name)
        if entries is None:
            raise SecretError(f"there is no configuration `{name}`")
        return ConfigView(name, entries)

    def __str__(self) -> str:
        return "***"


class PythonSecrets:
    """`nexa_secrets`, as Python blocks see it: secrets as plain texts."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """The text of a secret; `default` if it is configured nowhere. What is read is kept out of every report."""
        try:
            return current().secret(key, default).reveal()
        except SecretError:
            return None

    def __repr__(self) -> str:
        return "nexa_secrets"


secrets = SecretsView()
nexa_secrets = PythonSecrets()
