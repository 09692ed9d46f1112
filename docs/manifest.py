"""The parts of the VS Code extension's `package.json` that the server decides: settings, commands, semantic tokens.

The rest of the file is written by hand and left as it is. What people read of it stands in `package.nls.json` under
names: English that is written into `package.json` moves there. Part of `python docs/generate.py`.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

EXTENSION = Path(__file__).resolve().parent.parent / "vscode-extension"
SERVER_SECTION = "Language Server"
TITLES = {
    "nexa.run": ("Run Flow", "$(play)"),
    "nexa.stop": ("Stop Run", "$(debug-stop)"),
    "nexa.debug": ("Debug Flow", "$(debug-alt)"),
    "nexa.graph": ("Show Graph", "$(type-hierarchy)"),
    "nexa.build": ("Build to Python", "$(package)"),
    "nexa.restart": ("Restart Language Server", "$(refresh)"),
}
"""How people call the server's commands, and their icons. What is not here is for programs."""

NEEDS_TRUST = ("nexa.run", "nexa.stop", "nexa.debug", "nexa.build")
"""Commands that execute something of the workspace's."""

Json = dict[str, Any]


def manifest_files(field_docs: Callable[[type], dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Both files, renewed, by name. `field_docs` reads the strings below the fields of a dataclass."""
    from nexa.ide.legend import as_json

    package = in_english()
    contributed = package["contributes"]
    contributed["commands"] = [*_commands(), *(one for one in contributed["commands"] if _is_ours(one["command"]))]
    section = {"title": SERVER_SECTION, "properties": dict(_settings(field_docs))}
    own = [one for one in contributed["configuration"] if one["title"] != SERVER_SECTION]
    contributed["configuration"] = [section, *own]
    contributed.update(as_json())
    words = name_texts(package)
    for name, content in (("package.json", package), ("package.nls.json", words)):
        yield f"vscode-extension/{name}", json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def in_english() -> Json:
    """The manifest as an English VS Code reads it."""
    package: Json = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    words = json.loads((EXTENSION / "package.nls.json").read_text(encoding="utf-8"))
    for owner, field, _ in _texts(package):
        text = owner[field]
        owner[field] = words[text[1:-1]] if text.startswith("%") else text
    return package


def _commands() -> Iterator[Json]:
    from nexa.lsp.capabilities import COMMANDS

    for name in filter(TITLES.get, COMMANDS):
        title, icon = TITLES[name]
        enablement = {"enablement": "isWorkspaceTrusted"} if name in NEEDS_TRUST else {}
        yield {"command": name, "title": title, "category": "Nexa", "icon": icon, **enablement}


def _is_ours(command: str) -> bool:
    """Whether the client alone knows a command."""
    from nexa.lsp.capabilities import COMMANDS

    return command not in COMMANDS


def _settings(field_docs: Callable[[type], dict[str, str]]) -> Iterator[tuple[str, Json]]:
    from nexa.compiler.config import Config, spelt
    from nexa.lsp.settings import Settings

    hints, docs = get_type_hints(Settings), field_docs(Settings)
    shared = {one.name for one in dataclasses.fields(Config)}
    for field in dataclasses.fields(Settings):
        spell = spelt if field.name in shared else _camel
        name, kind = f"nexa.{spell(field.name)}", hints[field.name]
        if not dataclasses.is_dataclass(kind):
            yield name, _schema(field, kind, docs[field.name])
            continue
        inner, inner_hints = field_docs(kind), get_type_hints(kind)
        for part in dataclasses.fields(kind):
            text = inner.get(part.name) or inspect.getdoc(kind) or ""
            yield f"{name}.{spell(part.name)}", _schema(part, inner_hints[part.name], text)


def _schema(field: dataclasses.Field[Any], kind: Any, text: str) -> Json:  # noqa: ANN401  # a type expression
    default = field.default if field.default is not dataclasses.MISSING else _made(field)
    plain = list(default) if isinstance(default, tuple) else default
    return {
        **_shape(kind),
        "default": plain,
        "scope": "resource",
        "markdownDescription": _in_json(" ".join(text.split())),
    }


def _in_json(text: str) -> str:
    """Tables as settings have them: what is described is written for `nexa.toml`, too."""
    return re.sub(r"`\{.*?\}`", lambda table: re.sub(r'"?([\w*/.-]+)"? = ', r'"\1": ', table[0]), text)


def _made(field: dataclasses.Field[Any]) -> Any:  # noqa: ANN401  # what the factory makes
    assert field.default_factory is not dataclasses.MISSING  # every setting has a default
    return field.default_factory()


def _shape(kind: Any) -> Json:  # noqa: ANN401  # a type expression
    """A type as JSON schema."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "string", "enum": list(parts)}
    if origin is tuple:
        return {"type": "array", "items": _shape(parts[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _shape(parts[1])}
    if origin is UnionType:
        return {"type": [_shape(part)["type"] if part is not type(None) else "null" for part in parts]}
    return {"type": {bool: "boolean", int: "integer", float: "number", str: "string"}[kind]}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def name_texts(package: Json) -> dict[str, str]:
    """Put names in the place of texts, and give the texts by name."""
    words: dict[str, str] = {}
    for owner, field, name in list(_texts(package)):
        words[name] = owner[field]
        owner[field] = f"%{name}%"
    return words


def _texts(package: Json) -> Iterator[tuple[Json, str, str]]:
    """What people read: where it stands, and its name."""
    contributed = package["contributes"]
    yield package, "description", "description"
    for name, capability in package["capabilities"].items():
        yield capability, "description", f"capability.{name}"
    for section, key in zip(contributed["configuration"], ("server", "editor"), strict=True):
        yield section, "title", f"settings.{key}"
        for name, schema in section["properties"].items():
            yield from ((schema, field, f"setting.{name}") for field in _DESCRIPTIONS if field in schema)
    for command in contributed["commands"]:
        yield command, "title", f"command.{command['command']}"
    for view in (one for views in contributed["views"].values() for one in views):
        yield from ((view, field, f"view.{view['id']}") for field in ("name", "contextualTitle"))
    for welcome in contributed["viewsWelcome"]:
        yield welcome, "contents", f"welcome.{welcome['view']}"
    for kind in ("semanticTokenTypes", "semanticTokenModifiers"):
        yield from ((token, "description", f"{kind}.{token['id']}") for token in contributed[kind])
    for debugger in contributed["debuggers"]:
        for name, schema in debugger["configurationAttributes"]["launch"]["properties"].items():
            yield from ((schema, field, f"launch.{name}") for field in _DESCRIPTIONS if field in schema)
        for snippet in debugger["configurationSnippets"]:
            yield from ((snippet, field, f"snippet.{field}") for field in ("label", "description"))
    for walkthrough in contributed["walkthroughs"]:
        for part in (walkthrough, *walkthrough["steps"]):
            name = "walkthrough" if part is walkthrough else f"walkthrough.{part['id']}"
            yield from ((part, field, f"{name}.{field}") for field in ("title", "description"))


_DESCRIPTIONS = ("description", "markdownDescription")
