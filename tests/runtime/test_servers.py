"""Servers of programs: routes, arguments, answers, failures and headers, over the loopback."""

from __future__ import annotations

import asyncio
import gzip
import socket
from pathlib import Path

import aiohttp
import pytest

from harness.serving import AGENTS, served
from nexa.runtime.errors import NexaError
from nexa.runtime.run import Run
from nexa.runtime.serving import delivering, handling, http
from nexa.runtime.serving.declared import server as declared_server
from nexa.runtime.serving.declared import site
from nexa.runtime.serving.listening import listen

PROGRAM = (
    AGENTS
    + """
    protocol Order { item: str, count: int }
    flow room(id: int, n: int = 2) { return json({id: id, n: n}) }
    flow put(id: str, body: dict) { return json({id: id, text: body["text"]}, 201) }
    flow order(order: Order) { return "#{order.count} #{order.item}" }
    flow fields(item: str, count: int, note: str?) { return {item: item, count: count, note: note} }
    flow said(words: str) { return "said #{words}" }
    flow whole(req) { return {method: req.method, path: req.path, q: req.query["q"], none: req.query["none"],
        header: req.headers["X-One"], cookie: req.cookies["c"], client: req.client, text: req.text} }
    flow form(req) { return req.form }
    flow upload(body: dict) { return body["file"]["text"] }
    flow nothing() { }
    flow pair() { return [1, 2.5, null, true] }
    flow sum(a: float, b: float) -> float { return a + b }
    flow page() { return html("<p>é</p>") }
    flow plain() { return text("plain", 202) }
    flow away() { return redirect("/room/1") }
    flow missing() { return status_response(404) }
    flow gone() { return status_response(410, "no more") }
    flow wrong() { return {}.nothing }
    flow tool_failed() { raise ToolError("the password is hunter2") }
    flow failed_result() { return Result::Err(ToolError("bad")) }
    flow good_result() { return Result::Ok({a: 1}) }
    flow signed_out() { raise AuthError("who are you?") }
    flow old(age: int) requires age >= 18 { return "welcome" }
    flow broken() ensures result == 2 { return 1 }
    flow file(path: str = "") { return "the rest" }
    flow literal() { return "literal" }
    let top = "top"

    server S 8085 {
        route GET "/room/{id}" => room
        route POST "/room/{id}" => put
        route GET "/room/new" => literal
        route POST "/order" => order
        route POST "/fields" => fields
        route POST "/said" => said
        route "/whole/*" => whole
        route POST "/form" => form
        route POST "/upload" => upload
        route GET "/nothing" => nothing
        route GET "/pair" => pair
        route GET "/sum" => sum
        route GET "/page" => page
        route GET "/plain" => plain
        route GET "/away" => away
        route GET "/missing" => missing
        route GET "/gone" => gone
        route GET "/wrong" => wrong
        route GET "/tool" => tool_failed
        route GET "/err" => failed_result
        route GET "/ok" => good_result
        route GET "/auth" => signed_out
        route GET "/old" => old
        route GET "/broken" => broken
        route GET "/file-*" => file
        route POST "/ann" => Ann
        route POST "/chain" => Ann >> Bob
        route POST "/both" => Ann |>> [Ann, Bob]
        route GET "/top" { handler: literal, requires top == "top" }
        route POST "/checked" { handler: Ann, requires len(input) > 2, ensures len(result) < 5 }
        group "/deep/" {
            group "/er" { route GET "/" => literal }
        }
    }
    """
)

