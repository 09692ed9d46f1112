"""Kate, out of Debian packages, without a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from harness.editors import CLONE, Unpacked, debian

DEFINITIONS = CLONE / "docs" / "editors" / "kate"
LIBRARIES = "usr/lib/x86_64-linux-gnu"

UNNEEDED = (
    "libllvm19", "mesa-libgallium", "libz3-4", "libgl1-mesa-dri",
    "libavcodec61", "libavformat61", "libavutil59", "libswscale8", "libswresample5", "libcodec2-1.2",
    "libsvtav1enc2", "libaom3", "libx265-215", "librav1e0.7", "libvpx9", "libjxl0.11", "libopenmpt0t64", "libmysofa1",
    "libspa-0.2-modules", "libfftw3-single3", "systemd", "libsystemd-shared", "gnupg-l10n", "plasma-desktoptheme",
)  # fmt: skip
"""Graphics cards, films and services: 80 of 200 MB that Kate starts without."""


def unpacked() -> Unpacked:
    """Kate and the command line of its highlighter."""
    return debian("kate-trixie", "trixie", ["kate", "libkf6syntaxhighlighting-tools"], UNNEEDED)


def environment(tree: Unpacked, home: Path) -> dict[str, str]:
    """A home of its own, and the server of this environment on the PATH."""
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_PLUGIN_PATH": str(tree.folder / LIBRARIES / "qt6/plugins"),
        "QT_FORCE_STDERR_LOGGING": "1",
        "XDG_DATA_DIRS": str(tree.folder / "usr/share"),
        "XDG_CONFIG_DIRS": str(tree.folder / "etc/xdg"),
    }
