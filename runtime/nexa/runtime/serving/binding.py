"""From a request to the arguments of a handler (language reference, section 5.12)."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from nexa.runtime.agents import Agent
from nexa.runtime.callables import Function, Param
from nexa.runtime.errors import ProtocolError
from nexa.runtime.serving.requests import BadRequest, Request
from nexa.runtime.text import text

Call = Callable[[], Awaitable[Any]]
_MISSING = object()


def call_of(target: Any, request: Request) -> Call:
    """What runs the handler on the request. Raises `BadRequest` where the request lacks what the handler takes."""
    if isinstance(target, Agent):
        value = _agent_input(target, request)
        return lambda: target.run(value)
    named = arguments(target.params, request)
    return lambda: target(**named)


def is_handler(value: Any) -> bool:
    """Whether a value can answer requests: an agent, a flow or a function."""
    return isinstance(value, Agent | Function)


def _agent_input(agent: Agent, request: Request) -> Any:
    """The message of the request; an agent with an `input_schema` gets the whole body, if that has its fields."""
    if agent.input_type is None:
        message = request.message
        return message if isinstance(message, str) else text(message)
    body = request.body
    given = body if isinstance(body, Mapping) else request.message
    try:
        return agent.declared_.read_input(dict(given) if isinstance(given, Mapping) else given)
    except ProtocolError as error:
        raise BadRequest(_reasons(error)) from None


def arguments(params: tuple[Param, ...], request: Request) -> dict[str, Any]:
    """A value for each parameter: of the path, of the query, of the body; `req` is the request, `body` the body.

    A text that is no JSON is what the first parameter that nothing else gives a value takes; a record takes the whole
    body. Raises `BadRequest`.
    """
    found: dict[str, Any] = {}
    is_text_taken = False
    for param in params:
        value = _value(param, request)
        if value is _MISSING and not is_text_taken and isinstance(request.body, str) and request.content.strip():
            is_text_taken, value = True, _read(param, request.body)
        if value is _MISSING and param.required and _takes_null(param.type):
            value = None
        if value is not _MISSING:
            found[param.name] = value
        elif param.required:
            raise BadRequest(f"`{param.name}` is missing")
    return found


def _value(param: Param, request: Request) -> Any:
    name = param.name
    if name in ("req", "request"):
        return request
    for texts in (request.params, request.query):
        if name in texts:
            return _read(param, texts[name])
    body = request.body
    if name == "body":
        return _fitted(param, body)
    if isinstance(body, Mapping) and name in body:
        value = body[name]
        return _read(param, value) if isinstance(value, str) else _fitted(param, value)
    return _fitted(param, body) if _is_record(param.type) and isinstance(body, Mapping) else _MISSING


def _read(param: Param, given: str) -> Any:
    """A text as the type of the parameter: `"3"` for an `int` is 3."""
    wanted = _plain(param.type)
    if wanted is Any or wanted is str or str in _members(wanted):
        return given
    try:
        value = json.loads(given)
    except ValueError:
        value = given
    return _fitted(param, value)


def _fitted(param: Param, value: Any) -> Any:
    wanted = param.type
    if _plain(wanted) is Any:
        return value
    if _plain(wanted) is str and not isinstance(value, str) and value is not None:
        return text(value)
    from nexa.runtime.answers import Output

    try:
        return Output(wanted).fit(value)
    except ProtocolError as error:
        raise BadRequest(f"`{param.name}`: {_reasons(error)}") from None


def _plain(wanted: Any) -> Any:
    return get_args(wanted)[0] if get_origin(wanted) is Annotated else wanted


def _members(wanted: Any) -> tuple[Any, ...]:
    return get_args(wanted) if get_origin(wanted) in (Union, type(int | str)) else ()


def _takes_null(wanted: Any) -> bool:
    return type(None) in _members(_plain(wanted))


def _is_record(wanted: Any) -> bool:
    candidates = [one for one in _members(_plain(wanted)) if one is not type(None)] or [_plain(wanted)]
    return any(hasattr(one, "model_fields") or hasattr(one, "struct_fields") for one in candidates)


def _reasons(error: ProtocolError) -> str:
    return "; ".join(error.reasons).replace("the answer: ", "") or str(error)
