"""What a text seems to include, told without reading it."""

from __future__ import annotations

from collections.abc import Iterator


def written_includes(text: bytes) -> Iterator[str]:
    """The paths after the word `include`; also those in comments and strings, since one too many does no harm."""
    at = text.find(b"include")
    while at >= 0:
        at += len(b"include")
        opening = next((i for i in range(at, min(at + 200, len(text))) if text[i] in b"\"'"), -1)
        if opening >= 0:
            end = text.find(text[opening : opening + 1], opening + 1)
            written = text[opening + 1 : end] if 0 <= end < opening + 1000 else b""
            if written and b"\n" not in written and b"\0" not in written:
                yield written.decode("utf-8", "replace")
        at = text.find(b"include", at)
