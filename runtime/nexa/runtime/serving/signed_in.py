"""Who has sent a request."""

from __future__ import annotations

from typing import Any

from nexa.runtime.serving.failing import unauthorized
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response


def user_of(request: Request) -> Any:
    """Who is signed in, or None."""
    return request.kept.get("user")


def refusal(request: Request, auth: Any) -> Response | None:
    """401 where a route's `auth` wants somebody signed in and nobody is."""
    is_wanted = auth is True or auth == "required"
    return unauthorized() if is_wanted and user_of(request) is None else None


def leave_cookies(request: Request, response: Any) -> None:
    """Give the response the cookies that the request has changed. It may be anything with `set_cookie`."""
    for name, options in request.kept.get("cookies", {}).items():
        response.set_cookie(name, **options)
