"""Answers that are rows of things: a row is made when its turn comes, and sent early to a client that takes parts.

The one place that knows `partialResultToken`: the first part is small and soon there, each further one is larger; where
parts were sent, the answer itself is empty. Small answers are sent as a whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json, JsonText, json_text, listed

FIRST = 64
"""Rows in the first part; each further one may be twice as long."""

LONGEST = 2048
"""Rows in the longest part."""

SOON = 0.05
"""Seconds after which a part goes out, however few rows it has."""

Send = Callable[[Json], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a handler returns in place of a list. A row is a JSON value, or the text of several with commas between.

    `member` is where the rows stand in the answer, `""` when they are the answer; `more` are its other members. They
    are said in the end, unless the answer `is_headed`: then they begin it, and further parts are bare rows.
    """

    rows: Iterable[Json]
    member: str = ""
    more: Mapping[str, Json] = field(default_factory=dict)
    is_headed: bool = False

    def whole(self, rows: list[Json]) -> Json:
        """The answer in one piece."""
        return {**self.more, self.member: _listed(rows)} if self.member else _listed(rows)

    def part(self, rows: list[Json], *, is_first: bool) -> Json:
        """Some of the rows."""
        if not self.member or (self.is_headed and not is_first):
            return _listed(rows)
        return {**(self.more if self.is_headed else {}), self.member: _listed(rows)}

    def nothing(self) -> Json:
        """The answer when all rows have been sent."""
        return [] if not self.member or self.is_headed else {**self.more, self.member: []}


class Parts:
    """One answer on its way."""

    def __init__(self, shape: Rows, send: Send | None) -> None:
        """`send` is for parts, None for a client that wants the answer as a whole."""
        self._shape = shape
        self._send = send
        self._rows: list[Json] = []
        self._is_begun = False
        self._size = FIRST
        self._due = time.monotonic() + SOON

    def add(self, row: Json) -> None:
        """The next row."""
        self._rows.append(row)
        if self._send is not None and (len(self._rows) >= self._size or time.monotonic() >= self._due):
            self.flush()

    def flush(self) -> None:
        """Send what there is; for a client that takes no parts, it waits for the end."""
        if self._send is None or not self._rows:
            return
        self._send(self._shape.part(self._rows, is_first=not self._is_begun))
        self._rows = []
        self._is_begun = True
        self._size = min(2 * self._size, LONGEST)
        self._due = time.monotonic() + SOON

    def end(self) -> Json:
        """What the request is answered with."""
        if not self._is_begun:
            return self._shape.whole(self._rows)
        self.flush()
        return self._shape.nothing()


def answer(
    rows: Rows, send: Send | None, is_cancelled: Callable[[], bool], said: Callable[[Json], Json] = lambda row: row
) -> Json:
    """Make all the rows; `said` translates one. Raises RequestError as soon as nobody wants them any more."""
    parts = Parts(rows, send)
    for row in rows.rows:
        if is_cancelled():
            raise cancelled()
        parts.add(said(row))
    # Who makes rows stops early when it is told so.
    if is_cancelled():
        raise cancelled()
    return parts.end()


def _listed(rows: list[Json]) -> Json:
    """Rows as one array; those that are written already are not read again."""
    pieces: list[bytes] = []
    for is_text, alike in groupby(rows, lambda row: isinstance(row, JsonText)):
        group = list(alike)
        pieces += [one.text for one in group] if is_text else [json_text(group)[1:-1]]
    return listed(pieces)
