"""One request from middleware to the handler of its route, before anything of HTTP is said about it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from nexa.runtime.auth.routes import forged, identify, own_answer
from nexa.runtime.callables import call
from nexa.runtime.run import current
from nexa.runtime.serving.delivering import Delivery, wants_events
from nexa.runtime.serving.failing import failed, unauthorized
from nexa.runtime.serving.files import file_of
from nexa.runtime.serving.handling import handled
from nexa.runtime.serving.headers import preflight
from nexa.runtime.serving.local import forged_elsewhere
from nexa.runtime.serving.matching import matched, meant, methods_of
from nexa.runtime.serving.paths import is_below, normal
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response, failure, response_of
from nexa.runtime.serving.signed_in import refusal
from nexa.runtime.serving.site import Route, Table
from nexa.runtime.values import Unit

Answer = Response | Path | Delivery
"""A response, the file that is one, or a handler whose words are sent as they come."""


async def answer(table: Table, request: Request, path: str) -> Answer:
    """The answer to a request. `path` is that of its address, with `%2F` as it came."""
    run = current()
    try:
        known = normal(path)
        if known is None:
            return _not_found(request)
        request.path = unquote(known)
        await identify(run, request)
        return await _answer(table, request, known)
    except Exception as error:
        return failed(run, str(request), error)


async def _answer(table: Table, request: Request, path: str) -> Answer:
    allowed = preflight(table.headers, request)
    if allowed is not None:
        return allowed
    forgery = forged_elsewhere(table.headers, request) if table.is_local else None
    if forgery is not None:
        return forgery
    route = matched(table, request, path)
    signed = await own_answer(request) if route is None else None
    if signed is not None:
        return signed
    refused = _refused(table, request, path, route) or await forged(current(), request)
    if refused is not None:
        return refused
    passed = await _through_middleware(table, request)
    if not isinstance(passed, Request):
        return passed
    request = passed
    if route is None and request.method in ("GET", "HEAD"):
        file = file_of(table.static, path)
        if file is not None:
            return file
    route = route or await meant(table, request)
    if route is None:
        return _nothing_there(table, request, path)
    refused = refusal(request, route.auth)
    if refused is not None:
        return refused
    return Delivery(route, request) if wants_events(route, request) else await handled(route, request)


def _refused(table: Table, request: Request, path: str, route: Route | None) -> Response | None:
    """401 below a protected prefix, and from a route that wants somebody signed in; a route may say `auth: none`.

    Letters count in any case: a folder may be served by a file system that makes no difference.
    """
    if route is not None and route.auth == "none":
        return None
    lowered = path.lower()
    if any(is_below(lowered, prefix.lower()) for prefix in table.protected) and request.user is None:
        return unauthorized()
    return None


async def _through_middleware(table: Table, request: Request) -> Request | Response:
    """The request as the functions leave it, in order, or the response of the first that gives one."""
    for middleware in table.middleware:
        if not is_below(request.path, middleware.prefix):
            continue
        for function in middleware.functions:
            value = await call(function, request)
            if isinstance(value, Request):
                request = value
            elif value is None or value is False:
                return failure(403, "forbidden", "Forbidden")
            elif value is not True and not isinstance(value, Unit):
                return response_of(value)
    return request


def _not_found(request: Request) -> Response:
    return failure(404, f"there is no {request.path}", "NotFound")


def _nothing_there(table: Table, request: Request, path: str) -> Response:
    methods = methods_of(table, path)
    if not methods:
        return _not_found(request)
    if request.method == "OPTIONS":
        response = Response(204)
    else:
        response = failure(405, f"{request.path} does not take {request.method}", "MethodNotAllowed")
    response.headers["Allow"] = ", ".join(methods)
    return response
