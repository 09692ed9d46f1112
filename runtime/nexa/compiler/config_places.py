"""Where a key stands in a TOML text that was read: tomllib tells values, not places."""

from __future__ import annotations


def place_of(text: str, path: tuple[str, ...]) -> tuple[int, int]:
    """Line and column (1-based, code points) of the key at `path`, or of its nearest written parent; (0, 0) if none."""
    best, found = 0, (0, 0)
    for keys, line, column in _written_keys(text):
        common = _common(keys, path)
        # The parent's place serves for a key inside an inline table; only a full match of what is written counts.
        if common == len(keys) and common > best:
            best, found = common, (line, column)
    return found


def _common(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _written_keys(text: str) -> list[tuple[tuple[str, ...], int, int]]:
    """The full path of each `[table]` and `key =` line, with its place."""
    table: tuple[str, ...] = ()
    keys: list[tuple[tuple[str, ...], int, int]] = []
    open_string, depth = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.lstrip()
        at_start = not open_string and depth == 0
        if at_start and stripped.startswith("["):
            table = _segments(stripped.lstrip("["))[0]
            keys.append((table, number, len(line) - len(stripped) + 1))
            continue
        value = line
        if at_start:
            segments, rest = _segments(stripped)
            if segments and rest.startswith("="):
                keys.append(((*table, *segments), number, len(line) - len(stripped) + 1))
                value = rest[1:]
        open_string, depth = _after_value(value, open_string, depth)
    return keys


def _segments(text: str) -> tuple[tuple[str, ...], str]:
    """The dotted key at the start of `text`, and what follows it."""
    segments: list[str] = []
    while text:
        text = text.lstrip()
        if text[:1] in ("'", '"'):
            end = text.find(text[0], 1)
            if end < 0:
                break
            segments.append(text[1:end])
            text = text[end + 1 :].lstrip()
        else:
            length = next((i for i, c in enumerate(text) if not (c.isalnum() or c in "-_")), len(text))
            if length == 0:
                break
            segments.append(text[:length])
            text = text[length:].lstrip()
        if not text.startswith("."):
            break
        text = text[1:]
    return tuple(segments), text


def _after_value(text: str, quote: str, depth: int) -> tuple[str, int]:
    """The open quotes and the depth of brackets after one more line of a value."""
    at = 0
    while at < len(text):
        if quote:
            if text[at] == "\\" and quote[0] == '"':
                at += 2
            elif text.startswith(quote, at):
                at, quote = at + len(quote), ""
            else:
                at += 1
        elif text[at] == "#":
            break
        elif text[at] in "'\"":
            quote = text[at] * 3 if text.startswith(text[at] * 3, at) else text[at]
            at += len(quote)
        else:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text[at], 0)
            at += 1
    return (quote if len(quote) == 3 else ""), depth
