from __future__ import annotations

import json
import random
import textwrap
from itertools import pairwise

import pytest

from harness.cursor import ROOT, file_of, snapshot
from harness.mutation import random_edit
from harness.mutations import programs
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.facts import DeclaredKind
from nexa.compiler.file import File
from nexa.compiler.scope import LocalKind
from nexa.ide.features.tokens import names, pieces
from nexa.ide.legend import MODIFIERS, TYPES, Kind, Modifier, as_json
from nexa.syntax import Span


def tokens(project: Project, path: str, within: Span | None = None) -> list[tuple[int, int, Kind, Modifier]]:
    """All tokens with absolute offsets."""
    start, found = pieces(project, path, within)
    rows = []
    for piece in found:
        rows += [(start + first, start + last, kind, modifiers) for first, last, kind, modifiers in piece.tokens]
        start += len(piece.text)
    return rows


def shown(text: bytes, row: tuple[int, int, Kind, Modifier]) -> str:
    """`text kind.modifier.modifier`."""
    start, end, kind, modifiers = row
    names = [MODIFIERS[bit].name for bit in range(len(MODIFIERS)) if modifiers & (1 << bit)]
    return f"{text[start:end].decode()} {'.'.join([TYPES[kind].name, *names])}"


def check_tokens(text: str, *expected: str, path: str = "main.nx") -> None:
    """Every token of the text between the first two `¦`, or of the whole last file without any."""
    text = textwrap.dedent(text).lstrip("\n")
    project, where, _ = snapshot(text.replace("¦", ""), path)
    content = project.file(where).text
    rows = tokens(project, where)
    if "¦" in text:
        last_file = text.rpartition("//- ")[2].partition("\n")[2] if "//- " in text else text
        first, inside, _ = last_file.split("¦")
        start = len(first.encode())
        rows = [row for row in rows if start <= row[0] < start + len(inside.encode())]
    assert [shown(content, row) for row in rows] == list(expected)


def test_an_agent():
    check_tokens(
        """
        /// Writes.
        @limit(max_tokens=800)
        agent Writer uses std.time, look {
            prompt: "Write.\\n"
            memory: none
            timeout: 1.5h
        }
        @tool("Looks.")
        fn look(x: str) -> str { return x }
        """,
        "/// Writes. comment.documentation",
        "@ decorator",
        "limit decorator",
        "max_tokens parameter",
        "= operator",
        "800 number",
        "agent keyword",
        "Writer agent.declaration.definition",
        "uses keyword",
        "std namespace.defaultLibrary",
        "time namespace.defaultLibrary",
        "look tool",
        "prompt property",
        '"Write. string',
        "\\n escapeSequence",
        '" string',
        "memory property",
        "none constant.readonly.defaultLibrary",
        "timeout property",
        "1.5h duration",
        "@ decorator",
        "tool decorator",
        '"Looks." string',
        "fn keyword",
        "look tool.declaration.definition",
        "x parameter.declaration",
        "str type.defaultLibrary",
        "-> operator",
        "str type.defaultLibrary",
        "return keyword",
        "x parameter",
    )


def test_the_operators_of_a_flow_stand_out():
    check_tokens(
        """
        agent A { prompt: "a" }
        agent B { prompt: "b" }
        flow main { ¦x = "q" |>> [A, B] &>> A >> B ?? A : B
            y = 1 + len("q")¦ }
        """,
        "x variable.declaration",
        "= operator",
        '"q" string',
        "|>> operator.flow",
        "A agent",
        "B agent",
        "&>> operator.flow",
        "A agent",
        ">> operator.flow",
        "B agent",
        "?? operator.flow",
        "A agent",
        "B agent",
        "y variable.declaration",
        "= operator",
        "1 number",
        "+ operator",
        "len function.defaultLibrary",
        '"q" string',
    )


def test_each_kind_of_declaration():
    check_tokens(
        """
        tool Look { description: "d" }
        protocol Plan { step: str }
        struct Point { x: int }
        enum Colour { Red }
        trait Shown { fn show() -> str }
        type Percent = float
        db shop = connect(":memory:")
        job Clean { perform() { } }
        server Lobby 8080 { }
        flow main {
            ¦Look Plan Point Colour Shown Percent shop Clean Lobby main nobody()¦
        }
        """.replace("Look Plan", "Look; Plan")
        .replace(" Point Colour Shown Percent", "; Point; Colour; Shown; Percent")
        .replace(" shop Clean Lobby main nobody", "; shop; Clean; Lobby; main; nobody"),
        "Look tool",
        "Plan variable",
        "Point struct",
        "Colour enum",
        "Shown variable",
        "Percent variable",
        "shop handle",
        "Clean job",
        "Lobby server",
        "main flow",
        "nobody function",
    )