ANSWERED = [
    ("GET /room/3", None, 200, {"id": 3, "n": 2}),
    ("GET /room/3?n=5", None, 200, {"id": 3, "n": 5}),
    ("GET /room/3/", None, 200, {"id": 3, "n": 2}),
    ("GET /room/new", None, 200, "literal"),
    ("POST /room/a%20b", {"text": "x"}, 201, {"id": "a b", "text": "x"}),
    ("POST /room/a%2Fb", {"text": "x"}, 201, {"id": "a/b", "text": "x"}),
    ("POST /room/%E5%AE%A2", {"text": "😀"}, 201, {"id": "客", "text": "😀"}),
    ("POST /order", {"item": "nut", "count": 2}, 200, "2 nut"),
    ("POST /order", {"order": {"item": "nut", "count": 2}}, 200, "2 nut"),
    ("POST /fields", {"item": "nut", "count": "2"}, 200, {"item": "nut", "count": 2, "note": None}),
    ("POST /fields?item=bolt", {"count": 2, "note": "n"}, 200, {"item": "bolt", "count": 2, "note": "n"}),
    ("POST /said", "hello", 200, "said hello"),
    ("POST /said", {"words": "hello"}, 200, "said hello"),
    ("GET /nothing", None, 204, ""),
    ("GET /pair", None, 200, [1, 2.5, None, True]),
    ("GET /sum?a=1&b=2.5", None, 200, "3.5"),
    ("GET /page", None, 200, "<p>é</p>"),
    ("GET /plain", None, 202, "plain"),
    ("GET /missing", None, 404, {"error": "Not Found"}),
    ("GET /gone", None, 410, {"error": "no more"}),
    ("GET /ok", None, 200, {"a": 1}),
    ("GET /old?age=20", None, 200, "welcome"),
    ("GET /file-x/y", None, 200, "the rest"),
    ("GET /top", None, 200, "literal"),
    ("GET /deep/er", None, 200, "literal"),
    ("HEAD /room/3", None, 200, ""),
    ("OPTIONS /room/3", None, 204, ""),
]

REFUSED = [
    ("GET /room/x", None, 400, "BadRequest", "`id`: input should be a valid integer"),
    ("POST /order", {"item": "nut"}, 400, "BadRequest", "count"),
    ("POST /order", "no json", 400, "BadRequest", "order"),
    ("POST /fields", {"item": "nut"}, 400, "BadRequest", "`count` is missing"),
    ("POST /said", None, 400, "BadRequest", "`words` is missing"),
    ("GET /sum?a=x&b=2", None, 400, "BadRequest", "`a`"),
    ("GET /old?age=3", None, 400, "ContractViolation", "age >= 18"),
    ("GET /auth", None, 401, "AuthError", "who are you?"),
    ("GET /nowhere", None, 404, "NotFound", "/nowhere"),
    ("GET /room", None, 404, "NotFound", "/room"),
    ("GET /room/1/2", None, 404, "NotFound", ""),
    ("DELETE /room/1", None, 405, "MethodNotAllowed", "DELETE"),
    ("GET /broken", None, 500, "ContractViolation", "the request could not be answered"),
    ("GET /wrong", None, 500, "KeyError", "the request could not be answered"),
    ("GET /tool", None, 500, "ToolError", "the request could not be answered"),
    ("GET /err", None, 500, "ToolError", "the request could not be answered"),
]


async def test_what_routes_answer() -> None:
    async with served(PROGRAM) as client:
        for line, body, status, wanted in ANSWERED:
            got = await client.ask(line, body)
            found = got.json if got.json is not None else got.text
            shown = got.text if isinstance(wanted, str) else found
            assert (line, got.status, shown) == (line, status, wanted), got


async def test_what_routes_refuse() -> None:
    async with served(PROGRAM) as client:
        for line, body, status, kind, part in REFUSED:
            got = await client.ask(line, body)
            assert (line, got.status) == (line, status), got
            assert set(got.json) == {"error", "kind"}
            assert (line, got.json["kind"]) == (line, kind)
            assert part in got.json["error"]
            assert "hunter2" not in got.text
        assert any("ToolError: the password is hunter2" in text for text in client.logged)


async def test_with_debug_a_client_hears_what_went_wrong() -> None:
    async with served(PROGRAM, debug=True) as client:
        got = await client.ask("GET /tool")
        assert got.json["details"]["message"] == "the password is hunter2"
        assert got.json["details"]["span"]["path"] == "main.nx"
        assert "Traceback" not in got.text


async def test_json_that_is_none() -> None:
    async with served(PROGRAM) as client:
        for line in ("POST /order", "POST /ann", "POST /room/1"):
            got = await client.ask(line, b'{"item": ', headers={"Content-Type": "application/json"})
            assert (got.status, got.json["kind"]) == (400, "BadRequest")
        deep = await client.ask("POST /order", b"[" * 100_000, headers={"Content-Type": "application/json"})
        assert deep.status == 400


