"""A snapshot for one request, which ends as soon as the client gives the request up."""

from __future__ import annotations

from collections.abc import Callable

from nexa.compiler.analysis import Project
from nexa.compiler.symbol import Reference
from nexa.compiler.table import View
from nexa.lsp.errors import cancelled


class Asked(Project):
    """Whatever takes long looks up names in the snapshot over and over: there it stops.

    What was found until then is kept, because an item keeps it, not the snapshot.
    """

    _is_wanted: Callable[[], bool]

    def view(self, path: str) -> View:
        """What the names of a file are looked up in. Raises RequestError when nobody wants to know any more."""
        self._go_on()
        return super().view(path)

    def reference_at(self, path: str, offset: int) -> Reference | None:
        """The name at a place. Raises as above."""
        self._go_on()
        return super().reference_at(path, offset)

    def _go_on(self) -> None:
        if not self._is_wanted():
            raise cancelled()


def asked(project: Project, is_wanted: Callable[[], bool]) -> Asked:
    """The same snapshot for a request."""
    _ = project.links  # known to both
    found = object.__new__(Asked)
    found.__dict__.update(project.__dict__)
    found._is_wanted = is_wanted
    return found