def test_types():
    check_tokens(
        """
        protocol Plan { step: str }
        enum Colour { Red }
        trait Shown { fn show() -> str }
        type Percent = float
        struct Box[T] { ¦a: T, b: Plan?, c: Colour, d: Percent, e: list[Missing]¦ }
        impl Shown for Box { fn show() -> str { "box" } }
        """,
        "a property.declaration",
        "T typeParameter",
        "b property.declaration",
        "Plan protocol",
        "? operator",
        "c property.declaration",
        "Colour enum",
        "d property.declaration",
        "Percent type",
        "e property.declaration",
        "list type.defaultLibrary",
        "Missing type",
    )


def test_locals_tell_reads_from_writes():
    check_tokens(
        """
        flow main(p) {
            ¦let a = p
            b = a
            b += 1
            p = b
            for i, v in [a] { print(i, v) }
            try { } catch (e: ToolError) { raise e }
            d.f = later(a)¦
        }
        """,
        "let keyword",
        "a variable.declaration.readonly",
        "= operator",
        "p parameter",
        "b variable.declaration",
        "= operator",
        "a variable.readonly",
        "b variable.modification",
        "+= operator",
        "1 number",
        "p parameter.modification",
        "= operator",
        "b variable",
        "for keyword",
        "i variable.declaration",
        "v variable.declaration",
        "in keyword",
        "a variable.readonly",
        "print function.defaultLibrary",
        "i variable",
        "v variable",
        "try keyword",
        "catch keyword",
        "e parameter.declaration",
        "ToolError class.defaultLibrary",
        "raise keyword",
        "e parameter",
        "d variable",
        "f property.modification",
        "= operator",
        "later function",
        "a variable.readonly",
    )


def test_variables_of_a_script():
    check_tokens(
        """
        let fixed = 1
        let moving = 2
        moving = 3
        once = fixed
        """,
        "let keyword",
        "fixed variable.declaration.readonly",
        "= operator",
        "1 number",
        "let keyword",
        "moving variable.declaration",
        "= operator",
        "2 number",
        "moving variable.modification",
        "= operator",
        "3 number",
        "once variable.declaration.modification",
        "= operator",
        "fixed variable.readonly",
    )


def test_members_by_what_they_belong_to():
    check_tokens(
        """
        agent A { prompt: "a", fn own() -> int { 1 } }
        enum E { V }
        flow main {
            ¦A.run(1)
            A.own()
            std.fs.file_read(secrets.dev.KEY)
            E::V
            Option::None
            it.x.y()
            spawn A("m")¦
        }
        """,
        "A agent",
        "run method.defaultLibrary",
        "1 number",
        "A agent",
        "own method",
        "std namespace.defaultLibrary",
        "fs namespace.defaultLibrary",
        "file_read function.defaultLibrary",
        "secrets variable.readonly.defaultLibrary",
        "dev property.readonly",
        "KEY property.readonly",
        "E enum",
        "V enumMember.readonly",
        "Option enum.defaultLibrary",
        "None enumMember.readonly.defaultLibrary",
        "it variable",
        "x property",
        "y method",
        "spawn keyword",
        "A agent.async",
        '"m" string',
    )


def test_contextual_words_are_names_elsewhere():
    check_tokens(
        """
        flow main {
            ¦let on = true
            let agent = fn(route) { route }
            print "x"
            print(1) if on¦
        }
        """,
        "let keyword",
        "on variable.declaration.readonly",
        "= operator",
        "true constant.readonly",
        "let keyword",
        "agent variable.declaration.readonly",
        "= operator",
        "fn keyword",
        "route parameter.declaration",
        "route parameter",
        "print keyword",
        '"x" string',
        "print function.defaultLibrary",
        "1 number",
        "if keyword",
        "on variable.readonly",
    )


def test_text_and_what_is_in_it():
    check_tokens(
        """
        flow main {
            ¦a = "é#{len(a) | upper}🌊\\u{1F30A}"
            b = r"\\d" + `t`
            c = std.regex.regex_match(r"(a)", a)
            d = a |> matches(r"b")
            e = f"{a:>3}"¦
        }
        """,
        "a variable.declaration",
        "= operator",
        '"é string',
        "#{ interpolation",
        "len function.defaultLibrary",
        "a variable",
        "| operator",
        "upper function.defaultLibrary",
        "} interpolation",
        "🌊 string",
        "\\u{1F30A} escapeSequence",
        '" string',
        "b variable.declaration",
        "= operator",
        'r"\\d" string',
        "+ operator",
        "`t` string",
        "c variable.declaration",
        "= operator",
        "std namespace.defaultLibrary",
        "regex namespace.defaultLibrary",
        "regex_match function.defaultLibrary",
        'r" string',
        "(a) regexp",
        '" string',
        "a variable",
        "d variable.declaration",
        "= operator",
        "a variable",
        "|> operator.flow",
        "matches function.defaultLibrary",
        'r" string',
        "b regexp",
        '" string',
        "e variable.declaration",
        "= operator",
        'f" string',
        "{ interpolation",
        "a variable",
        ":>3 interpolation",
        "} interpolation",
        '" string',
    )