async def test_json_without_its_type_is_read_as_json() -> None:
    async with served(PROGRAM) as client:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert (await client.ask("POST /order", '{"item": "nut", "count": 2}', headers=kind)).text == "2 nut"


async def test_forms_and_files() -> None:
    async with served(PROGRAM) as client:
        got = await client.session.post(client.url + "/form", data={"a": "1", "b": "é"})
        assert await got.json() == {"a": "1", "b": "é"}
        file = aiohttp.FormData()
        file.add_field("file", b"content", filename="a.txt")
        assert await (await client.session.post(client.url + "/upload", data=file)).text() == "content"


async def test_the_request_as_a_handler_sees_it() -> None:
    async with served(PROGRAM) as client:
        got = await client.ask("PUT /whole/a/b?q=x%20y&z", "text", headers={"x-one": "1", "Cookie": 'a=b; c="d"'})
        assert got.json == {
            "method": "PUT",
            "path": "/whole/a/b",
            "q": "x y",
            "none": None,
            "header": "1",
            "cookie": "d",
            "client": "127.0.0.1",
            "text": "text",
        }


async def test_headers_of_answers() -> None:
    async with served(PROGRAM) as client:
        assert (await client.ask("GET /page")).headers["Content-Type"] == "text/html; charset=utf-8"
        assert (await client.ask("GET /pair")).headers["Content-Type"] == "application/json; charset=utf-8"
        assert (await client.ask("GET /pair")).headers["X-Content-Type-Options"] == "nosniff"
        away = await client.ask("GET /away")
        assert (away.status, away.headers["Location"]) == (302, "/room/1")
        assert (await client.ask("DELETE /room/1")).headers["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("body", "query", "asked"),
    [
        ("hello", "", "hello"),
        ({"message": "m", "input": "i"}, "", "m"),
        ({"input": "i"}, "?q=x", "i"),
        ({"other": 1}, "", '{"other": 1}'),
        (None, "?q=tides", "tides"),
        (None, "", ""),
    ],
)
async def test_what_an_agent_is_asked(body, query, asked) -> None:
    async with served(PROGRAM, ["yes"]) as client:
        assert (await client.ask(f"POST /ann{query}", body)).text == "yes"
        assert client.model.requests[0].messages[-1].text == asked


async def test_chains_take_the_text_of_the_request() -> None:
    async with served(PROGRAM, ["one", "two", "three", "four", "five"]) as client:
        assert (await client.ask("POST /chain", "hi")).text == "two"
        assert [one.messages[-1].text for one in client.model.requests] == ["hi", "one"]
        assert (await client.ask("POST /both", {"message": "ho"})).json == ["four", "five"]
        assert [one.messages[-1].text for one in client.model.requests[2:]] == ["ho", "three", "three"]


async def test_contracts_of_a_route() -> None:
    async with served(PROGRAM, ["ok", "too long"]) as client:
        assert (await client.ask("POST /checked", "hi")).status == 400
        assert (await client.ask("POST /checked", "hello")).text == "ok"
        assert (await client.ask("POST /checked", "hello")).status == 500


async def test_an_agent_with_a_schema_takes_a_record() -> None:
    text = """
    protocol Order { item: str, count: int }
    agent Clerk { prompt: "Book.", context { input_schema: Order } }
    server 8085 { route POST "/" => Clerk }
    """
    async with served(text, ["done"]) as client:
        assert (await client.ask("POST /", {"item": "nut"})).status == 400
        assert client.model.requests == []
        assert (await client.ask("POST /", {"item": "nut", "count": 2})).text == "done"


async def test_an_agent_with_a_protocol_answers_json() -> None:
    text = """
    protocol Order { item: str, count: int }
    agent Clerk implements Order { prompt: "Book." }
    server 8085 { route POST "/" => Clerk }
    """
    async with served(text, ['{"item": "nut", "count": 2}']) as client:
        assert (await client.ask("POST /", "two nuts")).json == {"item": "nut", "count": 2}


# ── middleware ──────────────────────────────────────────────────────────────────────────────────────────────────


