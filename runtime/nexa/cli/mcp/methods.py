"""The methods of the protocol that we answer, and how."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from nexa.cli.mcp.prompts import PROMPTS
from nexa.cli.mcp.protocol import (
    CAPABILITIES,
    INSTRUCTIONS,
    RESOURCE_NOT_FOUND,
    SERVER,
    discovered,
    versions_agreed,
)
from nexa.cli.mcp.refused import CalledOff, Refused
from nexa.cli.mcp.resources import TEMPLATES, completed, content, listed
from nexa.cli.mcp.tool import Answer, Arguments, Tool
from nexa.cli.mcp.tools import TOOLS
from nexa.lsp.messages import INVALID_PARAMS, Fault, Request

if TYPE_CHECKING:
    from nexa.cli.mcp.serving import Serving

logger = logging.getLogger(__name__)

Json = dict[str, Any]
Give = Callable[[Json], None]
Stop = Callable[[], None]

MAX_COMPLETIONS = 100
"""As the protocol says."""


class Declined(Exception):  # noqa: N818  # no error of ours
    """Answered with an error of the protocol."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(code, message)


def initialize(serving: Serving, request: Request, _give: Give) -> Json:
    """The client introduces itself."""
    params = _params(request)
    serving.introduced(params.get("capabilities"))
    return {
        "protocolVersion": versions_agreed(params.get("protocolVersion")),
        "capabilities": CAPABILITIES,
        "serverInfo": SERVER,
        "instructions": INSTRUCTIONS,
    }


def call_tool(serving: Serving, request: Request, give: Give) -> Json | Stop | None:
    """A tool's answer; what calls it off where it comes later; None when it was called off."""
    params = _params(request)
    tool = _tool(serving, params.get("name"))
    call = serving.call(request)
    try:
        given = _arguments(tool, params.get("arguments"))
        if not tool.is_timeless:
            serving.workspace.look(call.is_wanted)
        found = tool.run(call, given)
        if isinstance(found, Answer):
            return as_result(found)
        return found(lambda answer: give(as_result(answer)))
    except CalledOff:
        return None
    except Refused as refused:
        return as_result(Answer(str(refused), {"problem": str(refused)}, is_failure=True))
    except Exception as bug:
        logger.exception("the tool %s failed; this is a bug in nexa", tool.name)
        text = f"The tool failed ({type(bug).__name__}); this is a bug in nexa, and says nothing about the program."
        return as_result(Answer(text, {"problem": text}, is_failure=True))


def as_result(answer: Answer) -> Json:
    """An answer as the protocol has it."""
    text = {"type": "text", "text": answer.text}
    return {"content": [text], "structuredContent": answer.data, "isError": answer.is_failure}


def _tool(serving: Serving, name: object) -> Tool:
    known = {one.name: one for one in TOOLS}
    if isinstance(name, str) and name in known:
        return known[name]
    from nexa.compiler.suggest import nearest

    guess = nearest(name, list(known)) if isinstance(name, str) else None
    hint = f"did you mean {guess!r}?" if guess else f"there are {', '.join(one.name for one in _listed(serving))}"
    raise Declined(INVALID_PARAMS, f"unknown tool {name!r}; {hint}")


def _arguments(tool: Tool, raw: object) -> Arguments:
    try:
        given: Arguments = msgspec.convert({} if raw is None else raw, tool.arguments)
    except msgspec.ValidationError as mistake:
        raise Refused(f"the arguments of `{tool.name}` do not fit: {mistake}") from None
    return given


def _listed(serving: Serving) -> list[Tool]:
    return [one for one in TOOLS if serving.runner is not None or not one.runs]


def read_resource(_serving: Serving, request: Request, _give: Give) -> Json:
    """The text of a resource."""
    uri = _text(_params(request), "uri")
    text = content(uri)
    if text is None:
        raise Declined(RESOURCE_NOT_FOUND, f"there is no resource {uri!r}")
    return {"contents": [{"uri": uri, "mimeType": "text/markdown", "text": text}]}


def get_prompt(_serving: Serving, request: Request, _give: Give) -> Json:
    """A prompt with its arguments put in."""
    params = _params(request)
    name = _text(params, "name")
    prompt = next((one for one in PROMPTS if one.name == name), None)
    if prompt is None:
        raise Declined(INVALID_PARAMS, f"there is no prompt {name!r}; there are {', '.join(p.name for p in PROMPTS)}")
    raw = params.get("arguments")
    given = {key: str(value) for key, value in raw.items()} if isinstance(raw, dict) else {}
    missing = [key for key, _, is_needed in prompt.arguments if is_needed and not given.get(key)]
    if missing:
        raise Declined(INVALID_PARAMS, f"the prompt {name!r} needs {', '.join(missing)}")
    message = {"role": "user", "content": {"type": "text", "text": prompt.text(given)}}
    return {"description": prompt.description, "messages": [message]}


def complete_argument(_serving: Serving, request: Request, _give: Give) -> Json:
    """What a variable of a resource's template may be."""
    params = _params(request)
    reference, argument = params.get("ref"), params.get("argument")
    uri = reference.get("uri") if isinstance(reference, dict) else None
    start = argument.get("value") if isinstance(argument, dict) else None
    is_known = isinstance(uri, str) and uri in [one["uriTemplate"] for one in TEMPLATES] and isinstance(start, str)
    found = completed(str(uri), str(start)) if is_known else []
    shown = found[:MAX_COMPLETIONS]
    return {"completion": {"values": shown, "total": len(found), "hasMore": len(found) > len(shown)}}


METHODS: Mapping[str, Callable[[Serving, Request, Give], Json | Stop | None]] = {
    "initialize": initialize,
    "server/discover": lambda _serving, _request, _give: discovered(),
    "ping": lambda _serving, _request, _give: {},
    "tools/list": lambda serving, _request, _give: {"tools": [one.declared() for one in _listed(serving)]},
    "tools/call": call_tool,
    "resources/list": lambda _serving, _request, _give: {"resources": listed()},
    "resources/templates/list": lambda _serving, _request, _give: {"resourceTemplates": TEMPLATES},
    "resources/read": read_resource,
    "prompts/list": lambda _serving, _request, _give: {"prompts": [one.declared() for one in PROMPTS]},
    "prompts/get": get_prompt,
    "completion/complete": complete_argument,
}


def _params(request: Request) -> Json:
    if request.params is None:
        return {}
    if not isinstance(request.params, dict):
        raise Declined(INVALID_PARAMS, "`params` must be an object")
    return request.params


def _text(params: Json, key: str) -> str:
    found = params.get(key)
    if not isinstance(found, str):
        raise Declined(INVALID_PARAMS, f"`{key}` must be a string")
    return found
