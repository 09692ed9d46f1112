"""When Python looks for garbage: not while somebody waits.

A project is a million objects that live long. Looking at all of them takes a quarter of a second, which a keystroke
would pay at random. So what was read is put aside. What an edit replaces does not wait for Python to look: it goes as
soon as nobody holds it. What little does not is found among the objects that are new, when the client is silent; the
ones put aside are looked at only after thousands of edits. Even a look at the newest takes a millisecond or two, so it
is taken behind an answer, before Python takes it in the middle of one.
"""

from __future__ import annotations

import gc
import time

YOUNG = (10_000, 20, 20)
"""Allocations between two collections of new objects, and how often the older ones are looked at."""

NEW = 2_000
"""New objects that are looked at as soon as there is nothing else to do: every tenth edit or so."""

MANY = (250_000, 20, 20)
"""The same while a document is read for the first time: what comes into being then stays, nearly all of it."""

SILENCE = 3.0
"""Seconds without a message before anything is looked at."""

MIN_EDITS = 200
"""Edits before that is worth it."""

MOST_SKIPPED = 50
"""How often only what is new is looked at before everything is."""


class Garbage:
    """Used by the serving thread only."""

    def __init__(self) -> None:
        gc.set_threshold(*YOUNG)
        self._edits = 0
        self._skipped = 0
        self._due: float | None = None

    def edited(self) -> None:
        """Something was replaced: there will be garbage."""
        self._edits += 1
        self._due = time.monotonic() + SILENCE if self._edits >= MIN_EDITS else None

    def expect_much(self) -> None:
        """A document is about to be read, until `put_aside`."""
        gc.set_threshold(*MANY)

    def put_aside(self) -> None:
        """Everything that is there now will stay; costs nothing."""
        gc.freeze()
        gc.set_threshold(*YOUNG)

    @property
    def is_new_much(self) -> bool:
        """Whether Python would soon look at what is new, whoever waits then."""
        return gc.get_count()[0] > NEW

    def look_at_new(self) -> None:
        """Do so now; of what has been looked at before, only when Python would."""
        gc.collect(1 if gc.get_count()[1] > YOUNG[1] else 0)

    @property
    def is_due(self) -> bool:
        """Whether the client has been silent for long enough."""
        return self._due is not None and time.monotonic() >= self._due

    def seconds_to_work(self) -> float | None:
        """Until it is due; None when there is too little to look for."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def collect(self) -> None:
        """Look at what came since the last time; once in a long while at everything."""
        self._edits, self._due = 0, None
        self._skipped += 1
        if self._skipped > MOST_SKIPPED:
            self._skipped = 0
            gc.unfreeze()
        gc.collect()
        gc.freeze()
