"""nexa/status, our own request: how the server does."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.util import find_spec

from nexa.compiler.version import VERSION
from nexa.lsp.extensions import ProjectInfo, Status, as_json
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:  # noqa: ARG001  # every handler has both
    """Versions, numbers and folders; nothing of what stands in files."""
    listing = session.workspace.listing
    return as_json(
        Status(
            version=VERSION,
            process=os.getpid(),
            encoding=session.client.encoding,
            diagnostics="pull" if session.client.pulls_diagnostics else "push",
            documents=len(session.documents),
            files=len(listing.notes),
            is_indexed=listing.is_complete,
            runs=len(session.runs.under_way()),
            memory=_resident(),
            python=sys.executable,
            can_debug=_has_debugger(),
            projects=[
                ProjectInfo(
                    root=root,
                    files=len(project.paths),
                    items_checked=project.work.items_checked,
                    items_typed=project.work.items_typed,
                    programs_checked=project.work.programs_checked,
                )
                for root, project in session.snapshots()
            ],
        )
    )


def _has_debugger() -> bool:
    """Looked for each time: it may have been installed just now."""
    importlib.invalidate_caches()
    return find_spec("debugpy") is not None


def _resident() -> int | None:
    """Bytes of memory; None where the system does not say so in a file."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123  # a file of the kernel
            return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError, IndexError):
        return None