MIDDLEWARE = """
flow gate(req) {
    if req.query["stop"] == "response" { return status_response(418, "a teapot") }
    if req.query["stop"] == "null" { return null }
    if req.query["stop"] == "false" { return false }
    if req.query["stop"] == "text" { return "stopped" }
    if req.query["stop"] == "fail" { raise ToolError("x") }
    return req
}
fn second(req) { print("second #{req.path}")
    req }
fn inner(req) { print("inner")
    req }
flow home(req) { return "home" }
server S 8085 {
    middleware [gate, second]
    route GET "/" => home
    group "/in" {
        middleware [inner]
        route GET "/" => home
    }
}
"""


async def test_middleware_in_order() -> None:
    async with served(MIDDLEWARE) as client:
        for query, status in (("", 200), ("?stop=response", 418), ("?stop=null", 403), ("?stop=false", 403)):
            assert (await client.ask(f"GET /{query}")).status == status
        assert (await client.ask("GET /?stop=text")).text == "stopped"
        assert (await client.ask("GET /?stop=fail")).status == 500
        assert (await client.ask("GET /in")).text == "home"
        assert (await client.ask("GET /inside")).status == 404
        printed = [line["text"] for line in client.lines if line["event"] == "print"]
        assert printed == ["second /\n", "second /in\n", "inner\n", "second /inside\n"]


# ── cors, csp ───────────────────────────────────────────────────────────────────────────────────────────────────


CORS = """
flow home() { return "home" }
server S 8085 {
    cors { origins: ["https://a.example"], methods: ["GET", "POST"],
        headers: ["X-One"], credentials: true, max_age: 60 }
    csp { default_src: ["self"], img_src: "self https://i.example" }
    route GET "/" => home
    group "/open" {
        cors { origins: ["*"] }
        route GET "/" => home
    }
}
"""


async def test_other_origins() -> None:
    async with served(CORS) as client:
        known, other = {"Origin": "https://a.example"}, {"Origin": "https://b.example"}
        got = await client.ask("GET /", headers=known)
        assert got.headers["Access-Control-Allow-Origin"] == "https://a.example"
        assert got.headers["Access-Control-Allow-Credentials"] == "true"
        assert got.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Origin" not in (await client.ask("GET /", headers=other)).headers
        open_ = await client.ask("GET /open", headers=other)
        assert open_.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in open_.headers
        missing = await client.ask("GET /missing", headers=known)
        assert (missing.status, missing.headers["Access-Control-Allow-Origin"]) == (404, "https://a.example")


async def test_browsers_that_ask_first() -> None:
    async with served(CORS) as client:
        asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
        got = await client.ask("OPTIONS /", headers=asked)
        assert got.status == 204
        assert got.headers["Access-Control-Allow-Methods"] == "GET, POST"
        assert got.headers["Access-Control-Allow-Headers"] == "X-One"
        assert got.headers["Access-Control-Max-Age"] == "60"
        got = await client.ask("OPTIONS /", headers={**asked, "Origin": "https://b.example"})
        assert "Access-Control-Allow-Methods" not in got.headers


async def test_content_security_policy() -> None:
    async with served(CORS) as client:
        policy = (await client.ask("GET /")).headers["Content-Security-Policy"]
        assert policy == "default-src 'self'; img-src 'self' https://i.example"


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    (folder / "é b.txt").write_text("é")
    (folder / "sub" / "index.html").write_text("<p>sub</p>")
    (folder / ".env").write_text("SECRET")
    (tmp_path / "secret.txt").write_text("SECRET")
    (folder / "link").symlink_to(tmp_path / "secret.txt")
    return folder


def with_files(folder: Path) -> str:
    return f"""
    flow home() {{ return "home" }}
    server S 8085 {{
        static "/assets" from "{folder.as_posix()}"
        static "/" from "{folder.as_posix()}"
        require_auth "/sub"
        route GET "/assets/a" => home
    }}
    """


