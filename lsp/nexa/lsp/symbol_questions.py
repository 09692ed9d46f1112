"""Names that the client looks for in the whole workspace: answered as soon as every file has been looked at.

The first question may come while files are still being read; the server does not stop for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from nexa.ide.index import Indexed, Match, Rows, indexed, search
from nexa.lsp import parts, raw
from nexa.lsp.catalogue import lines_of
from nexa.lsp.convert import Convert
from nexa.lsp.disk import stamp_of
from nexa.lsp.later import Later
from nexa.lsp.messages import Json
from nexa.lsp.symbol_kinds import SYMBOL_KINDS
from nexa.lsp.uris import to_path
from nexa.syntax import Span

if TYPE_CHECKING:
    from nexa.lsp.session import Session
    from nexa.syntax import LineIndex

LIMIT = 256
"""Names in an answer: clients ask again with every letter."""


class SymbolQuestions:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: deque[tuple[Later, str]] = deque()

    def ask(self, query: str) -> Later:
        """A question; who asks gets the answer when it is there."""
        later = Later()
        self._waiting.append((later, query))
        self._session.workspace.look_again_if_old()
        if self._is_ready:
            self._answer()
        return later

    @property
    def is_due(self) -> bool:
        """Whether somebody waits."""
        return bool(self._waiting)

    def work(self, is_current: Callable[[], bool]) -> None:
        """Look at files until everything is known, or the client says something; then answer."""
        workspace = self._session.workspace
        while not self._is_ready and is_current():
            workspace.index_step()
        if self._is_ready:
            self._answer()

    @property
    def _is_ready(self) -> bool:
        return self._session.workspace.is_indexed

    def _answer(self) -> None:
        while self._waiting:
            later, query = self._waiting.popleft()
            if not later.is_given:
                later.give(parts.Rows(self._found(query)))

    def _found(self, query: str) -> Iterator[Json]:
        """The answer, made while it is sent: who no longer wants it does not get it."""
        for one in search(query, self._rows(), LIMIT, self._session.is_wanted):
            yield self._shown(one)

    def _rows(self) -> Iterator[tuple[str, Rows]]:
        """Buffers count in place of their files."""
        documents = self._session.documents
        yield from ((path, indexed(document.file())) for path, document in documents.items())
        yield from (one for one in self._session.workspace.catalogue.rows() if one[0] not in documents)

    def _shown(self, match: Match) -> Json:
        one, uri = match.symbol, self._session.uri(match.path)
        symbol: Json = {"name": one.name, "kind": SYMBOL_KINDS[one.kind]}
        if one.container:
            symbol["containerName"] = one.container
        if self._session.client.resolves_symbols and match.path not in self._session.documents:
            symbol["location"] = {"uri": uri}
            symbol["data"] = {"kind": one.kind, "container": one.container, "span": [one.span.start, one.span.end]}
            return symbol
        if match.path not in self._session.documents:
            one = self._session.workspace.catalogue.current(match.path, one)
        return {**symbol, "location": {"uri": uri, "range": self.convert.json_range(match.path, one.span)}}

    def resolved(self, symbol: Json) -> Json:
        """A name of an answer with its place; as it is when it has one."""
        data = symbol.get("data") if isinstance(symbol, dict) else None
        if not isinstance(data, dict):
            return symbol
        path = to_path(raw.text(symbol, "location", "uri"))
        start, end = raw.items(data, "span")
        one = Indexed(raw.text(symbol, "name"), data["kind"], raw.text(data, "container"), Span(start, end))
        now = self._session.workspace.catalogue.current(path, one)
        place = {**symbol["location"], "range": self.convert.json_range(path, now.span)}
        return {**symbol, "location": place}

    @property
    def convert(self) -> Convert:
        """Offsets ⇄ positions in files, without reading what they mean."""

        def lines(path: str) -> LineIndex | None:
            document = self._session.documents.get(path)
            return lines_of(path, stamp_of(path)) if document is None else document.lines

        return Convert(self._session.client, lines, self._session.uri)
