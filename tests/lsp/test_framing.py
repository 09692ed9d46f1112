"""The base protocol: what is cut out of a byte stream, however it is split and whatever lies between."""

from __future__ import annotations

import json

import pytest

from nexa.lsp import messages
from nexa.lsp.framing import MAX_BODY, MAX_HEADER_LINE, Body, FrameReader, Garbage
from nexa.lsp.messages import Fault, Notification, Request, Response, decode

TWO = b"Content-Length: 2\r\n\r\n{}"


def read(*chunks: bytes) -> list[str]:
    """Bodies as text, garbage as `! reason`."""
    reader, found = FrameReader(), []
    for chunk in chunks:
        reader.feed(chunk)
        found += [f.content.decode() if isinstance(f, Body) else f"! {f.reason}" for f in reader.frames()]
    return found


@pytest.mark.parametrize(
    "data",
    [
        TWO,
        b"content-length: 2\r\n\r\n{}",
        b"CONTENT-LENGTH:2\n\n{}",
        b"Content-Length :  2 \r\n\r\n{}",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}",
        b"Content-Length: 2\r\nContent-Type: text/plain; charset=utf8\r\n\r\n{}",
        b"X-Unknown: yes\r\nContent-Length: 2\r\n\r\n{}",
        b"\r\n\n" + TWO,
    ],
)
def test_a_header_may_be_written_in_many_ways(data):
    assert read(data) == ["{}"]
    assert read(*(data[i : i + 1] for i in range(len(data)))) == ["{}"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello\r\n", "bytes that are no header"),
        (b'{"jsonrpc": "2.0"}\n', "bytes that are no header"),
        (b"\x00\xff\xfe\n", "bytes that are no header"),
        (b"X: 1\r\n\r\n", "a header without Content-Length"),
        (b"Content-Length: -5\r\n\r\n", "Content-Length is not a number: -5"),
        (b"Content-Length: 1e3\r\n\r\n", "Content-Length is not a number: 1e3"),
        (b"Content-Length:\r\n\r\n", "Content-Length is not a number: "),
        (b"Content-Length: 99999999999\r\n\r\n", f"Content-Length 99999999999 is above the limit of {MAX_BODY}"),
        (
            b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
            f"Content-Length {'9' * 20} is above the limit of {MAX_BODY}",
        ),
        (b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n", "two different Content-Length headers"),
        (b"}left over", "bytes between two messages"),
        (b"y" * MAX_HEADER_LINE * 3, "a header line without an end"),
        (b"Content-Type: text/plain; charset=utf-16\r\n" + TWO, "only utf-8 content is understood"),
    ],
)
def test_the_next_message_is_found_after_garbage(data, reason):
    assert read(data + TWO + TWO) == [f"! {reason}", "{}", "{}"]


def test_garbage_without_end_is_not_kept():
    reader = FrameReader()
    for _ in range(1000):
        reader.feed(b"x" * 4096)
        list(reader.frames())
    assert len(reader._buffer) < 2 * MAX_HEADER_LINE


def test_a_length_that_is_too_long_gives_the_swallowed_message_back():
    reader = FrameReader()
    reader.feed(b"Content-Length: 8\r\n\r\n{}" + TWO)
    frames = reader.frames()
    fault = decode(next(frames).content)
    assert isinstance(fault, Fault)
    reader.give_back(fault.rest)
    assert list(frames) == [Body(b"{}")]


def test_garbage_is_a_frame_of_its_own_kind():
    assert list(_frames(b"nothing\n")) == [Garbage("bytes that are no header")]


def _frames(data):
    reader = FrameReader()
    reader.feed(data)
    return reader.frames()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"jsonrpc":"2.0","id":1,"method":"m"}', Request(1, "m", None)),
        (b'{"jsonrpc":"2.0","id":"a","method":"m","params":{}}', Request("a", "m", {})),
        (b'{"jsonrpc":"2.0","method":"m","params":[1]}', Notification("m", [1])),
        (b'{"jsonrpc":"2.0","id":1,"result":null}', Response(1, None, None)),
        (b'{"jsonrpc":"2.0","id":1,"error":{"code":1}}', Response(1, None, {"code": 1})),
        (b'\xef\xbb\xbf{"jsonrpc":"2.0","method":"m"} \n', Notification("m", None)),
        (b'{"jsonrpc":"2.0","method":"m","params":{"t":"\\ud83d"}}', Notification("m", {"t": "\ud83d"})),
    ],
)
def test_messages_that_are_read(body, expected):
    assert decode(body) == expected


@pytest.mark.parametrize("text", ["a", "客😀", "\u2028\x00\x7f", "half \ud83d"])
def test_both_encoders_say_the_same(monkeypatch, text):
    message = {"jsonrpc": "2.0", "params": {"t": text, "n": [1, 2.5, None, True]}}
    monkeypatch.setattr(messages, "_write", messages._write_plainly)
    plain = messages.encode(message)
    messages.encode_faster()
    for encoded in (plain, messages.encode(message)):
        header, body = encoded.split(b"\r\n\r\n")
        assert header == b"Content-Length: %d" % len(body)
        assert json.loads(body) == message


def test_what_is_already_written_stands_in_a_message(monkeypatch):
    monkeypatch.setattr(messages, "_write", messages._write_plainly)
    rows = [messages.listed([b'{"n":%d}' % n for n in range(many)]) for many in range(4)]
    message = {"params": {"items": messages.JsonText(b'[{"t":"\xc3', b'\xa9"}]'), "rows": rows}}
    whole = {"items": [{"t": "é"}], "rows": [[{"n": n} for n in range(many)] for many in range(4)]}
    for text in ("x\x00", "half \ud83d"):  # the faster encoder leaves the second to the other
        messages._write, message["params"]["t"] = messages._write_plainly, text
        plain = messages.json_text(message), messages.encode(message)
        messages.encode_faster()
        for encoded in (*plain, messages.json_text(message), messages.encode(message)):
            body = encoded.rpartition(b"\r\n\r\n")[2]
            assert encoded == body or encoded.startswith(b"Content-Length: %d\r\n" % len(body))
            assert json.loads(body) == {"params": {**whole, "t": text}}


@pytest.mark.parametrize(
    ("body", "code", "id_"),
    [
        (b"{", -32700, None),
        (b"", -32700, None),
        (b"\xff\xfe", -32700, None),
        (b'{"jsonrpc":"2.0","id":1,"method":"m","params":{"x":NaN}}', -32700, None),
        (b'{"jsonrpc":"2.0","id":1,"method":"m"}}', -32700, 1),
        (b"[" * 100_000, -32700, None),
        (b'[{"jsonrpc":"2.0","id":1,"method":"m"}]', -32600, None),
        (b"null", -32600, None),
        (b'{"id":1,"method":"m"}', -32600, 1),
        (b'{"jsonrpc":"1.0","id":1,"method":"m"}', -32600, 1),
        (b'{"jsonrpc":2.0,"id":1,"method":"m"}', -32600, 1),
        (b'{"jsonrpc":"2.0","id":1,"method":5}', -32600, 1),
        (b'{"jsonrpc":"2.0","id":1,"method":"m","params":5}', -32600, 1),
        (b'{"jsonrpc":"2.0","id":null,"method":"m"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":true,"method":"m"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":{},"method":"m"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":1}', -32600, 1),
        (b'{"jsonrpc":"2.0"}', -32600, None),
    ],
)
def test_messages_that_are_refused(body, code, id_):
    fault = decode(body)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.id) == (code, id_)
