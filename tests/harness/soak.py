"""A long session with a real server: edits and requests of every kind, as fast as they can be sent."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.client import Client, Json
from harness.mutation import random_edit
from harness.mutations import programs
from nexa.lsp.handlers import HANDLERS
from nexa.syntax import LineIndex

NOT_ASKED = ("initialized", "workspace/executeCommand", "window/workDoneProgress/cancel")
ASKED = tuple(
    one.method
    for one in HANDLERS
    if one.method not in NOT_ASKED and not one.method.rpartition("/")[2].startswith("did")
)
"""Every request that the server answers, those included that only make sense with something it has answered before."""

INTERNAL_ERROR = -32603
CAPABILITIES = {
    "textDocument": {
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}


@dataclass(slots=True)
class Soaked:
    """What came of it: answers by method and kind, what was a bug, and the size of the server along the way, in MiB."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    bugs: list[Json] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    status: int | None = None

    @property
    def growth(self) -> float:
        """The size at the end as a multiple of that after the first quarter."""
        return self.sizes[-1] / self.sizes[0]


def soak(folder: Path, edits: int, requests: int, seed: int = 0, quarters: int = 4) -> Soaked:
    """Edit a few files and ask about them, in a random order that is the same for a seed."""
    dice, found = random.Random(seed), Soaked()
    todo = [*["edit"] * edits, *["ask"] * requests]
    dice.shuffle(todo)
    with Client() as client:
        client.initialize(CAPABILITIES, folder)
        files = _Files(client, folder, dice)
        waiting: dict[int, str] = {}
        for number, what in enumerate(todo, 1):
            if what == "edit":
                files.edit()
            else:
                method = dice.choice(ASKED)
                asked = client.start_request(method, files.params())
                waiting[asked] = method
                if dice.random() < 0.1:
                    client.notify("$/cancelRequest", {"id": asked})
            if number % (len(todo) // quarters) == 0:
                _take(client, waiting, found)
                found.sizes.append(_resident(client))
        _take(client, waiting, found)
        found.status = client.shutdown()
    return found


class _Files:
    """The buffers of the client, in its own words."""

    def __init__(self, client: Client, folder: Path, dice: random.Random) -> None:
        self._client = client
        self._dice = dice
        self._texts: dict[str, bytes] = {}
        self._original: dict[str, bytes] = {}
        self._versions: Counter[str] = Counter()
        for name, text in programs()[:6]:
            uri = (folder / name).as_uri()
            self._texts[uri] = self._original[uri] = text
            client.open(uri, text.decode())

    def edit(self) -> None:
        """One edit of one of them; now and then all of it is put back, so that not everything ends as rubble."""
        uri = self._dice.choice(list(self._texts))
        self._versions[uri] += 1
        if self._dice.random() < 0.05:
            self._texts[uri] = self._original[uri]
            self._client.change(uri, self._versions[uri], {"text": self._texts[uri].decode()})
            return
        before = LineIndex(self._texts[uri])
        edit, self._texts[uri] = random_edit(self._dice, self._texts[uri])
        start, end = (_place(before, at) for at in (edit.start, edit.old_end))
        new = self._texts[uri][edit.start : edit.new_end].decode()
        self._client.change(uri, self._versions[uri], {"range": {"start": start, "end": end}, "text": new})

    def params(self) -> Json:
        """Something that fits every request about a place, or about nothing."""
        uri = self._dice.choice(list(self._texts))
        lines = LineIndex(self._texts[uri])
        start, end = sorted(self._dice.randrange(len(self._texts[uri]) + 1) for _ in range(2))
        span = {"start": _place(lines, start), "end": _place(lines, end)}
        return {
            "textDocument": {"uri": uri},
            "position": span["start"],
            "positions": [span["start"], span["end"]],
            "range": span,
            "ranges": [span],
            "context": {"diagnostics": [], "includeDeclaration": True, "triggerKind": 1, "isRetrigger": False},
            "options": {"tabSize": 4, "insertSpaces": True},
            "newName": "renamed",
            "query": "a",
            "ch": "\n",
            "previousResultId": "1",
            "previousResultIds": [],
            "files": [{"oldUri": uri, "newUri": uri.replace(".nx", "_2.nx")}],
        }


def _place(lines: LineIndex, offset: int) -> dict[str, int]:
    line, character = lines.position(offset, "utf-16")
    return {"line": line, "character": character}


def _take(client: Client, waiting: dict[int, str], found: Soaked) -> None:
    """Every answer that is still to come."""
    for asked, method in waiting.items():
        answer = client.response(asked)
        error: Any = answer.get("error")
        found.answers[method, str(error["code"]) if error else "result"] += 1
        if error and error["code"] == INTERNAL_ERROR:
            found.bugs.append({"method": method, **error})
    waiting.clear()
    client.seen.clear()


def _resident(client: Client) -> float:
    status = Path(f"/proc/{client.process.pid}/status")
    if not status.exists():
        return 1.0
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
