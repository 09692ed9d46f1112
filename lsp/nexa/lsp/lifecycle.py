"""Which messages are welcome when: before `initialize`, in between, after `shutdown`.

Owns the order that the protocol demands. Refuses to know what the methods do.
"""

from __future__ import annotations

from enum import Enum

from nexa.lsp.messages import INVALID_REQUEST, NOT_INITIALIZED, Fault, Incoming, Notification, Request


class Phase(Enum):
    """Where a connection is in its life."""

    STARTED = "started"
    RUNNING = "running"
    SHUT_DOWN = "shut down"


def refusal(phase: Phase, message: Incoming) -> Fault | None:
    """What to answer instead of handling a request; None when it is welcome."""
    if not isinstance(message, Request):
        return None
    if phase is Phase.SHUT_DOWN:
        return Fault(INVALID_REQUEST, "the server is shutting down", message.id)
    if phase is Phase.STARTED and message.method != "initialize":
        return Fault(NOT_INITIALIZED, "the server is not initialized yet", message.id)
    if phase is Phase.RUNNING and message.method == "initialize":
        return Fault(INVALID_REQUEST, "the server is initialized already", message.id)
    return None


def is_ignored(phase: Phase, message: Incoming) -> bool:
    """Whether a notification comes at a time when the protocol wants it dropped."""
    return isinstance(message, Notification) and phase is not Phase.RUNNING and message.method != "exit"


def exit_status(phase: Phase) -> int:
    """The process's exit code when the connection ends: 0 only after `shutdown`."""
    return 0 if phase is Phase.SHUT_DOWN else 1
