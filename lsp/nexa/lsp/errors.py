"""What a handler raises to answer with an error instead of a result."""

from __future__ import annotations

from nexa.lsp.messages import CONTENT_MODIFIED, INVALID_PARAMS, REQUEST_CANCELLED, REQUEST_FAILED


class RequestError(Exception):
    """Answered with its code and message; not a bug, so nothing is logged."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(message: str) -> RequestError:
    """The parameters do not fit the method."""
    return RequestError(INVALID_PARAMS, message)


def failed(message: str) -> RequestError:
    """The request was understood and could not be done; the message is for the user."""
    return RequestError(REQUEST_FAILED, message)


def cancelled() -> RequestError:
    """The client gave up on the request."""
    return RequestError(REQUEST_CANCELLED, "cancelled")


def modified() -> RequestError:
    """The document is not the one any more that the request is about: the client asks again if it still matters."""
    return RequestError(CONTENT_MODIFIED, "the document has changed")
