"""VS Code as its users have it: what is clicked, typed and seen. Selectors live here and nowhere else."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from editors.vscode import artefacts
from editors.vscode.window import MOMENT, PATIENCE, Window

WRITTEN = """
lines => [...lines.querySelectorAll(".view-line")].map(line => {
    const written = line.cloneNode(true);
    written.querySelectorAll("[class*=dyn-rule]").forEach(hint => hint.remove());
    return [parseInt(line.style.top), written.textContent];
})
"""
"""Where each line of the text stands, and what is written there: hints come whenever they come."""


FROM_ABOVE = """
lenses => lenses.map(one => one.closest("[widgetid]")).filter(Boolean)
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map(widget => widget.getAttribute("widgetid"))
"""
"""Lenses stand in the page in the order in which they were made, which is not that of their lines."""

SCENE = """
[".quick-input-widget", ".xterm-rows", "iframe", ".peekview-widget", ".notification-toast", ".debug-toolbar"].map(one =>
    [...document.querySelectorAll(one)].filter(shown => shown.checkVisibility()).map(shown => shown.textContent))
"""
"""What a lens can bring about: a question, output, a page, a list of places, a message, a debugger."""


class Workbench(Window):
    """One window with one folder open."""

    def __init__(self, page: Page, server: str, folder: Path) -> None:
        super().__init__(page)
        self.folder = folder
        page.goto(f"{server}/?folder={urllib.parse.quote(str(folder))}")
        page.wait_for_selector(".monaco-workbench")

    # ── moving about

    def command(self, title: str) -> None:
        """Run a command by the title that the palette shows."""
        row = self.row_of_palette(title)
        box = self.page.locator(".quick-input-widget input")

        def is_over() -> bool:
            return not box.is_visible() or not box.input_value().startswith(">")

        self.press(row, is_over)

    def row_of_palette(self, title: str) -> Locator:
        """The row of a command, in the palette."""
        self.ask("F1").fill(f">{title}")
        row = self.page.locator(".quick-input-list .monaco-list-row")
        name = self.page.locator(".label-name", has_text=re.compile(f"^{re.escape(title)}$"))
        row = row.filter(has=name).first
        row.wait_for()
        return row

    def open(self, name: str) -> None:
        """Open a file of the folder from the explorer, and wait until it is in front."""
        row = self.page.locator(".explorer-folders-view .monaco-list-row", has_text=name).first
        tab = self.page.locator(f'.tab.active[data-resource-name="{name}"]')
        for _ in range(PATIENCE // MOMENT):
            row.dblclick()  # which rows move away from when another file comes
            self.page.mouse.move(800, 600)  # else the row's own tooltip lies over its neighbours
            if self.comes(tab):
                break
        tab.wait_for()
        self.editor().locator(".view-line").first.wait_for()
        if name.endswith((".nx", ".nxlib")):
            # Which the language status tells.
            said = ", ".join(f'.statusbar-item[aria-label*="{words}"]' for words in ("is running", "正在运行"))
            self.page.locator(said).wait_for()

    def goto(self, line: int, column: int) -> None:
        """Put the cursor somewhere."""
        box = self.ask("Control+G")
        box.fill(f":{line}:{column}")
        box.press("Enter")
        box.wait_for(state="hidden")
        self.focused()
        self.at(line)

    def at(self, line: int, column: int | None = None) -> None:
        """Wait until the cursor is there."""
        place = f"Ln {line}, Col {'' if column is None else column}"
        self.page.locator(".statusbar-item", has_text=re.compile(rf"^{place}(\D|$)" if column else place)).wait_for()

    def focused(self) -> None:
        """Wait until the text has the focus. It comes back after a box has gone: a key in between would be lost."""
        self.page.locator(".editor-instance .monaco-editor.focused").first.wait_for()

    def ask(self, key: str) -> Locator:
        """The box that a key opens. While VS Code starts it has no keys yet; to press again opens the same box."""
        box = self.page.locator(".quick-input-widget input")
        for _ in range(PATIENCE // MOMENT):
            self.page.keyboard.press(key)
            if self.comes(box):
                break
        box.wait_for()
        return box

    def answer(self, text: str) -> None:
        """Write into the box that asks. It is the one where a row was chosen just now, until it has lost its list."""
        expect(self.page.locator(".quick-input-list")).to_be_hidden()
        box = self.page.locator(".quick-input-widget input")
        box.fill(text)
        box.press("Enter")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=15)

    def save(self) -> None:
        """Save the text in front, which has been changed."""
        dirty = self.page.locator(".tab.active.dirty")
        dirty.wait_for()
        self.page.keyboard.press("Control+S")
        dirty.wait_for(state="detached")

    def save_as(self, path: Path, button: Locator) -> None:
        """
        Press what saves, and answer the dialog that asks where. While it looks at folders it may still take the name
        that it has proposed itself, or nothing: it is over when there is the file.
        """
        box = self.page.locator(".quick-input-widget input")
        reading = self.page.locator(".quick-input-progress.active")
        for _ in range(PATIENCE // MOMENT):
            if not box.is_visible():
                button.click()
                box.wait_for()
            # A folder that is being read is told by a bar.
            expect(reading).to_have_count(0)
            box.fill(str(path))
            self.page.wait_for_timeout(500)
            expect(reading).to_have_count(0)
            if box.is_visible() and box.input_value() == str(path):
                box.press("Enter")
            if self.soon(path.exists):
                break
        assert path.exists(), "it was not saved"
        # One that was opened once more because the file came late asks nobody any longer.
        for _ in range(PATIENCE // MOMENT):
            if self.soon(lambda: not box.is_visible()):
                return
            self.page.keyboard.press("Escape")
        box.wait_for(state="hidden")

    # ── what is seen

    def editor(self) -> Locator:
        return self.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first

    def text(self) -> str:
        """The text in view, without the hints that are drawn into it; VS Code writes spaces as no-break ones."""
        lines = self.editor().locator(".view-lines").first.evaluate(WRITTEN)
        return "\n".join(text for _, text in sorted(lines)).replace("\xa0", " ")

    def squiggles(self, severity: str = "error") -> Locator:
        return self.editor().locator(f".squiggly-{severity}")

    def hover(self, text: str) -> Locator:
        """What is told about the place of the cursor. Asked for again while nothing comes."""
        told = self.page.locator(".monaco-hover:not(.hidden) .hover-contents", has_text=text).first
        for _ in range(PATIENCE // MOMENT):
            self.command("Show or Focus Hover")
            if self.comes(told):
                break
        return told

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
        rows.filter(has_text=title).first.wait_for()
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
        for _ in range(PATIENCE // MOMENT):
            self.page.keyboard.press("Enter")
            if self.soon(lambda: rows.count() == 0):
                break
        expect(rows).to_have_count(0)
        self.focused()

    def rename(self, name: str) -> None:
        """Give what stands at the cursor another name."""
        self.page.keyboard.press("F2")
        box = self.page.locator(".rename-box input")
        expect(box).to_be_focused()
        box.fill(name)
        box.press("Enter")
        self.editor().locator(".view-line", has_text=name).first.wait_for()

    def complete(self, row: str) -> None:
        """Take what is offered first, by Enter."""
        first = self.page.locator(".suggest-widget.visible .monaco-list-row.focused")
        expect(first).to_contain_text(row)
        self.page.keyboard.press("Enter")
        expect(first).to_have_count(0)

    def lens(self, title: str, number: int = 0) -> Locator:
        """The lens with this title, counted from above. Waits for it: then the server has read the text."""
        lenses = self.editor().locator(".codelens-decoration a", has_text=title)
        for _ in range(PATIENCE // MOMENT):
            if not self.comes(lenses.nth(number)):
                # VS Code drops its lenses when an extension that starts late has some, too, and asks for them again a
                # moment later; an editor that loses the focus in this moment never asks, until it has it again.
                self.page.keyboard.press("Control+1")
                continue
            widgets = lenses.evaluate_all(FROM_ABOVE)
            if number < len(widgets):
                return self.editor().locator(f'[widgetid="{widgets[number]}"] a', has_text=title).first
        raise AssertionError(f"there is no lens {title}")

    def click_lens(self, title: str, number: int = 0) -> None:
        """
        Click a lens until something comes of it. VS Code shows lenses for a while that it has forgotten already: after
        an edit, and when another extension has some.
        """
        self.page.keyboard.press("Escape")
        self.page.mouse.move(2, 2)
        self.lens(title, number)
        before = self.page.evaluate(SCENE)

        def has_worked() -> bool:
            return self.page.evaluate(SCENE) != before

        for _ in range(PATIENCE // MOMENT):
            told = len(self.said)

            def is_lost(told: int = told) -> bool:
                return self.tells("Actual command not found", told)

            if self.hit(self.lens(title, number)):
                self.soon(lambda: is_lost() or has_worked(), PATIENCE // 3)
            # What comes late lies over the lens.
            if has_worked() and not is_lost():
                return
        raise AssertionError(f"nothing came of a click on {title}")

    def choose(self, label: str) -> None:
        """Take a row of the list that is open."""
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=label).first
        row.wait_for()
        self.press(row, lambda: not row.is_visible())

    def notification(self, text: str) -> Locator:
        return self.page.locator(".notification-toast", has_text=text)

    def pane(self, title: str) -> Locator:
        """A part of the explorer."""
        header = self.page.locator(".pane-header", has_text=title)
        return self.page.locator(".pane").filter(has=header)

    def rows(self, title: str) -> Locator:
        """The rows of a part of the explorer, which is opened. An editor that has lost the focus asks for no lenses."""
        header = self.page.locator(".pane-header", has_text=title)
        header.wait_for()
        self.expand(header)
        return self.pane(title).locator(".monaco-list-row")

    def expand(self, header: Locator, handle: Locator | None = None) -> None:
        """Open what is closed, by a click on it or on its handle."""

        def is_open() -> bool:
            return header.get_attribute("aria-expanded") == "true"

        if not is_open():
            self.press(handle or header, is_open)

    def reload(self) -> None:
        """The same window, anew."""
        self.row_of_palette("Developer: Reload Window").click()
        self.page.locator(".editor-instance").first.wait_for(state="detached")
        self.page.wait_for_selector(".editor-instance")

    def terminal(self) -> Locator:
        """The lines of the terminal in front that are in view."""
        return self.page.locator(".terminal-wrapper.active .xterm-rows")

    def coloured(self, text: str) -> None:
        """Wait until a line has its colours: VS Code closes no brackets and quotes below a line that has none yet."""
        self.editor().locator(".view-line", has_text=text).locator("span[class^=mtk]").nth(1).wait_for()

    def screenshot(self, name: str) -> None:
        """A picture among the artefacts."""
        artefacts.picture(self.page, name)


__all__ = ["Workbench", "expect"]
