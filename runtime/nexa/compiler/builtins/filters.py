"""The filters of `#{value | filter}` and `{{path | filter}}` (language reference, 1.8)."""

from __future__ import annotations

from nexa.compiler.builtins.signature import Builtin, table

FILTERS: dict[str, Builtin] = table(
    """
upper() -> str :: In capitals.
lower() -> str :: In small letters.
capitalize() -> str :: The first letter a capital.
title() -> str :: Each word with a capital.
trim() -> str :: Without space at either end.
default(v) -> any :: `v` when the value is null or empty.
length() -> int :: How many elements or characters there are.
json() -> str :: As JSON.
truncate(n: int, tail: str = "…") -> str :: Cut after `n` characters.
replace(a: str, b: str) -> str :: Each `a` replaced by `b`.
escape() -> str :: Escaped for HTML.
raw() -> any :: As it is, not escaped.
date(fmt: str) -> str :: A date written another way.
sort() -> list :: Sorted.
unique() -> list :: Each element once.
join(sep: str) -> str :: The elements with `sep` between them.
first() -> any :: The first element.
last() -> any :: The last element.
number(places: int) -> str :: With that many decimal places.
url_encode() -> str :: Encoded for a URL.
strip_tags() -> str :: Without HTML tags.
word_count() -> int :: How many words there are.
line_count() -> int :: How many lines there are.
indent(n: int) -> str :: Each line moved in by `n` spaces.
abs() -> any :: Without its sign.
ceil() -> int :: Rounded up.
floor() -> int :: Rounded down.
"""
)
