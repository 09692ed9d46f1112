"""Sign-in: providers, sessions, tokens and keys. The provider is a server on the loopback."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import aiohttp
import pytest
from aiohttp import web

from harness.programs import check_fails, check_value
from harness.serving import served
from nexa.runtime.auth import at_terminal, sessions, tokens
from nexa.runtime.auth.providers import providers_of
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.errors import AuthError
from nexa.runtime.run import Run
from nexa.runtime.testing import FakeClock

ONLINE = Settings(offline=False, type_mode="forgiving")


class FakeProvider:
    """Lets in who has the right code, verifier and secret."""

    def __init__(self) -> None:
        self.url = ""
        self.challenge = ""
        self.asked: list[dict[str, str]] = []
        self.user: object = {"id": 7, "login": "ada", "name": "Ada", "email": "ada@example.org", "avatar_url": "pic"}

    async def token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.asked.append(form)
        proof = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if form["code"] != "right" or proof != self.challenge or form["client_secret"] != "provider-secret":
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "access-token-1"})

    async def who(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != "Bearer access-token-1":
            return web.Response(status=401)
        return web.json_response(self.user)


@asynccontextmanager
async def provider() -> AsyncIterator[FakeProvider]:
    fake = FakeProvider()
    app = web.Application()
    app.router.add_post("/token", fake.token)
    app.router.add_get("/user", fake.who)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        await runner.cleanup()


def program(fake: FakeProvider, more: str = "") -> str:
    return f"""
    auth gate {{
        providers: [{{name: "acme", client_id: "us", client_secret: "ACME_KEY", scope: ["a", "b"],
            authorize_url: "{fake.url}/authorize", token_url: "{fake.url}/token", user_url: "{fake.url}/user"}}]
        {more}
    }}
    flow me(req) {{ return get_user(req) }}
    flow open() {{ return "open" }}
    flow visits(req) {{
        before = std.auth.session_data(req)["visits"] ?? 0 otherwise 0
        std.auth.set_session(req, {{visits: before + 1}})
        return std.auth.get_session(req)
    }}
    flow form(req) {{ return html(gate.csrf_field(req)) }}
    flow needs(req) {{ return require_auth(req).user.name }}
    flow leave(req) {{ logout_user(req)
        return "left" }}
    flow own(name: str, req) {{ std.auth.set_session(req, {{user: {{name: name}}}})
        return "in" }}
    flow about(req) {{ return std.auth.auth_context(req) }}
    server S 8085 {{
        require_auth "/admin"
        route GET "/me" => me
        route "/needs" => needs
        route "/visits" => visits
        route "/form" => form
        route "/leave" => leave
        route POST "/own/{{name}}" => own
        route "/about" => about
        route GET "/wanted" {{ handler: me, auth: required }}
        group "/admin" {{
            route "/" => me
            route "/open" {{ handler: open, auth: none }}
        }}
    }}
    """


SECRETS = Secrets(environment={"ACME_KEY": "provider-secret"})


async def sign_in(client, fake: FakeProvider, query: str = "", code: str = "right"):
    """Go to the provider and come back; the last answer."""
    away = await client.ask(f"GET /auth/acme/login{query}")
    assert away.status == 302, away
    asked = {key: one[0] for key, one in parse_qs(urlsplit(away.headers["Location"]).query).items()}
    fake.challenge = asked["code_challenge"]
    back = urlsplit(asked["redirect_uri"]).path
    return await client.ask(f"GET {back}?code={code}&state={asked['state']}")


async def test_a_sign_in_with_a_provider() -> None:
    async with provider() as fake, served(program(fake), settings=ONLINE, secrets=SECRETS) as client:
        assert (await client.ask("GET /me")).status == 204
        assert (await client.ask("GET /admin")).status == 401
        away = await client.ask("GET /auth/acme/login")
        where = urlsplit(away.headers["Location"])
        asked = {key: one[0] for key, one in parse_qs(where.query).items()}
        assert f"http://{where.netloc}" == fake.url
        assert (asked["client_id"], asked["scope"], asked["code_challenge_method"]) == ("us", "a b", "S256")
        assert asked["redirect_uri"] == f"{client.url}/auth/acme/callback"
        got = await sign_in(client, fake, "?next=/admin")
        assert (got.status, got.headers["Location"]) == (303, "/admin")
        cookies = got.headers.getall("Set-Cookie")
        session = next(one for one in cookies if one.startswith(sessions.COOKIE))
        assert "HttpOnly" in session
        assert "SameSite=Lax" in session
        assert "Secure" not in session
        user = (await client.ask("GET /admin")).json
        assert user == {
            "id": "7",
            "name": "Ada",
            "email": "ada@example.org",
            "login": "ada",
            "picture": "pic",
            "provider": "acme",
        }
        assert (await client.ask("GET /needs")).text == "Ada"
        assert (await client.ask("GET /wanted")).status == 200
        shown = json.dumps(client.lines)
        assert "provider-secret" not in shown
        assert "access-token-1" not in shown
        out = await client.ask("POST /auth/logout?next=/x")
        assert (out.status, out.headers["Location"]) == (303, "/x")
        assert (await client.ask("GET /admin")).status == 401


async def test_behind_https_cookies_are_secure() -> None:
    async with provider() as fake, served(program(fake), settings=ONLINE, secrets=SECRETS) as client:
        got = await client.ask("GET /auth/acme/login", headers={"X-Forwarded-Proto": "https"})
        assert "Secure" in got.headers["Set-Cookie"]
        assert "https%3A%2F%2F127.0.0.1" in got.headers["Location"]


@pytest.mark.parametrize(
    ("next_", "wanted"),
    [
        ("/ok?a=b", "/ok?a=b"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
async def test_nobody_is_sent_to_another_site(next_: str, wanted: str) -> None:
    async with provider() as fake, served(program(fake), settings=ONLINE, secrets=SECRETS) as client:
        got = await sign_in(client, fake, f"?next={quote(next_, safe='')}")
        assert got.headers["Location"] == wanted


async def test_sign_ins_that_fail() -> None:
    async with provider() as fake, served(program(fake), settings=ONLINE, secrets=SECRETS) as client:
        assert (await sign_in(client, fake, code="wrong")).status == 401
        assert (await client.ask("GET /auth/acme/callback?code=right&state=x")).status == 401
        await client.ask("GET /auth/acme/login")
        assert (await client.ask("GET /auth/acme/callback?code=right&state=forged")).status == 401
        away = await client.ask("GET /auth/acme/login")
        state = parse_qs(urlsplit(away.headers["Location"]).query)["state"][0]
        assert (await client.ask(f"GET /auth/acme/callback?error=access_denied&state={state}")).status == 401
        assert (await client.ask("GET /auth/other/login")).status == 404
        assert (await client.ask("GET /auth/logout")).status == 404
        fake.user = {"name": "nobody"}
        assert (await sign_in(client, fake)).status == 401
        assert (await client.ask("GET /me")).status == 204


async def test_a_state_counts_once_and_for_a_while() -> None:
    clock = FakeClock()
    async with provider() as fake, served(program(fake), settings=ONLINE, secrets=SECRETS, clock=clock) as client:
        away = await client.ask("GET /auth/acme/login")
        asked = {key: one[0] for key, one in parse_qs(urlsplit(away.headers["Location"]).query).items()}
        fake.challenge = asked["code_challenge"]
        await clock.sleep(601)
        late = await client.ask(f"GET /auth/acme/callback?code=right&state={asked['state']}")
        assert late.status == 401
        assert (await sign_in(client, fake)).status == 303
        again = await client.ask(f"GET /auth/acme/callback?code=right&state={asked['state']}")
        assert again.status == 401


async def test_offline_nobody_signs_in() -> None:
    async with provider() as fake, served(program(fake), secrets=SECRETS) as client:
        got = await sign_in(client, fake)
        assert (got.status, "offline" in got.json["error"]) == (401, True)
        assert fake.asked == []


# ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_sessions_last_from_request_to_request() -> None:
    clock = FakeClock()
    async with provider() as fake, served(program(fake), clock=clock) as client:
        assert [(await client.ask("GET /visits")).json for _ in range(3)] == [{"visits": n} for n in (1, 2, 3)]
        assert (await client.ask("POST /own/Ada")).text == "in"
        assert (await client.ask("GET /me")).json == {"name": "Ada"}
        assert (await client.ask("GET /visits")).json == {"user": {"name": "Ada"}, "visits": 1}
        about = (await client.ask("GET /about")).json
        assert (about["user"], about["rights"]) == ({"name": "Ada"}, [])
        assert (await client.ask("GET /leave")).text == "left"
        assert (await client.ask("GET /me")).status == 204
        await client.ask("POST /own/Ada")
        await clock.sleep(8 * 86_400)
        assert (await client.ask("GET /me")).status == 204


@pytest.mark.parametrize(
    "change", [lambda text: text[:-2] + "xx", lambda text: "x" + text, lambda text: "", lambda text: "a.b.c"]
)
async def test_a_cookie_that_was_changed_is_none(change) -> None:
    async with provider() as fake, served(program(fake)) as client:
        got = await client.ask("POST /own/Ada")
        cookie = re.match(rf"{sessions.COOKIE}=([^;]+)", got.headers["Set-Cookie"])
        assert cookie is not None
        client.session.cookie_jar.clear()
        headers = {"Cookie": f"{sessions.COOKIE}={cookie[1]}"}
        assert (await client.ask("GET /me", headers=headers)).json == {"name": "Ada"}
        headers = {"Cookie": f"{sessions.COOKIE}={change(cookie[1])}"}
        assert (await client.ask("GET /me", headers=headers)).status == 204
        bearer = {"Authorization": f"Bearer {cookie[1]}"}
        assert (await client.ask("GET /me", headers=bearer)).status == 204


async def test_a_session_that_is_too_large() -> None:
    text = """
    auth gate = enable_auth([])
    flow big(req) {
        std.auth.set_session(req, {text: req.text}) otherwise { return status_response(413, "too much") }
    }
    server 8085 { route "/" => big }
    """
    async with served(text) as client:
        assert (await client.ask("POST /", "x" * 5000)).status == 413


async def test_forms_carry_a_token_where_that_is_wanted() -> None:
    async with provider() as fake, served(program(fake, "csrf_enabled: true")) as client:
        assert (await client.ask("POST /own/Ada")).text == "in"
        assert (await client.ask("GET /me")).json == {"name": "Ada"}
        assert (await client.ask("POST /own/Eve")).status == 403
        field = (await client.ask("GET /form")).text
        token = re.search(r'value="([0-9a-f]{64})"', field)
        assert token is not None
        assert (await client.ask("POST /own/Bea", headers={"X-CSRF-Token": token[1]})).text == "in"
        assert (await client.ask("POST /own/Cy", {"csrf_token": token[1]})).text == "in"
        assert (await client.ask("POST /own/Eve", {"csrf_token": "0" * 64})).status == 403
        assert (await client.ask("POST /auth/logout")).status == 303


# ── tokens and keys ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_brings_a_token() -> None:
    text = """
    auth gate { jwt_secret: "a key that nobody guesses" }
    flow sign(name: str) { return gate.jwt_sign({sub: name, roles: ["reader"]}, expires_in: 60) }
    flow about(req) { return std.auth.auth_context(req) }
    flow key() { return std.auth.api_key_generate("Desk") }
    server 8085 {
        route "/sign/{name}" => sign
        route "/key" => key
        route "/about" { handler: about, auth: required }
    }
    """
    clock = FakeClock()
    async with served(text, clock=clock) as client:
        token = (await client.ask("GET /sign/ada")).text
        headers = {"Authorization": f"Bearer {token}"}
        about = (await client.ask("GET /about", headers=headers)).json
        assert (about["user"]["id"], about["rights"]) == ("ada", ["reader"])
        other = tokens.signed({"sub": "eve"}, b"another key of some length")
        unsigned = ".".join([base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("="), token.split(".")[1], ""])
        for wrong in (other, unsigned, token[:-3], "", "nexa-ak-" + "0" * 32, "é" * 10, "x" * 100_000):
            sent = {"Authorization": f"Bearer {wrong[:8000]}".encode().decode("latin-1")}
            assert (await client.ask("GET /about", headers=sent)).status == 401, wrong[:40]
        key = (await client.ask("GET /key")).text
        assert re.fullmatch(r"nexa-ak-[0-9a-f]{32}", key)
        about = (await client.ask("GET /about", headers={"Authorization": f"Bearer {key}"})).json
        assert about["user"] == {"id": "Desk", "name": "Desk", "provider": "api_key"}
        await clock.sleep(61)
        assert (await client.ask("GET /about", headers=headers)).status == 401


TOKENS = [
    ('t = std.auth.jwt_sign({a: 1})\nreturn [std.auth.jwt_verify(t), std.auth.jwt_decode(t)["a"]]', [True, 1]),
    ('t = std.auth.jwt_sign({a: 1}, secret("K", "a long enough key"))\nreturn std.auth.jwt_verify(t)', False),
    (
        'k = secret("K", "a long enough key")\nt = std.auth.jwt_sign({a: 1}, k)\nreturn std.auth.jwt_verify(t, k)',
        True,
    ),
    ("t = std.auth.jwt_sign({a: 1}, expires_in: 2s)\nsleep_ms(3000)\nreturn std.auth.jwt_verify(t)", False),
    ('return std.auth.jwt_verify("a.b.c")', False),
    (
        'k = std.auth.api_key_generate("A")\nreturn [std.auth.api_key_verify(k), std.auth.api_key_verify(k + "0")]',
        [True, False],
    ),
]


@pytest.mark.parametrize(("body", "wanted"), TOKENS)
def test_tokens(body: str, wanted: object) -> None:
    check_value(body, wanted)


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ('x = std.auth.jwt_decode("no token")', "AuthError", "not a token"),
        ('x = std.auth.jwt_sign({a: 1}, secret("K", "short"))', "AuthError", "fewer than 16"),
        ('auth gate = enable_auth([])\nflow main { x = gate.oauth("acme") }', "AuthError", "no provider acme"),
        ('auth gate = enable_auth("no json")\nflow main { x = gate.oauth("a") }', "AuthError", "not JSON"),
        (
            'auth gate = enable_auth([{name: "acme", client_id: "x"}])\nflow main { x = gate.oauth("acme") }',
            "AuthError",
            "say its",
        ),
        (
            'auth gate = enable_auth([{name: "github"}])\nflow main { x = gate.oauth("github") }',
            "AuthError",
            "GITHUB_CLIENT_ID",
        ),
        ('auth gate = enable_auth([{name: "../x"}])\nflow main { x = gate.oauth("x") }', "AuthError", "needs a `name`"),
        (
            'auth gate = enable_auth([{name: "github", client_id: "x"}])\nflow main { x = gate.oauth("github") }',
            "AuthError",
            "offline",
        ),
    ],
)
def test_what_sign_in_refuses(body: str, kind: str, message: str) -> None:
    check_fails(body, kind, message)


def test_what_is_known_of_a_provider() -> None:
    run = Run(Configuration(Secrets(environment={"GH_ID": "real-id", "GITHUB_CLIENT_SECRET": "hidden-one"})))
    (found,) = providers_of(run, '[{"name": "github", "client_id": "GH_ID"}]').values()
    assert (found.client_id, found.client_secret) == ("real-id", "hidden-one")
    assert found.authorize_url == "https://github.com/login/oauth/authorize"
    assert run.redact.clean("a hidden-one b") == "a *** b"
    with pytest.raises(AuthError, match="list"):
        providers_of(run, 3)


async def test_a_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    from nexa.runtime.auth import keys

    settings = Settings(state_dir=tmp_path / "state", is_lasting=True)
    first, second = (Run(Configuration(Secrets(environment={}), settings)) for _ in range(2))
    assert keys.signing_key(first) == keys.signing_key(second)
    key = keys.new_api_key(first, "Desk")
    assert keys.api_key_owner(second, key) == "Desk"
    for name in (keys.KEY_FILE, keys.API_KEYS):
        path = tmp_path / "state" / name
        assert path.stat().st_mode & 0o077 == 0
        assert key not in path.read_text(errors="replace")


async def test_a_sign_in_at_the_terminal() -> None:
    async with provider() as fake:
        lines: list[dict[str, str]] = []

        def hear(line) -> None:
            lines.append(line)
            found = re.search(r"sign in with acme: (\S+)", line.get("text", ""))
            if found:
                tasks.append(asyncio.ensure_future(browse(found[1])))

        async def browse(url: str) -> None:
            asked = {key: one[0] for key, one in parse_qs(urlsplit(url).query).items()}
            fake.challenge = asked["code_challenge"]
            async with aiohttp.ClientSession() as session:
                assert (await session.get(f"{asked['redirect_uri']}?state=forged&code=x")).status == 404
                assert (await session.get(f"{asked['redirect_uri']}?state={asked['state']}&code=right")).status == 200

        tasks: list[asyncio.Future[None]] = []
        run = Run(Configuration(SECRETS, Settings()), sinks=[hear])
        row = {"name": "acme", "client_id": "us", "client_secret": "ACME_KEY", "user_url": f"{fake.url}/user"}
        urls = {"authorize_url": f"{fake.url}/authorize", "token_url": f"{fake.url}/token"}
        (found,) = providers_of(run, [{**row, **urls}]).values()
        assert await at_terminal.signed_in(run, found) == "access-token-1"
        assert run.redact.clean("access-token-1") == "***"
        await asyncio.gather(*tasks)


async def test_the_example_of_the_documents() -> None:
    page = Path(__file__).parents[2] / "docs" / "running.md"
    text = page.read_text(encoding="utf-8").partition("## Sign-in")[2].partition("```nexa\n")[2].partition("```")[0]
    async with served(text) as client:
        assert (await client.ask("GET /me")).status == 401
        away = await client.ask("GET /auth/github/login")
        assert away.headers["Location"].startswith("https://github.com/login/oauth/authorize?")
