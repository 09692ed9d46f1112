"""What a running program can raise.

NexaError
├── AgentError
│   ├── ModelError
│   ├── AgentTimeoutError    `TimeoutError` in Nexa
│   ├── RateLimitError
│   ├── ProtocolError
│   └── BudgetExceeded
├── ToolError                kinds: ToolError, permission, denied, vetoed, timeout, arguments,
│                            sandbox, unavailable, offline
├── PipelineError            names the stage, its index and branch; the cause is the original error
├── IntentError
├── ConsensusError
├── LoopLimitError
├── ContractViolation
├── TypeViolation
├── VerificationError
├── AssertionFailed
├── PatternMatchError
├── ActorError
├── ConcurrencyError
│   ├── ChannelClosed
│   └── TaskCancelled
├── DatabaseError
├── KVError
├── AuthError
├── TemplateError
├── SecretError
└── SuspendExecution
Exit                         a BaseException: no `try`, and no Python `except Exception`, stops it
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from nexa.runtime.spans import Span, span_of


class NexaError(Exception):
    """The root of the errors that a program can catch.

    `kind` is the name that `catch` and `e.kind` see: by default the class's name in Nexa, for an unknown name in
    `raise Name("…")` that name, for some tool errors a finer word ("permission", "denied", "vetoed"). `help` says what
    the person who runs the program can do.
    """

    nexa_name: ClassVar[str] = "NexaError"

    def __init__(
        self,
        message: str = "",
        *,
        kind: str | None = None,
        cause: BaseException | None = None,
        span: Span | None = None,
        help: str = "",  # noqa: A002  # what it is called where people read it
    ) -> None:
        super().__init__(message)
        self.help = help
        self.message = message
        self.kind = kind or self.nexa_name
        self.cause = cause
        self._span = span
        if cause is not None:
            self.__cause__ = cause

    @property
    def span(self) -> Span | None:
        """Where in the Nexa source it was raised, if that is known."""
        return self._span or span_of(self)

    @span.setter
    def span(self, span: Span | None) -> None:
        self._span = span

    def __str__(self) -> str:
        return self.message

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if "nexa_name" not in cls.__dict__:
            cls.nexa_name = cls.__name__


class AgentError(NexaError):
    """An agent's run failed."""


class ModelError(AgentError):
    """The model could not be reached, or answered with something that is not an answer.

    `retryable` says whether the same request may succeed a moment later.
    """

    def __init__(self, message: str = "", *, retryable: bool = False, **details: Any) -> None:
        super().__init__(message, **details)
        self.retryable = retryable


class AgentTimeoutError(AgentError):
    """Something took longer than its bound. Called `TimeoutError` in Nexa."""

    nexa_name = "TimeoutError"


class RateLimitError(AgentError):
    """The provider refuses further requests for now; `retry_after` is its own advice, in seconds."""

    def __init__(self, message: str = "", *, retry_after: float | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.retry_after = retry_after


class ProtocolError(AgentError):
    """An agent's answer does not fit its protocol, even after retries with reasons."""

    def __init__(self, message: str = "", *, text: str = "", reasons: tuple[str, ...] = (), **details: Any) -> None:
        super().__init__(message, **details)
        self.text = text
        self.reasons = reasons


class BudgetExceeded(AgentError):
    """A `@budget` is used up."""


class ToolError(NexaError):
    """A tool, or a function of the standard library, refused its input or failed."""


class PipelineError(NexaError):
    """A stage of a flow operator failed; the cause is what it raised.

    `stage` is the stage's name, `index` its place in the chain and `branch` its place in a fan-out, both from 0.
    """

    def __init__(
        self,
        message: str = "",
        *,
        stage: str = "",
        index: int | None = None,
        branch: int | None = None,
        **details: Any,
    ) -> None:
        super().__init__(message, **details)
        self.stage = stage
        self.index = index
        self.branch = branch


class IntentError(NexaError):
    """None of the meanings offered fits, and there is no `_` arm."""


class ConsensusError(NexaError):
    """The candidates differ and could not be merged."""


class LoopLimitError(NexaError):
    """A loop ran `max_loop` times."""


class ContractViolation(NexaError):
    """A `requires`, `ensures` or `invariant` does not hold; `clause` is which, `text` its source."""

    def __init__(self, message: str = "", *, clause: str = "", text: str = "", **details: Any) -> None:
        super().__init__(message, **details)
        self.clause = clause
        self.text = text


class TypeViolation(NexaError):
    """A value does not fit its annotation (type mode `strict`), or an operation does not fit its operands."""


class VerificationError(NexaError):
    """A `verify` does not hold."""


class AssertionFailed(NexaError):
    """An `assert` does not hold."""


class PatternMatchError(NexaError):
    """No arm of a `match` fits, or a destructuring does not."""


class ActorError(NexaError):
    """An actor failed on a message."""


class ConcurrencyError(NexaError):
    """Every racer failed, or a channel or task was used wrongly."""


class ChannelClosed(ConcurrencyError):
    """The channel is closed and empty; `channel` is which."""

    channel: Any = None


class TaskCancelled(ConcurrencyError):
    """The task that is awaited was cancelled."""


class DatabaseError(NexaError):
    """A database refused."""


class KVError(NexaError):
    """A key-value store refused."""


class AuthError(NexaError):
    """Credentials are missing or wrong."""


class TemplateError(NexaError):
    """A template cannot be read or rendered."""


class SecretError(NexaError):
    """A secret that is used is not configured."""


class SuspendExecution(NexaError):
    """The program hands over to a human; the command line exits with 75."""


class Exit(BaseException):
    """`exit(code)`: unwinds every `defer` and `finally`, and ends the program with `code`."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


def _tree(root: type[NexaError]) -> Iterator[type[NexaError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


ERRORS: dict[str, type[NexaError]] = {error.nexa_name: error for error in _tree(NexaError)}
"""Every error by its name in Nexa."""


def error(name: str, message: object = "", **details: Any) -> BaseException:
    """The error that `raise name(message)` raises: of the class of that name, else a `NexaError` of that kind."""
    if name == "Exit":
        return Exit(message if isinstance(message, int) else 0)
    known = ERRORS.get(name)
    return known(str(message), **details) if known else NexaError(str(message), kind=name, **details)
