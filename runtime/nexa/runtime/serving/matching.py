"""Which route answers a request: the most specific path, then semantic routes."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.runtime.run import current
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.site import Route, Table
from nexa.runtime.stages import stage_description

_SHOWN = 4_000
"""Characters of a body that the judge is shown."""
_QUESTION = "Which of these answers the request?"


def matched(table: Table, request: Request, path: str) -> Route | None:
    """The route of the path and method, whose parameters the request is given. `HEAD` is answered by `GET`."""
    methods = (request.method, "GET") if request.method == "HEAD" else (request.method,)
    for method in methods:
        for route in table.routes:
            if route.pattern is None or route.method not in (None, method):
                continue
            params = route.pattern.match(path)
            if params is not None:
                request.params.update(params)
                return route
    return None


def methods_of(table: Table, path: str) -> list[str]:
    """The methods that the path has routes for."""
    found = {one.method for one in table.routes if one.method and one.pattern and one.pattern.match(path) is not None}
    if "GET" in found:
        found.add("HEAD")
    return sorted(found | {"OPTIONS"}) if found else []


async def meant(table: Table, request: Request) -> Route | None:
    """The semantic route that a request is about, by the judge; one whose path it is to the letter needs none."""
    candidates = [one for one in table.semantic if one.method in (None, request.method)]
    for route in candidates:
        if route.path == request.path:
            return route
    if not candidates:
        return None
    chosen = await current().judge.classify(
        _subject(request), [one.path for one in candidates], _QUESTION, _descriptions(candidates)
    )
    return candidates[chosen] if chosen is not None else None


def _subject(request: Request) -> str:
    query = f"?{request.query_string}" if request.query_string else ""
    body = f"\n\n{request.text[:_SHOWN]}" if request.content else ""
    return f"{request.path}{query}{body}"


def _descriptions(routes: Iterable[Route]) -> list[str]:
    return [stage_description(one.target) if one.target is not None else "" for one in routes]
