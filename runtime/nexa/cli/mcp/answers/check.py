"""`check`: what is wrong, in files or in a text that nobody has saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from nexa.cli.analyse import secrets_seen
from nexa.cli.mcp.findings import as_json, findings_of, line_of
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, Lines
from nexa.cli.mcp.tools.check import Check
from nexa.cli.mcp.workspace import SUFFIXES, Workspace
from nexa.cli.sources import Unreadable, checked_text
from nexa.cli.summary import counted
from nexa.compiler.analysis import Project
from nexa.compiler.include import candidates


def run(call: Call, given: Check) -> Answer:
    """Findings in the order of the files, with their number by severity."""
    workspace = call.workspace
    sources = _unsaved(workspace, given) if given.text is not None else _saved(workspace, given)
    found: list[dict[str, Any]] = []
    files: list[str] = []
    left_out: dict[str, None] = {}
    unreadable: list[dict[str, str]] = []
    for project, path in sources:
        reason = _unreadable(workspace, project, path)
        if reason:
            unreadable.append({"path": workspace.roots.show(path), "reason": reason})
            continue
        call.tell(len(files), workspace.roots.show(path))
        files.append(path)
        left_out.update(dict.fromkeys(_left_out(workspace, project, path)))
        found += as_json(call, project, findings_of(call, project, path, given.severity))
    return _answer(workspace, found, files, unreadable, list(left_out), given.limit)


def _unsaved(workspace: Workspace, given: Check) -> Iterator[tuple[Project, str]]:
    if given.paths:
        raise Refused("a `text` is checked alone: give its name as `path`, and no `paths`")
    path = workspace.path_of(given.path, given.text)
    yield workspace.snapshot(path, given.text), path


def _saved(workspace: Workspace, given: Check) -> Iterator[tuple[Project, str]]:
    """The files with the secrets files that their programs see, each once."""
    written = [*(given.paths or ()), *((given.path,) if given.path is not None else ())]
    paths = [one for each in written for one in workspace.files_at(each)] if written else list(workspace.files)
    for path in dict.fromkeys(paths):
        if path.endswith(SUFFIXES):
            workspace.kept(path).hold_group(path)
    projects = {path: workspace.kept(path).project for path in paths}
    yield from ((project, path) for path, project in projects.items())
    seen = set(paths)
    for project in {id(one): one for one in projects.values()}.values():
        own = [path for path, one in projects.items() if one is project]
        for path in secrets_seen(project, own):
            if path not in seen:
                seen.add(path)
                yield project, path


def _unreadable(workspace: Workspace, project: Project, path: str) -> str:
    """Why a file cannot be checked, `""` if it can."""
    if not path.endswith(SUFFIXES):
        return f"no Nexa file; their names end in {', '.join(SUFFIXES)}"
    file = project.file(path)
    if file is None:
        return workspace.why_unreadable(path)
    text = checked_text(path, file.text)
    return text.reason if isinstance(text, Unreadable) else ""


def _answer(
    workspace: Workspace,
    found: list[dict[str, Any]],
    files: list[str],
    unreadable: list[dict[str, str]],
    left_out: list[str],
    limit: int,
) -> Answer:
    counts = Counter(one["severity"] for one in found)
    notes = _notes(workspace, files, left_out)
    lines = Lines()
    lines.add(*(f"cannot read {one['path']}: {one['reason']}" for one in unreadable))
    lines.add(*notes, *map(line_of, found[:limit]))
    if len(found) > limit:
        lines.add(f"… and {counted(len(found) - limit, 'finding')} more; ask for less with `paths`, or raise `limit`")
    summary = ", ".join(
        counted(counts[name], name) for name in ("error", "warning", "information", "hint") if counts[name]
    )
    lines.add(f"{counted(len(files), 'file')}: {summary or 'nothing to report'}.")
    data = {
        "findings": found[:limit],
        "total": len(found),
        "files": [workspace.roots.show(path) for path in files],
        "errors": counts["error"],
        "warnings": counts["warning"],
        "unreadable": unreadable,
        "notes": notes,
    }
    return Answer(lines.text, data)


def _left_out(workspace: Workspace, project: Project, path: str) -> Iterator[str]:
    """The includes of a file that lead out of the roots."""
    file = project.file(path)
    targets = project.links.targets.get(path, ())
    for written, target in zip(file.include_texts if file is not None else (), targets, strict=False):
        paths = candidates(path, written, project.settings.include_paths)
        if target is None and not all(map(workspace.roots.allows, paths)):
            yield written


def _notes(workspace: Workspace, files: list[str], left_out: Iterable[str]) -> list[str]:
    kept = {id(one): one for one in map(workspace.kept, files)}.values()
    notes = [f"configuration not used: {one.problem}" for one in kept if one.problem]
    if left_out:
        notes.append(f"not read, because it lies outside of the roots: {', '.join(left_out)}")
    if not workspace.is_whole:
        notes.append("the workspace is too large to be read whole; files that were not named may be missing")
    return notes
