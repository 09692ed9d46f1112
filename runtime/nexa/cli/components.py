"""Files that include one another, directly or through others, are checked together; groups are independent.

A file's findings may depend on what it includes and on who includes it, never on a file of another group: groups
can go to different processes, and a group none of whose files changed needs no check at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from nexa.compiler.written_includes import written_includes

Load = Callable[[str], bytes | None]


def components(paths: Sequence[str], include_paths: tuple[str, ...], load: Load) -> list[list[str]]:
    """The groups of `paths` (absolute), in the order of their first files; files keep their order."""
    leader: dict[str, str] = {path: path for path in paths}
    checked = set(paths)

    def find(path: str) -> str:
        while leader[path] != path:
            leader[path] = leader[leader[path]]
            path = leader[path]
        return path

    seen_from: dict[str, str] = {}
    for path in paths:
        pending = [path]
        visited = {path}
        while pending:
            for target in _targets(pending.pop(), include_paths, load):
                if target in visited:
                    continue
                visited.add(target)
                if target in checked:
                    leader[find(target)] = find(path)  # its own includes are followed from itself
                elif target not in seen_from:
                    seen_from[target] = path
                    pending.append(target)
                else:
                    leader[find(seen_from[target])] = find(path)
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(find(path), []).append(path)
    return list(groups.values())


def _targets(path: str, include_paths: tuple[str, ...], load: Load) -> Iterator[str]:
    """Every file that an include of `path` may mean."""
    text = load(path)
    if text is None:
        return
    for written in written_includes(text):
        for folder in (os.path.dirname(path), *include_paths):
            candidate = os.path.normpath(os.path.join(folder, written))
            if load(candidate) is not None:
                yield candidate
                break
