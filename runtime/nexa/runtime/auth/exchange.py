"""The steps of a sign-in with a provider: OAuth 2 with a code, its state and PKCE."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from nexa.runtime.auth.providers import SignInProvider
from nexa.runtime.errors import AuthError
from nexa.runtime.run import Run

if TYPE_CHECKING:
    import aiohttp

TIMEOUT = 30.0
_LONGEST = 1_000_000


def verifier() -> str:
    """A secret that proves, when the code comes, that it was us who asked for it."""
    return secrets.token_urlsafe(48)


def authorize_url(provider: SignInProvider, state: str, proof: str, redirect: str) -> str:
    """Where a person signs in."""
    digest = sha256(proof.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect,
        "scope": provider.scope,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in provider.authorize_url else "?"
    return f"{provider.authorize_url}{joint}{urlencode(query)}"


async def token_for(run: Run, provider: SignInProvider, code: str, proof: str, redirect: str) -> str:
    """The access token for a code. Raises `AuthError`."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "client_id": provider.client_id,
        "code_verifier": proof,
    }
    if provider.client_secret:
        form["client_secret"] = provider.client_secret
    answer = await _asked(run, provider, "POST", provider.token_url, data=form)
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise AuthError(f"{provider.name} gave no token")
    return token


async def user_for(run: Run, provider: SignInProvider, token: str) -> dict[str, Any]:
    """Who has signed in: `id name email login picture provider`. Raises `AuthError`."""
    told = await _asked(run, provider, "GET", provider.user_url, headers={"Authorization": f"Bearer {token}"})
    identity = told.get("id", told.get("sub"))
    if identity is None:
        raise AuthError(f"{provider.name} did not say who has signed in")
    login = told.get("login") or told.get("username") or told.get("preferred_username")
    return {
        "id": str(identity),
        "name": told.get("name") or told.get("global_name") or login or str(identity),
        "email": told.get("email"),
        "login": login,
        "picture": told.get("picture") or told.get("avatar_url"),
        "provider": provider.name,
    }


async def _asked(run: Run, provider: SignInProvider, method: str, url: str, **more: Any) -> Mapping[str, Any]:
    if run.settings.offline:
        raise AuthError(f"nobody can sign in with {provider.name}: this run is offline (mock)")
    import aiohttp

    headers = {"Accept": "application/json", "User-Agent": "nexa", **more.pop("headers", {})}
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session,
            session.request(method, url, headers=headers, allow_redirects=False, **more) as got,
        ):
            return await _read(provider, got)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise AuthError(f"{provider.name} could not be asked: {type(error).__name__}") from None


async def _read(provider: SignInProvider, got: aiohttp.ClientResponse) -> Mapping[str, Any]:
    body = await got.content.read(_LONGEST)
    import json

    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if got.status >= 300 or not isinstance(answer, dict) or answer.get("error"):
        told = answer.get("error") if isinstance(answer, dict) else None
        raise AuthError(f"{provider.name} refused: status {got.status}{f', {told}' if isinstance(told, str) else ''}")
    return answer
