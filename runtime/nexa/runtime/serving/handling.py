"""A route's handler at work: its arguments, its contracts, its time."""

from __future__ import annotations

import asyncio
from typing import Any

from nexa.runtime.agent_contracts import Contracts
from nexa.runtime.agents import Agent
from nexa.runtime.callables import reported
from nexa.runtime.frame import Frame, entered
from nexa.runtime.run import current
from nexa.runtime.serving.binding import call_of, is_handler
from nexa.runtime.serving.failing import HandlerTimeout
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response, response_of
from nexa.runtime.serving.site import Route

TIMEOUT = 300.0
"""Seconds that a handler may take whose route says nothing."""


async def handled(route: Route, request: Request) -> Response:
    """The response of a route's handler. Raises what it raises, `HandlerTimeout` where it takes too long."""
    limit = TIMEOUT if route.timeout is None else route.timeout
    try:
        async with asyncio.timeout(limit) as running:
            with entered(Frame(str(request), request.message)):
                return response_of(await value_of(route, request))
    except TimeoutError:
        if not running.expired():
            raise
        raise HandlerTimeout(f"no answer within {limit:g} s") from None


async def value_of(route: Route, request: Request) -> Any:
    """The value of a route's handler, between the route's contracts."""
    contracts = Contracts(current(), str(request), route.contracts, request.message, (request,))
    await contracts.enter()
    value = route.target if route.body is None else await route.body()
    if is_handler(value):
        value = await reported(route.node, value.name, call_of(streaming(route, value), request))
    await contracts.leave(value)
    return value


def streaming(route: Route, target: Any) -> Any:
    """The handler as the route's `stream` wants it: of an agent a copy that says its words as they come, or not."""
    if route.stream is None or not isinstance(target, Agent):
        return target
    return target.streaming_(is_on=route.stream)
