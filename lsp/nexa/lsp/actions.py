"""What can be done at a place: fixes of findings, refactorings, and what is done to whole files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nexa.compiler.format import newline_of
from nexa.compiler.rule import Finding, Fix, TextEdit
from nexa.ide.features.actions import actions_at
from nexa.ide.features.allow import allowing
from nexa.ide.features.diagnostics import visible_findings
from nexa.ide.features.fix_all import fix_all, is_fixable
from nexa.ide.features.fixes import touching
from nexa.ide.features.organize_includes import organize_includes
from nexa.lsp.asked import asked
from nexa.lsp.edits import Change, workspace_edit
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.snippets import with_blanks
from nexa.syntax import Span

FIX_ALL, ORGANIZE = "source.fixAll.nexa", "source.organizeImports"


@dataclass(frozen=True, slots=True)
class Offered:
    """One entry of a menu; `finding` is what it answers."""

    title: str
    kind: str
    edits: Callable[[], Iterable[TextEdit]]
    is_preferred: bool = False
    disabled: str = ""
    finding: Finding | None = None
    blanks: Callable[[], Sequence[str]] = tuple


def offered(session: Session, path: str, span: Span, only: tuple[str, ...] | None) -> Iterator[Offered]:
    """The entries, the likeliest first, none twice. What is done to whole files has to be asked for."""
    seen: set[tuple[str, Span | None]] = set()
    for one in _all(session, path, span, only):
        key = one.title, one.finding.span if one.finding else None
        if key not in seen:
            seen.add(key)
            yield one


def _all(session: Session, path: str, span: Span, only: tuple[str, ...] | None) -> Iterator[Offered]:
    def wants(kind: str) -> bool:
        return only is None or any(one in ("", kind) or kind.startswith(f"{one}.") for one in only)

    findings = _findings(session, path, span) if wants("quickfix") else []
    for finding in findings:
        for fix in finding.fixes:
            if all(_is_possible(session, edit.path) for edit in fix.edits):
                yield _fix(finding, fix, is_preferred=fix is finding.fix and fix.safe)
    project = asked(session.project(path), session.is_wanted)
    width = session.config(path).config.format.line_length
    codes = frozenset(one.code for one in findings if one.fixes)
    titles = {fix.title for one in findings for fix in one.fixes}
    for action in actions_at(project, path, span, wants, width, codes):
        if action.title not in titles:
            yield Offered(
                action.title, action.kind, action.edits, action.is_preferred, action.disabled, blanks=action.blanks
            )
    file = project.file(path)
    if file is None:
        return
    for finding in {(one.code, file.lines.line(one.span.start)): one for one in findings}.values():
        allowed = allowing(file, finding)
        if allowed is not None:
            yield _fix(finding, allowed)
    if only is not None and wants(FIX_ALL) and any(is_fixable(one, path) for one in project.findings(path) or ()):
        yield Offered(
            "Fix all that can be fixed safely", FIX_ALL, lambda: fix_all(project, path, _shown(session, path))
        )
    if only is not None and wants(ORGANIZE) and (sorting := organize_includes(project, path)):
        yield Offered("Sort includes", ORGANIZE, lambda: sorting)


def _is_possible(session: Session, path: str) -> bool:
    """Whether a file is there to be edited, or may be made."""
    return session.file(path) is not None or (session.client.creates_files and Path(path).is_absolute())


def _findings(session: Session, path: str, span: Span) -> list[Finding]:
    found = session.project(path).findings(path, session.is_wanted)
    if found is None:
        raise cancelled()
    is_shown = _shown(session, path)
    return [one for one in touching(found, span) if is_shown(one)]


def _shown(session: Session, path: str) -> Callable[[Finding], bool]:
    config = session.config(path)
    return lambda one: bool(visible_findings([one], config.check, config.relative(path)))


def _fix(finding: Finding, fix: Fix, *, is_preferred: bool = False) -> Offered:
    return Offered(fix.title, "quickfix", lambda: fix.edits, is_preferred, finding=finding, blanks=lambda: fix.blanks)


def edit_of(session: Session, path: str, one: Offered) -> Json:
    """What it changes, as a workspace edit; new lines end as the others of their file do.

    What is to be filled in is told for the file `path`, which somebody looks at.
    """
    edits, blanks = list(one.edits()), one.blanks() if session.client.fills_in_blanks else ()
    changes = [Change(edit.path, edit.span, edit.text) for edit in edits]
    file = session.project(path).file(path)
    if blanks and file is not None:
        own = with_blanks(file, [edit for edit in edits if edit.path == path], blanks)
        changes = own + [change for change in changes if change.path != path]
    return workspace_edit(session, session.convert, (_with_line_ends(session, change) for change in changes))


def _with_line_ends(session: Session, change: Change) -> Change:
    file = session.project(change.path).file(change.path)
    newline = "\n" if file is None else newline_of(file.text)
    text, snippet = (one.replace("\r\n", "\n").replace("\n", newline) for one in (change.text, change.snippet))
    return replace(change, text=text, snippet=snippet)
