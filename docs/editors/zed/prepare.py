"""Writes the Zed extension into a folder, with grammars that Zed takes from this clone instead of from the network.

    python docs/editors/zed/prepare.py FOLDER

Zed checks a grammar out by a commit: the one that is checked out here. After the clone has moved on, run it again and
press "Rebuild" on Zed's page of extensions.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLONE = HERE.parents[2]
_ONLY_HERE = shutil.ignore_patterns(
    "prepare.py", "README.md", ".gitignore", "Cargo.lock", "*.wasm", "grammars", "target"
)


def prepare(folder: Path) -> str:
    """Write or renew the extension; the commit that its grammars are taken from."""
    manifest = folder / "extension.toml"
    if folder.exists() and any(folder.iterdir()) and not manifest.exists():
        raise FileExistsError(f"{folder} holds something else: name a new folder")
    head = ["git", "-C", str(CLONE), "rev-parse", "HEAD"]
    commit = subprocess.run(head, capture_output=True, text=True, check=True).stdout.strip()
    shutil.copytree(HERE, folder, ignore=_ONLY_HERE, dirs_exist_ok=True)
    text = (HERE / "extension.toml").read_text(encoding="utf-8")
    source = f'repository = "{CLONE.as_uri()}"\nrev = "{commit}"'
    text = re.sub(r'^repository = "[^"]*"\nrev = "[^"]*"$', source, text, flags=re.MULTILINE)
    manifest.write_text(text, encoding="utf-8", newline="\n")
    return commit


def main(arguments: list[str]) -> int:
    """Do so for the folder on the command line: an exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0]).expanduser().resolve()
    try:
        commit = prepare(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"not written: {error}", file=sys.stderr)
        return 1
    print(f"wrote {folder}, with the grammars of {commit[:12]}")
    print('in Zed: "zed: install dev extension", and choose that folder')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
