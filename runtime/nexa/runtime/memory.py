"""What agents remember between runs, and what concurrent runs see of it.

A history is a tuple of turns, so a branch of it costs nothing. Runs inside a fan-out work on branches; when the whole
fan-out has succeeded the branches' turns are appended in the order of the branches, whatever finished first. Outside
fan-outs the runs of one agent wait for one another, except with memory `cow`, whose runs each see the history of
their start and append in the order of their starts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nexa.runtime.providers.base import Message


@dataclass(frozen=True, slots=True)
class Turn:
    """One run as it is remembered: what was asked and what was answered."""

    messages: tuple[Message, ...]


History = tuple[Turn, ...]


class Memory:
    """One history with its rules. `path` is where a persistent one is kept."""

    def __init__(self, *, keeps: bool = True, serial: bool = True, path: Path | None = None) -> None:
        self.keeps = keeps
        self._serial = serial
        self._path = path
        self._turns: History | None = None
        self._lock: asyncio.Lock | None = None
        self._started = 0
        self._written = 0
        self._waiting: dict[int, History] = {}

    @property
    def is_persistent(self) -> bool:
        """Whether it outlives the run."""
        return self._path is not None

    @property
    def turns(self) -> History:
        """The history as the caller sees it: its branch's, inside a fan-out."""
        branch = _BRANCH.get()
        return branch.turns(self) if branch is not None else self.base

    @property
    def base(self) -> History:
        """The history outside of all branches."""
        if self._turns is None:
            self._turns = _load(self._path) if self._path is not None else ()
        return self._turns

    def replace(self, turns: History) -> None:
        """Put another history in place of the one that the caller sees."""
        branch = _BRANCH.get()
        if branch is not None and not branch.fan.closed:
            branch.replace(self, turns)
        else:
            self._set(turns)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """The time of one run: what it starts from, and where it leaves its turn. Waits for the agent's other runs."""
        if not self.keeps:
            yield Session((), _forget, _forget)
            return
        branch = _BRANCH.get()
        if branch is not None and not branch.fan.closed:
            yield Session(branch.turns(self), partial(branch.append, self), partial(branch.replace, self))
        elif not self._serial:
            async with self._ticket() as session:
                yield session
        elif self in _HELD.get():  # a tool of the run asks the agent again: waiting would never end
            yield Session(self.base, self.append, _forget)
        else:
            self._lock = self._lock or asyncio.Lock()
            async with self._lock:
                token = _HELD.set(_HELD.get() | {self})
                try:
                    yield Session(self.base, self.append, self._set)
                finally:
                    _HELD.reset(token)

    def append(self, turns: History) -> None:
        """Add turns at the end of the base history."""
        if turns:
            self._set(self.base + turns)

    @asynccontextmanager
    async def _ticket(self) -> AsyncIterator[Session]:
        number = self._started
        self._started += 1
        written: list[Turn] = []
        try:
            yield Session(self.base, written.extend, _forget)
        finally:
            self._waiting[number] = tuple(written)
            while self._written in self._waiting:
                self.append(self._waiting.pop(self._written))
                self._written += 1

    def _set(self, turns: History) -> None:
        self._turns = turns
        if self._path is not None:
            _save(self._path, turns)


@dataclass(frozen=True, slots=True)
class Session:
    """One run's share of a memory: the history that it starts from, and how it adds to it."""

    turns: History
    record: Callable[[History], None]
    rewrite: Callable[[History], None]
    """Put another history in the place of the one that the run started from."""


class FanOut:
    """Branches that run side by side; `branch(n)` is entered by the task of branch `n`."""

    def __init__(self) -> None:
        self.parent = _BRANCH.get()
        self.closed = False
        self._branches: dict[int, Branch] = {}

    @contextmanager
    def branch(self, index: int) -> Iterator[None]:
        """Let the body see and write the histories of branch `index`."""
        branch = self._branches.setdefault(index, Branch(self, index))
        token = _BRANCH.set(branch)
        try:
            yield
        finally:
            _BRANCH.reset(token)

    def keep(self, index: int) -> None:
        """Only what branch `index` remembers is to be kept."""
        self._branches = {index: self._branches[index]}

    def merge(self) -> None:
        """Append what the branches remember, in their order, to the histories that they branched from."""
        for _, branch in sorted(self._branches.items()):
            for memory, turns in branch.added.items():
                if self.parent is not None and not self.parent.fan.closed:
                    self.parent.append(memory, turns)
                else:
                    memory.append(turns)


