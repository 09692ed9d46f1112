"""How a request that fails is answered: a status and JSON, without a word of what is inside the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexa.runtime.catching import kind_of, message_of
from nexa.runtime.errors import AgentTimeoutError, AuthError, ContractViolation
from nexa.runtime.serving.requests import BadRequest
from nexa.runtime.serving.responses import Response, failure

if TYPE_CHECKING:
    from nexa.runtime.run import Run

INTERNAL = "the request could not be answered"


class HandlerTimeout(AgentTimeoutError):  # noqa: N818  # the kind that clients are told
    """The handler took longer than the route's `timeout`: status 504."""

    nexa_name = "TimeoutError"


def failed(run: Run, what: str, error: BaseException) -> Response:
    """The response to an error. One that is not the client's fault is logged; `--debug` tells the client as well."""
    if isinstance(error, BadRequest):
        return failure(400, message_of(error), kind_of(error))
    if isinstance(error, AuthError):
        return unauthorized(message_of(error))
    if isinstance(error, ContractViolation) and error.clause == "requires":
        return failure(400, _clean(run, f"requires: {error.text}"), kind_of(error))
    run.log("error", f"{what}: {kind_of(error)}: {message_of(error)}")
    if isinstance(error, HandlerTimeout):
        return failure(504, message_of(error), kind_of(error))
    details = {"details": run.redact.clean(run.describe(error))} if run.debug else {}
    return failure(500, INTERNAL, kind_of(error), **details)


def unauthorized(message: str = "sign in first") -> Response:
    """401, for who is not signed in."""
    response = failure(401, message, AuthError.nexa_name)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _clean(run: Run, message: str) -> str:
    return str(run.redact.clean(message))
