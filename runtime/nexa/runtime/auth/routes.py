"""What a server of a program with an `auth` handle answers by itself.

`/auth/<provider>/login` sends the browser to the provider, `/auth/<provider>/callback` is where it comes back,
`POST /auth/logout` ends the session. Routes of the program come first.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from nexa.runtime.auth import sessions
from nexa.runtime.auth.exchange import authorize_url, token_for, user_for, verifier
from nexa.runtime.auth.functions import auth_of, has_auth
from nexa.runtime.auth.handle import Auth
from nexa.runtime.auth.providers import SignInProvider
from nexa.runtime.auth.tokens import signed, verified
from nexa.runtime.errors import AuthError
from nexa.runtime.run import Run, current
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response, failure, redirect

PREFIX = "/auth/"
STATE = "nexa_sign_in"
MINUTES = 10
"""How long a person has to sign in."""
_PURPOSE = "sign in"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def identify(run: Run, request: Request) -> None:
    """Find out who has sent the request."""
    if request.headers["authorization"] or request.cookies[sessions.COOKIE]:
        await (await auth_of(run)).get_user(request)


async def forged(run: Run, request: Request) -> Response | None:
    """403 for a request that a page of somebody else may have made in the name of who is signed in."""
    if request.method in _SAFE or not request.cookies[sessions.COOKIE] or not has_auth(run):
        return None
    auth = await auth_of(run)
    if not auth.csrf_enabled or request.headers["authorization"] or await auth.verify_csrf(request):
        return None
    return failure(403, "the request lacks the token of its form", "Forbidden")


async def own_answer(request: Request) -> Response | None:
    """The answer to a request for a sign-in; None for any other."""
    run = current()
    if not request.path.startswith(PREFIX) or not has_auth(run):
        return None
    auth = await auth_of(run)
    rest = request.path.removeprefix(PREFIX).split("/")
    if rest == ["logout"] and request.method == "POST":
        sessions.end(request)
        return redirect(_local(request.query["next"]), 303)
    if len(rest) != 2 or request.method != "GET" or rest[0] not in auth.providers:
        return None
    provider = auth.provider(rest[0])
    if rest[1] == "login":
        return _login(run, auth, provider, request)
    return await _callback(run, auth, provider, request) if rest[1] == "callback" else None


def _login(run: Run, auth: Auth, provider: SignInProvider, request: Request) -> Response:
    state, proof = secrets.token_urlsafe(24), verifier()
    lasts = MINUTES * 60
    claims = {"state": state, "proof": proof, "provider": provider.name, "next": _local(request.query["next"])}
    token = signed({**claims, "exp": int(run.clock.now()) + lasts}, auth.key, _PURPOSE)
    sessions.put_cookie(request, STATE, token, lasts)
    return redirect(authorize_url(provider, state, proof, _redirect_url(provider, request)))


async def _callback(run: Run, auth: Auth, provider: SignInProvider, request: Request) -> Response:
    token = request.cookies[STATE]
    begun = verified(token, auth.key, run.clock.now(), _PURPOSE) if token else None
    sessions.put_cookie(request, STATE, "", 0)
    if begun is None or begun.get("provider") != provider.name or not _same(request.query["state"], begun.get("state")):
        raise AuthError("this sign-in was not begun here, or took too long")
    if request.query["error"] or not request.query["code"]:
        raise AuthError(f"{provider.name} let nobody in")
    access = await token_for(run, provider, request.query["code"], begun["proof"], _redirect_url(provider, request))
    user = await user_for(run, provider, access)
    request.kept.update(session=None, sid=None)  # a new session: nobody can have foisted this one on the browser
    sessions.save(request, auth.key, run.clock.now(), {"user": user})
    return redirect(begun["next"], 303)


def _redirect_url(provider: SignInProvider, request: Request) -> str:
    if provider.redirect_url is not None:
        return provider.redirect_url
    scheme = "https" if sessions.is_secure(request) else "http"
    return f"{scheme}://{request.headers['host']}{PREFIX}{provider.name}/callback"


def _local(path: Any) -> str:
    """A path of this server to go on to: no other site may be sent along."""
    written = str(path or "/")
    is_local = written.startswith("/") and not written.startswith(("//", "/\\")) and written.isprintable()
    return written if is_local else "/"


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and hmac.compare_digest(one.encode(), other.encode())
