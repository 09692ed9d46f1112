"""A configuration is selected that no secrets file has.

`use config name` and `secrets.name` speak of a block `config name { … }` in a `.nxs` file: one beside the program or
above it, up to the root of the project, or one that is included. As long as such a file cannot be read, and in a
library that is checked without its program, nothing is reported.

Bad:

    use config stagin
             //^^^^^^ NX603: no config named `stagin`; did you mean `staging`?
    flow main { print("a") }
    //- keys.nxs
    config staging { API_KEY = "replace-me" }

Good:

    use config staging
    flow main { print("a") }
    //- keys.nxs
    config staging { API_KEY = "replace-me" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import linked, said_at
from nexa.compiler.program import Program
from nexa.compiler.remedies import instead
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity
from nexa.compiler.secrets_known import config_names, is_predeclared, sees_all_secrets
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed


def check(program: Program) -> Iterable[ProgramDraft]:
    """`use config`, and the names behind `secrets.`."""
    links = list(linked(program, "use config", "config"))
    if not links or not sees_all_secrets(program):
        return
    known = config_names(program)
    for at, link in links:
        if link.target in known or (link.kind == "config" and not is_predeclared(program, "secrets")):
            continue
        similar = nearest(link.target, known)
        text = f"no config named `{link.target}`{hint(similar) or _there(known)}"
        yield said_at(at, text, fix=instead(similar))


def _there(known: frozenset[str]) -> str:
    if not known:
        return "; no visible `.nxs` file has any"
    return f"; there {'is' if len(known) == 1 else 'are'} {listed(sorted(known))}"


RULE = ProgramRule("NX603", "unknown-config", Severity.ERROR, check)
