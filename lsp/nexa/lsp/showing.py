"""What the client is shown of files, as the protocol wants it: selected findings, and where runs have failed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexa.lsp.messages import JsonText, json_text, listed

if TYPE_CHECKING:
    from nexa.compiler.file import File
    from nexa.compiler.item_findings import Row, Said
    from nexa.compiler.rule import Finding
    from nexa.lsp.convert import Convert
    from nexa.lsp.session import Session
    from nexa.lsp.shown import Shown


class Showing:
    """For one session. Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown: dict[str, Shown] = {}

    def diagnostics(self, path: str, findings: Iterable[Finding], convert: Convert | None = None) -> JsonText:
        """Some findings; `convert` is for those of another snapshot than the session's."""
        from nexa.ide.features.diagnostics import visible_findings

        convert, config = convert or self._session.convert, self._session.config(path)
        found = [convert.diagnostic(one) for one in visible_findings(findings, config.check, config.relative(path))]
        failures = self._session.failures.diagnostics(path, convert.lines_of(path), convert)
        return JsonText(json_text(found + failures))

    def everything(self, path: str, said: Said) -> JsonText:
        """All that is said of an open document; what is still the same is not written again."""
        from nexa.ide.features.diagnostics import visible_findings
        from nexa.lsp.shown import Shown

        project, convert, config = self._session.project(path), self._session.convert, self._session.config(path)
        relative = config.relative(path)

        def place(file: File, index: int, row: Row) -> list[Finding]:
            return visible_findings(project.placed(file, index, row), config.check, relative)

        shown = self._shown.setdefault(path, Shown())
        pieces = shown.diagnostics(said, place, convert, (project.settings, config))
        failures = self._session.failures.diagnostics(path, convert.lines_of(path), convert)
        return listed([*pieces, *map(json_text, failures)])

    def forget(self, path: str) -> None:
        """The document is closed."""
        self._shown.pop(path, None)
