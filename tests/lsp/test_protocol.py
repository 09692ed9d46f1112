"""What JSON-RPC and the life cycle demand, byte by byte: refused, answered, survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.client import PATIENCE, SERVER, Client, framed

PING = {"jsonrpc": "2.0", "id": "ping", "method": "nexa/nothing"}
"""A request that every healthy server answers, with an error."""


def check_alive(client: Client) -> None:
    client.send(PING)
    assert client.response("ping")["error"]["code"] == -32601


@pytest.mark.parametrize(
    ("data", "code", "id_"),
    [
        (b"Content-Length: 1\r\n\r\n{", -32700, None),
        (b"Content-Length: 0\r\n\r\n", -32700, None),
        (b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc", -32700, None),
        (b"Content-Length: 99999999999\r\n\r\n", -32700, None),
        (b"Content-Length: nine\r\n\r\n", -32700, None),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", -32700, None),
        (b"\x16\x03\x01\x02\x00" * 50 + b"\n", -32700, None),
        (b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000, -32700, None),
        (framed([PING]), -32600, None),
        (framed("hello"), -32600, None),
        (framed({"id": 7, "method": "shutdown"}), -32600, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": ["shutdown"]}), -32600, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": 3}), -32600, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover"}), -32602, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": {"position": 3}}), -32602, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": []}), -32602, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "textDocument/nothing", "params": {}}), -32601, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "workspace/executeCommand", "params": {}}), -32602, 7),
        (framed({"jsonrpc": "2.0", "id": 7, "method": "initialize", "params": {"capabilities": {}}}), -32600, 7),
    ],
)
def test_what_is_no_message_is_answered_with_its_code(client, data, code, id_):
    client.send_bytes(data)
    response = client.response(id_)
    assert response["error"]["code"] == code, response
    check_alive(client)


@pytest.mark.parametrize(
    "notification",
    [
        {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": 5}}},
        {"method": "textDocument/didOpen"},
        {"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///a.nx"}}},
        {"method": "$/cancelRequest", "params": {"id": {}}},
        {"method": "$/cancelRequest"},
        {"method": "$/unknown"},
        {"method": "textDocument/unknown", "params": []},
        {"method": "workspace/didChangeConfiguration", "params": {"settings": 3}},
        {"id": 99, "result": "to a question that nobody asked"},
        {"id": None, "error": {"code": -32700, "message": "?"}},
    ],
)
def test_a_notification_is_never_answered_and_never_shown(client, notification):
    client.drain()
    client.send({"jsonrpc": "2.0", **notification})
    said = client.drain()
    assert {m.get("method") for m in said} <= {"window/logMessage"}, said
    check_alive(client)


def test_headers_in_any_case_with_any_line_end(client):
    body = framed(PING).split(b"\r\n\r\n", 1)[1]
    client.send_bytes(b"content-LENGTH:%d\nX-More: 1\n\n%s" % (len(body), body))
    client.response("ping")


def test_a_length_too_short_and_a_length_too_long_cost_one_message_only(client):
    body = framed({**PING, "id": "cut"}).split(b"\r\n\r\n", 1)[1]
    for wrong in (-3, 3, 20):
        client.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body) + wrong, body))
        check_alive(client)


def test_a_message_may_come_in_pieces(client):
    for byte in framed(PING):
        client.send_bytes(bytes([byte]))
    client.response("ping")


def test_before_initialize_requests_are_refused_and_notifications_dropped(raw):
    raw.open("file:///a.nx", "agent {")
    assert raw.ask("textDocument/hover")["error"]["code"] == -32002
    assert raw.ask("shutdown")["error"]["code"] == -32002
    raw.initialize()
    check_alive(raw)
    assert not [m for m in raw.seen if m.get("method") == "textDocument/publishDiagnostics"]


def test_after_shutdown_requests_are_refused(fresh):
    fresh.request("shutdown")
    assert fresh.ask("textDocument/hover")["error"]["code"] == -32600
    assert fresh.ask("shutdown")["error"]["code"] == -32600
    assert fresh.ask("initialize", {})["error"]["code"] == -32600
    fresh.notify("exit")
    assert fresh.exit_code() == 0


def test_exit_without_shutdown_is_a_failure(fresh):
    fresh.notify("exit")
    assert fresh.exit_code() == 1


def test_exit_before_initialize_is_a_failure(raw):
    raw.notify("exit")
    assert raw.exit_code() == 1


def test_the_end_of_the_stream_ends_the_server(fresh):
    fresh.close_input()
    assert fresh.exit_code() == 1


def test_the_end_of_the_stream_after_shutdown_is_success(fresh):
    fresh.request("shutdown")
    fresh.close_input()
    assert fresh.exit_code() == 0


def test_the_end_in_the_middle_of_a_message_ends_the_server(fresh):
    fresh.send_bytes(b"Content-Length: 100\r\n\r\n{")
    fresh.close_input()
    assert fresh.exit_code() == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_terminated_it_ends(fresh):
    fresh.process.send_signal(signal.SIGTERM)
    assert fresh.exit_code() == 1


def test_it_ends_when_the_process_that_started_it_is_gone(raw):
    parent = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    raw.initialize(processId=parent.pid)
    check_alive(raw)
    parent.communicate()
    assert raw.exit_code() == 1


def test_a_client_that_does_not_read_does_not_kill_it(client):
    """Its pipe fills, it waits; when the client reads again, everything is there."""
    for number in range(3000):
        client.send({"jsonrpc": "2.0", "id": number, "method": "nexa/nothing", "params": {"x": "y" * 50}})
    assert client.response(2999)["error"]["code"] == -32601


def test_a_waiting_request_can_be_cancelled(client):
    """Both arrive together; the cancellation is seen before the request is begun."""
    request = {"jsonrpc": "2.0", "id": 5, "method": "nexa/nothing"}
    cancel = {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 5}}
    client.send_bytes(framed(PING) + framed(request) + framed(cancel))
    assert client.response(5)["error"]["code"] == -32800
    client.response("ping")


def test_strange_capabilities_do_not_cost_the_server(raw):
    raw.initialize(
        {
            "general": {"positionEncodings": ["utf-7", 5, "utf-16"]},
            "textDocument": {"documentSymbol": {"symbolKind": {"valueSet": [99, "x"]}}, "hover": 5, "diagnostic": []},
            "workspace": "everything",
        }
    )
    check_alive(raw)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-16", "utf-8"], "utf-8"),
        (["utf-32", "utf-16"], "utf-32"),
        (["utf-16", "utf-32"], "utf-16"),
        (["ebcdic"], "utf-16"),
    ],
)
def test_the_position_encoding_is_chosen(raw, offered, chosen):
    result = raw.initialize({"general": {"positionEncodings": offered}} if offered is not None else {})
    assert result["capabilities"]["positionEncoding"] == chosen


def test_over_a_socket():
    import re
    import socket

    command = (sys.executable, "-c", "import sys; from nexa.lsp import main; sys.exit(main(['--tcp', '127.0.0.1:0']))")
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        port = int(re.search(rb"127\.0\.0\.1:(\d+)", process.stderr.readline())[1])
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as link:
            link.sendall(framed({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}))
            assert b"positionEncoding" in link.recv(65536)
        assert process.wait(timeout=PATIENCE) == 1
    finally:
        process.kill()
        process.communicate()


def test_wrong_arguments_are_usage():
    for arguments in (["--tcp", "nowhere"], ["--serve"], ["--tcp"]):
        program = f"import sys; from nexa.lsp import main; sys.exit(main({arguments!r}))"
        result = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=PATIENCE)
        assert (result.returncode, result.stdout) == (2, b"")
        assert b"usage" in result.stderr


def test_a_print_in_a_library_does_not_get_between_two_messages():
    program = """
