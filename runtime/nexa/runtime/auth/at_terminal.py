"""`oauth("github")`: a sign-in of the person at the terminal, whose browser comes back to a port of this machine."""

from __future__ import annotations

import asyncio
import hmac
import secrets

from nexa.runtime.auth.exchange import authorize_url, token_for, verifier
from nexa.runtime.auth.providers import SignInProvider
from nexa.runtime.errors import AuthError
from nexa.runtime.run import Run

WAIT = 300.0
"""Seconds that a person has to sign in."""


async def signed_in(run: Run, provider: SignInProvider) -> str:
    """The access token. Raises `AuthError` where nobody signs in in time."""
    if run.settings.offline:
        raise AuthError(f"nobody can sign in with {provider.name}: this run is offline (mock)")
    from aiohttp import web

    state, proof = secrets.token_urlsafe(24), verifier()
    came: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

    async def answer(request: web.BaseRequest) -> web.Response:
        given = request.query.get("state", "")
        if not hmac.compare_digest(given.encode(), state.encode()):
            return web.Response(status=404)
        if not came.done():
            came.set_result(request.query.get("code"))
        return web.Response(text="Signed in. This page can be closed.")

    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        redirect = provider.redirect_url or f"http://127.0.0.1:{runner.addresses[0][1]}/callback"
        run.log("warning", f"sign in with {provider.name}: {authorize_url(provider, state, proof, redirect)}")
        try:
            code = await asyncio.wait_for(came, WAIT)
        except TimeoutError:
            raise AuthError(f"nobody has signed in with {provider.name} within {WAIT:g} s") from None
    finally:
        await runner.cleanup()
    if code is None:
        raise AuthError(f"{provider.name} let nobody in")
    token = await token_for(run, provider, code, proof, redirect)
    run.redact.add(token)  # the program has it now; that of a browser's sign-in it never sees
    return token
