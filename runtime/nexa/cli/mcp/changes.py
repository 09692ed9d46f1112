"""Texts that a tool would change: shown as a difference, written when the agent asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nexa.cli.diff import unified
from nexa.cli.mcp.arguments import ChangesFiles
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, Json, Lines
from nexa.cli.output import replace_file
from nexa.cli.sources import checked_text, read_source
from nexa.cli.summary import counted
from nexa.compiler.file import File
from nexa.compiler.visible_secrets import SECRETS_SUFFIX


@dataclass(slots=True)
class Change:
    """One text, before and after; `notes` say what was left as it is."""

    path: str
    before: bytes
    after: bytes
    notes: list[str] = field(default_factory=list)


def sources(call: Call, given: ChangesFiles) -> Iterator[str]:
    """The absolute paths that are meant. Raises Refused for what cannot be changed."""
    workspace = call.workspace
    if given.text is not None:
        if given.paths:
            raise Refused("a `text` stands alone: give its name as `path`, and no `paths`")
        if given.apply:
            raise Refused("a `text` is not written anywhere; take it from the answer, or leave `text` out")
        yield workspace.path_of(given.path, given.text)
        return
    written = [*(given.paths or ()), *((given.path,) if given.path is not None else ())]
    if not written:
        raise Refused("say which files: `paths`, or a `text`")
    yield from dict.fromkeys(path for one in written for path in workspace.files_at(one))


def changeable(call: Call, path: str, text: str | None) -> File:
    """The file that is to be changed. Raises Refused if it must not be, or cannot be read."""
    workspace = call.workspace
    if path.endswith(SECRETS_SUFFIX):
        raise Refused(f"{workspace.roots.show(path)} holds secrets, which are not shown; use `nexa fmt` at a shell")
    kept = workspace.kept(path)
    if kept.problem:
        raise Refused(f"configuration not used: {kept.problem}")
    file = workspace.snapshot(path, text).file(path)
    if file is None or not isinstance(checked_text(path, file.text), bytes):
        raise Refused(f"{workspace.roots.show(path)}: {workspace.why_unreadable(path)}")
    return file


def answer(call: Call, given: ChangesFiles, changes: Iterable[Change], verb: str) -> Answer:
    """The differences; with `apply` the files are written, each whole or not at all."""
    workspace, lines, rows = call.workspace, Lines(), []
    failures = 0
    for one in changes:
        path = workspace.roots.show(one.path)
        is_changed = one.after != one.before
        diff = unified(path, one.before, one.after, colour=False) if is_changed else ""
        problem = _write(one) if is_changed and given.apply else ""
        failures += bool(problem)
        row: Json = {"path": path, "changed": is_changed, "diff": diff, "notes": one.notes}
        row["written"] = is_changed and given.apply and not problem
        if problem:
            row["problem"] = problem
        if given.text is not None:
            row["text"] = one.after.decode("utf-8", "replace")
        rows.append(row)
        lines.add(diff.rstrip("\n"), *(f"{path}: {note}" for note in [*one.notes, *([problem] if problem else [])]))
    changed = sum(row["changed"] for row in rows)
    did = verb if given.apply else f"would be {verb}"
    lines.add(f"{counted(changed - failures, 'file')} {did}, {counted(len(rows) - changed, 'file')} unchanged.")
    if given.text is not None and rows and rows[0]["changed"]:
        lines.rows = [rows[0]["text"]]
    return Answer(lines.text, {"files": rows, "changed": changed}, is_failure=failures > 0)


def _write(one: Change) -> str:
    """Why the file could not be written, `""` if it was. One that somebody else changed meanwhile is left alone."""
    if read_source(one.path) != one.before:
        return "changed meanwhile; left as it is"
    try:
        replace_file(Path(one.path), one.after)
    except OSError as mistake:
        return f"cannot be written: {(mistake.strerror or str(mistake)).lower()}"
    return ""
