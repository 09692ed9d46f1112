"""The filters of `#{value | filter}` and `{{ value | filter }}`: one function each, one table."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from nexa.runtime.duration import Duration
from nexa.runtime.errors import NexaError, TemplateError
from nexa.runtime.structs import is_record
from nexa.runtime.text import fields_of, text, to_json, type_name
from nexa.runtime.truth import comparable, equal, is_number


class Markup(str):
    """Text that a template's `{{ … }}` leaves as it is."""

    __slots__ = ()


def apply(value: Any, name: str, *args: Any, **named: Any) -> Any:
    """`value | name(args)`. Raises `TemplateError` for an unknown filter or a value that it cannot take."""
    found = FILTERS.get(name)
    if found is None:
        raise TemplateError(f"there is no filter `{name}`")
    try:
        return found(value, *args, **named)
    except NexaError:
        raise
    except (TypeError, ValueError, OverflowError) as error:
        raise TemplateError(f"filter `{name}`: {error}", cause=error) from error


def upper(value: Any) -> str:
    """In capitals."""
    return text(value).upper()


def lower(value: Any) -> str:
    """In small letters."""
    return text(value).lower()


def capitalize(value: Any) -> str:
    """The first letter a capital, the rest small."""
    return text(value).capitalize()


def title(value: Any) -> str:
    """The first letter of each word a capital, the rest small; an apostrophe does not end a word."""
    return re.sub(r"\w(?:\w|['’]\w)*", lambda word: word[0].capitalize(), text(value))


def trim(value: Any) -> str:
    """Without white space at either end."""
    return text(value).strip()


def default(value: Any, v: Any) -> Any:
    """`v` for `null` and for an empty text, list or dict; else the value."""
    return v if value is None or (isinstance(value, str | list | tuple | dict) and not value) else value


def length(value: Any) -> int:
    """Code points of a text, elements of a list, entries of a dict, fields of a record; of anything else its text's."""
    if isinstance(value, list | tuple | dict | set | frozenset):
        return len(value)
    return len(fields_of(value)) if is_record(value) else len(text(value))


def truncate(value: Any, n: int, tail: str = "…") -> str:
    """At most `n` code points, the tail included where something was cut."""
    content = text(value)
    if len(content) <= n:
        return content
    return (content[: max(n - len(tail), 0)] + tail)[: max(n, 0)]


def replace(value: Any, a: str, b: str) -> str:
    """Every `a` replaced by `b`."""
    return text(value).replace(a, b)


def escape(value: Any) -> Markup:
    """Safe inside HTML. Not escaped again by a template."""
    return value if isinstance(value, Markup) else Markup(html.escape(text(value)))


def raw(value: Any) -> Markup:
    """As it is, even where a template would escape."""
    return Markup(text(value))


def date(value: Any, fmt: str = "%Y-%m-%d") -> str:
    """A moment (ISO 8601 text, or seconds since 1970, UTC) in `strftime` form."""
    return moment(value).strftime(fmt)


def moment(value: Any) -> datetime:
    """The moment that a text, a number of seconds since 1970 or a `datetime` stands for. Raises `ValueError`."""
    if isinstance(value, datetime):
        return value
    if is_number(value):
        return datetime.fromtimestamp(value, UTC)
    try:
        return datetime.fromisoformat(text(value).strip())
    except ValueError:
        raise ValueError(f"`{text(value)}` is not an ISO 8601 date") from None


def sort(value: Any) -> list[Any]:
    """The elements in order; numbers, texts or durations, not mixed."""
    elements = _elements(value)
    for one, other in pairwise(elements):
        if not comparable(one, other):
            raise ValueError(f"{type_name(one)} and {type_name(other)} have no order")
    return sorted(elements)


def unique(value: Any) -> list[Any]:
    """The elements without repetitions, in order of first appearance."""
    kept: list[Any] = []
    for element in _elements(value):
        if not any(equal(element, other) for other in kept):
            kept.append(element)
    return kept


def join(value: Any, sep: str = "") -> str:
    """The elements' texts with a separator in between."""
    return sep.join(text(element) for element in _elements(value))


def first(value: Any) -> Any:
    """The first element or code point; `null` of nothing."""
    return next(iter(_sequence(value)), None)


def last(value: Any) -> Any:
    """The last element or code point; `null` of nothing."""
    sequence = _sequence(value)
    return sequence[-1] if sequence else None


def number(value: Any, places: int | None = None) -> str:
    """A number with that many decimals, rounded half to even; without an argument as short as possible."""
    amount = _number(value)
    return text(amount) if places is None else f"{amount:.{places}f}"


def url_encode(value: Any) -> str:
    """Safe as one part of a URL."""
    return quote(text(value), safe="")


def strip_tags(value: Any) -> str:
    """Without HTML tags and comments."""
    return re.sub(r"<!--.*?-->|<[^<>]*>", "", text(value), flags=re.DOTALL)


def word_count(value: Any) -> int:
    """The number of words."""
    return len(text(value).split())


def line_count(value: Any) -> int:
    """The number of lines."""
    return len(text(value).splitlines())


def indent(value: Any, n: int = 4) -> str:
    """Every line that is not blank moved right by `n` spaces."""
    lines = text(value).split("\n")
    return "\n".join(" " * n + line if line.strip() else line for line in lines)


def _number(value: Any) -> int | float:
    if is_number(value):
        return value  # type: ignore[no-any-return]  # `is_number` is no type guard, or `bool` would be one
    if isinstance(value, str):
        return float(value)
    raise TypeError(f"{type_name(value)} is not a number")


def _elements(value: Any) -> list[Any]:
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if isinstance(value, dict):
        return list(value)
    raise TypeError(f"{type_name(value)} is not a list")


def _sequence(value: Any) -> Any:
    return value if isinstance(value, str) else _elements(value)


def absolute(value: Any) -> Any:
    """Without its sign."""
    return Duration(abs(value.seconds)) if isinstance(value, Duration) else abs(_number(value))


def ceil(value: Any) -> int:
    """The nearest whole number not below."""
    return math.ceil(_number(value))


def floor(value: Any) -> int:
    """The nearest whole number not above."""
    return math.floor(_number(value))


FILTERS: dict[str, Callable[..., Any]] = {
    "upper": upper,
    "lower": lower,
    "capitalize": capitalize,
    "title": title,
    "trim": trim,
    "default": default,
    "length": length,
    "json": to_json,
    "truncate": truncate,
    "replace": replace,
    "escape": escape,
    "raw": raw,
    "date": date,
    "sort": sort,
    "unique": unique,
    "join": join,
    "first": first,
    "last": last,
    "number": number,
    "url_encode": url_encode,
    "strip_tags": strip_tags,
    "word_count": word_count,
    "line_count": line_count,
    "indent": indent,
    "abs": absolute,
    "ceil": ceil,
    "floor": floor,
}
