"""The session of a request: a dict in a signed cookie that no script of a page can read."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from nexa.runtime.auth.tokens import signed, verified
from nexa.runtime.errors import AuthError
from nexa.runtime.serving.requests import Request

COOKIE = "nexa_session"
DAYS = 7
LARGEST = 3_800
"""Characters of a cookie that every browser takes."""
_PURPOSE = "session"


def load(request: Request, key: bytes, now: float) -> dict[str, Any] | None:
    """The session that the request came with, or was given meanwhile."""
    if "session" not in request.kept:
        token = request.cookies[COOKIE]
        claims = verified(token, key, now, _PURPOSE) if token else None
        request.kept["session"] = claims.get("data") if claims is not None else None
        request.kept["sid"] = claims.get("sid") if claims is not None else None
    found: dict[str, Any] | None = request.kept["session"]
    return found


def save(request: Request, key: bytes, now: float, data: Mapping[str, Any]) -> None:
    """Give the request another session; the response tells the browser. Raises `AuthError` if it is too large."""
    load(request, key, now)
    request.kept["sid"] = request.kept["sid"] or secrets.token_hex(16)
    lasts = DAYS * 86_400
    token = signed({"data": dict(data), "sid": request.kept["sid"], "exp": int(now) + lasts}, key, _PURPOSE)
    if len(token) > LARGEST:
        raise AuthError(f"a session holds {LARGEST} characters at most: keep more in a store, and its key here")
    request.kept["session"] = dict(data)
    request.kept["user"] = data.get("user")
    put_cookie(request, COOKIE, token, lasts)


def end(request: Request) -> None:
    """Forget the session, and who is signed in."""
    request.kept.update(session=None, user=None, sid=None)
    put_cookie(request, COOKIE, "", 0)


def put_cookie(request: Request, name: str, value: str, lasts: int) -> None:
    """Have the response set a cookie; 0 seconds forget it."""
    cookies = request.kept.setdefault("cookies", {})
    options = {"value": value, "max_age": lasts, "path": "/", "httponly": True, "samesite": "Lax"}
    cookies[name] = {**options, "secure": True} if is_secure(request) else options


def is_secure(request: Request) -> bool:
    """Whether the browser speaks HTTPS, to us or to a proxy before us."""
    return request.scheme == "https" or request.headers["x-forwarded-proto"] == "https"


def form_token(request: Request, key: bytes, now: float) -> str:
    """The token that forms of this session carry; a request without a session gets one."""
    if load(request, key, now) is None:
        save(request, key, now, {})
    return hmac.new(key, f"form {request.kept['sid']}".encode(), sha256).hexdigest()


def has_form_token(request: Request, key: bytes, now: float) -> bool:
    """Whether the request carries the token of its session, in the header `X-CSRF-Token` or the field `csrf_token`."""
    if load(request, key, now) is None:
        return False
    given = request.headers["x-csrf-token"]
    if given is None:
        body = request.body
        given = body.get("csrf_token") if isinstance(body, Mapping) else None
    return isinstance(given, str) and hmac.compare_digest(given.encode(), form_token(request, key, now).encode())