async def test_files_of_a_folder(public: Path) -> None:
    async with served(with_files(public)) as client:
        assert (await client.ask("GET /assets/a.txt")).text == "a"
        assert (await client.ask("GET /assets/a")).text == "home"
        assert (await client.ask("GET /assets/%C3%A9%20b.txt")).text == "é"
        assert (await client.ask("GET /assets/sub/")).text == "<p>sub</p>"
        got = await client.ask("GET /a.txt")
        assert (got.text, got.headers["X-Content-Type-Options"]) == ("a", "nosniff")
        assert (await client.ask("HEAD /a.txt")).status == 200
        assert (await client.ask("POST /a.txt")).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../secret.txt",
        "/assets/%2e%2e/secret.txt",
        "/assets/..%2fsecret.txt",
        "/assets/%2e%2e%2fsecret.txt",
        "/assets/..%5csecret.txt",
        "/assets//../secret.txt",
        "/assets/.env",
        "/assets/%2eenv",
        "/assets/link",
        "/assets/a.txt%00",
        "/assets/nothing",
        "/assetsa.txt",
        "/assets//etc/passwd",
        "/sub/index.html",
        "//sub/index.html",
        "/Sub/../sub/index.html",
        "/%73ub/index.html",
        "/assets/..;/secret.txt",
    ],
)
async def test_what_no_path_leads_to(public: Path, path: str) -> None:
    async with served(with_files(public)) as client:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(client.url.rpartition(":")[2]))
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        got = (await reader.read()).decode()
        writer.close()
        assert int(got.split()[1]) in (400, 401, 404), got
        assert "SECRET" not in got
        assert "<p>sub" not in got


# ── semantic routes ─────────────────────────────────────────────────────────────────────────────────────────────


SEMANTIC = (
    AGENTS
    + """
    agent Desk { role: "Help about the site", prompt: "x", memory: none }
    agent Jokes { role: "Tells jokes", prompt: "x", memory: none }
    flow home() { return "home" }
    server S 8085 {
        semantic route "/help" => Desk
        semantic route POST "/fun" => Jokes
        route GET "/" => home
        route POST "/posted" => home
    }
    """
)


async def test_semantic_routes_go_by_meaning() -> None:
    async with served(SEMANTIC, ["helped", "joked"], judgements=["/help", "/fun", None]) as client:
        assert (await client.ask("GET /how/do/i?q=sign+in")).text == "helped"
        assert (await client.ask("POST /laugh", "a joke")).text == "joked"
        assert (await client.ask("GET /nowhere")).status == 404


async def test_a_path_to_the_letter_needs_no_judge() -> None:
    async with served(SEMANTIC, ["helped"]) as client:
        assert (await client.ask("GET /help")).text == "helped"
        assert (await client.ask("GET /")).text == "home"
        assert len(client.model.requests) == 1


# ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────


STREAMS = (
    AGENTS
    + """
    protocol Order { item: str }
    agent Clerk implements Order { prompt: "x", stream: true }
    flow twice() { Chat.run("a")
        return {said: Chat.run("b")} }
    flow bad() { raise ToolError("secret word") }
    flow late() { Chat.run("a")
        raise ToolError("secret word") }
    server S 8085 {
        route POST "/chat" => Chat
        route POST "/whole" { handler: Chat, stream: false }
        route POST "/ann" { handler: Ann, stream: true }
        route POST "/clerk" => Clerk
        route POST "/twice" { handler: twice, stream: true }
        route POST "/bad" { handler: bad, stream: true }
        route POST "/late" { handler: late, stream: true }
    }
    """
)
EVENTS = {"Accept": "text/event-stream"}


