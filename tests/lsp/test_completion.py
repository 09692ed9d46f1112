"""Completion over the wire: every encoding, what each client understands, and what is told only when looked at."""

from __future__ import annotations

import json

import pytest
from pygls.protocol import default_converter
from pytest_lsp import client_capabilities

from harness.client import Client
from harness.inside import Inside

HELIX = {
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "insertReplaceSupport": True,
                "deprecatedSupport": True,
                "tagSupport": {"valueSet": [1]},
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
            },
            "completionItemKind": {},
            "contextSupport": False,
        }
    }
}
FULL = {
    "snippetSupport": True,
    "commitCharactersSupport": True,
    "documentationFormat": ["markdown", "plaintext"],
    "preselectSupport": True,
    "insertReplaceSupport": True,
    "labelDetailsSupport": True,
    "insertTextModeSupport": {"valueSet": [1, 2]},
    "resolveSupport": {"properties": ["documentation", "detail"]},
}


def told(item: dict | None = None, **more: object) -> dict:
    """The capabilities of a client that understands this of an item, and this of a list."""
    return {"textDocument": {"completion": {"completionItem": item or {}, **more}}}


def profile(name: str) -> dict:
    if name == "helix":
        return HELIX
    found: dict = json.loads(json.dumps(default_converter().unstructure(client_capabilities(name))))
    return found


def at(uri: str, line: int, character: int, **more: object) -> dict:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, **more}


def spot(text: str) -> tuple[str, int, int]:
    """A text with `$0` as its text, line and character (UTF-16)."""
    before, _, after = text.partition("$0")
    line = before.rpartition("\n")[2]
    return before + after, before.count("\n"), len(line.encode("utf-16-le")) // 2


def offered(capabilities: dict, text: str, **context: object) -> tuple[Inside, str, dict]:
    """The answer to a request at `$0`."""
    inside, uri = Inside(capabilities), "file:///x/a.nx"
    text, line, character = spot(text)
    inside.open(uri, text)
    more = {"context": context} if context else {}
    return inside, uri, inside.ask("textDocument/completion", at(uri, line, character, **more)) or {}


def item(answer: dict, label: str) -> dict:
    (found,) = [one for one in answer["items"] if one["label"] == label]
    return found


PROGRAM = """\
/// Writes a draft.
agent Writer -> Draft { prompt: "p" }
protocol Draft { title: str, score: float }
/// Looks something up.
fn search(query: str, limit: int = 3) -> str { return query }
"""


def width(text: str, encoding: str) -> int:
    """How many characters a text has for a client."""
    return (
        len(text.encode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]))
        // ({"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding])
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_every_encoding(tmp_path, encoding):
    """Ranges count what the client counts, before the cursor and in edits at other places."""
    with Client() as client:
        client.initialize({**told(), "general": {"positionEncodings": [encoding]}}, tmp_path)
        uri, lib = (tmp_path / "客.nx").as_uri(), (tmp_path / "lib.nxlib").as_uri()
        client.open(lib, "fn helper() { }\n")
        client.open(uri, '/* 😀 */ include "客😀.nx"\n' + PROGRAM)
        line = 1 + PROGRAM.count("\n")
        for version, (before, after, label, start) in enumerate(
            [
                ('x = "客😀" ; Writer.', "x\n", "run", 'x = "客😀" ; Writer.'),
                ('y = "客😀" ; hel', "px\n", "helper", 'y = "客😀" ; '),
            ]
        ):
            client.change(uri, version + 2, {"range": span(line, 0, line, 0), "text": before + after})
            answer = client.request("textDocument/completion", at(uri, line, width(before, encoding)))
            found = item(answer, label)
            end = width(before + after.rstrip(), encoding)
            assert found["textEdit"]["range"] == span(line, width(start, encoding), line, end)
        column = width('/* 😀 */ include "客😀.nx"', encoding)
        assert found["additionalTextEdits"] == [
            {"range": span(0, column, 0, column), "newText": '\ninclude "lib.nxlib"'}
        ]
        client.shutdown()


def span(line: int, start: int, last: int, end: int) -> dict:
    return {"start": {"line": line, "character": start}, "end": {"line": last, "character": end}}


