"""Configurations, secrets, models, addresses, routes, ports and files: what the rules of NX6xx say, and what not."""

from __future__ import annotations

import pytest

from harness.findings import check_findings, differences, findings_of
from nexa.compiler.analysis import Settings
from nexa.compiler.rule import Finding

KEYS = """
//- keys.nxs
MAIL_TOKEN = "replace-me"
config default { API_KEY = "replace-me", MODEL_NAME = { strong: "a/b", fast: "c/d" } }
config staging { LIMITS_TOKEN = "replace-me" }
"""
AGENT = 'agent Ann { prompt: "Answer." }\n'


def found(text: str, code: str, settings: Settings | None = None, **files: str) -> list[Finding]:
    """The findings of a code in a program, with some files beside it."""
    beside = {name.replace("_", "."): content for name, content in files.items()}
    return [one for one in findings_of({"main.nx": text, **beside}, settings) if one.code == code]


def places(text: str, code: str, **files: str) -> list[str]:
    """What the findings of a code cover."""
    return [text.encode()[one.span.start : one.span.end].decode() for one in found(text, code, **files)]


# ── NX601: credentials ──────────────────────────────────────────────────────────────────────────────────────────

SHAPES = [
    "sk-abcdefghijklmnopqrstuvwx0123456789",
    "sk-proj-Ab1_cdefghijklmnop",
    "sk-ant-api03-abcdefghijkl",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_11ABCDEFG0abcdefghijklmnop",
    "AKIAIOSFODNN7EXAMPLE",
    "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
    "xoxb-1234567890-abcdef",
    "-----BEGIN RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("credential", SHAPES)
@pytest.mark.parametrize(
    "program",
    [
        'flow main {{ x = "{0}" print(x) }}',
        "flow main {{ print('🙂 客户', '{0}') }}",
        'agent Ann {{ prompt: """\n  Use {0} for it.\n""" }}',
        'flow main {{ print(std.http.get("https://example.org", {{"authorization": "Bearer {0}"}})) }}',
        'flow main {{ print("a #{{len("{0}")}} b") }}',
        'flow main(key: str = r"{0}") {{ print(key) }}',
        'flow main {{ python! """\nprint("{0}")\n""" }}',
        "flow main {{ print(`{0}`) }}",
        'let t = template"""{0}"""',
    ],
)
def test_a_credential_is_told_by_its_looks_and_never_repeated(credential: str, program: str) -> None:
    text = program.format(credential)
    findings = found(text, "NX601")
    assert len(findings) == 1, text
    assert credential in text.encode()[findings[0].span.start : findings[0].span.end].decode()
    said = repr((findings[0].message, findings[0].fix, findings[0].others, findings[0].related))
    assert credential not in said


LONG = [
    "0123456789abcdef0123456789abcdef",
    "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY=",
    "q7w8e9r1t2y3u4i5o6p7a8s9d1f2g3h4",
]


@pytest.mark.parametrize("value", LONG)
@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ('api_key = "{0}"', True),
        ('let session_token = "{0}"', True),
        ('x = {{"Password": "{0}"}}', True),
        ('x = {{secret_id: "{0}"}}', True),
        ('x.client_secret = "{0}"', True),
        ('x["api-key"] = "{0}"', True),
        ('print(std.auth.jwt_sign({{}}, secret: "{0}"))', True),
        ('checksum = "{0}"', False),
        ('print("{0}")', False),
    ],
)
def test_random_text_is_a_credential_under_a_name_that_says_so(value: str, line: str, is_told: bool) -> None:
    text = f"flow main {{\n    x = {{a: 1}}\n    {line.format(value)}\n}}"
    assert len(found(text, "NX601")) == is_told, text


