"""Where the server comes from: the selected Python environment, as long as it is selected; else an offer to install."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from editors import tools
from editors.vscode import environments
from editors.vscode.conftest import Server, serving
from editors.vscode.test_debugging import stop_at, stopped_at
from editors.vscode.workbench import Workbench, expect

INSTALLING = 300_000
"""Milliseconds that pip may take."""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where pip looks; a test fills it."""
    return tmp_path_factory.mktemp("wheels")


@pytest.fixture(scope="module")
def bare_server(vsix: Path, wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A VS Code where there is no server, and somebody to select environments with; pip asks no index."""
    data = tmp_path_factory.mktemp("bare")
    python = environments.python_extension(data)
    path = environments.path_without_server()
    env = {"PATH": path, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}
    with serving([vsix, python], data, "--disable-workspace-trust", env=env) as server:
        yield server


@pytest.fixture
def open_bare(open_folder, bare_server):
    def start() -> Workbench:
        workbench = open_folder(bare_server)
        row = workbench.page.locator(".explorer-folders-view .monaco-list-row", has_text="review.nx").first
        row.dblclick()
        return workbench

    return start


def select(workbench: Workbench, python: Path) -> None:
    box = workbench.page.locator(".quick-input-widget input")
    box.wait_for()
    box.fill(str(python))
    box.press("Enter")


def press(workbench: Workbench, where: str, name: str) -> None:
    """Click a button, which closes what it stands in."""
    buttons = workbench.page.locator(where).get_by_role("button", name=name, exact=True)
    buttons.first.wait_for()
    workbench.press(buttons.first, lambda: buttons.count() == 0)


def runs_from(workbench: Workbench, python: Path) -> None:
    status = workbench.page.locator(f'.statusbar-item[aria-label*="is running, from {python.parent}"]')
    expect(status).to_be_visible()
    workbench.lens("▷ Run")


def test_the_server_of_the_selected_environment_is_taken_and_changes_with_it(open_bare, tmp_path):
    one = environments.with_server(environments.environment(tmp_path / "one"))
    other = environments.with_server(environments.environment(tmp_path / "other 客"))
    workbench = open_bare()
    missing = workbench.notification("no interpreter is selected")
    expect(missing.first).to_be_visible()
    for python in (one, other):
        workbench.command("Python: Select Interpreter")
        select(workbench, python)
        runs_from(workbench, python)
    workbench.command("Python: Select Interpreter")
    select(workbench, environments.environment(tmp_path / "empty"))
    expect(workbench.notification("nexa-lsp is not installed for").first).to_be_visible()


def test_the_offer_to_install_works_to_the_end(open_bare, wheels, tmp_path):
    python = environments.environment(tmp_path / "environment", with_pip=True)
    try:
        environments.wheels(wheels)
    except tools.UnavailableError as reason:
        pytest.skip(f"NOT PROVEN IN VS CODE: {reason}")
    workbench = open_bare()
    press(workbench, ".notification-toast", "Install")
    expect(workbench.notification("no environment to install into")).to_be_visible()
    press(workbench, ".notification-toast", "Select Interpreter")
    select(workbench, python)
    press(workbench, ".monaco-dialog-box", "Install")
    expect(workbench.terminal()).to_contain_text("Done.", timeout=INSTALLING)
    runs_from(workbench, python)
    workbench.screenshot("installed")
    # Nothing that is over is still told.
    expect(workbench.page.locator(".notification-toast")).to_have_count(0)
    # Debugging needs more, and says so before anything is started.
    stop_at(workbench, 14)
    workbench.click_lens("Debug", 1)
    workbench.choose("Debug double")
    expect(workbench.page.locator(".monaco-dialog-box")).to_contain_text("debugpy")
    press(workbench, ".monaco-dialog-box", "Install")
    stopped_at(workbench, 14)


def test_an_installation_that_fails_says_why(open_bare, tmp_path):
    python = environments.environment(tmp_path / "no pip")
    workbench = open_bare()
    press(workbench, ".notification-toast", "Install")
    press(workbench, ".notification-toast", "Select Interpreter")
    select(workbench, python)
    press(workbench, ".monaco-dialog-box", "Install")
    expect(workbench.notification("No module named pip")).to_be_visible()
    expect(workbench.terminal()).to_contain_text("No module named pip")
