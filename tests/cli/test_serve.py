"""`nexa serve`, `nexa routes`, and what `nexa run` and a built module do with servers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from harness.command import NEXA, environment, run, write_files
from harness.services import Serving, serving

PROGRAM = """
agent Ann { prompt: "Answer." }
flow slow() { print("begun")
    try { sleep_ms(60000) } finally { print("unwound") } }
let greeting = "hello"
flow hello(name: str) { return "#{greeting} #{name}" }
server Desk 8085 {
    static "/assets" from "."
    require_auth "/admin"
    route POST "/ask" => Ann
    route GET "/hello/{name}" => hello
    route GET "/slow" => slow
    semantic route "/help" => Ann
    group "/admin" {
        route "/" => Ann |>> [Ann]
        route GET "/public" { handler: hello, auth: none }
    }
}
"""
MAIN = PROGRAM + '\nflow main { print("main") }\n'


def check_answers(desk: Serving) -> None:
    assert desk.ask("/hello/you") == (200, "hello you")
    assert desk.ask("/ask", b"why?")[1] == "[Ann] why?"
    assert desk.ask("/nowhere/at/all")[0] == 404
    assert desk.ask("/admin")[0] == 401
    assert desk.ask("/admin/public?name=x") == (200, "hello x")
    desk.until("log", "GET /admin/public: 200")


def check_stopped(desk: Serving, number: int) -> None:
    assert desk.stop(number) == 130
    assert desk.until("run.finished")["status"] == "cancelled"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_program_is_served_until_it_is_stopped(number: int, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": MAIN})
    with serving(NEXA, "serve", "a.nx", "--mock", "--port", "0", folder=tmp_path) as desk:
        check_answers(desk)
        check_stopped(desk, number)
        assert not [one for one in desk.events if one["event"] == "print"]


def test_run_serves_what_has_no_main(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM})
    with serving(NEXA, "run", "a.nx", "--mock", folder=tmp_path, env={"NEXA_PORT": "0"}) as desk:
        check_answers(desk)
        check_stopped(desk, signal.SIGINT)


def test_run_runs_main_where_there_is_one(tmp_path: Path) -> None:
    assert run(NEXA, ("run", "a.nx", "--mock"), tmp_path, files={"a.nx": MAIN}).out == "main\n"


@pytest.mark.parametrize(("text", "more"), [(PROGRAM, ()), (MAIN, ("--serve",))])
def test_a_built_program_serves(text: str, more: tuple[str, ...], tmp_path: Path) -> None:
    assert run(NEXA, ("build", "a.nx"), tmp_path, files={"a.nx": text}).status == 0
    with serving(("out_a.py",), "--mock", "--port", "0", *more, folder=tmp_path) as desk:
        check_answers(desk)
        check_stopped(desk, signal.SIGTERM)


def test_requests_at_work_are_unwound(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM})
    with serving(NEXA, "serve", "a.nx", "--mock", "--port", "0", folder=tmp_path) as desk:
        port = int(desk.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as waiting:
            waiting.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            desk.until("print", "begun")
            started = time.monotonic()
            check_stopped(desk, signal.SIGINT)
            assert time.monotonic() - started < 15
        assert [one["text"] for one in desk.events if one["event"] == "print"] == ["begun\n", "unwound\n"]


def test_what_a_person_sees(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM})
    process = subprocess.Popen(
        [sys.executable, *NEXA, "serve", "a.nx", "--mock", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path, {}),
    )
    assert process.stderr is not None
    first = process.stderr.readline().decode()
    assert first.startswith("info: Desk listens on http://127.0.0.1:")
    Serving(process, first.split()[-1]).ask("/hello/you")
    assert process.stderr.readline().decode().startswith("info: GET /hello/you: 200, ")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err.decode()) == (130, b"", "stopped\n")


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = run(NEXA, ("serve", "a.nx", "--mock", "--port", port), tmp_path, files={"a.nx": PROGRAM})
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"error[AddressError]: port {port} of 127.0.0.1 is in use: stop what listens there, "
        "or choose another port with --port\n"
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("serve", "b.nx"), "b.nx has no server"),
        (("serve", "none.nx"), "no such file"),
        (("serve", "a.nx", "--port", "70000"), "70000 is not in the range"),
        (("routes", "none.nx"), "no such file"),
    ],
)
def test_wrong_usage(args: tuple[str, ...], message: str, tmp_path: Path) -> None:
    ran = run(NEXA, args, tmp_path, files={"a.nx": PROGRAM, "b.nx": "flow main { }"})
    assert ran.status == 2
    assert message in ran.err


def test_findings_stop_it(tmp_path: Path) -> None:
    ran = run(NEXA, ("serve", "a.nx"), tmp_path, files={"a.nx": PROGRAM + "server 99999 { }"})
    assert (ran.status, "NX613" in ran.err) == (1, True)


def test_routes_as_a_table(tmp_path: Path) -> None:
    ran = run(NEXA, ("routes", "a.nx"), tmp_path, files={"a.nx": PROGRAM})
    assert (ran.status, ran.err) == (0, "")
    rows = [line.split() for line in ran.out.splitlines()]
    assert rows == [
        ["Desk", "GET", "/assets", ".", "static"],
        ["Desk", "POST", "/ask", "Ann"],
        ["Desk", "GET", "/hello/{name}", "hello"],
        ["Desk", "GET", "/slow", "slow"],
        ["Desk", "any", "/help", "Ann", "semantic"],
        ["Desk", "any", "/admin/", "Ann", "|>>", "[Ann]", "signed", "in"],
        ["Desk", "GET", "/admin/public", "hello"],
    ]


def test_routes_as_json(tmp_path: Path) -> None:
    ran = run(NEXA, ("routes", "a.nx", "--json"), tmp_path, files={"a.nx": PROGRAM})
    assert json.loads(ran.out)[1] == {
        "server": "Desk",
        "port": 8085,
        "kind": "route",
        "method": "POST",
        "route": "/ask",
        "target": "Ann",
        "auth": False,
        "path": "a.nx",
        "line": 10,
        "column": 5,
    }


def test_a_program_without_routes(tmp_path: Path) -> None:
    ran = run(NEXA, ("routes", "a.nx"), tmp_path, files={"a.nx": "flow main { }"})
    assert tuple(ran) == (0, "", "a.nx has no routes.\n")


def test_routes_of_a_broken_program(tmp_path: Path) -> None:
    ran = run(NEXA, ("routes", "a.nx"), tmp_path, files={"a.nx": PROGRAM + "flow main { print( }"})
    assert (ran.status, "/ask" in ran.out) == (1, True)


def test_a_program_that_changes_is_served_anew(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM})
    with serving(NEXA, "serve", "a.nx", "--mock", "--port", "0", "--reload", folder=tmp_path) as desk:
        assert desk.ask("/hello/you") == (200, "hello you")
        write_files(tmp_path, {"a.nx": PROGRAM.replace('"hello"', '"good day,"')})
        desk.url = desk.until("log", " listens on ")["text"].rpartition(" ")[2]
        assert desk.ask("/hello/you") == (200, "good day, you")
        write_files(tmp_path, {"a.nx": PROGRAM + "flow broken( {"})
        desk.until("run.finished")
        write_files(tmp_path, {"a.nx": PROGRAM})
        desk.url = desk.until("log", " listens on ")["text"].rpartition(" ")[2]
        assert desk.ask("/hello/you") == (200, "hello you")
        os.killpg(desk.process.pid, signal.SIGINT)
        assert desk.process.wait(20) == 130


def test_a_server_that_is_served_anew_ends_with_its_parent(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM})
    with serving(NEXA, "serve", "a.nx", "--mock", "--port", "0", "--reload", folder=tmp_path) as desk:
        desk.process.terminate()
        assert desk.process.wait(20) == 130
        assert desk.until("run.finished")["status"] == "cancelled"


def test_names_that_a_server_may_have(tmp_path: Path) -> None:
    def status(url: str, name: str) -> int:
        asked = urllib.request.Request(f"{url}/hello/you", headers={"Host": name})
        try:
            with urllib.request.urlopen(asked, timeout=20) as got:
                return int(got.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    files = {"a.nx": PROGRAM, "nexa.toml": '[run]\nhosts = ["desk.example"]\n'}
    write_files(tmp_path, files)
    with serving(
        NEXA, "serve", "a.nx", "--mock", "--port", "0", "--allow-host", "*.tunnel.example", folder=tmp_path
    ) as desk:
        found = {name: status(desk.url, name) for name in ("desk.example", "a.tunnel.example", "evil.example")}
    assert found == {"desk.example": 200, "a.tunnel.example": 200, "evil.example": 421}