@pytest.mark.parametrize(
    "text",
    [
        'key = "replace-me"',
        'key = "sk-…"',
        'key = "sk-xxxx-xxxx"',
        'prompt_key = "sk-learn-or-else-we-go"',
        'task = "task-0123456789abcdefgh"',
        'tokenizer = "models/v2/tokenizers/english-large-cased"',
        'token_name = "the_name_of_the_token_in_the_header_2"',
        'key = "00000000000000000000000000000000"',
        'key = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
        'keys = "one two three four five six seven eight 9"',
        'x = "BEGIN PRIVATE KEY"',
        'let secret_key = secret("OPENAI_API_KEY_OF_THE_WHOLE_TEAM_1")',
    ],
)
def test_what_only_reminds_of_a_credential_is_left_alone(text: str) -> None:
    assert found(f"flow main {{\n    {text}\n}}", "NX601") == []


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ('key = "sk-abcdefghijklmnopqrstuvwx0123456789"', 'key = secret("API_KEY")'),
        ('MAIL_KEY = "sk-abcdefghijklmnopqrstuvwx0123456789"', 'MAIL_KEY = secret("MAIL_KEY")'),
        ('x = {"api_token": "0123456789abcdef0123456789abcdef"}', 'x = {"api_token": secret("API_TOKEN")}'),
        ('x = "see sk-abcdefghijklmnopqrstuvwx0123456789"', 'x = secret("API_KEY")'),
        ('x = "a #{len("sk-abcdefghijklmnopqrstuvwx0123456789")}"', 'x = "a #{len(secret("API_KEY"))}"'),
        ('secret = 1\n    key = "sk-abcdefghijklmnopqrstuvwx0123456789"', None),
    ],
)
def test_the_fix_reads_a_secret_in_its_place(line: str, fixed: str | None) -> None:
    text = f"flow main {{\n    {line}\n}}"
    fix = found(text, "NX601")[0].fix
    if fixed is None:
        assert fix is None
        return
    assert fix is not None
    assert not fix.safe
    (edit,) = fix.edits
    raw = text.encode()
    assert (raw[: edit.span.start] + edit.text.encode() + raw[edit.span.end :]).decode() == text.replace(line, fixed)


# ── NX602: where secrets go ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('print(secret("K"))', 'secret("K")'),
        ('"🙂"; print key', "key"),
        ("print(key)", "key"),
        ("print([key, 1])", "[key, 1]"),
        ("print({a: {b: key}})", "{a: {b: key}}"),
        ('print("客户 #{key | upper}")', "key"),
        ('x = "Bearer " + key', "key"),
        ('x = "a"; x += key', "key"),
        ("key |> print", "key"),
        ("reflect(key)", "key"),
        ("std.ui.info(key)", "key"),
        ("raise ToolError(key)", "key"),
        ("Ann.run(key)", "key"),
        ('Ann.run("a", key)', "key"),
        ("Ann(key)", "key"),
        ("x = key >> Ann", "key"),
        ("x = key |>> [Ann, Bob]", "key"),
        ("x = spawn Ann(key)", "key"),
        ('let h = spawn Ann("a"); pass key to h', "key"),
        ("print(secrets.default.API_KEY)", "secrets.default.API_KEY"),
        ('y = if 1 > 2 then key else "a"; print(y)', "y"),
    ],
)
def test_a_secret_that_may_be_seen_is_reported_where_it_goes(line: str, place: str) -> None:
    text = f'{AGENT}{AGENT.replace("Ann", "Bob")}flow main {{\n    let key = secret("K", "none")\n    {line}\n}}'
    assert places(text, "NX602") == [place]


@pytest.mark.parametrize("key", ["prompt", "role", "description"])
def test_a_secret_in_what_an_agent_is_told_is_reported(key: str) -> None:
    text = f'let key = secret("K", "")\nagent Ann {{ {key}: key, memory: none }}\nflow main {{ print(Ann.run("a")) }}'
    assert places(text, "NX602") == ["key"]


