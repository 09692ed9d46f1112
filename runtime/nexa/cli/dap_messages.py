"""Messages of the Debug Adapter Protocol on a stream of bytes."""

from __future__ import annotations

import json
from typing import IO, Any

Json = dict[str, Any]


def read_message(stream: IO[bytes]) -> Json | None:
    """The next message; None at the end, also where that comes early. What is no message is skipped."""
    while True:
        length = _length(stream)
        if length is None:
            return None
        body = stream.read(length)
        if len(body) < length:
            return None
        try:
            message = json.loads(body)
        except ValueError:
            continue
        if isinstance(message, dict):
            return message


def framed(message: Json) -> bytes:
    """A message as it goes over the wire."""
    body = json.dumps(message, ensure_ascii=False).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _length(stream: IO[bytes]) -> int | None:
    """What the headers say of the body; None at the end."""
    length = 0
    while (line := stream.readline()).strip():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
    return length if line else None
