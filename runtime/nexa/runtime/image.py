"""Pictures: `img(path)`, to be handed to an agent."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from nexa.runtime.errors import ToolError

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture file: its bytes, media type and size in pixels."""

    type_name: ClassVar[str] = "image"
    path: str
    mime: str
    width: int
    height: int
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.path


def img(path: str) -> Image:
    """The picture in a PNG, JPEG, GIF or WebP file. Raises `ToolError` if there is none."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ToolError(f"cannot read the picture {path}: {error.strerror}", cause=error) from error
    return image_of(str(path), data)


def image_of(path: str, data: bytes) -> Image:
    """The picture that a file holds; `path` is what it is called. Raises `ToolError` if it is none."""
    for magic, mime, size_of in _FORMATS:
        if data.startswith(magic):
            try:
                width, height = size_of(data)
            except (struct.error, IndexError, ValueError) as error:
                raise ToolError(f"{path} is a damaged {mime} file", cause=error) from error
            return Image(path, mime, width, height, data)
    raise ToolError(f"{path} is not a PNG, JPEG, GIF or WebP picture")


def _png_size(data: bytes) -> Size:
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif_size(data: bytes) -> Size:
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _jpeg_size(data: bytes) -> Size:
    """Walks the segments to the first that starts a frame (SOF0 to SOF15 but for DHT, JPG and DAC)."""
    place = 2
    while True:
        while data[place] == 0xFF:
            place += 1
        marker = data[place]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 4 : place + 8])
            return width, height
        place += 1 + struct.unpack(">H", data[place + 1 : place + 3])[0]


def _webp_size(data: bytes) -> Size:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack("<I", data[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    raise ValueError(kind)


_FORMATS: tuple[tuple[bytes, str, Callable[[bytes], Size]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", _png_size),
    (b"\xff\xd8\xff", "image/jpeg", _jpeg_size),
    (b"GIF8", "image/gif", _gif_size),
    (b"RIFF", "image/webp", _webp_size),
)