class Branch:
    """The histories of one branch: each is the parent's at the branch's first use of it, and what was added."""

    def __init__(self, fan: FanOut, index: int) -> None:
        self.fan = fan
        self.index = index
        self.added: dict[Memory, History] = {}
        self._starts: dict[Memory, History] = {}

    def turns(self, memory: Memory) -> History:
        """The branch's view of a memory."""
        if memory not in self._starts:
            parent = self.fan.parent
            self._starts[memory] = parent.turns(memory) if parent is not None else memory.base
        return self._starts[memory] + self.added.get(memory, ())

    def append(self, memory: Memory, turns: History) -> None:
        """Add to the branch; after its fan-out is over, to what it branched from."""
        if not self.fan.closed:
            self.added[memory] = self.added.get(memory, ()) + turns
        elif self.fan.parent is not None:
            self.fan.parent.append(memory, turns)
        else:
            memory.append(turns)

    def replace(self, memory: Memory, turns: History) -> None:
        """Let the branch see another history; what it adds later is still appended on merging."""
        self._starts[memory] = turns
        self.added.pop(memory, None)


@contextmanager
def fan_out_scope() -> Iterator[FanOut]:
    """The time of one fan-out. Its branches' turns are kept if the body succeeds, and forgotten if it fails."""
    fan = FanOut()
    try:
        yield fan
        fan.merge()
    finally:
        fan.closed = True


class Memories:
    """Every memory of a run, by whom it belongs to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: dict[Any, Memory] = {}
        self._shared: dict[str, Memory] = {}

    def of(self, owner: Any, name: str, kind: str) -> Memory:
        """The memory of `kind` (`none`, `local`, `cow`, `persistent`, `shared:<name>`) of an agent called `name`."""
        if kind.startswith("shared:"):
            return self.shared(kind.removeprefix("shared:"))
        if owner not in self._own:
            path = self._folder / f"{_file_name(name)}.json" if kind == "persistent" else None
            self._own[owner] = Memory(keeps=kind != "none", serial=kind != "cow", path=path)
        return self._own[owner]

    def shared(self, name: str) -> Memory:
        """The history that all who name `name` have in common."""
        return self._shared.setdefault(name, Memory())

    def all(self) -> list[Memory]:
        """Every memory that anything was asked of so far."""
        return [*self._own.values(), *self._shared.values()]

    def branch(self, owner: Any, clone: Any, name: str, kind: str) -> None:
        """Let `clone` start from what `owner` remembers now."""
        if kind in ("local", "cow") and owner in self._own:
            self.of(clone, name, kind).replace(self._own[owner].turns)

    def forget(self, owner: Any, name: str, kind: str) -> None:
        """Empty an agent's history."""
        self.of(owner, name, kind).replace(())


_BRANCH: ContextVar[Branch | None] = ContextVar("nexa_branch", default=None)
_HELD: ContextVar[frozenset[Memory]] = ContextVar("nexa_held_memories", default=frozenset())


def current_branch() -> int | None:
    """The index of the fan-out branch that is running here."""
    branch = _BRANCH.get()
    return None if branch is None else branch.index


def branch_path() -> str:
    """The indices of all fan-out branches that are running here, from the outermost on: `1.0`; `""` outside any."""
    branch, indices = _BRANCH.get(), []
    while branch is not None:
        indices.append(str(branch.index))
        branch = branch.fan.parent
    return ".".join(reversed(indices))


def _forget(_: History) -> None:
    pass


def _file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else f"%{ord(letter):x}" for letter in name)


def _load(path: Path) -> History:
    """A saved history; an unreadable one counts as none, and is overwritten by the next run."""
    import msgspec

    try:
        data = msgspec.json.decode(path.read_bytes(), type=list[list[tuple[str, str]]])
    except (OSError, msgspec.MsgspecError):
        return ()
    return tuple(Turn(tuple(Message(role, text) for role, text in turn)) for turn in data)  # type: ignore[arg-type]  # roles were written by _save


def _save(path: Path, turns: History) -> None:
    """Write a history whole or not at all. Pictures are not kept."""
    import msgspec

    data = [[(message.role, message.text) for message in turn.messages] for turn in turns]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_bytes(msgspec.json.encode(data))
    draft.replace(path)
