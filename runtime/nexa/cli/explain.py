"""`nexa explain NX201`: the manual of a rule, as the rule's own file has it."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from nexa.cli.language import speaks_chinese
from nexa.cli.manual import Entry, entries
from nexa.cli.output import write_out
from nexa.compiler.version import rule_url


@click.command("explain")
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(code: str | None, form: str) -> int:
    """Explain a code, with a wrong and a right program. Without CODE, list all codes."""
    known = entries()
    if code is None:
        listing = json.dumps([entry_json(one) for one in known], indent=2, ensure_ascii=False) + "\n"
        write_out(listing if form == "json" else "".join(f"{one.code}  {one.name}\n" for one in known))
        return 0
    found = found_entry(code)
    if isinstance(found, str):
        raise click.BadParameter(
            found if found.endswith("?") else f"{found} `nexa explain` lists all.", param_hint="'CODE'"
        )
    if form == "json":
        write_out(json.dumps(entry_json(found), indent=2, ensure_ascii=False) + "\n")
    else:
        write_out(_in_chinese(found) if speaks_chinese() else entry_text(found))
    return 0


def found_entry(code: str) -> Entry | str:
    """The rule of that code or name, or why there is none."""
    known = entries()
    found = next((one for one in known if code.upper() == one.code or code.lower() == one.name), None)
    return found or _unknown(code, known)


def entry_text(one: Entry) -> str:
    """For people."""
    severity = f"{one.severity}, subject to --harness" if one.harness else one.severity
    fix = f"Fix: {one.fix}.\n\n" if one.fix else ""
    return f"{one.code} {one.name} ({severity})\n\n{one.text}\n\n{fix}{rule_url(one.code)}\n"


def _in_chinese(one: Entry) -> str:
    """As `entry_text`, in the language of the shell, as the editor shows it."""
    from nexa.lsp.prose import manual_to_chinese

    return entry_text(replace(one, text=manual_to_chinese(one.text), fix=""))


def entry_json(one: Entry) -> dict[str, object]:
    """For programs."""
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "harness": one.harness,
        "summary": one.summary,
        "text": one.text,
        "fix": one.fix or None,
        "url": rule_url(one.code),
    }


def _unknown(code: str, known: tuple[Entry, ...]) -> str:
    from nexa.compiler.suggest import nearest

    guess = nearest(code.upper(), [one.code for one in known]) or nearest(code.lower(), [one.name for one in known])
    return f"there is no rule {code!r}." + (f" Did you mean {guess}?" if guess else "")
