"""`otherwise`, `fallback`, `e?` and `raise`: failures as values, and values as failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nexa.runtime.enums import Err, Ok, Some
from nexa.runtime.errors import Exit, NexaError
from nexa.runtime.text import text


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that an operand raised, held where its value would be."""

    error: BaseException


def failure(error: BaseException) -> Failure:
    """The value that stands for an operand that raised `error`."""
    return Failure(error)


def failed(value: Any) -> bool:
    """Whether `value otherwise h` yields h: a failure, `Result::Err` or `null` (which is `Option::None`)."""
    return value is None or isinstance(value, Failure | Err)


def err_of(value: Any) -> Any:
    """What a function whose type is `Result` returns for `value?` that failed: a `Result::Err`."""
    if isinstance(value, Failure):
        return Err(value.error)
    return value if isinstance(value, Err) else Err(_missing())


def payload(value: Any) -> Any:
    """What `Result::Ok` and `Option::Some` hold; any other value as it is."""
    return value.payload[0] if isinstance(value, Ok | Some) else value


def unwrap(value: Any) -> Any:
    """`value?` where the function does not return a `Result` or `Option`: the payload, or the failure raised.

    Raises an error of kind `MissingValue` for `null`.
    """
    if isinstance(value, Failure):
        raise value.error
    if isinstance(value, Err):
        raise raisable(value)
    if value is None:
        raise _missing()
    return payload(value)


def _missing() -> NexaError:
    return NexaError("the value is null", kind="MissingValue")


def raisable(value: Any) -> BaseException:
    """What `raise value` raises: an error as it is, the error in a `Result::Err`, else a `NexaError` with the text."""
    if isinstance(value, Err):
        return raisable(value.payload[0])
    if isinstance(value, BaseException):
        return value
    if isinstance(value, type) and issubclass(value, NexaError | Exit):
        return value()
    return NexaError(text(value))
