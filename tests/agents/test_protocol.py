"""The protocol itself, over the real streams: what is malformed is answered, and nothing ends the server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.agent import Agent, agent, write

PROGRAM = {"a.nx": "flow main { print(1) }\n"}
LATEST = "2025-11-25"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agent]:
    with agent(write(tmp_path_factory.mktemp("protocol"), PROGRAM)) as one:
        yield one


@pytest.mark.parametrize(
    ("line", "code", "id_"),
    [
        (b"no json\n", -32700, None),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping"\n', -32700, None),
        (b"\xff\xfe\n", -32700, None),
        (b"[" * 5000 + b"\n", -32700, None),
        (b'{"jsonrpc":"2.0","id":3,"method":"ping"} {"jsonrpc":"2.0"}\n', -32700, 3),
        (b'{"jsonrpc":"2.0","id":4,"method":"ping","params":NaN}\n', -32700, None),
        (b"[]\n", -32600, None),
        (b"7\n", -32600, None),
        (b'{"id": 5, "method": "ping"}\n', -32600, 5),
        (b'{"jsonrpc": "2.0", "id": 6}\n', -32600, 6),
        (b'{"jsonrpc": "2.0", "id": 7, "method": 8}\n', -32600, 7),
        (b'{"jsonrpc": "2.0", "id": 8, "method": "ping", "params": 1}\n', -32600, 8),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}\n', -32600, None),
        (b'{"jsonrpc": "2.0", "id": 9, "method": "tools/destroy"}\n', -32601, 9),
        (b'{"jsonrpc": "2.0", "id": 10, "method": "tools/call"}\n', -32602, 10),
        (b'{"jsonrpc": "2.0", "id": 11, "method": "tools/call", "params": []}\n', -32602, 11),
        (b'{"jsonrpc": "2.0", "id": 12, "method": "tools/call", "params": {"name": "chek"}}\n', -32602, 12),
        (b'{"jsonrpc": "2.0", "id": 13, "method": "resources/read", "params": {"uri": 1}}\n', -32602, 13),
        (b'{"jsonrpc": "2.0", "id": 14, "method": "resources/read", "params": {"uri": "nexa://x"}}\n', -32002, 14),
        (b'{"jsonrpc": "2.0", "id": 15, "method": "prompts/get", "params": {"name": "write_flow"}}\n', -32602, 15),
        (b'{"jsonrpc": "2.0", "id": 16, "method": "prompts/get", "params": {"name": "x"}}\n', -32602, 16),
    ],
)
def test_what_is_malformed_is_answered(client: Agent, line: bytes, code: int, id_: int | None) -> None:
    client.send_raw(line)
    message = client.receive()
    assert (message["error"]["code"], message["id"]) == (code, id_)
    assert client.ask("ping") == {}


def test_what_needs_no_answer_gets_none(client: Agent) -> None:
    client.send({"method": "notifications/unheard_of", "params": {"x": 1}})
    client.send({"method": "notifications/cancelled", "params": {"requestId": 99}})
    client.send({"method": "notifications/cancelled", "params": []})
    client.send({"id": "nobody-asked", "result": {}})
    client.send_raw(b"\n  \r\n")
    assert client.ask("ping") == {}


@pytest.mark.parametrize(
    "arguments",
    [
        [], "text", 7, {"path": 1}, {"paths": "a.nx"}, {"paths": [None]}, {"severity": "fatal"}, {"limit": 0},
        {"limit": 1e99}, {"pth": "a.nx"}, {"path": {"a": 1}}, {"text": ["a"]},
    ],
)  # fmt: skip
def test_arguments_that_do_not_fit_are_told_to_the_model(client: Agent, arguments: object) -> None:
    result = client.ask("tools/call", {"name": "check", "arguments": arguments})
    assert result["isError"]
    assert "do not fit" in result["content"][0]["text"]


def test_null_is_as_good_as_left_out(tmp_path: Path) -> None:
    with agent(write(tmp_path, PROGRAM)) as client:
        assert client.call("check", path=None, paths=None, text=None)["files"] == ["a.nx"]
        assert not client.ask("tools/call", {"name": "check", "arguments": None})["isError"]


@pytest.mark.parametrize(
    ("asked", "agreed"),
    [*((one, one) for one in ("2024-11-05", "2025-03-26", "2025-06-18", LATEST)), ("2031-01-01", LATEST), (7, LATEST)],
)
def test_a_version_is_agreed(client: Agent, asked: object, agreed: str) -> None:
    hello = client.ask("initialize", {"protocolVersion": asked, "capabilities": {}})
    assert hello["protocolVersion"] == agreed
    assert set(hello["capabilities"]) == {"tools", "resources", "prompts", "completions"}
    assert hello["serverInfo"]["name"] == "nexa"
    assert "resultType" not in client.ask("tools/list")


def test_requests_that_name_their_version(tmp_path: Path) -> None:
    meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}
    with agent(write(tmp_path, PROGRAM)) as client:
        found = client.ask("server/discover", {"_meta": meta})
        assert found["supportedVersions"] == ["2026-07-28"]
        assert (found["resultType"], found["cacheScope"]) == ("complete", "private")
        answer = client.ask("tools/call", {"_meta": meta, "name": "check", "arguments": {}})
        assert (answer["resultType"], answer["structuredContent"]["files"]) == ("complete", ["a.nx"])
        old = {"io.modelcontextprotocol/protocolVersion": "1999-01-01"}
        error = client.refused("tools/list", {"_meta": old})
        assert (error["code"], error["data"]["supported"]) == (-32022, ["2026-07-28"])


def test_every_tool_is_described(client: Agent) -> None:
    assert "run" not in client.tools
    for tool in client.tools.values():
        schema = tool["inputSchema"]
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"
        assert not schema["additionalProperties"]
        assert all(one["description"] for one in schema["properties"].values())
        assert "anyOf" not in json.dumps(schema)
        assert tool["annotations"]["readOnlyHint"] == (tool["name"] not in ("fix", "format"))


def test_resources(client: Agent) -> None:
    for one in client.ask("resources/list")["resources"]:
        (content,) = client.ask("resources/read", {"uri": one["uri"]})["contents"]
        assert content["text"]
    assert len(client.ask("resources/templates/list")["resourceTemplates"]) == 2
    (rule,) = client.ask("resources/read", {"uri": "nexa://rules/NX303"})["contents"]
    assert rule["text"].startswith("NX303 protocol-mismatch")
    ref = {"type": "ref/resource", "uri": "nexa://rules/{code}"}
    found = client.ask("completion/complete", {"ref": ref, "argument": {"name": "code", "value": "nx30"}})
    assert found["completion"]["values"][0] == "NX301"
    empty = client.ask("completion/complete", {"ref": 1})
    assert empty["completion"] == {"values": [], "total": 0, "hasMore": False}


def test_prompts(client: Agent) -> None:
    assert [one["name"] for one in client.ask("prompts/list")["prompts"]] == ["write_flow", "fix_program"]
    given = {"name": "write_flow", "arguments": {"task": "Sort letters.", "path": "a.nx"}}
    (message,) = client.ask("prompts/get", given)["messages"]
    assert "Sort letters." in message["content"]["text"]
    assert "`a.nx`" in message["content"]["text"]
    client.ask("prompts/get", {"name": "fix_program"})


def test_prompts_speak_of_tools_that_exist(tmp_path: Path) -> None:
    with agent(tmp_path, "--allow-run") as client:
        said = json.dumps([client.introduce()["instructions"], *(one["description"] for one in client.tools.values())])
        for name, arguments in (("write_flow", {"task": "x"}), ("fix_program", {})):
            (message,) = client.ask("prompts/get", {"name": name, "arguments": arguments})["messages"]
            said += message["content"]["text"]
        for name in ("reference", "lookup", "check", "explain", "fix", "format", "graph", "prompt", "references"):
            assert f"`{name}`" in said
            assert name in client.tools


def test_a_request_that_waits_can_be_called_off(tmp_path: Path) -> None:
    big = "flow main {\n" + "".join(f"    x{n} = {n} + {n}\n    print(x{n})\n" for n in range(4000)) + "}\n"
    with agent(write(tmp_path, PROGRAM)) as client:
        first = client.begin("tools/call", {"name": "check", "arguments": {"text": big}})
        second = client.begin("tools/call", {"name": "check", "arguments": {"text": big}})
        client.send({"method": "notifications/cancelled", "params": {"requestId": second}})
        client.send({"method": "notifications/cancelled", "params": {"requestId": first}})
        last = client.begin("ping")
        answers = [client.receive()["id"]]
        while answers[-1] != last:
            answers.append(client.receive()["id"])
        assert second not in answers


def test_everything_is_answered_before_the_end(tmp_path: Path) -> None:
    write(tmp_path, PROGRAM)
    lines = [{"jsonrpc": "2.0", "id": n, "method": "tools/call", "params": {"name": "check"}} for n in range(3)]
    sent = b"".join(json.dumps(one).encode() + b"\n" for one in lines)
    done = subprocess.run([sys.executable, "-m", "nexa.cli", "mcp"], cwd=tmp_path, input=sent, capture_output=True)
    assert done.returncode == 0
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == [0, 1, 2]


def test_a_client_that_names_no_roots_in_time_does_not_block(tmp_path: Path) -> None:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {"roots": {}}}}
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "check"}}
    sent = [hello, {"jsonrpc": "2.0", "method": "notifications/initialized"}, call]
    done = subprocess.run(
        [sys.executable, "-m", "nexa.cli", "mcp"], cwd=write(tmp_path, PROGRAM), capture_output=True,
        input=b"".join(json.dumps(one).encode() + b"\n" for one in sent),
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1])["result"]["structuredContent"]["files"] == ["a.nx"]


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nexa.cli", "mcp", "--root", "missing"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "missing" in done.stderr
