"""Signed texts: JSON Web Tokens (HS256), and the cookies of sessions."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from nexa.runtime.errors import AuthError
from nexa.runtime.text import plain

_HEADER = {"alg": "HS256", "typ": "JWT"}
LONGEST = 16_384
"""Characters above which no token is looked at."""


def signed(claims: Mapping[str, Any], key: bytes, purpose: str = "") -> str:
    """Claims as a token. `purpose` keeps a token of one kind from passing for one of another."""
    head = f"{_encoded(_HEADER)}.{_encoded(plain(dict(claims)))}"
    return f"{head}.{_text(_signature(head, key, purpose))}"


def verified(token: str, key: bytes, now: float, purpose: str = "") -> dict[str, Any] | None:
    """The claims of a token that was signed with the key and is still good; None for any other text."""
    head, _, signature = token.rpartition(".")
    if len(token) > LONGEST or not hmac.compare_digest(
        _text(_signature(head, key, purpose)).encode(), signature.encode()
    ):
        return None
    try:
        header, claims = map(_decoded, head.split("."))
    except (ValueError, TypeError):
        return None
    if header.get("alg") != "HS256":
        return None
    return claims if _is_good(claims, now) else None


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token, whoever signed it. Raises `AuthError` for what is no token."""
    parts = token.split(".") if len(token) <= LONGEST else []
    try:
        _, claims, _ = parts
        return _decoded(claims)
    except (ValueError, TypeError):
        raise AuthError("this is not a token") from None


def _is_good(claims: Mapping[str, Any], now: float) -> bool:
    for name, is_past in (("exp", True), ("nbf", False)):
        moment = claims.get(name)
        if moment is None:
            continue
        if isinstance(moment, bool) or not isinstance(moment, int | float) or (moment <= now) is is_past:
            return False
    return True


def _signature(head: str, key: bytes, purpose: str) -> bytes:
    own = hmac.new(key, purpose.encode(), sha256).digest() if purpose else key
    return hmac.new(own, head.encode(errors="replace"), sha256).digest()


def _encoded(value: Any) -> str:
    return _text(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def _decoded(part: str) -> dict[str, Any]:
    found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    if not isinstance(found, dict):
        raise TypeError
    return found


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
