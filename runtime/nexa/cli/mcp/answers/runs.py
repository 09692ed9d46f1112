"""`runs`: what was run in a project, and what happened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nexa.cli.errors import Unusable
from nexa.cli.kept_runs import chosen
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, cut
from nexa.cli.mcp.tools.runs import Runs
from nexa.cli.runs import run_table, told_lines
from nexa.runtime.history import PastRun, past_runs

MAX_EVENTS = 2_000


"""Events of one run in the structured answer."""


def run(call: Call, given: Runs) -> Answer:
    """The newest runs, or the events of one."""
    known = [one for one in _known(call, given) if given.flow in (None, one.flow)]
    if given.run is None:
        rows = [_row(one) for one in known[: given.limit]]
        text = "\n".join(run_table(known[: given.limit])) if rows else "Nothing has been run here yet."
        return Answer(text, {"runs": rows, "total": len(known)})
    try:
        found = chosen(known, given.run)
    except Unusable as mistake:
        raise Refused(mistake.message) from None
    told = Path(found.file).read_bytes()
    return Answer(cut("\n".join(told_lines(found, told))), {"run": _row(found), "events": _events(told.splitlines())})


def _known(call: Call, given: Runs) -> Iterable[PastRun]:
    workspace = call.workspace
    roots = workspace.roots.folders
    near = [workspace.roots.resolve(given.path)] if given.path is not None else list(roots)
    folders = dict.fromkeys(map(workspace.runs_folder, near))
    inside = [one for one in folders if workspace.roots.allows(one)]
    if not inside:
        raise Refused("the runs of this project are kept outside of the roots; start with the project's root as root")
    found = [one for folder in inside for one in past_runs(Path(folder)) if workspace.roots.allows(one.file)]
    return sorted(found, key=lambda one: (one.started, one.id), reverse=True)


def _row(one: PastRun) -> dict[str, Any]:
    return {key: value for key, value in asdict(one).items() if key != "file"}


def _events(lines: Iterable[bytes]) -> list[Any]:
    found: list[Any] = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue  # the run was killed while it wrote this
        if len(found) == MAX_EVENTS:
            break
    return found
