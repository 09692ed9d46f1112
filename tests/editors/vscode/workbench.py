"""VS Code as its users have it: what is clicked, typed and seen. Selectors live here and nowhere else."""

from __future__ import annotations

import json
import os
import shutil
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Frame, Locator, Page, expect

expect.set_options(timeout=30_000)

PATIENCE = 30_000
"""Milliseconds that something may take to appear; machines that run tests are shared and slow."""

ROOT = Path(__file__).parents[3]
PICTURES = ("graph", "debug")
"""What the documents show."""

SETTINGS = {
    "files.autoSave": "off",
    "remote.autoForwardPorts": False,
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.enableExperiments": False,
    "workbench.colorTheme": "Default Light Modern",
    "terminal.integrated.gpuAcceleration": "off",
    "editor.minimap.enabled": False,
    "editor.accessibilitySupport": "off",
    "extensions.ignoreRecommendations": True,
    "git.enabled": False,
    "[nexa]": {"editor.formatOnSave": True},
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
}


class Workbench:
    """One window with one folder open."""

    def __init__(self, page: Page, server: str, folder: Path, artefacts: Path) -> None:
        self.page = page
        self.folder = folder
        self.artefacts = artefacts
        page.goto(f"{server}/?folder={urllib.parse.quote(str(folder))}")
        page.wait_for_selector(".monaco-workbench", timeout=PATIENCE)

    # ── moving about

    def command(self, title: str) -> None:
        """Run a command by the title that the palette shows."""
        self.page.keyboard.press("F1")
        box = self.page.locator(".quick-input-widget input")
        box.wait_for(timeout=PATIENCE)
        box.fill(f">{title}")
        row = self.page.locator(".quick-input-list .monaco-list-row").filter(has_text=title).first
        row.wait_for(timeout=PATIENCE)
        row.click()

    def open(self, name: str) -> None:
        """Open a file of the folder from the explorer, and wait until it is in front."""
        row = self.page.locator(".explorer-folders-view .monaco-list-row", has_text=name).first
        row.wait_for(timeout=PATIENCE)
        row.dblclick()
        self.page.locator(f'.tab.active[data-resource-name="{name}"]').wait_for(timeout=PATIENCE)
        self.editor().locator(".view-line").first.wait_for(timeout=PATIENCE)
        if name.endswith((".nx", ".nxlib")):
            # Which the language status tells.
            self.page.locator('.statusbar-item[aria-label*="is running"]').wait_for(timeout=PATIENCE)

    def goto(self, line: int, column: int) -> None:
        """Put the cursor somewhere."""
        self.page.keyboard.press("Control+G")
        box = self.page.locator(".quick-input-widget input")
        box.wait_for(timeout=PATIENCE)
        box.fill(f":{line}:{column}")
        self.page.keyboard.press("Enter")
        box.wait_for(state="hidden", timeout=PATIENCE)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=15)

    def save(self) -> None:
        self.page.keyboard.press("Control+S")
        self.page.locator(".tab.active.dirty").wait_for(state="detached", timeout=PATIENCE)

    def save_as(self, path: Path) -> None:
        """Answer the dialog that asks where something goes; it takes a while to believe a path."""
        box = self.page.locator(".quick-input-widget input")
        box.wait_for(timeout=PATIENCE)
        for _ in range(20):
            box.fill(str(path))
            self.page.wait_for_timeout(500)
            box.press("Enter")
            self.page.wait_for_timeout(1000)
            if path.exists() or not box.is_visible():
                break
        self.until(path.exists)
        box.wait_for(state="hidden", timeout=PATIENCE)

    # ── what is seen

    def editor(self) -> Locator:
        return self.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first

    def text(self) -> str:
        """What the editor shows; VS Code writes spaces as no-break spaces."""
        lines = self.editor().locator(".view-line").all()
        placed = [((line.bounding_box() or {"y": 0})["y"], line.inner_text()) for line in lines]
        return "\n".join(text for _, text in sorted(placed)).replace("\xa0", " ")

    def squiggles(self, severity: str = "error") -> Locator:
        return self.editor().locator(f".squiggly-{severity}")

    def fixes(self) -> Locator:
        """What can be done at the cursor. Asked for again while VS Code has not heard of anything."""
        rows = self.page.locator(".action-widget .monaco-list-row")
        for _ in range(10):
            self.page.keyboard.press("Control+.")
            self.page.wait_for_timeout(1500)
            if rows.count():
                break
        return rows

    def take(self, title: str) -> None:
        """Choose what can be done from the list that is open, by keys: for a while VS Code heeds no clicks there."""
        wanted = self.page.locator(".action-widget .monaco-list-row.focused", has_text=title)
        self.page.locator(".action-widget .monaco-list-row", has_text=title).first.wait_for(timeout=PATIENCE)
        for _ in range(20):
            if wanted.count():
                break
            self.page.keyboard.press("ArrowDown")
            self.page.wait_for_timeout(100)
        wanted.first.wait_for()
        self.page.keyboard.press("Enter")

    def lens(self, title: str) -> Locator:
        return self.editor().locator(".codelens-decoration a", has_text=title)

    def click_lens(self, title: str, number: int = 0) -> None:
        self.page.keyboard.press("Escape")
        lens = self.lens(title).nth(number)
        lens.wait_for(timeout=PATIENCE)
        self.page.mouse.move(2, 2)
        lens.click()

    def choose(self, label: str) -> None:
        """Take a row of the list that is open."""
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=label).first
        row.wait_for(timeout=PATIENCE)
        row.click()

    def notification(self, text: str) -> Locator:
        return self.page.locator(".notification-toast", has_text=text)

    def pane(self, title: str) -> Locator:
        """A part of the explorer."""
        header = self.page.locator(".pane-header", has_text=title)
        return self.page.locator(".pane").filter(has=header)

    def rows(self, title: str) -> Locator:
        """The rows of a part of the explorer, which is opened. An editor that has lost the focus asks for no lenses."""
        header = self.page.locator(".pane-header", has_text=title)
        header.wait_for(timeout=PATIENCE)
        if header.get_attribute("aria-expanded") == "false":
            header.click()
        return self.pane(title).locator(".monaco-list-row")

    def reload(self) -> None:
        """The same window, anew."""
        self.command("Developer: Reload Window")
        self.page.locator(".editor-instance").first.wait_for(state="detached", timeout=PATIENCE)
        self.page.wait_for_selector(".editor-instance", timeout=PATIENCE)

    def terminal(self) -> Locator:
        return self.page.locator(".terminal-wrapper.active .xterm-rows")

    def frame(self, selector: str) -> Frame:
        """The page inside a webview that has an element."""
        for _ in range(PATIENCE // 200):
            for frame in self.page.frames:
                if "fake.html" in frame.url and frame.query_selector(selector):
                    return frame
            self.page.wait_for_timeout(200)
        raise AssertionError(f"no webview has {selector}; there are {[frame.url for frame in self.page.frames]}")

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that is not on the screen."""
        for _ in range(PATIENCE // 100):
            if is_so():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("it did not come about")

    def screenshot(self, name: str) -> Path:
        """A picture among the artefacts; those of the documents are renewed under NEXA_PICTURES=1."""
        path = self.artefacts / f"{name}.png"
        self.page.screenshot(path=path)
        if name in PICTURES and os.environ.get("NEXA_PICTURES"):
            shutil.copyfile(path, ROOT / "docs" / "images" / f"vscode-{name}.png")
        return path


def write_settings(data: Path, **more: object) -> None:
    """The user's settings of a server."""
    user = data / "data" / "User"
    user.mkdir(parents=True, exist_ok=True)
    (user / "settings.json").write_text(json.dumps({**SETTINGS, **more}), encoding="utf-8")


__all__ = ["PATIENCE", "Workbench", "expect", "write_settings"]
