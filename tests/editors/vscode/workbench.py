"""VS Code as its users have it: what is clicked, typed and seen. Selectors live here and nowhere else."""

from __future__ import annotations

import json
import os
import shutil
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

expect.set_options(timeout=30_000)

PATIENCE = 30_000
"""Milliseconds that something may take to appear; machines that run tests are shared and slow."""

MOMENT = 5_000
"""Milliseconds after which a user would try a key again."""

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

WRITTEN = """
lines => [...lines.querySelectorAll(".view-line")].map(line => {
    const written = line.cloneNode(true);
    written.querySelectorAll("[class*=dyn-rule]").forEach(hint => hint.remove());
    return [parseInt(line.style.top), written.textContent];
})
"""
"""Where each line of the text stands, and what is written there: hints come whenever they come."""


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
        self.ask("F1").fill(f">{title}")
        row = self.page.locator(".quick-input-list .monaco-list-row").filter(has_text=title).first
        row.wait_for(timeout=PATIENCE)
        row.click()

    def open(self, name: str) -> None:
        """Open a file of the folder from the explorer, and wait until it is in front."""
        row = self.page.locator(".explorer-folders-view .monaco-list-row", has_text=name).first
        row.wait_for(timeout=PATIENCE)
        row.dblclick()
        self.page.mouse.move(800, 600)  # else the row's own tooltip lies over its neighbours
        self.page.locator(f'.tab.active[data-resource-name="{name}"]').wait_for(timeout=PATIENCE)
        self.editor().locator(".view-line").first.wait_for(timeout=PATIENCE)
        if name.endswith((".nx", ".nxlib")):
            # Which the language status tells.
            said = ", ".join(f'.statusbar-item[aria-label*="{words}"]' for words in ("is running", "正在运行"))
            self.page.locator(said).wait_for(timeout=PATIENCE)

    def goto(self, line: int, column: int) -> None:
        """Put the cursor somewhere."""
        box = self.ask("Control+G")
        box.fill(f":{line}:{column}")
        box.press("Enter")
        box.wait_for(state="hidden", timeout=PATIENCE)
        # The focus comes back after the box has gone: a key in between would be lost.
        self.page.locator(".editor-instance .monaco-editor.focused").first.wait_for(timeout=PATIENCE)
        self.page.locator(".statusbar-item", has_text=f"Ln {line},").wait_for(timeout=PATIENCE)

    def ask(self, key: str) -> Locator:
        """The box that a key opens. While VS Code starts it has no keys yet; to press again opens the same box."""
        box = self.page.locator(".quick-input-widget input")
        for _ in range(PATIENCE // MOMENT):
            self.page.keyboard.press(key)
            if self.comes(box):
                break
        box.wait_for()
        return box

    def comes(self, what: Locator) -> bool:
        """Whether something is seen soon."""
        try:
            what.wait_for(timeout=MOMENT)
        except TooLateError:
            return False
        return True

    def answer(self, text: str) -> None:
        """Write into the box that asks. It is the one where a row was chosen just now, until it has lost its list."""
        expect(self.page.locator(".quick-input-list")).to_be_hidden()
        box = self.page.locator(".quick-input-widget input")
        box.fill(text)
        box.press("Enter")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=15)

    def save(self) -> None:
        self.page.keyboard.press("Control+S")
        self.page.locator(".tab.active.dirty").wait_for(state="detached", timeout=PATIENCE)

    def save_as(self, path: Path, button: Locator) -> None:
        """
        Press what saves, and answer the dialog that asks where. While it looks at folders it may still take the name
        that it has proposed itself, or nothing: it is over when there is the file.
        """
        box = self.page.locator(".quick-input-widget input")
        for _ in range(PATIENCE // MOMENT):
            if not box.is_visible():
                button.click()
                box.wait_for()
            # A folder that is being read is told by a bar.
            expect(self.page.locator(".quick-input-progress.active")).to_have_count(0)
            box.fill(str(path))
            self.page.wait_for_timeout(500)
            expect(self.page.locator(".quick-input-progress.active")).to_have_count(0)
            if box.is_visible() and box.input_value() == str(path):
                box.press("Enter")
            if self.soon(path.exists):
                break
        assert path.exists(), "it was not saved"
        box.wait_for(state="hidden", timeout=PATIENCE)

    # ── what is seen

    def editor(self) -> Locator:
        return self.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first

    def text(self) -> str:
        """The text in view, without the hints that are drawn into it; VS Code writes spaces as no-break ones."""
        lines = self.editor().locator(".view-lines").first.evaluate(WRITTEN)
        return "\n".join(text for _, text in sorted(lines)).replace("\xa0", " ")

    def squiggles(self, severity: str = "error") -> Locator:
        return self.editor().locator(f".squiggly-{severity}")

    def fixes(self) -> Locator:
        """What can be done at the cursor. Asked for again while VS Code has not heard of anything."""
        rows = self.page.locator(".action-widget .monaco-list-row")
        for _ in range(PATIENCE // MOMENT):
            self.page.keyboard.press("Control+.")
            if self.comes(rows.first):
                break
        return rows

    def take(self, title: str) -> None:
        """Choose what can be done from the list that is open, by keys: for a while VS Code heeds no clicks there."""
        rows = self.page.locator(".action-widget .monaco-list-row")
        rows.filter(has_text=title).first.wait_for(timeout=PATIENCE)
        focused = self.page.locator(".action-widget .monaco-list-row.focused")
        wanted = focused.filter(has_text=title)

        def place() -> str | None:
            return focused.first.get_attribute("data-index") if focused.count() else None

        for _ in range(50):
            if wanted.count():
                break
            before = place()
            self.page.keyboard.press("ArrowDown")
            # A key that is on its way would move the choice once more.
            self.until(lambda before=before: place() != before)
        wanted.first.wait_for()
        self.page.keyboard.press("Enter")
        expect(rows).to_have_count(0)

    def lens(self, title: str) -> Locator:
        return self.editor().locator(".codelens-decoration a", has_text=title)

    def click_lens(self, title: str, number: int = 0) -> None:
        self.page.keyboard.press("Escape")
        lens = self.lens(title).nth(number)
        if not self.comes(lens):
            # VS Code drops its lenses when an extension that starts late has some, too, and asks for them again a
            # moment later; an editor that loses the focus in this moment never asks, until it has it again.
            self.page.keyboard.press("Control+1")
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
        assert self.soon(is_so, PATIENCE), "it did not come about"

    def soon(self, is_so: Callable[[], bool], patience: int = MOMENT) -> bool:
        """Whether something comes about in that many milliseconds."""
        for _ in range(patience // 100):
            if is_so():
                return True
            self.page.wait_for_timeout(100)
        return False

    def coloured(self, text: str) -> None:
        """Wait until a line has its colours: VS Code closes no brackets and quotes below a line that has none yet."""
        self.editor().locator(".view-line", has_text=text).locator("span[class^=mtk]").nth(1).wait_for(timeout=PATIENCE)

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