@pytest.mark.parametrize("name", ["visual_studio_code", "neovim@v0.11", "emacs", "helix"])
def test_every_editor_gets_what_it_understands(name):
    capabilities = profile(name)
    can = capabilities["textDocument"]["completion"]["completionItem"]
    defaults = capabilities["textDocument"]["completion"].get("completionList", {}).get("itemDefaults", [])
    _, _, answer = offered(capabilities, PROGRAM + "flow main { x = Wr$0i }")
    assert ("itemDefaults" in answer) == ("editRange" in defaults)
    for text in (PROGRAM + "flow main { $0 }", PROGRAM + "agent A { $0 }", PROGRAM + "flow main { x = 'a' >> $0 }"):
        inside, _, answer = offered(capabilities, text)
        assert answer["items"]
        for one in answer["items"]:
            new = one.get("textEdit", {}).get("newText") or one.get("textEditText") or one["label"]
            assert can.get("snippetSupport") or "${" not in new
            assert ("textEdit" in one) != ("editRange" in defaults)
            assert "insertReplaceSupport" not in can or {"insert", "replace", "newText"} == set(one["textEdit"])
            assert can.get("commitCharactersSupport") or "commitCharacters" not in one
            assert can.get("preselectSupport") or "preselect" not in one
            assert can.get("labelDetailsSupport") or "labelDetails" not in one
            kinds = capabilities["textDocument"]["completion"].get("completionItemKind", {}).get("valueSet")
            assert one["kind"] in (kinds or range(1, 19))
            resolved = inside.ask("completionItem/resolve", one)
            if isinstance(resolved.get("documentation"), dict):
                assert "markdown" in can["documentationFormat"]
        assert [one["sortText"] for one in answer["items"]] == sorted(one["sortText"] for one in answer["items"])


def test_a_candidate_is_described_when_it_is_looked_at():
    inside, uri, answer = offered(told(FULL), PROGRAM + "flow main { x = sea$0 }")
    (search,) = [one for one in answer["items"] if one["label"] == "search"]
    assert search == {
        "label": "search",
        "kind": 3,
        "sortText": "0000",
        "labelDetails": {"detail": "(query: str, limit: int)", "description": "str"},
        "insertTextFormat": 2,
        "textEdit": {"insert": span(5, 16, 5, 19), "replace": span(5, 16, 5, 19), "newText": "search(${1:query})"},
        "data": {"uri": uri, "key": ["declared", "/x/a.nx", "value", "search"]},
    }
    resolved = inside.ask("completionItem/resolve", search)
    assert resolved["detail"] == "fn search(query: str, limit: int = 3) -> str"
    assert resolved["documentation"] == {"kind": "markdown", "value": "Looks something up."}
    assert {key: value for key, value in resolved.items() if key not in ("detail", "documentation")} == search


def test_a_long_signature_is_shown_with_the_documentation():
    inside, _, answer = offered(told(FULL), PROGRAM + "flow main(d: Dra$0) { }")
    resolved = inside.ask("completionItem/resolve", item(answer, "Draft"))
    assert resolved["detail"] == "protocol Draft { … }"
    assert "    title: str" in resolved["documentation"]["value"]


def test_a_client_that_does_not_ask_again_is_told_at_once():
    _, _, answer = offered(told(), PROGRAM + "flow main { x = sea$0 }")
    search = item(answer, "search")
    assert search["detail"] == "fn search(query: str, limit: int = 3) -> str"
    assert search["documentation"] == "Looks something up."
    assert search["textEdit"] == {"range": span(5, 16, 5, 19), "newText": "search("}


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"label": "x"},
        {"label": "x", "data": 1},
        {"label": "x", "data": {"uri": "file:///x/a.nx"}},
        {"label": "x", "data": {"uri": "file:///x/a.nx", "key": [1]}},
        {"label": "x", "data": {"uri": "file:///no/such.nx", "key": ["declared", "/no", "value", "x"]}},
        {"label": "x", "data": {"uri": "file:///x/a.nx", "key": ["part", "nothing", "x", "y"]}},
        {"label": "x", "data": {"uri": "file:///x/a.nx", "key": ["builtin", "", "std.no.such", "y"]}},
        {"label": "x", "data": {"uri": "untitled:a", "key": []}},
    ],
)
def test_a_candidate_that_nobody_knows_stays_as_it_is(params):
    assert Inside(told(FULL)).ask("completionItem/resolve", params) == params


