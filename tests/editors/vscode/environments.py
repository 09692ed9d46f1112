"""Python environments for the extension to find, and somebody who selects them."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

from editors import tools

STAND_IN = Path(__file__).with_name("python-extension")

_MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata><Identity Language="en-US" Id="python" Version="0.0.1" Publisher="ms-python"/>
<DisplayName>Python</DisplayName><Description xml:space="preserve"></Description></Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation><Dependencies/>
<Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets>
</PackageManifest>
"""


def python_extension(folder: Path) -> Path:
    """What stands in for the Python extension, as a package."""
    path = folder / "python.vsix"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("extension.vsixmanifest", _MANIFEST)
        for file in STAND_IN.iterdir():
            package.write(file, f"extension/{file.name}")
    return path


def wheels(folder: Path) -> Path:
    """Our own wheel, those of all that it needs, and the debugger's."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(folder), f"{tools.ROOT}[debug]"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise tools.UnavailableError(f"no wheels: {done.stderr}")
    return folder


def environment(folder: Path, *, with_pip: bool = False) -> Path:
    """The interpreter of a new environment."""
    venv.create(folder, with_pip=with_pip)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def with_server(python: Path) -> Path:
    """The same, after the server of this checkout has come beside it."""
    command = python.with_name("nexa-lsp")
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nexa.lsp "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return python


def path_without_server() -> str:
    """PATH, less the folders where a server is."""
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(one for one in folders if not (Path(one) / "nexa-lsp").exists())
