"""The extension, packaged and installed in a real VS Code in a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from editors import tools
from editors.vscode import artefacts
from editors.vscode.settings import write_settings
from editors.vscode.window import PATIENCE
from editors.vscode.workbench import Workbench

WORKSPACE = Path(__file__).with_name("workspace")


@dataclass(frozen=True)
class Server:
    """A VS Code of our own that listens."""

    address: str
    data: Path
    settings: Mapping[str, object] = field(default_factory=dict)

    def reset(self) -> None:
        """The settings of its user as they were: one that chooses another theme has changed them for every window."""
        write_settings(self.data, **self.settings)


@pytest.fixture(scope="session")
def vsix() -> Path:
    return _or_skip(tools.vsix)


@pytest.fixture(scope="session")
def server(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A VS Code that has the extension."""
    with serving([vsix], tmp_path_factory.mktemp("vscode"), "--disable-workspace-trust") as server:
        yield server


@pytest.fixture(scope="module")
def wary_server(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that trusts no folder."""
    never = {"security.workspace.trust.startupPrompt": "never"}
    with serving([vsix], tmp_path_factory.mktemp("wary"), settings=never) as server:
        yield server


@contextmanager
def serving(
    packages: Sequence[Path],
    data: Path,
    *flags: str,
    settings: Mapping[str, object] | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A VS Code of our own, with those extensions, settings of a user, and variables."""
    program = _or_skip(tools.vscode)
    command = [
        str(tools.node()), "out/server-main.js", "--accept-server-license-terms", "--telemetry-level", "off",
        "--server-data-dir", str(data), "--extensions-dir", str(data / "extensions"),
    ]  # fmt: skip
    env = {
        **os.environ,
        # The server that is tested is the checkout's, found as users have it found.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NEXA_LLM": "mock",
        **(env or {}),
    }
    install = [*command, *(word for package in packages for word in ("--install-extension", str(package)))]
    done = subprocess.run(install, cwd=program, env=env, capture_output=True, text=True, timeout=300)
    assert done.stdout.count("successfully installed") == len(packages), done.stdout + done.stderr
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (artefacts.FOLDER / f"{data.name}.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port), "--without-connection-token",
             "--force-disable-user-env", *flags],
            cwd=program, env=env, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait(address, process)
            yield Server(address, data, settings or {})
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def search() -> None:
    """VS Code can look for files."""
    _or_skip(tools.search)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    chromium = _or_skip(tools.chromium)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path,
            env={**os.environ, **chromium.env},
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


Open = Callable[..., Workbench]


@pytest.fixture
def open_folder(server: Server, browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens a copy of the workspace, with files of the test's own, in a window that runs `script` first."""
    contexts = []
    failures = request.session.testsfailed

    def start(other: Server | None = None, *, script: str = "", **files: str) -> Workbench:
        chosen = other or server
        chosen.reset()
        folder = tmp_path / "workspace"
        shutil.copytree(WORKSPACE, folder)
        for name, text in files.items():
            (folder / f"{name}.nx").write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        context.add_init_script(script)
        page = context.new_page()
        contexts.append((context, page, artefacts.listen(page)))
        return Workbench(page, chosen.address, folder)

    yield start
    for context, page, said in contexts:
        if request.session.testsfailed > failures or getattr(request.node, "failed", False):
            artefacts.keep(page, said, request.node.name)
        context.close()


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]  # read by open_folder
    return report


def pytest_configure() -> None:
    artefacts.FOLDER.mkdir(parents=True, exist_ok=True)


def _or_skip(make: Callable):
    try:
        return make()
    except tools.UnavailableError as reason:
        if os.environ.get("NEXA_EDITORS") == "required":
            raise
        pytest.skip(f"NOT PROVEN IN VS CODE: {reason}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(address: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "VS Code's server has ended; its log is among the artefacts"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("VS Code's server did not answer")