def test_the_middle_of_a_word():
    _, _, answer = offered(told(FULL), PROGRAM + "flow main { x = Wr$0iter.run(1) }")
    assert item(answer, "Writer")["textEdit"] == {
        "insert": span(5, 16, 5, 18),
        "replace": span(5, 16, 5, 22),
        "newText": "Writer",
    }
    _, _, answer = offered(told(), PROGRAM + "flow main { x = Wr$0iter.run(1) }")
    assert item(answer, "Writer")["textEdit"] == {"range": span(5, 16, 5, 22), "newText": "Writer"}


def test_what_holds_for_all_is_said_once():
    capabilities = told({"insertReplaceSupport": True}, completionList={"itemDefaults": ["editRange", "data"]})
    _, _, answer = offered(capabilities, PROGRAM + "flow main { x = W$0 }")
    place = span(5, 16, 5, 17)
    assert answer["itemDefaults"] == {"editRange": {"insert": place, "replace": place}}
    writer = item(answer, "Writer")
    assert not {"textEdit", "textEditText"} & set(writer)
    _, _, answer = offered(capabilities, PROGRAM + "flow main { x = sear$0 }")
    assert item(answer, "search")["textEditText"] == "search("


def test_the_stage_that_is_meant_is_selected():
    text = (
        PROGRAM + 'agent Critic { prompt: "p", context { input_schema: Draft } }\nflow main { x = Writer.run(1) >> $0 }'
    )
    _, _, answer = offered(told(FULL), text)
    assert [one["label"] for one in answer["items"] if one.get("preselect")] == ["Critic"]


def test_characters_that_take_a_candidate():
    _, _, answer = offered(told(FULL), PROGRAM + "flow main(d: Draft) { x = $0 }")
    assert item(answer, "d")["commitCharacters"] == ["."]
    assert "commitCharacters" not in item(answer, "search")
    _, _, answer = offered(told(FULL), PROGRAM + "flow main(d: Draft) { $0 }")
    assert "commitCharacters" not in item(answer, "d")  # `d` may become `done = …`


def test_lines_are_moved_in_by_the_client_that_can():
    _, _, answer = offered(told(FULL), "flow main {\n    $0\n}")
    assert item(answer, "if")["insertTextMode"] == 2
    assert "insertTextMode" not in item(answer, "let")


@pytest.mark.parametrize(
    ("text", "character", "some"),
    [
        ("flow main {$0", "{", False),
        ('flow main(x) { print("#{$0', "{", True),
        ("flow f(x:$0) { }", ":", True),
        ("agent A { memory:$0", ":", True),
        ("flow main { x = {a:$0 1} }", ":", False),
        ("flow main { if 1 >$0", ">", False),
        ("flow main { x = 1 >>$0", ">", True),
        ("flow f() ->$0 { }", ">", True),
        ("flow main { x = 1 |$0", "|", False),
        ('flow main(x) { print("#{x |$0}") }', "|", True),
        ('flow main { x = "a"$0 }', '"', False),
        ('include "$0"', '"', False),
        ("flow main { x = 1 /$0", "/", False),
        ("flow main { x = std.$0", ".", True),
        ("@$0\nflow main { }", "@", True),
        ('flow f(x) { t = template"""{{#$0', "#", True),
        ("#$0", "#", False),
        ("agent A { prompt: $0 }", " ", True),
        ("agent A { memory: $0 }", " ", True),
        ("agent 客 { }\nflow main { x = '😀' >> $0 }", " ", True),
        ("agent A { }\nflow main { x = 1 >>  $0 }", " ", False),
        ("flow f() -> $0 { }", " ", True),
        ("flow f(x: $0", " ", True),
        ("agent A uses $0", " ", True),
        ("protocol P { }\nagent A implements $0 { }", " ", True),
        ("flow main { x = $0 }", " ", False),
        ('flow main { x = {"a": $0} }', " ", False),
        ("flow main { x = 1 > $0 }", " ", False),
        ('flow main { x = "a >> $0" }', " ", False),
        ("flow main { } // a: $0", " ", False),
        (" $0", " ", False),
    ],
)
def test_punctuation_asks_only_where_something_follows_it(text, character, some):
    context = {"triggerKind": 2, "triggerCharacter": character}
    _, _, answer = offered(told(FULL), text, **context)
    assert bool(answer) is some


