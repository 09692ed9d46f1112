"""`runtime.meta`: what a program can know about its run."""

from __future__ import annotations

from nexa.runtime.autoloops import exit_reason, step
from nexa.runtime.loops import loop_count
from nexa.runtime.run import current_or_none


class Meta:
    """Read each time."""

    @property
    def loop_count(self) -> int:
        """How many iterations of the innermost loop are finished."""
        return loop_count()

    @property
    def exit_reason(self) -> str:
        """Why the last autoloop ended; `""` as long as none has."""
        return exit_reason()

    @property
    def step(self) -> int:
        """The step of the innermost autoloop, 0 outside any."""
        return step()

    @property
    def run_id(self) -> str:
        """The id of the run."""
        run = current_or_none()
        return run.id if run is not None else ""


class Runtime:
    """`runtime`."""

    meta = Meta()