def test_python():
    check_tokens(
        '''
        flow main(n) {
            ¦python! """
                import math  # c
                @cache
                def f(x): return math.sqrt(n) + len("s")
                y = None if n else 1.5e-3
                """¦
        }
        ''',
        "python! keyword",
        '""" string',
        "import keyword",
        "math namespace",
        "# c comment",
        "@cache decorator",
        "def keyword",
        "f function.declaration.definition",
        "x variable",
        "return keyword",
        "math variable",
        "sqrt method",
        "n variable",
        "+ operator",
        "len function.defaultLibrary",
        '"s" string',
        "y variable",
        "= operator",
        "None constant",
        "if keyword",
        "n variable",
        "else keyword",
        "1.5e-3 number",
        '""" string',
    )


def test_templates():
    check_tokens(
        '''
        flow main(p) {
            ¦t = template"""Hi {{p.name | upper}}{{#if n > 3 and not x}}{{{ q }}}{{#else}}"{{/if}}
        {{#for r in p.rows}}{{@index}}: {{r}}{{/for}}{{> foot p}} {{"""¦
        }
        ''',
        "t variable.declaration",
        "= operator",
        "template keyword",
        '"""Hi  string',
        "{{ templateTag",
        "p parameter",
        "name property",
        "| operator",
        "upper function.defaultLibrary",
        "}} templateTag",
        "{{ templateTag",
        "#if keyword",
        "n variable",
        "> operator",
        "3 number",
        "and keyword",
        "not keyword",
        "x variable",
        "}} templateTag",
        "{{{ templateTag",
        "q variable",
        "}}} templateTag",
        "{{ templateTag",
        "#else keyword",
        "}} templateTag",
        '" string',
        "{{ templateTag",
        "/if keyword",
        "}} templateTag",
        "\n string",
        "{{ templateTag",
        "#for keyword",
        "r variable.declaration",
        "in keyword",
        "p parameter",
        "rows property",
        "}} templateTag",
        "{{ templateTag",
        "@index variable.readonly.defaultLibrary",
        "}} templateTag",
        ":  string",
        "{{ templateTag",
        "r variable",
        "}} templateTag",
        "{{ templateTag",
        "/for keyword",
        "}} templateTag",
        "{{ templateTag",
        "> keyword",
        "foot function",
        "p parameter",
        "}} templateTag",
        "  string",
        "{{ templateTag",
        '""" string',
    )


def test_services():
    check_tokens(
        """
        use config dev
        agent A { prompt: "a", model: ["x/y", fallback: "z"], uses: [mcp: "u"] }
        server Lobby {
            semantic route GET "/" => A
            middleware [check]
        }
        flow main { match 1 { ¦default => 1, _ => 2¦ } }
        """,
        "default keyword",
        "=> operator",
        "1 number",
        "_ variable",
        "=> operator",
        "2 number",
    )


def test_names_are_looked_up_in_other_files():
    check_tokens(
        """
        //- lib.nxlib
        agent Helper { prompt: "h" }
        //- main.nx
        include "lib.nxlib"
        flow main { ¦Helper.run(1) >> Stranger¦ }
        """,
        "Helper agent",
        "run method.defaultLibrary",
        "1 number",
        ">> operator.flow",
        "Stranger variable",
    )


def test_comments_between_items():
    check_tokens(
        """
        #!/usr/bin/env nexa
        // one
        x = 1 // two
        # three
        /* four
           five */
        """,
        "#!/usr/bin/env nexa comment",
        "// one comment",
        "x variable.declaration.modification",
        "= operator",
        "1 number",
        "// two comment",
        "# three comment.deprecated",
        "/* four\n   five */ comment",
    )


def test_a_secrets_file():
    check_tokens(
        """
        // keys
        config dev {
            API_KEY = "abc\\n"
            LIMIT: 3
        }
        """,
        "// keys comment",
        "config keyword",
        "dev namespace.declaration",
        "API_KEY property",
        "= operator",
        '"abc string',
        "\\n escapeSequence",
        '" string',
        "LIMIT property",
        "3 number",
        path="secrets.nxs",
    )


def test_the_rest_of_a_broken_file_keeps_its_tokens():
    check_tokens(
        """
        agent {
        flow a( {
            x = "unclosed
        flow b(p) { ¦return p¦ }
        """,
        "return keyword",
        "p parameter",
    )


def test_half_a_statement_has_tokens():
    check_tokens("flow main { a = 1\n print(a, \n}", *(
        "flow keyword", "main flow.declaration.definition", "a variable.declaration", "= operator", "1 number",
        "print function.defaultLibrary", "a variable",
    ))  # fmt: skip


