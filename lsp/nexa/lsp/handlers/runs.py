"""nexa/runs, our own request: the runs that are kept of a project, and those under way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.lsp.extensions import RunInfo, as_json
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import is_uri, to_path, to_uri

if TYPE_CHECKING:
    from nexa.runtime.history import PastRun


def handle(session: Session, params: Json) -> Json:
    """`{textDocument?}` → the runs of its project, of the first workspace folder without one; the newest first."""
    uri = ((params or {}).get("textDocument") or {}).get("uri") if isinstance(params, dict | None) else None
    near = to_path(uri) if isinstance(uri, str) else next(iter(map(to_path, session.client.folders)), "")
    if not near or is_uri(near) or not Path(near).is_absolute():
        return []
    return [as_json(one) for one in _runs(session, Path(near))]


def _runs(session: Session, near: Path) -> list[RunInfo]:
    from nexa.runtime.errors import NexaError
    from nexa.runtime.history import past_runs, runs_folder
    from nexa.runtime.run_options import project_root

    try:
        root = project_root(near / "main.nx" if near.is_dir() else near)
        kept = past_runs(runs_folder(near))
    except NexaError:  # a configuration that cannot be used has a warning of its own
        return []
    running = session.runs.under_way()
    return [
        RunInfo(
            id=one.id,
            uri=to_uri(str(root / one.path)),
            flow=one.flow,
            started=one.started,
            status="running" if _goes_on(one, running) else one.status,
            seconds=one.seconds,
            input_tokens=one.input_tokens,
            output_tokens=one.output_tokens,
            cost=one.cost,
            error=one.error,
            events=to_uri(one.file),
            run_id=running[one.id] if _goes_on(one, running) else None,
        )
        for one in kept
    ]


def _goes_on(run: PastRun, running: Mapping[str, str]) -> bool:
    """The process of a run that has told its end may still be there for a moment."""
    return run.id in running and run.status == "unfinished"
