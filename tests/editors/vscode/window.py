"""A browser's window with something in it that goes on by itself: waiting for it, and pressing what is drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

PATIENCE = 60_000
"""Milliseconds that something may take to appear; machines that run tests are shared and slow."""

MOMENT = 5_000
"""Milliseconds after which a user would try a key again."""

expect.set_options(timeout=PATIENCE)

_WATCH = """
selector => {
    const isThere = () => document.querySelector(selector) !== null;
    window.nexaGone = new Promise(resolve => {
        const observer = new MutationObserver(() => isThere() || done());
        const done = () => { observer.disconnect(); resolve(true); };
        const everything = { subtree: true, childList: true, attributes: true };
        observer.observe(document.body, everything);
        isThere() || done();
    });
    return isThere();
}
"""

_LISTEN = """
what => {
    window.nexaHit = false;
    const heard = ({ target }) => { window.nexaHit = what.isConnected && what.contains(target); };
    addEventListener("mouseup", heard, { capture: true, once: true });
}
"""


class Window:
    """A page that is looked at with patience."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))

    def comes(self, what: Locator) -> bool:
        """Whether something is seen soon."""
        try:
            what.wait_for(timeout=MOMENT)
        except TooLateError:
            return False
        return True

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that is not on the screen."""
        assert self.soon(is_so, PATIENCE), "it did not come about"

    def soon(self, is_so: Callable[[], bool], patience: int = MOMENT) -> bool:
        """Whether something comes about in that many milliseconds."""
        for _ in range(patience // 100):
            if is_so():
                return True
            self.page.wait_for_timeout(100)
        return is_so()

    def press(self, what: Locator, has_worked: Callable[[], bool]) -> None:
        """Click until it has worked: what is drawn anew between press and release takes no click."""
        for _ in range(PATIENCE // MOMENT):
            try:
                what.click(timeout=MOMENT)
            except TooLateError:
                pass  # not there yet, or gone because the click before has worked
            if self.soon(has_worked):
                return
        raise AssertionError(f"nothing came of a click on {what}")

    def click(self, what: Locator) -> None:
        """Click once."""
        for _ in range(PATIENCE // MOMENT):
            if self.hit(what):
                return
        raise AssertionError(f"{what} was never hit")

    def hit(self, what: Locator) -> bool:
        """Click, and say whether the button was released where it was pressed: else nobody has heard of it."""
        try:
            one = what.element_handle(timeout=MOMENT)
            self.page.evaluate(_LISTEN, one)
            one.click(timeout=MOMENT)
        except Error:
            return False  # it was drawn anew before, or lies below something
        return self.page.evaluate("nexaHit")

    def tells(self, words: str, since: int) -> bool:
        """Whether the browser's console has told this, behind its first `since` messages."""
        return any(words in text for text in self.said[since:])

    @contextmanager
    def leaving(self, selector: str) -> Iterator[None]:
        """Something that is seen goes in this block, for however short a time."""
        assert self.page.evaluate(_WATCH, selector), f"there is no {selector}"
        yield
        assert self.page.evaluate("nexaGone")

    def frame(self, selector: str) -> Frame:
        """The page inside a webview that has an element."""
        for _ in range(PATIENCE // 200):
            for frame in self.page.frames:
                if "fake.html" in frame.url and _has(frame, selector):
                    return frame
            self.page.wait_for_timeout(200)
        raise AssertionError(f"no webview has {selector}; there are {[frame.url for frame in self.page.frames]}")


def _has(frame: Frame, selector: str) -> bool:
    try:
        return frame.query_selector(selector) is not None
    except Error:
        return False  # it is being loaded, or has just been taken away