import sys, nexa.lsp, nexa.lsp.serving as server
announce = server.capabilities
server.capabilities = lambda client: (print("stray"), announce(client))[1]
sys.exit(nexa.lsp.main([]))
"""
    with Client((sys.executable, "-c", program)) as client:
        client.initialize()
        check_alive(client)
        client.shutdown()
        time.sleep(0.05)
        assert "stray" in client.errors()


def test_memory_stays_bounded_under_a_flood(client):
    """100 MB of notifications that mean nothing leave nothing behind."""
    if sys.platform != "linux":
        pytest.skip("memory is read from /proc")
    check_alive(client)
    before = _resident(client)
    flood = framed({"jsonrpc": "2.0", "method": "$/nothing", "params": {"x": "y" * 10_000}}) * 100
    for _ in range(100):
        client.send_bytes(flood)
    check_alive(client)
    assert _resident(client) - before < 80 * 1024 * 1024


def _resident(client):
    status = Path(f"/proc/{client.process.pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def test_the_command_is_the_module():
    assert SERVER[0] == sys.executable


def test_memory_stays_bounded_over_many_edits(fresh, tmp_path):
    """Two thousand edits of a thousand lines leave little more behind than one."""
    if sys.platform != "linux":
        pytest.skip("memory is read from /proc")
    uri = (tmp_path / "a.nx").as_uri()
    fresh.open(uri, "\n".join(f"flow study{n}(x) {{\n    print(x)\n}}" for n in range(330)) + "\nflow main { }\n")
    fresh.diagnostics(uri, 1)
    sizes = []
    for version in range(2, 2002):
        line = version * 7 % 990
        place = {"line": line - line % 3 + 1, "character": 4}
        text = "y = 1 " if version % 2 else "\n"
        fresh.change(uri, version, {"range": {"start": place, "end": place}, "text": text})
        if version % 400 == 1:
            fresh.change(uri, version, {"text": "flow main { }\n" * 1000})
            fresh.diagnostics(uri, version)
            sizes.append(_resident(fresh))
    assert sizes[-1] - sizes[0] < 60 * 1024 * 1024, [size // 1024**2 for size in sizes]
