"""Who signs people in: the addresses of well-known providers, and what a program says of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nexa.runtime.errors import AuthError
from nexa.runtime.run import Run
from nexa.runtime.text import text
from nexa.runtime.values import Secret


@dataclass(frozen=True, slots=True)
class SignInProvider:
    """A provider of OAuth 2. `client_secret` is None for a public client, which PKCE protects."""

    name: str
    client_id: str
    client_secret: str | None
    authorize_url: str
    token_url: str
    user_url: str
    scope: str
    redirect_url: str | None = None


_GOOGLE = "https://accounts.google.com/o/oauth2/v2/auth"
KNOWN: dict[str, tuple[str, str, str, str]] = {
    "github": (
        "https://github.com/login/oauth/authorize",
        "https://github.com/login/oauth/access_token",
        "https://api.github.com/user",
        "read:user user:email",
    ),
    "google": (
        _GOOGLE,
        "https://oauth2.googleapis.com/token",
        "https://openidconnect.googleapis.com/v1/userinfo",
        "openid email profile",
    ),
    "gitlab": (
        "https://gitlab.com/oauth/authorize",
        "https://gitlab.com/oauth/token",
        "https://gitlab.com/api/v4/user",
        "read_user",
    ),
    "microsoft": (
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://graph.microsoft.com/oidc/userinfo",
        "openid email profile",
    ),
    "discord": (
        "https://discord.com/oauth2/authorize",
        "https://discord.com/api/oauth2/token",
        "https://discord.com/api/users/@me",
        "identify email",
    ),
}
"""Authorisation, token and user address, and scope."""
_URLS = ("authorize_url", "token_url", "user_url")


def providers_of(run: Run, written: Any) -> dict[str, SignInProvider]:
    """The providers of `enable_auth(…)`: JSON or a list of dicts, or one of them. Raises `AuthError`."""
    if isinstance(written, str):
        try:
            written = json.loads(written) if written.strip() else []
        except ValueError as error:
            raise AuthError(f"the providers are not JSON: {error}") from None
    rows = [written] if isinstance(written, Mapping) else written
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        raise AuthError("the providers are a list of `{name, client_id, …}`, or JSON of one")
    found = [_provider(run, row) for row in rows]
    return {one.name: one for one in found}


def _provider(run: Run, row: Mapping[str, Any]) -> SignInProvider:
    name = text(row.get("name") or "")
    if not name or not name.replace("-", "_").isidentifier():
        raise AuthError(f"a provider needs a `name` that can stand in an address, not {name!r}")
    known = dict(zip((*_URLS, "scope"), KNOWN.get(name, ()), strict=False))
    urls = {key: text(row.get(key) or known.get(key) or "") for key in _URLS}
    missing = [key for key, url in urls.items() if not url]
    if missing:
        raise AuthError(f"the provider {name} is not known: say its {', '.join(missing)}")
    prefix = name.upper().replace("-", "_")
    client_id = _resolved(run, row.get("client_id"), f"{prefix}_CLIENT_ID")
    if not client_id:
        raise AuthError(f"the provider {name} needs a `client_id`, or the secret {prefix}_CLIENT_ID")
    client_secret = _resolved(run, row.get("client_secret"), f"{prefix}_CLIENT_SECRET")
    if client_secret:
        run.redact.add(client_secret)
    scope = row.get("scope") or known.get("scope") or ""
    redirect = row.get("redirect_url")
    return SignInProvider(
        name,
        client_id,
        client_secret,
        urls["authorize_url"],
        urls["token_url"],
        urls["user_url"],
        " ".join(map(text, scope)) if isinstance(scope, list | tuple) else text(scope),
        None if redirect is None else text(redirect),
    )


def _resolved(run: Run, written: Any, key: str) -> str | None:
    """A text that is the name of a secret or variable as its value; nothing written as the value of `key`."""
    if isinstance(written, Secret):
        return written.reveal()
    if written is None:
        return run.configuration.secrets.text(key)
    given = text(written)
    return run.configuration.secrets.text(given) or given
