"""`std.math`: arithmetic written as text, computed without running it as a program."""

from __future__ import annotations

import ast
import math
import operator
import random
from collections.abc import Callable, Mapping

from nexa.runtime.errors import ToolError

MAX_LENGTH = 1000
"""Characters of an expression."""
MAX_DIGITS = 10_000
"""Bits of a whole number that a power may have."""

_BINARY: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "round": round,
    "floor": math.floor,
    "ceil": math.ceil,
    **{name: getattr(math, name) for name in "sqrt exp log log2 log10 sin cos tan asin acos atan atan2 hypot".split()},  # noqa: SIM905  # a list of words
}
_CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}


def math_calc(expression: str) -> float:
    """The value of an expression: numbers, `+ - * / // % ** ^`, brackets, and functions such as `sqrt` and `round`."""
    if len(expression) > MAX_LENGTH:
        raise ToolError(f"an expression may have {MAX_LENGTH} characters")
    try:
        tree = ast.parse(expression.strip().replace("^", "**"), mode="eval")
        return float(_value(tree.body))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = "it cannot be read" if isinstance(error, SyntaxError) else str(error)
        raise ToolError(f"cannot compute `{expression}`: {reason}", cause=error) from error
    except (ArithmeticError, TypeError) as error:
        raise ToolError(f"cannot compute `{expression}`: {error}", cause=error) from error


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left), _value(right))
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*map(_value, args))
    raise ValueError(f"`{ast.unparse(node)}` is not arithmetic")


def _power(base: float, exponent: float) -> float:
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * exponent > MAX_DIGITS:
        raise ValueError("the power is too large")
    value = base**exponent
    if isinstance(value, complex):
        raise ValueError("the power is not a real number")  # a fault of the value
    return float(value) if exponent < 0 else value


def math_random(min_val: int, max_val: int) -> int:
    """A random whole number, both ends included."""
    if min_val > max_val:
        raise ToolError(f"{min_val} is above {max_val}")
    return random.randint(min_val, max_val)


FUNCTIONS = {each.__name__: each for each in (math_calc, math_random)}
