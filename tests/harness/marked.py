"""Fixtures that say where something is found: `‹read›`, `«written»`, beside the cursor `$0` and files `//- a.nx`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.cursor import ROOT
from harness.markers import read_fixture
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Span

_OPENING, _CLOSING = "‹«", "›»"


@dataclass(frozen=True)
class Marked:
    """A fixture without its marks. `spans` are (file, span, whether it is `«»`), in the order of the text."""

    project: Project
    path: str
    offset: int
    spans: list[tuple[str, Span, bool]]
    texts: Mapping[str, bytes]

    def shown(self, found: list[tuple[str, Span, bool]]) -> str:
        """The files with marks at what was found, to be compared by eye."""
        parts = []
        for path, text in self.texts.items():
            for span, is_write in sorted(((one[1], one[2]) for one in found if one[0] == path), reverse=True):
                left, right = ("«", "»") if is_write else ("‹", "›")
                marked = left.encode() + text[span.start : span.end] + right.encode()
                text = text[: span.start] + marked + text[span.end :]
            parts.append(f"//- {path}\n{text.decode()}")
        return "\n".join(parts)


def read_marked(text: str, path: str = "main.nx") -> Marked:
    """A fixture with marks as a project."""
    fixture = read_fixture(text, path)
    project = Project(Settings(), lambda _: None)
    spans: list[tuple[str, Span, bool]] = []
    texts: dict[str, bytes] = {}
    where, cursor = fixture.cursor or (list(fixture.files)[-1], 0)
    offset = cursor
    for name, content in fixture.files.items():
        clean, found = _stripped(content)
        spans += [(ROOT + name, span, is_write) for span, is_write in found]
        texts[ROOT + name] = clean
        if name == where:
            offset = len(_stripped(content.encode()[:cursor].decode())[0])
        project = project.with_file(File.parse(ROOT + name, clean))
    return Marked(project, ROOT + where, offset, spans, texts)


def _stripped(text: str) -> tuple[bytes, list[tuple[Span, bool]]]:
    clean, open_at, found = b"", 0, []
    for char in text:
        if char in _OPENING:
            open_at = len(clean)
        elif char in _CLOSING:
            found.append((Span(open_at, len(clean)), char == "»"))
        else:
            clean += char.encode()
    return clean, found
