"""`nexa init`: a small project that checks and runs at once."""

from __future__ import annotations

import os
from pathlib import Path

import click

from nexa.cli.output import replace_file, say

_CONFIG = """\
# Settings of this project; all of them: https://nexa-lang.github.io/nexa-lsp/settings/

[check]
harness = "warn"

[run]
max_parallel = 16
"""

_PROGRAM = """\
/// A summary that other code can rely on.
protocol Summary {
    title: str,
    points: list[str]
}

agent Reader -> Summary {
    role: "You read closely and leave nothing out."
    prompt: "Summarise the text in at most three points."
    model: "openai/gpt-4o-mini"
}

flow main(article: str = "Nexa is a language for workflows of language-model agents.") {
    summary = Reader.run(article)
    print(summary.title)
    for point in summary.points {
        print("- #{point}")
    }
}
"""

_IGNORED = (".nexa/", "*.nxs")
"""State of runs, and secrets: neither belongs in a repository."""


@click.command("init")
@click.argument("folder", default=".")
def command(folder: str) -> int:
    """Start a project in FOLDER (the current one by default). Existing files are left alone."""
    root = Path(folder)
    files = {"nexa.toml": _CONFIG, "main.nx": _PROGRAM}
    existing = [name for name in files if os.path.lexists(root / name)]
    if existing:
        raise click.UsageError(f"{root / existing[0]} exists already; nothing was written.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            replace_file(root / name, text.encode())
        _ignore(root / ".gitignore")
    except OSError as mistake:
        raise click.UsageError(f"cannot write to {root}: {(mistake.strerror or str(mistake)).lower()}") from None
    place = "" if folder == "." else f"cd {folder} && "
    say(f"Wrote {', '.join(files)} and .gitignore. Next: {place}nexa check && nexa run main.nx --mock")
    return 0


def _ignore(path: Path) -> None:
    """Add our entries to a `.gitignore` that may exist."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [one for one in _IGNORED if one not in text.splitlines()]
    if missing:
        separator = "" if not text or text.endswith("\n") else "\n"
        replace_file(path, (text + separator + "".join(f"{one}\n" for one in missing)).encode())