async def test_words_come_as_events() -> None:
    async with served(STREAMS, ["good day\n\nto you"]) as client:
        got = await client.ask("POST /chat", "hi", headers=EVENTS)
        assert (got.status, got.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
        assert said(got.text) == ("good day\n\nto you", "done", '"good day\\n\\nto you"')


def said(stream: str) -> tuple[str, str, str]:
    """The words of a stream put together, and its last event."""
    words, name, last = "", "", ""
    for event in stream.split("\n\n"):
        lines = event.split("\n")
        data = "\n".join(line.removeprefix("data: ") for line in lines if line.startswith("data: "))
        named = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
        if named:
            name, last = named[0], data
        else:
            words += data
    return words, name, last


@pytest.mark.parametrize(
    ("path", "answers", "wanted"),
    [
        ("/ann", ["hello"], ("hello", "done", '"hello"')),
        ("/clerk", ['{"item": "nut"}'], ('{"item": "nut"}', "done", '{"item":"nut"}')),
        ("/twice", ["one", "two"], ("onetwo", "done", '{"said":"two"}')),
        ("/late", ["one"], ("one", "error", '{"error":"the request could not be answered","kind":"ToolError"}')),
    ],
)
async def test_what_streams(path: str, answers: list[str], wanted: tuple[str, str, str]) -> None:
    async with served(STREAMS, answers) as client:
        got = await client.ask(f"POST {path}", "hi", headers=EVENTS)
        assert said(got.text) == wanted


async def test_without_words_it_is_an_answer_like_any_other() -> None:
    async with served(STREAMS, ["hello", "hello"]) as client:
        got = await client.ask("POST /bad", "hi", headers=EVENTS)
        assert (got.status, got.json["kind"]) == (500, "ToolError")
        assert (await client.ask("POST /whole", "hi", headers=EVENTS)).text == "hello"
        plain = await client.ask("POST /chat", "hi")
        assert (plain.text, plain.headers["Content-Type"]) == ("hello", "text/plain; charset=utf-8")


async def test_a_client_that_leaves_stops_the_handler() -> None:
    text = (
        AGENTS
        + """
        flow slow() { Chat.run("a")
            try { sleep_ms(60000) } finally { print("left") } }
        server 8085 { route GET "/" { handler: slow, stream: true } }
        """
    )
    async with served(text, ["word"]) as client:
        async with client.session.get(client.url + "/", headers=EVENTS) as got:
            assert await got.content.readline() == b"data: word\n"
        for _ in range(200):
            if any(line["event"] == "print" for line in client.lines):
                break
            await asyncio.sleep(0.02)
        assert [line["text"] for line in client.lines if line["event"] == "print"] == ["left\n"]


async def test_a_silent_stream_is_kept_open(monkeypatch) -> None:
    monkeypatch.setattr(delivering, "PAUSE", 0.01)
    text = (
        AGENTS
        + 'flow slow() { Chat.run("a")\nsleep_ms(60) }\nserver 8085 { route GET "/" { handler: slow, stream: true } }'
    )
    async with served(text, ["word"]) as client:
        assert ": \n\n" in (await client.ask("GET /", headers=EVENTS)).text


# ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_body_that_is_too_large(monkeypatch) -> None:
    monkeypatch.setattr(http, "MAX_BODY", 1000)
    async with served(PROGRAM) as client:
        assert (await client.ask("POST /said", "x" * 999)).status == 200
        got = await client.ask("POST /said", "x" * 1001)
        assert (got.status, got.json["kind"]) == (413, "BodyTooLarge")
        form = aiohttp.FormData()
        form.add_field("file", b"x" * 2000, filename="a.txt")
        assert (await client.session.post(client.url + "/upload", data=form)).status == 413


async def test_a_body_that_does_not_come(monkeypatch) -> None:
    monkeypatch.setattr(http, "READ_TIMEOUT", 0.05)
    async with served(PROGRAM) as client:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(client.url.rpartition(":")[2]))
        writer.write(b"POST /said HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab")
        assert b"408" in await reader.readline()
        writer.close()


async def test_a_handler_that_takes_too_long(monkeypatch) -> None:
    monkeypatch.setattr(handling, "TIMEOUT", 0.05)
    text = """
    flow slow() { sleep_ms(5000) }
    server 8085 { route GET "/" => slow
        route GET "/more" { handler: slow, timeout: 20ms } }
    """
    async with served(text) as client:
        for path, limit in (("/", "0.05 s"), ("/more", "0.02 s")):
            got = await client.ask(f"GET {path}")
            assert (got.status, got.json) == (504, {"error": f"no answer within {limit}", "kind": "TimeoutError"})


async def test_many_requests_at_once() -> None:
    text = 'flow slow(n: int) { sleep_ms(30)\n    return {n: n} }\nserver 8085 { route GET "/{n}" => slow }'
    async with served(text) as client:
        got = await asyncio.gather(*(client.ask(f"GET /{number}") for number in range(100)))
        assert [one.json for one in got] == [{"n": number} for number in range(100)]


async def test_headers_that_do_not_come(monkeypatch) -> None:
    monkeypatch.setattr(http, "IDLE", 0.05)
    async with served(PROGRAM) as client:
        for begun in (b"", b"GET /pair HTTP/1.1\r\nHost: localhost\r\nX-One"):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(client.url.rpartition(":")[2]))
            writer.write(begun)
            assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()


