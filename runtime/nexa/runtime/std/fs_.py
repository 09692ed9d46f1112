"""`std.fs`: files. Paths are relative to the working directory; line ends are kept as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nexa.runtime.errors import ToolError


@contextmanager
def _explained(what: str, path: str) -> Iterator[None]:
    try:
        yield
    except (UnicodeError, LookupError) as error:
        raise ToolError(f"cannot {what} {path}: {error}", cause=error) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolError(f"cannot {what} {path}: {reason}", cause=error) from error


def file_read(path: str, encoding: str = "utf-8") -> str:
    """The text of a file."""
    with _explained("read", path), Path(path).open(encoding=encoding, newline="") as file:
        return file.read()


def file_write(path: str, content: str, encoding: str = "utf-8") -> int:
    """Writes a file, replacing what it held; returns the number of characters."""
    with _explained("write", path), Path(path).open("w", encoding=encoding, newline="") as file:
        return file.write(content)


def file_append(path: str, content: str, encoding: str = "utf-8") -> int:
    """Adds to the end of a file, which is created if need be; returns the number of characters."""
    with _explained("append to", path), Path(path).open("a", encoding=encoding, newline="") as file:
        return file.write(content)


def file_edit(path: str, old: str, new: str, count: int = 1) -> int:
    """Replaces the first `count` places that hold `old` (all if it is below 1); returns how many those were."""
    if not old:
        raise ToolError(f"cannot edit {path}: the text to replace is empty")
    content = file_read(path)
    found = content.count(old)
    if found == 0:
        raise ToolError(f"cannot edit {path}: the text to replace is not in it")
    replaced = found if count < 1 else min(found, count)
    file_write(path, content.replace(old, new, replaced))
    return replaced


def file_exists(path: str) -> bool:
    """Whether there is such a file or folder."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def file_list(directory: str, pattern: str = "*") -> list[str]:
    """The paths of the files in a folder that fit the pattern (`*.md`, `**/*.nx`), sorted, with the folder in front."""
    folder = Path(directory)
    with _explained("list", directory):
        if not folder.is_dir():
            raise ToolError(f"cannot list {directory}: it is not a folder")
        return sorted(path.as_posix() for path in folder.glob(pattern) if path.is_file())


def file_delete(path: str) -> bool:
    """Deletes a file; false when there was none."""
    with _explained("delete", path):
        try:
            Path(path).unlink()
        except FileNotFoundError:
            return False
        return True


FUNCTIONS = {
    each.__name__: each for each in (file_read, file_write, file_append, file_edit, file_exists, file_list, file_delete)
}
