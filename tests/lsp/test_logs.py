"""What the client is told of how the server does."""

from __future__ import annotations

import pytest
from lsprotocol import types

from harness.client import Client
from harness.inside import Channel
from nexa.lsp import logs
from nexa.lsp.logs import DEBUG, ERROR, INFO, LEVELS, WARNING, Logs
from nexa.lsp.messages import Notification, Request


def said(level: str, *kinds: int) -> list[int]:
    channel = Channel()
    log = Logs(channel, lambda: level)
    for kind in kinds:
        log.say(kind, "x")
    return [params["type"] for _, params in channel.said]


def test_each_level_tells_what_is_more_important_too():
    everything = (ERROR, WARNING, INFO, DEBUG)
    assert [said(level, *everything) for level in LEVELS] == [list(everything[:count]) for count in (1, 2, 3, 4)]


def test_the_numbers_are_the_protocols():
    assert [types.MessageType(one).name for one in (ERROR, WARNING, INFO, DEBUG)] == ["Error", "Warning", "Info", "Log"]


def test_what_takes_long_is_told(monkeypatch):
    monkeypatch.setattr(logs, "SLOW", 0.1)
    channel = Channel()
    log = Logs(channel, lambda: "info")
    log.handled(Notification("a/fast", None), 0.05)
    log.handled(Notification("a/slow", None), 0.5)
    assert channel.said == [("window/logMessage", {"type": INFO, "message": "a/slow took 0.5 s"})]


@pytest.mark.parametrize("value", ["off", "loud", None, 3])
def test_no_trace_unless_asked_for(value):
    channel = Channel()
    log = Logs(channel, lambda: "error")
    log.set_trace(value)
    log.handled(Request(1, "textDocument/hover", {}), 0.001)
    assert channel.said == []


def test_a_trace_names_methods_and_times_and_no_contents():
    channel = Channel()
    log = Logs(channel, lambda: "error")
    log.set_trace("verbose")
    log.handled(Request(7, "textDocument/didOpen", {"textDocument": {"text": "s3cr3t"}}), 0.0012)
    assert channel.said == [
        ("$/logTrace", {"message": "textDocument/didOpen: 1.2 ms", "verbose": "request 7 with textDocument"})
    ]


def test_the_trace_is_turned_on_and_off(raw):
    raw.initialize(trace="messages")
    raw.request("nexa/status")
    assert "nexa/status" in str([raw.notification("$/logTrace") for _ in range(3)])
    raw.notify("$/setTrace", {"value": "off"})
    raw.request("nexa/status")
    raw.notify("$/setTrace", {"value": "verbose"})
    raw.request("nexa/status")
    traces = [one["params"] for one in raw.drain() if one.get("method") == "$/logTrace"]
    assert len([one for one in traces if one["message"].startswith("nexa/status") and "verbose" in one]) == 1
    assert not [one for one in traces if one["message"].startswith("nexa/status") and "verbose" not in one]


def test_the_level_is_a_setting():
    with Client() as client:
        client.initialize(initializationOptions={"server": {"logLevel": "error"}})
        client.notify("textDocument/didOpen", {"textDocument": {"uri": 5}})
        assert not [one for one in client.drain() if one.get("method") == "window/logMessage"]
        client.notify("workspace/didChangeConfiguration", {"settings": {"nexa": {"server": {"logLevel": "warning"}}}})
        client.notify("textDocument/didOpen", {"textDocument": {"uri": 5}})
        assert [one for one in client.drain() if one.get("method") == "window/logMessage"]
        client.shutdown()
