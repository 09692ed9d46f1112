"""What is kept of a test that failed: what was seen, what the page was made of, and what the browser was told."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence

from playwright.sync_api import Error, Page

from editors import tools

FOLDER = tools.ROOT / "build" / "editors" / "vscode"
PICTURES = ("graph", "debug")
"""What the documents show."""


def picture(page: Page, name: str) -> None:
    """What is seen now; the pictures of the documents are renewed under NEXA_PICTURES=1."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    if name in PICTURES and os.environ.get("NEXA_PICTURES"):
        shutil.copyfile(path, tools.ROOT / "docs" / "images" / f"vscode-{name}.png")


def listen(page: Page) -> list[str]:
    """What the window says from now on, with times."""
    lines: list[str] = []
    page.on("console", lambda said: lines.append(f"{time.strftime('%X')} {said.type}: {said.text}"))
    return lines


def keep(page: Page, said: Sequence[str], name: str) -> None:
    """Keep what there is at the end of a test."""
    folder = FOLDER / f"failed-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "console.log").write_text("\n".join(said), encoding="utf-8")
    try:
        page.screenshot(path=folder / "window.png")
        (folder / "window.html").write_text(page.content(), encoding="utf-8")
    except Error as problem:
        (folder / "nothing seen.txt").write_text(str(problem), encoding="utf-8")