def test_files_models_and_secrets_of_a_project(tmp_path):
    (tmp_path / "nexa.toml").write_text('[models.fast]\nmodel = "openai/gpt"\n')
    (tmp_path / "secrets.nxs").write_text(
        'config default { API_KEY = "s3cr3t", MODEL_NAME = { "strong": "s3cr3t" } }\n'
    )
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "tools.nxlib").write_text("fn helper() { }\n")
    inside, uri = Inside(told(FULL)), (tmp_path / "a.nx").as_uri()

    def ask(text: str) -> list[str]:
        text, line, character = spot(text)
        inside.open(uri, text)
        answer = inside.ask("textDocument/completion", at(uri, line, character))
        assert "s3cr3t" not in json.dumps(answer)
        return [one["label"] for one in (answer or {"items": []})["items"]]

    assert ask('include "$0"') == ["lib/", "secrets.nxs"] or ask('include "$0"') == ["secrets.nxs", "lib/"]
    assert ask('include "lib/$0"') == ["tools.nxlib"]
    assert ask("agent A { model: $0 }")[:2] == ["fast", "strong"]
    assert ask('flow main { x = secret("$0") }') == ["API_KEY", "MODEL_NAME"]
    inside.open("untitled:Untitled-1", 'include ""')
    assert not inside.ask("textDocument/completion", at("untitled:Untitled-1", 0, 9))


def test_a_flow_is_written_with_what_the_server_offers(tmp_path):
    """Over the wire, letter by letter, taking what is offered."""
    program = PROGRAM.replace("Writer -> Draft", "Writer implements Draft")
    target = 'flow main(topic: str) {\n    draft = Writer.run(topic)\n    print("#{draft.title | upper}")\n}\n'
    uri = (tmp_path / "a.nx").as_uri()
    with Client() as client:
        client.initialize(told())
        client.open(uri, program)
        typed, version, taken = program, 1, []

        def put(text: str) -> None:
            nonlocal typed, version
            version += 1
            line, character = typed.count("\n"), len(typed.rpartition("\n")[2])
            client.change(uri, version, {"range": span(line, character, line, character), "text": text})
            typed += text

        at_ = 0
        while at_ < len(target):
            rest = target[at_:]
            length = 0
            while length < len(rest) and (rest[length].isalnum() or rest[length] == "_"):
                length += 1
            where = at(uri, typed.count("\n"), len(typed.rpartition("\n")[2]))
            answer = client.request("textDocument/completion", where) if length else None
            for one in (answer or {"items": []})["items"][:8]:
                new = one["textEdit"]["newText"]
                if rest.startswith(new) and len(new) >= length:
                    taken.append(one["label"])
                    put(new)
                    at_ += len(new)
                    break
            else:
                put(rest[0])
                at_ += 1
        assert typed == program + target
        assert {"flow", "str", "Writer", "topic", "draft", "title", "upper"} <= set(taken), taken
        client.shutdown()


def test_names_of_files_that_nobody_has_opened(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "clock.nxlib").write_text("/// The time.\nfn clock_time() -> str { return '12' }\n")
    (tmp_path / "circle.nxlib").write_text('include "a.nx"\nfn clock_circle() { }\n')
    (tmp_path / "program.nx").write_text("fn clock_program() { }\nflow main { }\n")
    inside, uri = Inside(told(FULL), rootUri=tmp_path.as_uri()), (tmp_path / "a.nx").as_uri()
    text, line, character = spot("flow main {\n    x = clock$0\n}\n")
    inside.open(uri, text)
    inside.work()
    while not inside.session.workspace.is_indexed:
        inside.session.workspace.index_step()
    answer = inside.ask("textDocument/completion", at(uri, line, character))
    (found,) = [one for one in answer["items"] if one["label"].startswith("clock")]
    assert found["additionalTextEdits"] == [{"range": span(0, 0, 0, 0), "newText": 'include "lib/clock.nxlib"\n\n'}]
    assert found["labelDetails"] == {"description": 'include "lib/clock.nxlib"'}
    assert inside.ask("completionItem/resolve", found)["documentation"]["value"].startswith("The time.")


def test_who_does_not_ask_about_rows_gets_fewer_of_them():
    text = "".join(f"agent Number{n} {{ prompt: `x` }}\n" for n in range(400)) + "flow main { x = Numb$0 }\n"
    for capabilities, most in ((told(FULL), 300), (told(), 100)):
        _, _, answer = offered(capabilities, text.replace("`", '"'))
        assert (len(answer["items"]), answer["isIncomplete"]) == (most, True)
