"""One editor connection: the only object that changes.

Owns the open documents, the current snapshots and the settings. Everything else reads a snapshot and returns.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from nexa.compiler.visible_secrets import SECRETS_SUFFIX
from nexa.lsp.channel import Channel
from nexa.lsp.client import Client
from nexa.lsp.configs import Configs
from nexa.lsp.disk import Disk
from nexa.lsp.failures import Failures
from nexa.lsp.idle import Idle
from nexa.lsp.language import say_to
from nexa.lsp.logs import ERROR, Logs
from nexa.lsp.refreshing import Refreshing
from nexa.lsp.runs import Runs
from nexa.lsp.showing import Showing
from nexa.lsp.snapshots import Snapshots
from nexa.lsp.token_memory import TokenMemory
from nexa.lsp.uris import to_path, to_uri
from nexa.lsp.workspace_pulls import WorkspacePulls
from nexa.lsp.written import WrittenMemory

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.file import File
    from nexa.lsp.convert import Convert
    from nexa.lsp.documents import Change, Document
    from nexa.lsp.projects import ProjectConfig
    from nexa.lsp.run_targets import Target
    from nexa.lsp.run_words import Event
    from nexa.lsp.schedule import Schedule
    from nexa.lsp.settings import Settings
    from nexa.lsp.symbol_questions import SymbolQuestions
    from nexa.lsp.workspace import Workspace
    from nexa.syntax import LineIndex

logger = logging.getLogger(__name__)


class Session:
    """Documents in, snapshots out. Used by the serving thread only.

    What needs the compiler is imported when the first document is opened, or while the client is silent.
    """

    def __init__(self, channel: Channel, run_command: tuple[str, ...] | None = None) -> None:
        """`run_command` replaces what starts runs."""
        self.channel = channel
        self.client = Client()
        self.documents: dict[str, Document] = {}
        self.runs = Runs(channel, run_command, self._run_changed)
        self.failures = Failures()
        self.showing = Showing(self)
        self._schedule: Schedule | None = None
        self._workspace: Workspace | None = None
        self._symbol_questions: SymbolQuestions | None = None
        self._said: set[str] = set()
        self._disk = Disk()
        self._snapshots = Snapshots(self, self._disk, self._report_bug)
        self.configs = Configs(lambda: self.client, self._warn)
        self.logs = Logs(channel, lambda: self.configs.settings.server.log_level, lambda: say_to(self.client))
        self.tokens = TokenMemory()
        self.written = WrittenMemory(self.documents)
        self.refreshing = Refreshing(self)
        self.workspace_pulls = WorkspacePulls(self)
        self._changes = 0
        self.idle = Idle(self)

    def begin(self, client: Client) -> None:
        """The client has introduced itself."""
        self.client = client
        self.runs.wants_events = client.wants_run_events
        self.runs.has_input = client.answers_runs
        self.runs.has_progress = client.has_progress
        self.runs.language = client.language

    def close(self) -> None:
        """End what was started for the client."""
        self.runs.close()

    # ── documents

    def open(self, uri: str, version: int | None, text: str) -> None:
        """A buffer replaces the file on disk."""
        from nexa.lsp.documents import Document

        path = to_path(uri)
        self.documents[path] = Document(uri, path, version, text)
        self.idle.opened()
        self._changed(path)

    def change(self, uri: str, version: int | None, changes: Iterable[Change]) -> None:
        """Replay edits; a document that was never opened is nobody's."""
        document = self.documents.get(to_path(uri))
        if document is None:
            logger.warning("a change of %s, which is not open, is ignored", uri)
            return
        self.idle.typed()
        document.apply(changes, self.client.encoding)
        document.version = version if version is not None else document.version
        self._changed(document.path)

    def close_document(self, uri: str) -> None:
        """The file on disk counts again."""
        document = self.documents.pop(to_path(uri), None)
        if document is None:
            return
        self._snapshots.closed(document.path)
        self.tokens.forget(document.path)
        self.written.forget(document.path)
        self.showing.forget(document.path)
        self.schedule.forget(document)
        self.forget_file(document.path)

    def forget_file(self, path: str) -> None:
        """A file on disk may have come, gone or changed: every open document is looked at again."""
        if not self._disk.concerns(path):
            return
        self._changes += 1
        if path.endswith(SECRETS_SUFFIX):
            self._disk.look_again()
            self._snapshots.look_for_secrets()
            self.schedule.touch_all(self.documents)
        if self._workspace is not None:
            self._workspace.forget_file(path)
        if path in self.documents:
            return
        self._snapshots.without(path)
        self.schedule.touch_all(self.documents)
        self._others_changed(self.documents)

    def forget_tree(self, path: str) -> None:
        """A file may have come or gone, or a folder with everything in it."""
        for one in [path, *self._disk.known_below(path)]:
            self.forget_file(one)
        if self._workspace is not None:
            self._workspace.listing.look_again()

    def compare_disk(self) -> None:
        """Look again at what changed and the client does not tell: none tells of every file that a program may name."""
        paths = self._disk.came_or_gone() if self.client.registers_watchers else self._disk.changed()
        for path in paths:
            self.forget_file(path)

    @property
    def moment(self) -> tuple[int, int]:
        """Equal for two moments between which no buffer, setting or known file has changed."""
        return self._changes, self.workspace.listing.version

    def _changed(self, path: str) -> None:
        self._changes += 1
        self.idle.edited()
        self.failures.edited(path)
        self._snapshots.changed(path)
        self.schedule.touch(path)

    # ── snapshots

    def project(self, path: str) -> Project:
        """The snapshot that a file belongs to, with every edit up to now."""
        return self._snapshots.of(path)

    def snapshots(self) -> list[tuple[str, Project]]:
        """Every snapshot with its root."""
        return self._snapshots.all()

    @property
    def symbol_questions(self) -> SymbolQuestions:
        """Who looks for names in the workspace."""
        if self._symbol_questions is None:
            from nexa.lsp.symbol_questions import SymbolQuestions

            self._symbol_questions = SymbolQuestions(self)
        return self._symbol_questions

    @property
    def has_symbol_questions(self) -> bool:
        """Whether somebody waits for names."""
        return self._symbol_questions is not None and self._symbol_questions.is_due

    @property
    def workspace(self) -> Workspace:
        """The files that nobody has opened."""
        if self._workspace is None:
            from nexa.lsp.workspace import Workspace

            self._workspace = Workspace(self)
        return self._workspace

    def file(self, path: str) -> File | None:
        """An open file, or one that the snapshot knows."""
        if path in self.documents:
            self.read_edits()
            return self.documents[path].file()
        return self.project(path).file(path)

    def read_edits(self) -> None:
        """Bring the snapshots up to the documents."""
        self._snapshots.read_edits()

    def replace_file(self, path: str, file: File) -> None:
        """Swap the snapshots for ones with this file; who depends on it is looked at again if it looks different."""
        for touched in self._snapshots.replaced(path, file):
            self.schedule.touch_all(touched)
            self._others_changed(touched - {path})

    # ── settings

    @property
    def settings(self) -> Settings:
        """The editor's, for the whole workspace."""
        return self.configs.settings

    def configure(self, raw: object, by_folder: Mapping[str, object] = MappingProxyType({})) -> None:
        """New settings from the editor: everything is analysed again."""
        if self.configs.configure(raw, by_folder):
            self.logs.set_level()
            self.reset()

    def config(self, path: str) -> ProjectConfig:
        """The project's own configuration; without one, the editor's settings."""
        return self.configs.project(path)

    def reset(self) -> None:
        """Forget everything that was derived, and derive it again."""
        self._changes += 1
        self._disk.look_again()
        self._snapshots.clear()
        self.configs.forget_projects()
        self._workspace = None
        self._said.clear()
        for path in self.documents:
            self._changed(path)
        self.schedule.refresh()
        self._others_changed(self.documents)

    # ── what handlers need

    def is_wanted(self) -> bool:
        """Whether the client still waits for the answer to the request that is being handled."""
        return not self.channel.is_cancelled()

    @property
    def convert(self) -> Convert:
        """Offsets ⇄ positions of this client, on the current snapshots."""
        from nexa.lsp.convert import Convert

        return Convert(self.client, self._lines_of, self.uri)

    def locate(self, uri: str, line: int, character: int) -> tuple[str, int] | None:
        """Path and offset of a position in a document; None when the file is not known."""
        path = to_path(uri)
        offset = self.convert.offset(path, line, character)
        return None if offset is None else (path, offset)

    def uri(self, path: str) -> str:
        """How the client calls a file: an open one exactly as it did itself."""
        document = self.documents.get(path)
        return document.uri if document else to_uri(path)

    def _lines_of(self, path: str) -> LineIndex | None:
        if path in self.documents:
            return self.documents[path].lines
        file = self.file(path)
        return file.lines if file else None

    # ── work between messages

    @property
    def schedule(self) -> Schedule:
        """What has to be analysed."""
        if self._schedule is None:
            from nexa.lsp.schedule import Schedule

            self._schedule = Schedule(self)
        return self._schedule

    @property
    def known_schedule(self) -> Schedule | None:
        """The schedule if there was ever anything for it."""
        return self._schedule

    # ── inside

    def _warn(self, messages: Iterable[str]) -> None:
        for message in filter(self._is_new, messages):
            self.channel.notify("window/showMessage", {"type": 2, "message": message})

    def _report_bug(self, code: str, bug: BaseException) -> None:
        """A rule raised: its findings are lost, everything else goes on."""
        logger.error("rule %s failed", code, exc_info=bug)
        message = f"rule {code} failed: {bug!r}; this is a bug in nexa-lsp"
        if self._is_new(message):
            self.logs.say(ERROR, message)

    def _is_new(self, message: str) -> bool:
        """Whether something comes up for the first time: it is said once."""
        is_new = message not in self._said
        self._said.add(message)
        return is_new

    def _others_changed(self, paths: Iterable[str]) -> None:
        """What is shown of these files may be wrong, and the client cannot know."""
        if any(path in self.documents for path in paths):
            self.refreshing.mark()

    def _run_changed(self, target: Target, event: Event | None) -> None:
        """A run has begun, or has ended with this event."""
        touched = self.failures.began(target) if event is None else self.failures.ended(target, event)
        if touched:
            self.schedule.touch_all(touched)
        if event is not None and "codeLens" in self.client.refreshes:
            self.channel.request("workspace/codeLens/refresh", None, lambda _: None)
