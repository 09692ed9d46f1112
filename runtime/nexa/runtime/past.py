"""An earlier run, as far as a run that starts again from one of its nodes takes its answers from there."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nexa.runtime.errors import NexaError
from nexa.runtime.kept import is_answer, read_kept

Answer = Mapping[str, Any]


class Past:
    """The answers to what had ended when the node `node` of the run `run` first began; `main#3@2`: the second time.

    A question is recognised by its place, its content, and how often it was asked there before. Where nodes have other
    ids by now its content is enough, as long as the run has not come to `node`.
    """

    def __init__(self, run: str, node: str, args: Mapping[str, Any], answers: list[Answer], *, is_full: bool) -> None:
        self.run = run
        self.node = node
        self.args = args
        """The arguments of the flow then, without secrets."""
        self.is_full = is_full
        """Whether that run had more answers than were kept."""
        self._id, self._turns_left = _read_node(node)
        self._left: dict[tuple[str, str], deque[Answer]] = {}
        self._by_key: dict[str, list[deque[Answer]]] = {}
        for one in answers:
            key = str(one["key"])
            found = self._left.get((str(one["place"]), key))
            if found is None:
                found = self._left[str(one["place"]), key] = deque()
                self._by_key.setdefault(key, []).append(found)
            found.append(one)

    @property
    def is_reached(self) -> bool:
        """Whether the run has come to the node."""
        return self._turns_left <= 0

    def meet(self, node: str) -> None:
        """The run comes to a node."""
        self._turns_left -= node == self._id

    @classmethod
    def read(cls, events: Path, node: str) -> Past:
        """What a run with the events in a file knows. Raises `NexaError` if `node` did not run there."""
        run, begins = "", None
        args: Mapping[str, Any] = {}
        nodes: dict[str, None] = {}
        wanted, turns_left = _read_node(node)
        for event in _events(events):
            if event.get("event") == "run.started":
                run, args = str(event.get("run")), event.get("args") or {}
            elif event.get("event") == "node.started":
                nodes[str(event.get("node"))] = None
                turns_left -= event.get("node") == wanted
                if turns_left == 0:
                    begins = int(event.get("seq", 0))
                    break
        if begins is None:
            ran = f"it ran {', '.join(nodes)}" if nodes else "it ran none"
            raise NexaError(f"the run {run} did not come to {_shown(node)}; {ran}")
        kept = list(read_kept(events))
        if not kept and begins > 1:
            raise NexaError(f"the run {run} has kept no answers: it cannot be run again from a node")
        answers = [one for one in kept if is_answer(one) and one["seq"] <= begins]
        return cls(run, node, args, answers, is_full=any("full" in one for one in kept))

    def take(self, place: str, key: str) -> Answer | None:
        """The answer to a question, which is then used up; None if that run has none."""
        here = self._left.get((place, key))
        if here is not None:
            return _next(here)
        if self.is_reached:
            return None
        return next(filter(None, map(_next, self._by_key.get(key, ()))), None)


def _read_node(written: str) -> tuple[str, int]:
    """The id of a node, and which time it begins: `main#3` is `main#3@1`."""
    node, _, turn = written.rpartition("@")
    return (node, int(turn)) if node and turn.isdecimal() and int(turn) > 0 else (written, 1)


def _shown(written: str) -> str:
    node, turn = _read_node(written)
    return f"a node {node}" if turn == 1 else f"the node {node} {turn} times"


def _next(answers: deque[Answer]) -> Answer | None:
    try:
        return answers.popleft()  # a tool in its thread may ask at the same time
    except IndexError:
        return None


def _events(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise NexaError(f"cannot read {path}: {error.strerror}") from None
    found = []
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # the run was killed while it wrote this
        if isinstance(event, dict):
            found.append(event)
    return found
