"""`cors { … }` and `csp { … }`: headers of responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nexa.runtime.serving.paths import is_below
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response
from nexa.runtime.serving.site import HeaderRules
from nexa.runtime.text import text

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_KEYWORDS = frozenset({"self", "none", "unsafe-inline", "unsafe-eval", "strict-dynamic"})


def preflight(rules: Iterable[HeaderRules], request: Request) -> Response | None:
    """The answer to a browser that asks before it sends a request to another origin; None for any other request."""
    asked = request.headers["access-control-request-method"]
    cors = _cors(rules, request.path)
    if request.method != "OPTIONS" or not asked or cors is None:
        return None
    response = Response(204)
    if not _allow_origin(cors, request, response):
        return response
    response.headers["Access-Control-Allow-Methods"] = ", ".join(_listed(cors.get("methods"), METHODS))
    headers = _listed(cors.get("headers"), ("Content-Type", "Authorization"))
    wanted = request.headers["access-control-request-headers"] or ""
    response.headers["Access-Control-Allow-Headers"] = wanted if "*" in headers else ", ".join(headers)
    if cors.get("max_age") is not None:
        response.headers["Access-Control-Max-Age"] = text(cors["max_age"])
    return response


def add_headers(rules: Iterable[HeaderRules], request: Request, response: Any) -> None:
    """Give a response the headers that the rules of its path ask for. It may be anything with `headers`."""
    rules = tuple(rules)
    cors = _cors(rules, request.path)
    if cors is not None:
        _allow_origin(cors, request, response)
        exposed = _listed(cors.get("expose"), ())
        if exposed:
            response.headers["Access-Control-Expose-Headers"] = ", ".join(exposed)
    csp = [one.rules for one in rules if one.kind == "csp" and is_below(request.path, one.prefix)]
    if csp:
        response.headers["Content-Security-Policy"] = policy({key: one for each in csp for key, one in each.items()})


def allows_origin(rules: Iterable[HeaderRules], request: Request) -> bool:
    """Whether the rules let pages of the request's origin ask."""
    cors = _cors(rules, request.path)
    return cors is not None and _is_listed(cors, request)


def policy(rules: Mapping[str, Any]) -> str:
    """The text of a policy: `default_src: ["self"]` is `default-src 'self'`."""
    return "; ".join(
        " ".join([key.replace("_", "-"), *map(_source, _listed(value, ()))]) for key, value in rules.items()
    )


def _source(word: str) -> str:
    return f"'{word}'" if word in _KEYWORDS else word


def _cors(rules: Iterable[HeaderRules], path: str) -> Mapping[str, Any] | None:
    """The rules of the innermost group that has some."""
    found = [one for one in rules if one.kind == "cors" and is_below(path, one.prefix)]
    return max(found, key=lambda one: len(one.prefix)).rules if found else None


def _allow_origin(cors: Mapping[str, Any], request: Request, response: Any) -> bool:
    """Allow the origin of the request, if it may be; no origin that is not listed is ever sent cookies."""
    response.headers["Vary"] = "Origin"
    if not _is_listed(cors, request):
        return False
    origin = request.headers["origin"]
    if origin in _listed(cors.get("origins"), ()):
        response.headers["Access-Control-Allow-Origin"] = origin
        if cors.get("credentials") is True:
            response.headers["Access-Control-Allow-Credentials"] = "true"
    else:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return True


def _is_listed(cors: Mapping[str, Any], request: Request) -> bool:
    origin, origins = request.headers["origin"], _listed(cors.get("origins"), ())
    return bool(origin) and (origin in origins or "*" in origins)


def _listed(value: Any, default: Iterable[str]) -> list[str]:
    if value is None:
        return list(default)
    return [text(one) for one in value] if isinstance(value, list | tuple) else text(value).split()
