"""What is done while no message waits, the most urgent first.

Owns the order: get ready, analyse, tell what has changed, put aside what will stay, import what requests will need,
answer about the whole workspace and look through it, look for garbage.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from nexa.lsp.garbage import Garbage
from nexa.lsp.indexing import Indexing
from nexa.lsp.messages import encode_faster
from nexa.lsp.warming import Warming

if TYPE_CHECKING:
    from nexa.lsp.session import Session


class Idle:
    """The gaps between the messages of one session. Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._garbage = Garbage()
        self._indexing = Indexing(session)
        self._is_ready = False
        self._is_settled = True
        self.warming = Warming()

    def opened(self) -> None:
        """A document was opened: once it is analysed, what came with it will stay."""
        self._is_settled = False
        self._garbage.expect_much()

    def edited(self) -> None:
        """A document was read again: the last reading of what changed is garbage."""
        self._garbage.edited()

    def typed(self) -> None:
        """Somebody is at the keyboard: what can wait until that is over waits."""
        self._indexing.typed()

    def asked(self) -> None:
        """Somebody asks for something: what can wait until there is a pause waits."""
        self._indexing.asked()

    @property
    def has_work(self) -> bool:
        """Whether there is something to do right now."""
        return not self._is_ready or self._is_analysis_due or not self._is_settled or self._is_time_for_more

    def seconds_to_work(self) -> float | None:
        """How long nothing has to be done; None is for ever."""
        schedule = self._session.known_schedule
        waits = [schedule.seconds_to_work() if schedule else None, self._garbage.seconds_to_work()]
        waits += [self._session.refreshing.seconds_to_work(), self.warming.seconds_to_work()]
        if self.warming.is_over and self._is_settled:
            waits.append(self._indexing.seconds_to_work)
        return min((seconds for seconds in waits if seconds is not None), default=None)

    def work(self, is_current: Callable[[], bool]) -> None:
        """Do some of it; `is_current` says no as soon as the client has something newer."""
        if not self._is_ready:
            self._get_ready()
        elif self._is_analysis_due:
            self._session.schedule.work(is_current)
        elif self._session.refreshing.is_due:
            self._session.refreshing.work()
        elif not self._is_settled:
            self._settle()
        elif self._garbage.is_new_much:
            self._garbage.look_at_new()
        elif self.warming.is_due:
            self.warming.work()
        elif self._session.has_symbol_questions:
            self._session.symbol_questions.work(is_current)
        elif self._session.workspace_pulls.is_due:
            self._session.workspace_pulls.work(is_current)
        elif self._is_time_to_index:
            self._indexing.work(is_current)
        elif self._garbage.is_due:
            self._garbage.collect()

    def _get_ready(self) -> None:
        """Import what diagnostics need, while the client is busy with our answer to `initialize`.

        The compiler itself imports some of it only when it meets a program that needs it: nearly every one does.
        """
        self._is_ready = True
        self.warming.begin()
        import nexa.compiler.analysis
        import nexa.compiler.graph.groups
        import nexa.compiler.graph.lookup
        import nexa.compiler.graph.walk
        import nexa.compiler.needs
        import nexa.compiler.severities
        import nexa.ide.features.diagnostics
        import nexa.lsp.convert
        import nexa.lsp.documents
        import nexa.lsp.projects
        import nexa.lsp.schedule
        import nexa.lsp.settings
        import nexa.lsp.shown  # noqa: F401  # for its effect, like those above

        encode_faster()

    def _settle(self) -> None:
        """What came with a document will stay, but for what only its first reading needs."""
        from nexa.compiler.facts import forget_groups

        self._is_settled = True
        forget_groups()
        self._garbage.put_aside()

    @property
    def _is_analysis_due(self) -> bool:
        schedule = self._session.known_schedule
        return schedule is not None and schedule.is_due

    @property
    def _is_time_for_more(self) -> bool:
        session = self._session
        is_asked = session.refreshing.is_due or session.workspace_pulls.is_due or session.has_symbol_questions
        return (
            is_asked
            or self._garbage.is_new_much
            or self.warming.is_due
            or self._is_time_to_index
            or self._garbage.is_due
        )

    @property
    def _is_time_to_index(self) -> bool:
        """What the client has opened comes first."""
        return self.warming.is_over and self._is_settled and self._indexing.is_due
