"""The runs that a project keeps, as the command line names them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from nexa.cli.errors import Unusable
from nexa.runtime.redaction import MASK

if TYPE_CHECKING:
    from nexa.runtime.history import PastRun
    from nexa.runtime.past import Past
    from nexa.runtime.program import Program


def kept_runs(near: Path) -> list[PastRun]:
    """The runs of the project that a file or folder belongs to, newest first. Raises Unusable."""
    from nexa.runtime.errors import NexaError
    from nexa.runtime.history import past_runs, runs_folder

    if not near.exists():
        raise Unusable(f"{near}: no such file or folder")
    try:
        return past_runs(runs_folder(near))
    except NexaError as mistake:
        raise Unusable(str(mistake)) from None


def chosen(known: Sequence[PastRun], run: str) -> PastRun:
    """The run that `last`, `last~1` (the one before), or the beginning or end of an id, names. Raises Unusable."""
    word, tilde, back = run.partition("~")
    if word == "last" and (not tilde or back.isdecimal()) and int(back or 0) < len(known):
        return known[int(back or 0)]
    found = [one for one in known if one.id.startswith(run) or one.id.endswith(run)]
    if len(found) != 1:
        raise Unusable(f"{len(found) or 'no'} runs are called {run!r}; `nexa runs` lists them")
    return found[0]


def past_of(file: str, written: str, flow: str | None) -> tuple[Past, str]:
    """What `--from RUN:NODE` names: the earlier run of the program `file`, and the flow that it ran.

    Without a `RUN`, and with `last`, it is the newest run of the program, and of the flow where one is given.
    """
    from nexa.runtime.errors import NexaError
    from nexa.runtime.past import Past

    run, colon, node = written.rpartition(":")
    if not node or (colon and not run):
        raise Unusable(f"{written!r} is not RUN:NODE, such as last:main#3")
    own = [one for one in kept_runs(Path(file)) if _is_of(one, file) and flow in (None, one.flow)]
    if not own:
        raise Unusable(f"no run of {file} is kept; `nexa runs` lists those that are")
    one = chosen(own, run or "last")
    try:
        return Past.read(Path(one.file), node), one.flow
    except NexaError as mistake:
        raise Unusable(str(mistake)) from None


def arguments_of(past: Past, program: Program, flow: str, given: Mapping[str, str]) -> dict[str, str]:
    """The texts of the arguments that a flow had then, those that are given again left out. Raises Unusable."""
    known = [param.name for param in program.flows[flow].params] if flow in program.flows else []
    found: dict[str, str] = {}
    for name, value in past.args.items():
        if name not in known or name in given:
            continue
        found[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if MASK in found[name]:
            raise Unusable(f"the argument `{name}` held a secret, which no run keeps: add --arg {name}=…")
    return found


def _is_of(one: PastRun, file: str) -> bool:
    """Whether a run is of a program: runs call it as they were told to, from whatever folder."""
    theirs, ours = PurePath(one.path).parts, Path(file).absolute().parts
    shared = [part for part in theirs if part not in ("..", ".")]
    return list(ours[-len(shared) :]) == shared