def test_nothing_of_an_unknown_file():
    project, _, _ = snapshot("agent A { }")
    assert pieces(project, "/nowhere.nx") == (0, [])


@pytest.mark.parametrize(("name", "text"), programs(), ids=lambda value: value if isinstance(value, str) else "")
def test_tokens_of_every_example_are_in_order_and_name_every_word(name, text):
    project = Project(Settings(), lambda _: None).with_file(File.parse(ROOT + name, text))
    rows = tokens(project, ROOT + name)
    assert all(start < end for start, end, *_ in rows)
    assert all(before[1] <= after[0] for before, after in pairwise(rows))
    covered = bytearray(text)
    for start, end, *_ in rows:
        covered[start:end] = b" " * (end - start)
    assert not [char for char in covered.decode("utf-8", "replace") if char.isalnum() or char == '"'], covered


def test_only_the_edited_item_is_looked_at_again():
    file = file_of("flow a { x = 1 }\n\nflow b { y = a() }\n")
    project = Project(Settings(), lambda _: None).with_file(file)
    _, before = pieces(project, file.path)
    text = file.text.replace(b"x = 1", b"xy = 1")
    _, after = pieces(project.with_file(File.parse(file.path, text)), file.path)
    assert len(before) == len(after)
    edited = file.edited([_edit(file.text, text)], text)
    _, after = pieces(project.with_file(edited), file.path)
    assert [old is new for old, new in zip(before, after, strict=True)] == [False, True, True, True]


def _edit(old, new):
    from nexa.syntax import Edit

    at = next(index for index, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    return Edit(at, at, at + len(new) - len(old))


def test_users_of_a_name_follow_when_it_changes_its_kind():
    file = file_of("flow a() { }\nflow main { a() }\n")
    project = Project(Settings(), lambda _: None).with_file(file)
    assert "a flow" in [shown(file.text, row) for row in tokens(project, file.path)]
    text = b"agent" + file.text[4:]
    from nexa.syntax import Edit

    changed = project.with_file(file.edited([Edit(0, 4, 5)], text))
    assert [shown(text, row) for row in tokens(changed, file.path)].count("a agent") == 1


def test_a_range_gives_the_items_that_it_touches():
    project, path, _ = snapshot("flow a { x }\n// between\nflow b { y }\nflow c { z }\n")
    text = project.file(path).text
    for start in range(len(text) + 1):
        for end in (start, min(len(text), start + 7)):
            wanted = [row for row in tokens(project, path) if row[0] < end and row[1] > start]
            found = tokens(project, path, Span(start, end))
            assert [row for row in found if row[0] < end and row[1] > start] == wanted
    assert len(tokens(project, path, Span(0, 3))) < len(tokens(project, path))


def test_it_stops_when_nobody_waits():
    project, path, _ = snapshot("flow a { x }\nflow b { y }\n")
    assert pieces(project, path, None, lambda: False) is None
    pieces(project, path)
    assert pieces(project, path, None, lambda: False) is not None, "nothing is left to do"


@pytest.mark.parametrize("seed", range(12))
def test_after_random_edits_the_tokens_are_those_of_a_fresh_start(seed):
    dice = random.Random(seed)
    name, text = dice.choice(programs())
    project = Project(Settings(), lambda _: None).with_file(File.parse(ROOT + name, text))
    for _ in range(30):
        edit, text = random_edit(dice, text)
        project = project.with_file(project.file(ROOT + name).edited([edit], text))
        rows = tokens(project, ROOT + name)
        assert all(before[1] <= after[0] for before, after in pairwise(rows))
    project = project.with_file(project.file(ROOT + name).fresh())
    fresh = Project(Settings(), lambda _: None).with_file(File.parse(ROOT + name, text))
    assert tokens(project, ROOT + name) == tokens(fresh, ROOT + name)


def test_the_legend_is_whole():
    assert [kind.name.replace("_", "").lower() for kind in Kind if not TYPES[kind].base] == [
        one.name.lower() for one in TYPES if not one.base
    ]
    assert len(TYPES) == len(Kind)
    assert [1 << bit for bit in range(len(MODIFIERS))] == [int(one) for one in Modifier]
    standard = {one.name for one in TYPES if not one.base}
    assert {one.base for one in TYPES if one.base} <= standard
    exported = as_json()
    assert {one["id"] for one in exported["semanticTokenTypes"]} == {one.name for one in TYPES if one.base}
    assert json.dumps(exported)


def test_every_kind_of_name_has_a_look():
    assert set(names._DECLARATIONS) == set(DeclaredKind.__args__)
    assert set(names._LOCALS) | {"self", "contract"} == set(LocalKind.__args__)
