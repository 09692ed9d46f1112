"""Pictures: kind and size are read from the file."""

import struct

import pytest

from nexa.runtime.errors import ToolError
from nexa.runtime.image import img
from nexa.runtime.members import member
from nexa.runtime.text import text, type_name

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 3, 2)
GIF = b"GIF89a" + struct.pack("<HH", 3, 2)
JPEG = b"\xff\xd8" + b"\xff\xe0" + struct.pack(">H", 4) + b"ab" + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 2, 3)
WEBP = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (2).to_bytes(3, "little") + (1).to_bytes(3, "little")
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 4 + b"\x2f" + struct.pack("<I", 2 | 1 << 14)


@pytest.mark.parametrize(
    ("data", "mime"),
    [(PNG, "image/png"), (GIF, "image/gif"), (JPEG, "image/jpeg"), (WEBP, "image/webp"), (LOSSLESS, "image/webp")],
)
def test_pictures(tmp_path, data, mime):
    path = tmp_path / "picture"
    path.write_bytes(data)
    picture = img(str(path))
    assert [member(picture, name) for name in ("mime", "width", "height")] == [mime, 3, 2]
    assert (picture.data, text(picture), type_name(picture)) == (data, str(path), "image")


@pytest.mark.parametrize("data", [None, b"text", PNG[:12], JPEG[:8], b"RIFF\0\0\0\0WEBPxxxx"])
def test_what_is_no_picture(tmp_path, data):
    path = tmp_path / "picture"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ToolError, match="picture"):
        img(str(path))
