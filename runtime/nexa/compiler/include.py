"""Which file an `include` means, and which files make up a program. The disk is the caller's business."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from nexa.compiler.file import File
from nexa.syntax.record import record


def candidates(including: str, included: str, include_paths: Iterable[str]) -> Iterator[str]:
    """The paths that an `include` may mean, in order: beside the including file, then in each include path."""
    for folder in (os.path.dirname(including), *include_paths):  # noqa: PTH120 - pure text, no Path objects on this path
        yield os.path.normpath(os.path.join(folder, included))  # noqa: PTH118 - as above


@record
class Links:
    """Who includes whom among the known files. `targets[path]` has one entry for each `include` of that file."""

    targets: Mapping[str, tuple[str | None, ...]]
    includers: Mapping[str, tuple[str, ...]]


def links_of(
    paths: Iterable[str], file: Callable[[str], File | None], resolve: Callable[[str, str], str | None]
) -> Links:
    """Follow the includes of some files; `file` gives a known file, `resolve` the path that an include means."""
    targets: dict[str, tuple[str | None, ...]] = {}
    includers: dict[str, list[str]] = {}
    pending = sorted(paths, reverse=True)
    while pending:
        path = pending.pop()
        found = file(path)
        if path in targets or found is None:
            continue
        targets[path] = tuple(resolve(path, text) for text in found.include_texts)
        for target in dict.fromkeys(one for one in targets[path] if one is not None):
            includers.setdefault(target, []).append(path)
            pending.append(target)
    return Links(targets, {target: tuple(sorted(who)) for target, who in includers.items()})


def closure(entry: str, links: Links) -> tuple[str, ...]:
    """The files of a program in include order: depth first, an included file before its includer."""
    order: list[str] = []
    seen = {entry}
    stack: list[tuple[str, Iterator[str | None]]] = [(entry, iter(links.targets.get(entry, ())))]
    while stack:
        path, rest = stack[-1]
        target = next((one for one in rest if one is not None and one not in seen), None)
        if target is None:
            order.append(path)
            stack.pop()
        else:
            seen.add(target)
            stack.append((target, iter(links.targets.get(target, ()))))
    return tuple(order)


def entries_of(path: str, links: Links) -> tuple[str, ...]:
    """The entry files of the programs that a file belongs to; its own when nobody includes it.

    Of files that include each other in a circle, and that nothing else includes, one counts as the entry.
    """
    seen = {path}
    pending = [path]
    tops: set[str] = set()
    while pending:
        current = pending.pop()
        above = [one for one in links.includers.get(current, ()) if one != current]
        if not above:
            tops.add(current)
        for one in above:
            if one not in seen:
                seen.add(one)
                pending.append(one)
    return tuple(sorted(tops)) or _firsts_of_circles(seen, links)


def _firsts_of_circles(paths: set[str], links: Links) -> tuple[str, ...]:
    """For each circle that nothing outside of it leads to, its first file: a program before a library."""
    above = {path: _above(path, links) for path in paths}
    circles = {frozenset(above[path]) for path in paths if all(path in above[one] for one in above[path])}
    return tuple(sorted(min(circle, key=lambda one: (one.endswith(".nxlib"), one)) for circle in circles))


def _above(path: str, links: Links) -> set[str]:
    """Every file that leads to a file; itself when it stands in a circle."""
    found: set[str] = set()
    pending = [path]
    while pending:
        for one in links.includers.get(pending.pop(), ()):
            if one not in found:
                found.add(one)
                pending.append(one)
    return found
