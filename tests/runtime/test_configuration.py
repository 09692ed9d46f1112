"""Secrets, the lookup order of section 5.13, models by name, and what is never shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nexa.runtime.config import Configuration, Secrets, Settings, read_files
from nexa.runtime.errors import ModelError, NexaError, SecretError
from nexa.runtime.models import Models
from nexa.runtime.providers.anthropic import Anthropic
from nexa.runtime.providers.base import Usage
from nexa.runtime.providers.mock import Mock
from nexa.runtime.providers.openai_compatible import OpenAICompatible
from nexa.runtime.redaction import Redactor
from nexa.runtime.run import Run
from nexa.runtime.run_options import RunOptions, configure
from nexa.runtime.secrets_file import SecretsFile, read_secrets

# Reading files


@pytest.mark.parametrize(
    ("text", "flat", "configs"),
    [
        ("", {}, {}),
        ('K = "v"', {"K": "v"}, {}),
        ("K: 'v', L=2; M = true\nN = -1.5e3", {"K": "v", "L": 2, "M": True, "N": -1500.0}, {}),
        ('config a { K = "x" }\nconfig b { K = "y" L: 1_000 }', {}, {"a": {"K": "x"}, "b": {"K": "y", "L": 1000}}),
        ('config a { K = "x" }\nconfig a { L = "y" }', {}, {"a": {"K": "x", "L": "y"}}),
        ('config = "flat"', {"config": "flat"}, {}),
        (
            'M = { "strong": "a/b", weak: "c", deep: { x: 1 } }',
            {"M": {"strong": "a/b", "weak": "c", "deep": {"x": 1}}},
            {},
        ),
        ('// note\n# note\n/* long\nnote */ K = "v" // end', {"K": "v"}, {}),
        ('K = "a\\n\\t\\"\\u00e9\\u{1F600}\\x41\\q"', {"K": 'a\n\t"é😀A\\q'}, {}),
        ('K = r"a\\n#{x}"', {"K": "a\\n#{x}"}, {}),
        ('K = """a\n"b"\nc"""', {"K": 'a\n"b"\nc'}, {}),
        ('K = "no #{interpolation}"', {"K": "no #{interpolation}"}, {}),
        ('\ufeffK = "v";', {"K": "v"}, {}),
    ],
)
def test_secrets_files(text: str, flat: dict[str, Any], configs: dict[str, Any]) -> None:
    assert read_secrets(text) == SecretsFile(flat, configs)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('K "v"', 1),
        ("K = ", 1),
        ('A = "x"\nK = value-without-quotes-hunter2', 2),
        ('K = "never closed hunter2', 1),
        ('config a {\nK = "hunter2"\n', 3),
        ("K = { a: }", 1),
        ("}", 1),
        ("K = 08x", 1),
    ],
)
def test_mistakes_are_told_by_line_and_never_by_value(text: str, line: int) -> None:
    with pytest.raises(SecretError) as caught:
        read_secrets(text, "s.nxs")
    assert caught.value.message.startswith(f"s.nxs:{line}: ")
    assert "hunter2" not in caught.value.message


def test_nearer_files_win_key_by_key(tmp_path: Path) -> None:
    inner = tmp_path / "flows" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "nexa.toml").touch()
    (tmp_path / "root.nxs").write_text(
        'A = "root" B = "root" config default { C = "root" D = "root" }', encoding="utf-8"
    )
    (inner / "near.nxs").write_text('A = "near" config default { C = "near" }', encoding="utf-8")
    (tmp_path / "other.nxs.txt").write_text('A = "no"', encoding="utf-8")
    included = tmp_path / "more" / "x.nxs"
    included.parent.mkdir()
    included.write_text('A = "included" E = "included"', encoding="utf-8")
    secrets = Secrets(read_files(inner / "a.nx", [included]), environment={})
    found = {key: secrets.text(key) for key in "ABCDEF"}
    assert found == {"A": "near", "B": "root", "C": "near", "D": "root", "E": "included", "F": None}


def test_files_above_the_project_are_not_read(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "above.nxs").write_text('A = "above"', encoding="utf-8")
    (project / ".git").mkdir()
    assert Secrets(read_files(project / "a.nx"), environment={}).text("A") is None


# The order of 5.13

PLACES = [
    ("environment NEXA_K", {"env": {"NEXA_API_KEY": "1"}}),
    ("active config", {"configs": {"staging": {"API_KEY": "2"}}}),
    ("provider's config", {"configs": {"acme": {"API_KEY": "3"}}}),
    ("default config", {"configs": {"default": {"API_KEY": "4"}}}),
    ("flat entry", {"flat": {"API_KEY": "5"}}),
    ("environment K", {"env": {"API_KEY": "6"}}),
    ("environment P_K", {"env": {"ACME_API_KEY": "7"}}),
]


@pytest.mark.parametrize("first", range(len(PLACES)))
def test_the_order_of_lookup(first: int) -> None:
    env: dict[str, str] = {}
    flat: dict[str, Any] = {}
    configs: dict[str, Any] = {}
    for _, place in PLACES[first:]:
        env.update(place.get("env", {}))
        flat.update(place.get("flat", {}))
        configs.update(place.get("configs", {}))
    secrets = Secrets([SecretsFile(flat, configs)], "staging", env)
    assert secrets.text("API_KEY", "acme") == str(first + 1)


def test_provider_places_are_for_keys_of_providers_only() -> None:
    secrets = Secrets([SecretsFile({}, {"acme": {"TOKEN": "x"}})], environment={"ACME_TOKEN": "y"})
    assert secrets.text("TOKEN", "acme") is None


def test_a_secret_that_is_nowhere() -> None:
    run = Run()
    with pytest.raises(SecretError, match="LIMITS_TOKEN"):
        run.secret("LIMITS_TOKEN")
    assert run.secret("LIMITS_TOKEN", "standard").reveal() == "standard"


@pytest.mark.parametrize(
    ("option", "environment", "used", "active"),
    [
        ("a", {"NEXA_CONFIG": "b"}, "c", "a"),
        (None, {"NEXA_CONFIG": "b"}, "c", "b"),
        (None, {}, "c", "c"),
        (None, {}, None, "default"),
    ],
)
def test_the_active_config(
    tmp_path: Path, option: str | None, environment: dict[str, str], used: str | None, active: str
) -> None:
    (tmp_path / "s.nxs").write_text("config a { } config b { } config c { }", encoding="utf-8")
    options = RunOptions(config=option, environment=environment)
    assert configure(tmp_path / "a.nx", used, options).secrets.active == active


def test_a_config_that_is_nowhere(tmp_path: Path) -> None:
    with pytest.raises(NexaError, match="no config `prod`"):
        configure(tmp_path / "a.nx", None, RunOptions(config="prod", environment={}))


# Settings


@pytest.mark.parametrize(
    ("option", "environment", "table", "mode"),
    [
        ("strict", {"NEXA_TYPE_MODE": "warn"}, "forgiving", "strict"),
        (None, {"NEXA_TYPE_MODE": "strict"}, "forgiving", "strict"),
        (None, {}, "forgiving", "forgiving"),
        (None, {}, None, "warn"),
    ],
)
def test_precedence_of_the_type_mode(
    tmp_path: Path, option: Any, environment: dict[str, str], table: str | None, mode: str
) -> None:
    if table:
        (tmp_path / "nexa.toml").write_text(f'[run]\ntype_mode = "{table}"\nmax_parallel = 3\n', encoding="utf-8")
    options = RunOptions(type_mode=option, environment=environment)
    settings = configure(tmp_path / "a.nx", None, options).settings
    assert settings.type_mode == mode
    assert settings.max_parallel == (3 if table else 16)


def test_a_type_mode_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(NexaError, match="type mode"):
        configure(tmp_path / "a.nx", None, RunOptions(environment={"NEXA_TYPE_MODE": "lax"}))


def test_offline_and_state_from_the_environment(tmp_path: Path) -> None:
    environment = {"NEXA_LLM": "mock", "NEXA_STATE_DIR": str(tmp_path / "state"), "NEXA_MOCK_SCRIPT": "s.toml"}
    settings = configure(tmp_path / "a.nx", None, RunOptions(environment=environment)).settings
    assert (settings.offline, settings.state_dir, settings.mock_script) == (True, tmp_path / "state", Path("s.toml"))


def test_tables_of_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.nexa.run]\ndrain_timeout = 2\n", encoding="utf-8")
    assert configure(tmp_path / "a.nx", None, RunOptions(environment={})).settings.drain_timeout == 2.0


# Models


def models(
    configs: dict[str, Any] | None = None, *, environment: Any = None, offline: bool = False, **tables: Any
) -> Models:
    secrets = Secrets([SecretsFile({}, configs or {})], environment=environment or {})
    return Models(Configuration(secrets, Settings(offline=offline), **tables), Redactor())


ENDPOINT = {"BASE_URL": "https://models.example.org/v1", "API_KEY": "key-123456"}
ALIASES = {"default": {**ENDPOINT, "MODEL_NAME": {"strong": "large", "weak": "acme/small"}}}


@pytest.mark.parametrize(
    ("name", "provider", "model"),
    [
        ("strong", "default", "large"),
        ("weak", "acme", "small"),
        ("super", "default", "large"),
        ("other", "default", "other"),
        ("acme/some/thing", "acme", "some/thing"),
        ("mock/small", "mock", "small"),
    ],
)
def test_names_of_models(name: str, provider: str, model: str) -> None:
    found = models(ALIASES).resolve(name)
    assert (found.provider.name, found.model) == (provider, model)


def test_an_alias_of_the_project_comes_first() -> None:
    found = models(ALIASES, models={"strong": {"model": "acme/best"}}).resolve("strong")
    assert (found.provider.name, found.model) == ("acme", "best")


def test_offline_every_name_leads_to_the_mock() -> None:
    for name in ("strong", "weak", "openai/gpt", "whatever"):
        assert isinstance(models(offline=True).resolve(name).provider, Mock)


def test_a_provider_is_made_once() -> None:
    found = models(ALIASES)
    assert found.resolve("a").provider is found.resolve("b").provider


def test_which_protocol_a_provider_speaks() -> None:
    environment = {"ANTHROPIC_API_KEY": "key-123456", "OPENAI_API_KEY": "key-123456"}
    found = models(environment=environment)
    assert isinstance(found.resolve("anthropic/claude").provider, Anthropic)
    assert isinstance(found.resolve("openai/gpt").provider, OpenAICompatible)


def test_providers_of_the_project() -> None:
    table = {"base_url": "http://localhost:9/v1", "api_key_env": "MY_KEY"}
    found = models(providers={"local": table}, environment={"MY_KEY": "key-123456"})
    endpoint: Any = found.resolve("local/m").provider
    assert endpoint._endpoint.base_url == "http://localhost:9/v1"
    assert endpoint._endpoint._headers == {"authorization": "Bearer key-123456"}


def test_a_local_endpoint_needs_no_key() -> None:
    assert models().resolve("ollama/llama").provider.name == "ollama"


@pytest.mark.parametrize(
    ("name", "configs", "kind", "reason"),
    [
        ("strong", {}, SecretError, "no model is configured for `strong`"),
        ("openai/gpt", {}, SecretError, "OPENAI_API_KEY"),
        ("unheard/of", {}, SecretError, "BASE_URL of provider `unheard`"),
        ("bare", {}, SecretError, "BASE_URL of the active config"),
        ("bare", {"default": {"BASE_URL": "https://x.example"}}, SecretError, "no API key"),
        ("bare", {"default": {"BASE_URL": "ftp://x.example", "API_KEY": "k"}}, ModelError, "http"),
    ],
)
def test_what_is_missing_is_told_with_what_to_do(name: str, configs: Any, kind: type, reason: str) -> None:
    with pytest.raises(kind, match=reason):
        models(configs).resolve(name)


def test_costs_where_prices_are_known() -> None:
    found = models(ALIASES, models={"strong": {"model": "acme/best", "input_price": 2.0, "output_price": 10.0}})
    assert found.cost("acme/best", "strong", Usage(1_000_000, 100_000)) == 3.0
    assert found.cost("other", "weak", Usage(1, 1)) is None


# Redaction


def test_known_secrets_are_replaced_everywhere() -> None:
    redact = Redactor()
    for secret in ("hunter2", "hunter2-long", "abc"):
        redact.add(secret)
    assert redact.clean({"a": ["x hunter2-long y", 3], "hunter2": None}) == {"a": ["x *** y", 3], "***": None}
    assert redact.clean("abc") == "abc"  # too short to be worth hiding


def test_secrets_never_appear_in_an_event() -> None:
    lines: list[Any] = []
    files = [SecretsFile({"TOKEN": "tok-12345"}, {"default": {**ENDPOINT, "MODEL_NAME": {"strong": "large"}}})]
    run = Run(Configuration(Secrets(files, environment={"FROM_ENV": "env-98765"})), sinks=[lines.append])
    run.secret("FROM_ENV")
    run.log("info", "tok-12345 and key-123456 and env-98765 on large")
    run.print("https://models.example.org/v1\n")
    assert lines[0]["text"] == "*** and *** and *** on large"
    assert lines[1]["text"] == "***\n"


def test_python_blocks_read_secrets_as_texts() -> None:
    from nexa.runtime.run import enter
    from nexa.runtime.secrets_view import nexa_secrets

    lines: list[Any] = []
    run = Run(Configuration(Secrets(environment={"TOKEN": "tok-12345"})), sinks=[lines.append])
    leave = enter(run)
    assert [nexa_secrets.get("TOKEN"), nexa_secrets.get("NONE"), nexa_secrets.get("NONE", "x")] == [
        "tok-12345",
        None,
        "x",
    ]
    leave()
    run.log("info", "tok-12345")
    assert lines[0]["text"] == "***"
