"""The names in the secrets files that a program sees: configurations, keys, models. Never a value."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.chains import dotted
from nexa.compiler.file import File
from nexa.compiler.lower import SecretConfig
from nexa.ide.features.completion.candidates import WANTED, Candidate
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.text_at import token_before
from nexa.syntax import Span


def configs(project: Project, path: str) -> list[tuple[str, SecretConfig]]:
    """The configurations that a file's programs see, each with its file; the nearest first, each name once."""
    found: dict[str, tuple[str, SecretConfig]] = {}
    for program in project.programs_with(path):
        for file in program.secrets:
            for config in file.secrets.configs:
                if config.name:
                    found.setdefault(config.name, (file.path, config))
    return list(found.values())


def keys(project: Project, path: str) -> dict[str, str]:
    """Every key of every configuration, and those outside of one, with where it stands first."""
    found: dict[str, str] = {}
    for program in project.programs_with(path):
        for file in program.secrets:
            for config in file.secrets.configs:
                for entry in config.entries:
                    found.setdefault(entry.key, config.name)
            for entry in file.secrets.entries:
                found.setdefault(entry.key, file.path.rpartition("/")[2])
    found.pop("", None)
    return found


def model_aliases(project: Project, path: str) -> dict[str, str]:
    """The names that `MODEL_NAME` gives to models, with where it does so."""
    found: dict[str, str] = {}
    for _, config in configs(project, path):
        for entry in config.entries:
            if entry.key == "MODEL_NAME":
                for alias in entry.entries:
                    found.setdefault(alias.key, f"config {config.name}")
    for program in project.programs_with(path):
        for file in program.secrets:
            for entry in file.secrets.entries:
                if entry.key == "MODEL_NAME":
                    for alias in entry.entries:
                        found.setdefault(alias.key, file.path.rpartition("/")[2])
    found.pop("", None)
    return found


def config_names(place: Place) -> Iterator[Candidate]:
    """Behind `use config`."""
    for path, config in configs(place.project, place.path):
        yield Candidate(config.name, "config", WANTED, origin=path.rpartition("/")[2])


def secret_names(project: Project, path: str) -> Iterator[Candidate]:
    """In the quotes of `secret("…")`."""
    for key, where in keys(project, path).items():
        yield Candidate(key, "secret", WANTED, origin=where)


def secret_members(place: Place, member: ast.Member) -> Iterator[Candidate]:
    """Behind `secrets.`, and `secrets.cfg.`."""
    path = [name.text for name in dotted(member.object)]
    root = dotted(member.object)[:1]
    if path[:1] != ["secrets"] or root[0] in place.item.scope.bindings or place.names.entries("value", "secrets"):
        return
    if len(path) == 1:
        for where, config in configs(place.project, place.path):
            yield Candidate(config.name, "config", WANTED, origin=where.rpartition("/")[2], ends=".")
    elif len(path) == 2:
        for _, config in configs(place.project, place.path):
            for entry in config.entries if config.name == path[1] else ():
                yield Candidate(entry.key, "secret", WANTED, origin=config.name)


# ── in a secrets file ───────────────────────────────────────────────────────────────────────────────────────────

_KEYS = {
    "API_KEY": "The key of the provider.",
    "BASE_URL": "The endpoint of the provider.",
    "MODEL_NAME": "Names for models: `strong`, `weak` and any others.",
}


def secret_keys(project: Project, file: File, word: Span) -> Iterator[Candidate]:
    """Where an entry of a secrets file begins: known keys, those that programs ask for, `config` outside of one."""
    before = file.text[: word.start].rstrip(b" \t")
    if before and before[-1:] not in b"\r\n{,;":
        return
    token = token_before(file, word.start)
    is_inside = token is not None and ("config_block" in token.within if token.kind != "}" else len(token.within) > 2)
    blocks = [one.entries for one in file.secrets.configs if one.span.start < word.start] if is_inside else []
    given = {entry.key for entry in (blocks[-1] if blocks else file.secrets.entries)}
    wanted = dict.fromkeys([*_KEYS, *_asked_for(project, file.path)])
    for key in wanted:
        if key not in given:
            found = Candidate(key, "secret", WANTED, doc=_KEYS.get(key, ""))
            found.insert, found.snippet = f"{key} = ", f'{key} = "${{0}}"'
            if key == "MODEL_NAME":
                found.snippet = 'MODEL_NAME = { "strong": "${1}", "weak": "${0}" }'
            yield found
    if not is_inside:
        yield Candidate("config", "keyword", WANTED, insert="config ", snippet="config ${1:default} {\n\t${0}\n}")


def _asked_for(project: Project, path: str) -> Iterator[str]:
    """The secrets that the programs which see a secrets file ask for by their names."""
    for other in sorted(project.dependents(path)):
        file = project.file(other)
        for item in file.items if file is not None and file.language != "nxs" else ():
            yield from (link.target for link in item.links.links if link.kind == "secret")