async def test_a_body_that_unfolds_is_bounded_too(monkeypatch) -> None:
    monkeypatch.setattr(http, "MAX_BODY", 10_000)
    async with served(PROGRAM) as client:
        packed = {"Content-Encoding": "gzip", "Content-Type": "text/plain"}
        assert (await client.ask("POST /said", gzip.compress(b"x" * 1_000_000), headers=packed)).status == 413
        assert (await client.ask("POST /said", gzip.compress(b"x" * 1_000), headers=packed)).status == 200


async def test_headers_are_bounded() -> None:
    async with served(PROGRAM) as client:
        assert (await client.ask("GET /pair", headers={"X-One": "x" * 20_000})).status == 400
        assert (await client.ask("GET /pair", headers={f"X-{n}": "x" for n in range(300)})).status == 400


# ── whom a server of this machine answers ───────────────────────────────────────────────────────────────────────


NAMES = [
    ("localhost", 200),
    ("LOCALHOST.:8085", 200),
    ("app.localhost", 200),
    ("127.0.0.1:1", 200),
    ("[::1]:8085", 200),
    ("192.168.0.7", 200),
    ("evil.example", 421),
    ("evil.example:8085", 421),
    ("localhost.evil.example", 421),
    ("127.0.0.1.evil.example", 421),
    ("evil", 421),
    ("localhost@evil.example", 421),
    ("evil.example#@localhost", 421),
    ("[::1", 421),
    ("", 421),
]


@pytest.mark.parametrize(("name", "status"), NAMES)
async def test_a_server_of_this_machine_answers_for_its_own_names_only(name: str, status: int) -> None:
    async with served(PROGRAM) as client:
        got = await client.ask("GET /pair", headers={"Host": name})
        assert got.status == status
        if status == 421:
            assert got.json["kind"] == "MisdirectedRequest"
            assert any("--allow-host" in text for text in client.logged)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET http://evil.example/pair HTTP/1.1\r\nHost: localhost\r\n", b"421"),
        (b"GET http://localhost/pair HTTP/1.1\r\nHost: evil.example\r\n", b"421"),
        (b"GET http://localhost/pair HTTP/1.1\r\nHost: localhost\r\n", b"200"),
        (b"GET /pair HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n", b"4"),
        (b"GET /pair HTTP/1.1\r\n", b"400"),
        (b"GET /pair HTTP/1.0\r\n", b"200"),
    ],
)
async def test_what_a_request_says_whom_it_is_for(sent: bytes, status: bytes) -> None:
    async with served(PROGRAM) as client:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(client.url.rpartition(":")[2]))
        writer.write(sent + b"Connection: close\r\n\r\n")
        assert (await reader.readline()).split(b" ")[1].startswith(status)
        writer.close()


async def test_names_that_are_meant() -> None:
    async with served(PROGRAM, hosts=["Desk.example", "*.tunnel.example"]) as client:
        for name, status in (
            ("desk.example:8085", 200),
            ("a.tunnel.example", 200),
            ("tunnel.example", 421),
            ("x.desk.example", 421),
        ):
            assert (await client.ask("GET /pair", headers={"Host": name})).status == status
    async with served(PROGRAM, hosts=["*"]) as client:
        assert (await client.ask("GET /pair", headers={"Host": "any.example"})).status == 200


async def test_a_server_that_others_may_reach_has_any_name() -> None:
    async with served(PROGRAM, host="0.0.0.0") as client:
        elsewhere = {"Host": "desk.example", "Origin": "https://b.example", "Sec-Fetch-Site": "cross-site"}
        assert (await client.ask("POST /said", "x", headers=elsewhere)).status == 200


async def test_pages_of_other_sites_change_nothing_here() -> None:
    posts = CORS.replace('route GET "/" => home', 'route GET "/" => home\n route POST "/" => home')
    async with served(posts) as client:

        def coming(site: str, origin: str) -> dict[str, str]:
            return {"Sec-Fetch-Site": site, "Origin": origin}

        got = await client.ask("POST /", "x", headers=coming("cross-site", "https://b.example"))
        assert (got.status, got.json["kind"]) == (403, "Forbidden")
        assert (await client.ask("POST /", "x", headers=coming("cross-site", "null"))).status == 403
        assert (await client.ask("POST /", "x", headers=coming("cross-site", "https://a.example"))).status == 200
        assert (await client.ask("POST /open", "x", headers=coming("cross-site", "https://b.example"))).status == 200
        assert (await client.ask("POST /", "x", headers=coming("same-origin", client.url))).status == 200
        assert (await client.ask("POST /", "x")).status == 200
        assert (await client.ask("GET /", headers=coming("cross-site", "https://b.example"))).status == 200


