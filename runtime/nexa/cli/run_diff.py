"""`nexa runs --diff A B`: two runs side by side, node by node."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nexa.cli.run_words import spent, spent_by

if TYPE_CHECKING:
    from nexa.runtime.accounts import NodeAccount, RunAccount

Json = dict[str, Any]

_SHOWN_LINES = 12
"""Lines of a difference that are shown to people."""

_COMPARED = 20_000
"""Letters of a value that are compared line by line."""


def compared(a: RunAccount, b: RunAccount) -> Json:
    """Both runs as JSON: what differs of the runs, and of each node what both did and how that differs."""
    return {
        "a": _run(a),
        "b": _run(b),
        "differs": [name for name in ("args", "status", "path", "value") if getattr(a, name) != getattr(b, name)],
        "diff": _difference(a.value, b.value),
        "nodes": [_node(a.nodes.get(name), b.nodes.get(name)) for name in _in_order(list(a.nodes), list(b.nodes))],
    }


def told(comparison: Json) -> Iterator[str]:
    """The same for people: `-` is A's, `+` is B's, `~` marks a node that did something else, `=` one that did not."""
    a, b = comparison["a"], comparison["b"]
    for sign, run in (("-", a), ("+", b)):
        since = f", again from {run['rerun']['node']}" if run["rerun"] else ""
        yield f"{sign} {run['id']}  {run['program']}: {run['flow']}  {run['status']}  {spent(run)}{since}"
    for name in sorted({*a["args"], *b["args"]}):
        if a["args"].get(name) != b["args"].get(name):
            yield f"  argument {name}: {_short(a['args'].get(name))} → {_short(b['args'].get(name))}"
    for node in comparison["nodes"]:
        yield from _told_node(node)
    if "value" in comparison["differs"]:
        yield "~ the value"
        yield from _told_diff(comparison["diff"])
    if not comparison["differs"] and not any(node["differs"] for node in comparison["nodes"]):
        yield "Both did the same."


def _run(account: RunAccount) -> Json:
    written = asdict(account)
    del written["nodes"], written["plan"]
    return written


def _node(a: NodeAccount | None, b: NodeAccount | None) -> Json:
    known = a or b
    assert known is not None  # one of them has it
    both = None if a is None or b is None else (a, b)
    names = ("status", "turns", "retries", "outputs", "error")
    return {
        "node": known.node,
        "callee": (b or known).callee,
        "a": None if a is None else asdict(a),
        "b": None if b is None else asdict(b),
        "differs": ["ran"]
        if both is None
        else [one for one in names if getattr(both[0], one) != getattr(both[1], one)],
        "diff": None if both is None else _difference(_only(both[0].outputs), _only(both[1].outputs)),
    }


def _only(outputs: list[Any]) -> Any:  # noqa: ANN401  # JSON
    return outputs[0] if len(outputs) == 1 else outputs


def _in_order(a: list[str], b: list[str]) -> list[str]:
    """All of `a` in order, and each of `b` that `a` lacks after the one that it follows in `b`."""
    merged, place = list(a), 0
    for name in b:
        if name in merged:
            place = merged.index(name) + 1
        else:
            merged.insert(place, name)
            place += 1
    return merged


def _difference(a: object, b: object) -> str | None:
    """A short unified diff of two values as texts; None where they are equal."""
    if a == b:
        return None
    lines = difflib.unified_diff(_lines(a), _lines(b), n=1, lineterm="")
    return "\n".join(list(lines)[2:])  # without the two file names


def _lines(value: object) -> list[str]:
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    return text[:_COMPARED].splitlines()


def _told_node(node: Json) -> Iterator[str]:
    a, b = node["a"], node["b"]
    title = f"{node['node']} {node['callee']}"
    if a is None or b is None:
        sign, which = ("-", a) if b is None else ("+", b)
        yield f"{sign} {title}  {which['status']}  {spent_by(which)}  (only there)"
        return
    changes = [f"{name} {a[name]} → {b[name]}" for name in ("status", "turns", "retries") if name in node["differs"]]
    changed = "".join(f"  {one}" for one in changes)
    replayed = "  replayed" if b["replayed"] else ""
    yield f"{'~' if node['differs'] else '='} {title}  {spent_by(a)} → {spent_by(b)}{replayed}{changed}"
    if "error" in node["differs"]:
        yield f"    {_short(a['error'])} → {_short(b['error'])}"
    if node["diff"]:
        yield from _told_diff(node["diff"])


def _told_diff(diff: str | None) -> Iterator[str]:
    lines = (diff or "").splitlines()
    yield from (f"    {line}" for line in lines[:_SHOWN_LINES])
    if len(lines) > _SHOWN_LINES:
        yield f"    … {len(lines) - _SHOWN_LINES} more lines; --json has all"


def _short(value: object) -> str:
    text = "none" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"
