"""The plugin of docs/editors/neovim in real Neovims: the oldest that it names, and a new one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.editors import Results, debian, play

SCENARIO = Path(__file__).with_name("scenario.lua")
CHECKS = re.findall(r'^check\("(.+)", function', SCENARIO.read_text(encoding="utf-8"), re.MULTILINE)
VERSIONS = {"0.10": "trixie", "0.12": "forky"}


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda version: f"neovim {version}")
def results(request, tmp_path_factory) -> Results:
    tree = debian(f"neovim-{VERSIONS[request.param]}", VERSIONS[request.param], ["neovim"])
    share = tree.folder / "usr/share"
    variables = {
        "VIMRUNTIME": str(share / "nvim/runtime"),
        "LUA_PATH": f"{share}/lua/5.1/?.lua;{share}/lua/5.1/?/init.lua;;",
        "LUA_CPATH": f"{tree.folder}/usr/lib/x86_64-linux-gnu/lua/5.1/?.so;;",
    }
    command = [*tree.program("usr/bin/nvim"), "--headless", "-u", "NONE", "-i", "NONE", "-n", "-l", str(SCENARIO)]
    return play(command, variables, tmp_path_factory.mktemp("neovim"))


@pytest.mark.parametrize("name", CHECKS)
def test_in_neovim(results: Results, name: str) -> None:
    assert results[name] is None, results[name]
