"""What a past run did, node by node: its events summed up, beside the plan that it had."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexa.runtime.kept import read_kept

Json = dict[str, Any]


@dataclass(slots=True)
class NodeAccount:
    """What one node did in all its turns. `outputs` are its values, `retries` the attempts after the first."""

    node: str
    callee: str
    status: str = "unfinished"
    turns: int = 0
    replayed: int = 0
    retries: int = 0
    seconds: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    outputs: list[Any] = field(default_factory=list)
    error: str | None = None


@dataclass(slots=True)
class RunAccount:
    """What a run did. `path` names its nodes in the order in which they began; `plan` holds the graphs of its flows."""

    id: str = ""
    program: str = ""
    flow: str = ""
    started: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    rerun: Mapping[str, str] | None = None
    status: str = "unfinished"
    seconds: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    value: Any = None
    error: str | None = None
    nodes: dict[str, NodeAccount] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    plan: Mapping[str, Any] = field(default_factory=dict)


def account_of(events: Path) -> RunAccount:
    """The account of the run with the events in a file; lines that are no events count for nothing."""
    account = RunAccount()
    for event in _events(events):
        _take(account, event)
    plan = next((line["plan"] for line in read_kept(events) if "plan" in line), None)
    account.plan = plan if isinstance(plan, dict) else {}
    return account


def _take(account: RunAccount, event: Json) -> None:
    match event.get("event"):
        case "run.started":
            account.id, account.program = str(event.get("run", "")), str(event.get("path", ""))
            account.flow, account.started = str(event.get("flow", "")), str(event.get("time", ""))
            account.args, account.rerun = event.get("args") or {}, event.get("rerun")
        case "run.finished":
            usage = event.get("usage") or {}
            account.status, account.seconds = str(event.get("status")), event.get("seconds")
            account.input_tokens = int(usage.get("input_tokens", 0))
            account.output_tokens = int(usage.get("output_tokens", 0))
            account.cost, account.value, account.error = usage.get("cost"), event.get("value"), _message(event)
        case "node.started":
            node = _node(account, event)
            node.callee = str(event.get("callee", ""))
            account.path.append(node.node)
        case "node.finished":
            node = _ended(account, event, "ok")
            node.seconds += float(event.get("seconds") or 0.0)
            node.outputs.append(event.get("output"))
        case "node.failed":
            _ended(account, event, "failed").error = _message(event)
        case "model.call" if event.get("node") and int(event.get("attempt") or 1) > 1:
            _node(account, event).retries += 1
        case "model.usage" if event.get("node"):
            node = _node(account, event)
            node.input_tokens += int(event.get("input_tokens") or 0)
            node.output_tokens += int(event.get("output_tokens") or 0)
            if event.get("cost") is not None:
                node.cost = (node.cost or 0.0) + float(event["cost"])


def _node(account: RunAccount, event: Json) -> NodeAccount:
    name = str(event.get("node", ""))
    return account.nodes.setdefault(name, NodeAccount(name, name))


def _ended(account: RunAccount, event: Json, status: str) -> NodeAccount:
    node = _node(account, event)
    node.status = status
    node.turns += 1
    node.replayed += event.get("replayed") is True
    return node


def _message(event: Json) -> str | None:
    error = event.get("error")
    return str(error.get("message")) if isinstance(error, dict) else None


def _events(path: Path) -> Iterator[Json]:
    with path.open("rb") as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # the run was killed while it wrote this
            if isinstance(event, dict):
                yield event
