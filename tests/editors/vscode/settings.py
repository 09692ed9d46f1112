"""What a user of these tests has set."""

from __future__ import annotations

import json
from pathlib import Path

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


def write_settings(data: Path, **more: object) -> None:
    """The user's settings of a server."""
    user = data / "data" / "User"
    user.mkdir(parents=True, exist_ok=True)
    (user / "settings.json").write_text(json.dumps({**SETTINGS, **more}), encoding="utf-8")