@pytest.mark.parametrize(
    "line",
    [
        'x = std.http.get("https://example.org", {"x": key})',
        "x = use(key)",
        "x = len(key)",
        "x = key.length",
        'x = {a: key}; y = x["b"]',
        "x = std.auth.jwt_sign({}, key)",
        "let key = 1; print(key)",
        "print(secrets.default.BASE_URL)",
        'print(env("K") ?? "")',
        "if key { print(1) }",
        "fn print(x) { x }; print(key)",
    ],
)
def test_a_secret_that_is_used_is_left_alone(line: str) -> None:
    use = '@tool("Use it") fn use(key: secret) -> str { return "a" }\n'
    text = f'{use}flow main {{\n    let key = secret("K", "none")\n    {line}\n}}'
    assert places(text, "NX602") == []


# ── NX603, NX604, NX607: configurations ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        """
        use config stagin
                 //^^^^^^ NX603: no config named `stagin`; did you mean `staging`?
        """,
        """
        use config production
                 //^^^^^^^^^^ NX603: no config named `production`; there are `default` and `staging`
        """,
        """
        flow main { x = [secrets.stagin.LIMITS_TOKEN, secrets.staging.LIMITS_TOKEN] }
                               //^^^^^^ NX603: no config named `stagin`; did you mean `staging`?
        """,
        """
        flow main { x = [secret("MAIL_TOKE"), secret("API_KEY"), secret("LIMITS_TOKEN"), secret("X", "y")] }
                              //^^^^^^^^^^^ NX604: secret `MAIL_TOKE` is in no visible `.nxs` file; did you mean…
        """,
        """
        flow main { x = secret(key: "OTHER") }
                                  //^^^^^^^ NX604: secret `OTHER` is in no visible `.nxs` file
        """,
        """
        flow main { x = [secrets.default.LIMITS_TOKEN, secrets.staging.LIMITS_TOKEN.length] }
                                       //^^^^^^^^^^^^ NX604: secret `LIMITS_TOKEN` is not in config `default` of any…
        """,
        """
        fn secret(key) { key }
        flow main { secrets = {a: {b: 1}}; x = [secret("OTHER"), secrets.a.b] }
        """,
        """
        flow main(name: str) { x = [secret(name), secret("A_#{name}")] }
        """,
        """
        include "gone.nx"
              //^^^^^^^^^ NX207
        use config stagin
        flow main { x = secret("OTHER") }
        """,
    ],
)  # fmt: skip
def test_names_of_configurations_and_secrets(text: str) -> None:
    lines = [line[8:] for line in text.strip("\n").splitlines()]
    codes = ("NX603", "NX604", "NX207")
    check_findings_of("\n".join(lines) + KEYS, codes)


def check_findings_of(text: str, codes: tuple[str, ...]) -> None:
    wrong = differences(text, severities=frozenset(), codes=frozenset(codes))
    assert not wrong, "\n".join(["", *wrong])


def test_without_any_secrets_file_keys_come_from_the_environment() -> None:
    text = 'use config staging\nflow main { x = secret("OTHER") }'
    assert [one.code for one in findings_of({"main.nx": text}) if one.code.startswith("NX6")] == ["NX603"]


def test_a_secrets_file_that_cannot_be_read_may_have_any_name() -> None:
    files = {"main.nx": 'use config x\nflow main { y = secret("Z") }', "keys.nxs": "config default { A = [1] }"}
    assert [one.code for one in findings_of(files) if one.code in ("NX603", "NX604")] == []


def test_a_library_by_itself_may_be_used_where_other_files_are_seen() -> None:
    files = {"lib.nxlib": 'fn f() { secret("Z") }', "keys.nxs": "A = 1"}
    assert [one.code for one in findings_of(files) if one.code == "NX604"] == []
    files["main.nx"] = 'include "lib.nxlib"\nflow main { f() }'
    assert [one.path for one in findings_of(files) if one.code == "NX604"] == ["lib.nxlib"]


def test_a_second_configuration_is_one_too_many_across_files() -> None:
    check_findings_of(
        """
        include "lib.nxlib"
        use config default
                 //^^^^^^^ NX607: config already selected: `staging`
        use config staging
                 //^^^^^^^ NX607: config already selected: `staging`
        //- lib.nxlib
        use config staging
        """
        + "\n".join(f"        {line}" for line in KEYS.splitlines()),
        ("NX607",),
    )
    files = {"main.nx": "use config a\nuse config a\nuse config b", "k.nxs": "config a {}\nconfig b {}"}
    fixes = [one.fix for one in findings_of(files) if one.code == "NX607"]
    assert [fix.safe for fix in fixes if fix] == [True, False]


# ── NX605: models ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ('model: "gpt-4o"', ["openai"]),
        ('model: "claude-x"', ["anthropic"]),
        ('model: "unheard-of"', ["openai"]),
        ('model: ["a/b", fallback: "grok-4"]', ["xai"]),
        ('model: ["mistral-large", fallback: "a/b"]', ["mistral"]),
        ('fallback: ["llama3", "a/b", "gemini-2"]', ["ollama", "gemini"]),
        ('model: "openai/gpt-4o"', []),
        ('model: "strong"', []),
        ('model: "fast"', []),
        ('model: "mine"', []),
        ("model: fast", []),
        ("fallback: Bob", []),
        ('fallback: "Bob"', []),
        ('model: "x#{1}"', []),
    ],
)
def test_models_without_a_provider(members: str, expected: list[str]) -> None:
    text = f'agent Ann {{ prompt: "a", {members} }}\nagent Bob {{ prompt: "b" }}\nflow main {{ print(Ann.run("a")) }}'
    keys = KEYS.partition("//- keys.nxs\n")[2]
    findings = found(text, "NX605", Settings(models=frozenset({"mine"})), keys_nxs=keys)
    titles = [one.fix.title.split("`")[1].partition("/")[0] for one in findings if one.fix]
    assert titles == expected
    assert all(len(one.others) > 5 for one in findings)


def test_the_runtime_knows_the_providers_that_fixes_name() -> None:
    from nexa.compiler.rules.bare_model import PROVIDERS
    from nexa.runtime.models import BASE_URLS

    assert sorted(PROVIDERS) == sorted(BASE_URLS)


# ── NX609: addresses ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('db d = connect("mysql://host/db")', ["mysql"]),
        ('db d = connect("sqlite://:memory:")', []),
        ('db d = connect("POSTGRES://host/db")', []),
        ('db d = connect("shop.db")', []),
        ('db d { url: "oracle://x" }', ["oracle"]),
        ('kv k = open("redis://host")', ["redis"]),
        ('kv k = open("sqlite://k.db")', []),
        ('kv k { path: ":memory:" }', []),
        ('flow main { print(std.http.http_post(data: 1, url: "htps://a.b")) }', ["htps"]),
        ('flow main { print(std.http.get("ftp://#{1}/a")) }', ["ftp"]),
        ('flow main { print(std.http.get("#{1}://a")) }', []),
        ('flow main { print(std.db.sqlite.connect("postgres://a")) }', ["postgres"]),
        ('flow main { print(std.db.postgres.connect("postgresql://a")) }', []),
        ('flow get(url) { url }\nflow main { print(get("ftp://a")) }', []),
        ('fn connect(x) { x }\nflow main { print(connect("ftp://a")) }', []),
        ('tool T { description: "x", mcp: "gopher://a" }', ["gopher"]),
        ('agent A uses mcp:"file://a" { prompt: "x" }', ["file"]),
        ('agent A uses mcp:"https://a" { prompt: "see ftp://a" }', []),
    ],
)
def test_schemes(text: str, expected: list[str]) -> None:
    assert [one.message.split("`")[1] for one in found(text, "NX609")] == expected


def test_a_slip_of_a_scheme_has_a_fix() -> None:
    text = 'flow main { print("客", std.http.get("htps://a.b")) }'
    (one,) = found(text, "NX609")
    assert one.fix is not None
    (edit,) = one.fix.edits
    assert text.encode()[edit.span.start : edit.span.end] == b"htps"
    assert edit.text == "https"


# ── NX610: values of options ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected", "fix"),
    [
        ("agent A { memory: lokal }", ["lokal"], "local"),
        ('agent A { memory: "lokal" }', ['"lokal"'], "local"),
        ('agent A { memory: "shared:team" }', [], ""),
        ("agent A { memory: none, tool_call_strategy: auto }", [], ""),
        ("agent A { tool_call_strategy: always }", ["always"], "auto"),
        ('agent A { output_format: "yaml" }', ['"yaml"'], "text"),
        ("agent A { log_level: loud }", ["loud"], "debug"),
        ("agent A { context { source: upstrem } }", ["upstrem"], "upstream"),
        ("agent A { context { inherit: [messages, artefacts] } }", ["artefacts"], "artifacts"),
        ("agent A { context_policy { strategy: slidingwindow } }", ["slidingwindow"], "sliding_window"),
        ('tool T { description: "x", risk_level: hihg }', ["hihg"], "high"),
        ('@tool("x", risk_level: "hgih") fn f() -> str { "a" }', ['"hgih"'], "high"),
        ('@tool("x", risk_level: low) fn f() -> str { "a" }', [], ""),
        ('@budget(max_cost: 1, on_exhaust: "stop") agent A { prompt: "a" }', ['"stop"'], "fail"),
        ('job J on "q" (priority: urgent) { perform() { print(1) } }', ["urgent"], "normal"),
        ("job J { backoff: quadratic perform() { print(1) } }", ["quadratic"], "exponential"),
        ("job J { backoff: 3 perform() { print(1) } }", [], ""),
        ("db d { type: mysql }", ["mysql"], "sqlite"),
        ('let mode = "json"\nagent A { output_format: mode }', [], ""),
        ('agent A { memory: "#{1}" }', [], ""),
        ("flow main { with_context max_tokens: 9, strategy: newest { print(1) } }", ["newest"], "sliding_window"),
        ("agent A { model: whatever, permissions: [anything] }", [], ""),
    ],
)  # fmt: skip
def test_words_that_options_know(text: str, expected: list[str], fix: str) -> None:
    findings = found(text, "NX610")
    assert [text[one.span.start : one.span.end] for one in findings] == expected
    assert [one.fix.title for one in findings if one.fix] == ([f"Write `{fix}`"] if expected else [])


# ── NX611 to NX614: servers ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        """
        server 8080 {
            route GET "/a" => Ann
            route POST "/a" => Ann
            route "/a" => Ann
            semantic route "/a" => Ann
            route GET "/a/" => Ann
            route GET "/a" => Ann
                    //^^^^ NX611: route GET /a already declared
            route "/a" => Ann
                //^^^^ NX611: route /a already declared
            semantic route "/a" => Ann
                         //^^^^ NX611: semantic route /a already declared
            group "/g/" { group "/h" { route GET "/{a}/x" => Ann } }
            group "/g" { route GET "/h/{客}/x" => Ann }
                                 //^^^^^^^^^^ NX611: route GET /g/h/{客}/x already declared
        }
        server Other 8081 { route GET "/a" => Ann }
        """,
        """
        server 8080 {
            route GET "" => Ann
                    //^^ NX612: bad route path: it must begin with `/`
            route GET "a" => Ann
                    //^^^ NX612: bad route path: it must begin with `/`
            route GET "/a}" => Ann
                    //^^^^^ NX612: bad route path: unmatched `}`
            route GET "/{}" => Ann
                    //^^^^^ NX612: bad route path: `{}` needs a name
            route GET "/{a b}" => Ann
                    //^^^^^^^^ NX612: bad route path: `{a b}` is not a name
            route GET "/{a}/{a}" => Ann
                    //^^^^^^^^^^ NX612: bad route path: two parameters `{a}`
            route GET "/a b" => Ann
                    //^^^^^^ NX612: bad route path: it has a space
            route GET "/a?b={c}" => Ann
                    //^^^^^^^^^^ NX612: bad route path: `?` ends it; what follows is not part of a path
            group "g" { route GET "/" => Ann }
                //^^^ NX612: bad route path: it must begin with `/`
            group "" { route GET "/x/{y}/*" => Ann }
            semantic route "questions about orders" => Ann
        }
        """,
        """
        server 0 { route GET "/" => Ann }
             //^ NX613: port 0 out of range; ports are 1 to 65535
        server A { port: 65536 route GET "/" => Ann }
                       //^^^^^ NX613: port 65536 out of range; ports are 1 to 65535
        server B { port: -1 route GET "/" => Ann }
                       //^^ NX613: port -1 out of range; ports are 1 to 65535
        server 65535 { route GET "/" => Ann }
        server 1 { route GET "/" => Ann }
        """,
        """
        include "more.nx"
        server 8081 { route GET "/" => Ann }
        server B { port: 8080 route GET "/" => Ann }
                       //^^^^ NX614: two servers on port 8080
        server 8081 { port: 8081 route GET "/" => Ann }
             //^^^^ NX614: two servers on port 8081
                          //^^^^ NX614: two servers on port 8081
        //- more.nx
        server 8080 { route GET "/" => Ann }
        agent Ann { prompt: "Answer." }
        """,
    ],
)
def test_servers(text: str) -> None:
    is_whole = "agent Ann" in text
    check_findings_of(text if is_whole else f"        {AGENT}{text}", ("NX611", "NX612", "NX613", "NX614"))


def test_what_is_repeated_tells_where_the_first_is() -> None:
    text = f'{AGENT}server 8080 {{ route GET "/a" => Ann\n route GET "/a" => Ann }}\nserver 8080 {{ }}'
    findings = [*found(text, "NX611"), *found(text, "NX614")]
    assert [[text[note.span.start : note.span.end] for note in one.related] for one in findings] == [['"/a"'], ["8080"]]


# ── NX616: files ────────────────────────────────────────────────────────────────────────────────────────────────

FILES = """
agent Ann uses "a.md", "gone.md", "tools.py", "gone.py", mcp:"https://a" {
    prompt: "Answer."
    experience: "gone.txt"
}
agent Bob { prompt: "Answer.", experience: "a.md", uses: ["gone.md", "a.md"] }
tool T { description: "x", python: "gone.py" }
server 8080 { static "/x" from "./gone/"; route GET "/" => Ann }
agent Eve { prompt: "see gone.md", experience: "#{1}.md" }
"""


def test_files_that_are_not_there() -> None:
    expected = ['"gone.md"', '"gone.py"', '"gone.txt"', '"gone.md"', '"gone.py"', '"./gone/"']
    assert places(FILES, "NX616", a_md="", tools_py="def f(): ...") == expected


def test_paths_count_from_the_file_that_names_them() -> None:
    library = 'agent Ann { prompt: "a", experience: "x.md" }\nagent Bob { prompt: "b", experience: "../y.md" }'
    files = {"main.nx": 'include "lib/l.nxlib"', "lib/l.nxlib": library, "lib/x.md": "", "y.md": ""}
    assert [one for one in findings_of(files) if one.code == "NX616"] == []
    del files["lib/x.md"]
    assert [one.message for one in findings_of({**files, "x.md": ""}) if one.code == "NX616"] == [
        "file `x.md` not found"
    ]


def test_torn_declarations_are_not_judged() -> None:
    agent = 'agent Ann { prompt: "a", experience: "gone.md", model: "gpt", memory: lokal, x = [ }'
    text = f'{agent}\nserver 99999 {{ route GET "a" => }}'
    assert [one.code for one in findings_of({"main.nx": text}) if one.code.startswith("NX6")] == []


def test_all_of_it_with_broken_neighbours() -> None:
    check_findings(
        """
        agent Ann { prompt: "Answer." }
        server 99999 { route GET "/a" => Ann }
             //^^^^^ NX613
        flow broken( {
                 //^ NX102
        """
    )
