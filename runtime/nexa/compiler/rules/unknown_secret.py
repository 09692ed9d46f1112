"""A secret is read that no secrets file has.

`secret("K")` looks in the environment and in the visible `.nxs` files: those beside the program and above it, up to
the root of the project, and those that are included. A program that sees no such file takes its secrets from the
environment, so nothing is reported there, nor where a default says what to do without the secret.

Bad:

    flow main { std.http.get("https://example.org", {"x-key": secret("API_KY")}) }
                                                                   //^^^^^^^^ NX604: secret `API_KY` is in no visible `.nxs` file; did you mean `API_KEY`?
    //- keys.nxs
    config default { API_KEY = "replace-me" }

Good:

    flow main {
        std.http.get("https://example.org", {"x-key": secret("API_KEY"), "x-team": secret("TEAM", "none")})
    }
    //- keys.nxs
    config default { API_KEY = "replace-me" }
"""  # noqa: E501  # a marker is one line

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import linked, said_at
from nexa.compiler.program import Program
from nexa.compiler.remedies import instead
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity
from nexa.compiler.secrets_known import config_names, is_predeclared, keys_of, sees_all_secrets
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(program: Program) -> Iterable[ProgramDraft]:
    """`secret("K")`, and `secrets.name.K` of a configuration that there is."""
    links = list(linked(program, "secret"))
    if not links or not program.secrets or not sees_all_secrets(program):
        return
    configs = config_names(program)
    for at, link in links:
        known, config = keys_of(program, link.owner), link.owner
        if link.target in known or (config and config not in configs):
            continue
        if is_predeclared(program, "secrets" if config else "secret"):
            similar = nearest(link.target, known)
            where = f"not in config `{config}` of any visible" if config else "in no visible"
            text = f"secret `{link.target}` is {where} `.nxs` file{hint(similar)}"
            yield said_at(at, text, fix=instead(similar))


RULE = ProgramRule("NX604", "unknown-secret", Severity.WARNING, check)