async def test_garbage_is_refused() -> None:
    async with served(PROGRAM) as client:
        port = int(client.url.rpartition(":")[2])
        for garbage in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"POST /said HTTP/1.1\r\nContent-Length: -1\r\n\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(garbage)
            assert b"400" in await reader.readline()
            writer.close()
        assert (await client.ask("GET /pair")).status == 200


# ── what stands around ──────────────────────────────────────────────────────────────────────────────────────────


async def test_requests_are_logged_without_their_query() -> None:
    async with served(PROGRAM) as client:
        await client.ask("GET /pair?token=abcdef")
        await asyncio.sleep(0)
        assert any(text.startswith("GET /pair: 200, ") for text in client.logged)
        assert "abcdef" not in str(client.lines)


async def test_what_runs_in_the_background_does_not_hold_the_answer() -> None:
    text = """
    fn late(x) { sleep_ms(20)
        print("late #{x}") }
    flow go() { "x" || [late]
        return "at once" }
    server 8085 { route GET "/" => go }
    """
    async with served(text) as client:
        assert (await client.ask("GET /")).text == "at once"
        assert not [line for line in client.lines if line["event"] == "print"]
    assert [line["text"] for line in client.lines if line["event"] == "print"] == ["late x\n"]


async def test_settings_of_a_server_may_be_computed() -> None:
    text = """
    let prefix = "/v1"
    flow home() { return "home" }
    server Named { port: 8085, host: "127.0." + "0.1", title: "A title"
        route GET "#{prefix}/home" => home
        group "#{prefix}" { route GET "/other" => home }
    }
    """
    async with served(text) as client:
        assert (await client.ask("GET /v1/home")).text == "home"
        assert (await client.ask("GET /v1/other")).text == "home"


async def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        async def nothing():
            return site()

        with pytest.raises(NexaError, match=f"port {port} of 127.0.0.1 is in use: .*--port"):
            await listen(Run(), [declared_server("S", port, nothing)])


@pytest.mark.parametrize(
    ("port", "wanted", "message"),
    [(None, None, "no port"), (80, "x", "'x' is no port"), (80, "70000", "'70000' is no port")],
)
async def test_a_port_that_is_none(port, wanted, message) -> None:
    async def nothing():
        return site()

    with pytest.raises(NexaError, match=message):
        await listen(Run(), [declared_server("S", port, nothing)], port=wanted)


async def test_the_example_of_the_documents(tmp_path: Path, monkeypatch) -> None:
    page = Path(__file__).parents[2] / "docs" / "running.md"
    text = page.read_text(encoding="utf-8").partition("## Servers")[2].partition("```nexa\n")[2].partition("```")[0]
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "a.css").write_text("a")
    monkeypatch.chdir(tmp_path)
    async with served(text, ["gladly"]) as client:
        assert (await client.ask("POST /ask", "why?")).text == "gladly"
        assert (await client.ask("GET /hello/Ada?times=3")).json == {"name": "Ada", "times": 3}
        assert (await client.ask("GET /assets/a.css")).text == "a"


async def test_what_a_route_runs_is_a_node_of_its_graph() -> None:
    text = f"""{AGENTS}
    flow kind(x: str) {{ return x >> Ann }}
    server S 8085 {{ route POST "/a" => Ann; group "/g" {{ route POST "/b" => Ann |>> Bob }} route POST "/c" => kind }}
    """
    async with served(text, ["1", "2", "3", "4"]) as client:
        for path in ("/a", "/g/b", "/c"):
            assert (await client.ask(f"POST {path}", {"x": "客", "message": "客"})).status == 200
        found = [
            (line["event"], line["node"]) for line in client.lines if line["event"] in ("node.started", "node.finished")
        ]
    assert [node for event, node in found if event == "node.started"] == [
        "S POST /a#0", "S POST /g/b#0", "S POST /g/b#1", "S POST /g/b#2", "S POST /c#0", "kind#0",
    ]  # fmt: skip
    assert len(found) == 12
