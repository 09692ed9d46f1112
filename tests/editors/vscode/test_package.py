"""The extension as a package: typed, tested, small, and nothing in it that should not be."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from editors import tools

LIMIT = 500 * 1024
EXPECTED = {
    "LICENSE.txt", "changelog.md", "readme.md", "package.json", "language-configuration.json",
    "secrets-configuration.json", "intent-configuration.json", "dist", "icons", "syntaxes", "walkthrough",
    "l10n", "package.nls.json", "package.nls.zh-cn.json",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def modules() -> None:
    try:
        tools.modules()
    except tools.UnavailableError as reason:
        pytest.skip(f"NOT PROVEN: {reason}")


@pytest.mark.parametrize(
    "command",
    [["npm", "run", "--silent", "check"], ["npm", "test", "--silent"], ["node", "grammar/build.mjs", "--check"]],
    ids=["types and style", "unit tests", "generated grammars"],
)
def test_the_sources_are_in_order(command):
    done = subprocess.run(command, cwd=tools.EXTENSION, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_is_small_and_holds_what_it_should(vsix: Path):
    assert vsix.stat().st_size < LIMIT
    with zipfile.ZipFile(vsix) as package:
        names = {name.removeprefix("extension/") for name in package.namelist() if name.startswith("extension/")}
    assert {name.split("/")[0] for name in names} == EXPECTED
    assert {Path(name).suffix for name in names if name.startswith("dist/")} == {".js"}


def test_no_registry_is_named():
    lock = (tools.EXTENSION / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"].values()
    assert [one for one in packages if "resolved" in one] == []


def test_what_the_manifest_names_is_there():
    manifest = json.loads((tools.EXTENSION / "package.json").read_text(encoding="utf-8"))
    paths = [text for text in _strings(manifest["contributes"]) if text.startswith("./")] + [manifest["icon"]]
    assert [path for path in paths if not (tools.EXTENSION / path).exists()] == []
    known = {one["command"] for one in manifest["contributes"]["commands"]}
    menus = [item["command"] for items in manifest["contributes"].get("menus", {}).values() for item in items]
    keys = [item["command"] for item in manifest["contributes"].get("keybindings", [])]
    assert {name for name in (*menus, *keys) if name.startswith("nexa.")} <= known


def test_executables_can_be_set_for_the_machine_only():
    manifest = json.loads((tools.EXTENSION / "package.json").read_text(encoding="utf-8"))
    settings = {
        name: one for section in manifest["contributes"]["configuration"] for name, one in section["properties"].items()
    }
    paths = [name for name in settings if name.endswith((".path", "Path", ".command"))]
    assert paths
    assert {settings[name]["scope"] for name in paths} == {"machine"}


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
