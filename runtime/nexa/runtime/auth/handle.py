"""`auth gate = enable_auth(…)`: what a program may do with it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, ClassVar

from nexa.runtime.auth import keys, sessions
from nexa.runtime.auth.providers import SignInProvider, providers_of
from nexa.runtime.auth.tokens import claims_of, signed, verified
from nexa.runtime.duration import seconds
from nexa.runtime.errors import AuthError, TypeViolation
from nexa.runtime.run import current
from nexa.runtime.serving.requests import Request
from nexa.runtime.text import text, type_name
from nexa.runtime.values import UNIT, Unit

API_KEY = "nexa-ak-"


class Auth:
    """Sign-in as a program has set it up."""

    type_name: ClassVar[str] = "auth"

    def __init__(
        self, providers: Mapping[str, SignInProvider], jwt_secret: Any = None, *, csrf_enabled: bool = False
    ) -> None:
        self.name = "auth"
        self.providers = dict(providers)
        self.csrf_enabled = csrf_enabled
        self._secret = jwt_secret

    async def close(self) -> Unit:
        """Nothing is open."""
        return UNIT

    @property
    def key(self) -> bytes:
        """What signs sessions and tokens."""
        return keys.signing_key(current(), self._secret)

    # ── who ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def get_user(self, request: Any) -> Any:
        """Who sent the request, or null: by the session, a token or the key of an agent."""
        kept = _request(request).kept
        if "user" not in kept:
            kept["user"] = self._user(request)
        return kept["user"]

    def _user(self, request: Request) -> Any:
        scheme, _, token = str(request.headers["authorization"] or "").partition(" ")
        if scheme.lower() == "bearer" and token.startswith(API_KEY):
            owner = keys.api_key_owner(current(), token.strip())
            return None if owner is None else {"id": owner, "name": owner, "provider": "api_key"}
        if scheme.lower() == "bearer":
            claims = verified(token.strip(), self.key, current().clock.now())
            return None if claims is None else {"id": claims.get("sub"), **claims, "provider": "token"}
        session = sessions.load(request, self.key, current().clock.now()) if request.cookies[sessions.COOKIE] else None
        return session.get("user") if session is not None else None

    async def require_auth(self, request: Any) -> Request:
        """The request. Raises `AuthError`, which is 401, when nobody is signed in."""
        if await self.get_user(request) is None:
            raise AuthError("sign in first")
        return _request(request)

    async def auth_context(self, request: Any) -> dict[str, Any]:
        """User, session and rights in one dict; rights are the user's `rights`, `roles` or `scope`."""
        user = await self.get_user(request)
        known = user if isinstance(user, Mapping) else {}
        rights = known.get("rights") or known.get("roles") or known.get("scope") or []
        listed = rights.split() if isinstance(rights, str) else list(rights)
        return {"user": user, "session": await self.session_data(request), "rights": listed}

    # ── sessions ────────────────────────────────────────────────────────────────────────────────────────────

    async def get_session(self, request: Any) -> dict[str, Any] | None:
        """The session of the request, or null."""
        return sessions.load(_request(request), self.key, current().clock.now())

    async def session_data(self, request: Any) -> dict[str, Any]:
        """What the session holds."""
        return await self.get_session(request) or {}

    async def set_session(self, request: Any, data: Any) -> Unit:
        """Stores what the session holds; who is signed in stays, unless `user` in it says otherwise."""
        if not isinstance(data, Mapping):
            raise TypeViolation(f"a session holds a dict, not {type_name(data)}")
        before = await self.session_data(request)
        user = {"user": before["user"]} if "user" in before else {}
        sessions.save(_request(request), self.key, current().clock.now(), {**user, **data})
        return UNIT

    async def logout_user(self, request: Any) -> Unit:
        """Ends the session."""
        sessions.end(_request(request))
        return UNIT

    async def csrf_token(self, request: Any) -> str:
        """The token against forged requests."""
        return sessions.form_token(_request(request), self.key, current().clock.now())

    async def csrf_field(self, request: Any) -> str:
        """A hidden form field with that token."""
        return f'<input type="hidden" name="csrf_token" value="{html.escape(await self.csrf_token(request))}">'

    async def verify_csrf(self, request: Any) -> bool:
        """Whether the request carries that token."""
        return sessions.has_form_token(_request(request), self.key, current().clock.now())

    # ── tokens and keys ─────────────────────────────────────────────────────────────────────────────────────

    async def jwt_sign(self, claims: Any, secret: Any = None, expires_in: Any = 3600) -> str:
        """A signed token (HS256), good for that many seconds."""
        if not isinstance(claims, Mapping):
            raise TypeViolation(f"claims are a dict, not {type_name(claims)}")
        now = int(current().clock.now())
        return signed({"iat": now, "exp": now + int(seconds(expires_in)), **claims}, self._key(secret))

    async def jwt_verify(self, token: Any, secret: Any = None) -> bool:
        """Whether a token was signed with the key and is still good."""
        return verified(text(token), self._key(secret), current().clock.now()) is not None

    async def jwt_decode(self, token: Any) -> dict[str, Any]:
        """The claims of a token, whoever signed it: `jwt_verify` tells whether to trust them. Raises `AuthError`."""
        return claims_of(text(token))

    async def api_key_generate(self, agent_name: Any) -> str:
        """A new key for an agent; it is not kept, only what it hashes to."""
        return keys.new_api_key(current(), text(agent_name))

    async def api_key_verify(self, api_key: Any) -> bool:
        """Whether a key is known."""
        return keys.api_key_owner(current(), text(api_key)) is not None

    async def oauth(self, name: Any) -> str:
        """Signs in with a provider, in the browser of the person at this terminal; the token. Raises `AuthError`."""
        from nexa.runtime.auth.at_terminal import signed_in

        return await signed_in(current(), self.provider(text(name)))

    def provider(self, name: str) -> SignInProvider:
        """A provider by its name. Raises `AuthError`."""
        if name not in self.providers:
            known = ", ".join(self.providers) or "none"
            raise AuthError(f"there is no provider {name}; there are: {known}")
        return self.providers[name]

    def _key(self, secret: Any) -> bytes:
        return self.key if secret is None else keys.signing_key(current(), secret)


async def enable_auth(providers: Any) -> Auth:
    """Sets up sign-in with the providers: JSON, or a list of `{name, client_id, …}`. Raises `AuthError`."""
    return Auth(providers_of(current(), providers))


async def configured_auth(properties: Mapping[str, Any]) -> Auth:
    """What `auth x { … }` describes."""
    is_checked = properties.get("csrf_enabled") in (True, "true")
    found = providers_of(current(), properties.get("providers") or [])
    return Auth(found, properties.get("jwt_secret"), csrf_enabled=is_checked)


def _request(value: Any) -> Request:
    if not isinstance(value, Request):
        raise TypeViolation(f"a request is wanted, not {type_name(value)}")
    return value
