"""The `nexa` command: `main` and the table of its subcommands, each in its own module and imported when it is used."""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("nexa.cli.run", "Check, compile and run a program."),
    "serve": ("nexa.cli.serve", "Serve the servers of a program."),
    "routes": ("nexa.cli.routes", "List the routes of the servers of a program."),
    "jobs": ("nexa.cli.jobs", "List the jobs of a project, cancel them, put them back."),
    "workers": ("nexa.cli.workers", "Run the jobs of a program."),
    "build": ("nexa.cli.build", "Write a program as readable Python."),
    "check": ("nexa.cli.check", "Report mistakes in programs."),
    "lint": ("nexa.cli.lint", "Report mistakes, style and parameters without a type."),
    "harness-check": ("nexa.cli.harness_check", "Report what a program does for its safety, and what is missing."),
    "test": ("nexa.cli.test", "Run the tests of programs."),
    "intent": ("nexa.cli.intents.command", "Test a program against the scenarios of its intent file."),
    "fmt": ("nexa.cli.fmt", "Format programs."),
    "graph": ("nexa.cli.graph", "Draw what a flow runs, and in which order."),
    "inspect": ("nexa.cli.inspect", "List what a program declares and runs."),
    "runs": ("nexa.cli.runs", "List past runs, or tell what happened in one."),
    "explain": ("nexa.cli.explain", "Explain a code."),
    "cache": ("nexa.cli.clearing", "Delete what is cached between runs."),
    "init": ("nexa.cli.init", "Start a project."),
    "lsp": ("nexa.cli.lsp_command", "Serve an editor."),
    "mcp": ("nexa.cli.mcp_command", "Serve a coding agent."),
    "dap": ("nexa.cli.dap", "Serve an editor as its debugger."),
}
"""Name → module with the click command `command`, and its line in `nexa --help`."""

ALIASES = {"validate": "check"}
"""Other names that the language reference gives to commands."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `nexa` with these arguments (those of the process by default) and return the exit status."""
    try:
        from nexa.cli.group import nexa
        from nexa.cli.guard import run_guarded
    except KeyboardInterrupt:  # before there was anything to interrupt
        return 130
    return run_guarded(nexa, "nexa", argv)
