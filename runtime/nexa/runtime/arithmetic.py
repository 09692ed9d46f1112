"""`+ - * / %` and the unary signs, with the language's rules about which operands fit."""

from __future__ import annotations

from typing import Any

from nexa.runtime.duration import Duration
from nexa.runtime.errors import TypeViolation
from nexa.runtime.text import text, type_name
from nexa.runtime.truth import is_number


def add(left: Any, right: Any) -> Any:
    """Numbers add; a text takes the other side's text; lists, tuples and durations join with their like.

    Raises `TypeViolation` otherwise.
    """
    if is_number(left) and is_number(right):
        return left + right
    if isinstance(left, str) or isinstance(right, str):
        return text(left) + text(right)
    if any(isinstance(left, kind) and isinstance(right, kind) for kind in (list, tuple, Duration)):
        return left + right
    raise _unfit("+", left, right)


def subtract(left: Any, right: Any) -> Any:
    """The difference of two numbers or two durations."""
    if (is_number(left) and is_number(right)) or (isinstance(left, Duration) and isinstance(right, Duration)):
        return left - right
    raise _unfit("-", left, right)


def multiply(left: Any, right: Any) -> Any:
    """The product of two numbers; a text or a duration times a number."""
    if is_number(left) and is_number(right):
        return left * right
    if isinstance(left, str) and isinstance(right, int) and not isinstance(right, bool):
        return left * right
    if isinstance(right, str) and isinstance(left, int) and not isinstance(left, bool):
        return left * right
    if (isinstance(left, Duration) and is_number(right)) or (is_number(left) and isinstance(right, Duration)):
        return left * right
    raise _unfit("*", left, right)


def divide(left: Any, right: Any) -> Any:
    """The quotient, always a float. Raises `ZeroDivisionError`."""
    if (is_number(left) and is_number(right)) or (
        isinstance(left, Duration) and (is_number(right) or isinstance(right, Duration))
    ):
        return left / right
    raise _unfit("/", left, right)


def remainder(left: Any, right: Any) -> Any:
    """The remainder with the sign of the divisor. Raises `ZeroDivisionError`."""
    if is_number(left) and is_number(right):
        return left % right
    raise _unfit("%", left, right)


def negative(value: Any) -> Any:
    """`-value`."""
    if is_number(value) or isinstance(value, Duration):
        return -value
    raise TypeViolation(f"-{type_name(value)}: only a number or a duration has a sign")


def positive(value: Any) -> Any:
    """`+value`."""
    if is_number(value) or isinstance(value, Duration):
        return value
    raise TypeViolation(f"+{type_name(value)}: only a number or a duration has a sign")


def _unfit(symbol: str, left: Any, right: Any) -> TypeViolation:
    return TypeViolation(f"{type_name(left)} {symbol} {type_name(right)} is not defined")
