"""What string-like literals mean: escapes, dedent, interpolations, templates, Python blocks, numbers."""

from __future__ import annotations

import pytest

from harness.dump import dump
from nexa.compiler import ast
from nexa.compiler.lower import Lowered, lower, numbers
from nexa.syntax import parse


def read(text: str) -> Lowered:
    (lowered,) = lower(parse(f"let x = {text}".encode()))
    return lowered


def value(text: str) -> ast.Expr:
    lowered = read(text)
    assert lowered.slips == ()
    assert isinstance(lowered.node, ast.Let)
    return lowered.node.value


def slips(text: str) -> list[tuple[str, str]]:
    """Code and covered text of each slip."""
    lowered = read(text)
    source = f"let x = {text}".encode()
    return [(slip.code, source[slip.span.start : slip.span.end].decode()) for slip in lowered.slips]


PLAIN = [
    ('""', ""),
    ("'a \"b\"'", 'a "b"'),
    (r'"\n\r\t\0\\\"\'\`\#"', "\n\r\t\0\\\"'`#"),
    (r'"\x41\u00e9\u{1F30A}"', "Aé🌊"),
    (r'"\ud83c\udf0a"', "🌊"),
    ('"a\\\nb"', "ab"),
    (r'"\#{a}"', "#{a}"),
    ('"# {a}"', "# {a}"),
    ('"""\n    one\n      two\n\n    three\n    """', "one\n  two\n\nthree"),
    ('"""\n\tone\n\ttwo\n"""', "one\ntwo"),
    ('"""one\n    two"""', "one\n    two"),
    ('"""\n    """', ""),
    ('"""\n\n    """', ""),
    ('"""\n    a\\n    b\n"""', "a\n    b"),
    ('"""\r\n    a\r\n    b\r\n    """', "a\nb"),
    ('"""\n    a \\\n    b\n"""', "a b"),
    (r"`a \` \\ \# b`", "a ` \\ # b"),
    ("`two\n  lines`", "two\n  lines"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN, ids=[text for text, _ in PLAIN])
def test_plain_strings(text: str, expected: str) -> None:
    found = value(text)
    assert isinstance(found, ast.Str)
    assert found.plain == expected


INTERPOLATED = [
    ('"a #{b | truncate(3, tail: "…") | upper} c"', '(Str ["a " (Interp b [(Filter truncate [(Argument 3) '
     '(Argument tail "…")]) (Filter upper)]) " c"])'),
    ('"#{a["x"]}#{f("#{b}")}"', '(Str [(Interp (Index a "x")) (Interp (Call f [(Argument (Str [(Interp b)]))]))])'),
    ('"#{a || b}"', "(Str [(Interp (BarBar a b))])"),
    ('"""\n    #{a}\n      b\n    """', '(Str [(Interp a) "\\n  b"])'),
    ('"""\n    x #{a} y\n    z\n    """', '(Str ["x " (Interp a) " y\\nz"])'),
    ("`#{a} b`", '(Str [(Interp a) " b"])'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INTERPOLATED, ids=[text for text, _ in INTERPOLATED])
def test_interpolations(text: str, expected: str) -> None:
    assert dump(value(text)) == expected


def test_an_interpolation_is_where_it_was_written() -> None:
    text = 'let x = "ä#{ab}"'
    found = value('"ä#{ab}"')
    assert isinstance(found, ast.Str)
    interp = found.parts[1]
    assert isinstance(interp, ast.Interp)
    assert text.encode()[interp.value.start : interp.value.end] == b"ab"


RAW = [(r'r"\d+"', r"\d+"), (r"r'#{a}'", "#{a}"), ('r"""\n  a\n"""', "\n  a\n")]


@pytest.mark.parametrize(("text", "expected"), RAW)
def test_raw_strings(text: str, expected: str) -> None:
    found = value(text)
    assert isinstance(found, ast.Raw)
    assert found.text == expected
    source = f"let x = {text}"
    assert source[found.offset :].startswith(expected)


def test_f_strings_are_understood_and_reported() -> None:
    lowered = read('f"a {b} #{c} {{d}}"')
    assert isinstance(lowered.node, ast.Let)
    assert dump(lowered.node.value) == '(Str ["a " (Interp b) " " (Interp c) " {d}"] "f")'
    assert [slip.code for slip in lowered.slips] == ["NX112"]


UNKNOWN = [
    (r'"a\d"', [("NX107", "\\")]),
    (r'"\q\w"', [("NX107", "\\"), ("NX107", "\\")]),
    (r'"\x4"', [("NX107", "\\")]),
    (r'"\u{110000}"', [("NX107", "\\")]),
    (r'"\ud800"', [("NX107", "\\")]),
    (r"`\n`", [("NX107", "\\")]),
    (r'"\é"', [("NX107", "\\")]),
]


@pytest.mark.parametrize(("text", "expected"), UNKNOWN, ids=[text for text, _ in UNKNOWN])
def test_unknown_escapes_are_kept(text: str, expected: list[tuple[str, str]]) -> None:
    assert slips(text) == expected
    found = read(text).node
    assert isinstance(found, ast.Let)
    assert isinstance(found.value, ast.Str)
    assert found.value.plain == text[1:-1]


TEMPLATES = [
    ("a", '(TemplateText "a")'),
    ("{{a.b.0 | upper | truncate(3)}}", "(TemplateOutput (TemplatePath [a b 0]) [(Filter upper) (Filter "
     "truncate [(Argument 3)])] :escape)"),
    ("{{{a}}}", "(TemplateOutput (TemplatePath [a]))"),
    ('{{a | default("}}")}}', '(TemplateOutput (TemplatePath [a]) [(Filter default [(Argument "}}")])] :escape)'),
    ("{{> row item}}", "(TemplatePartial row (TemplatePath [item]))"),
    (
        "{{#if not a and b == 1 or c}}x{{#elif d}}y{{#else}}z{{/if}}",
        "(TemplateIf [(TemplateBranch (TemplateCondition or [(TemplateCondition and [(TemplateCondition not"
        " [(TemplateCondition path (TemplatePath [a]))]) (TemplateCondition == (TemplatePath [b]) 1)])"
        ' (TemplateCondition path (TemplatePath [c]))]) [(TemplateText "x")])'
        ' (TemplateBranch (TemplateCondition path (TemplatePath [d])) [(TemplateText "y")])] [(TemplateText "z")])',
    ),
    ("{{#for x in a.b}}{{@index}}{{#empty}}-{{/for}}",
     '(TemplateFor x (TemplatePath [a b]) [(TemplateOutput (TemplatePath [@index]) :escape)] [(TemplateText "-")])'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEMPLATES, ids=[text for text, _ in TEMPLATES])
def test_templates(text: str, expected: str) -> None:
    found = value(f'template"""{text}"""')
    assert isinstance(found, ast.Template)
    assert " ".join(dump(part) for part in found.parts) == expected


BROKEN_TEMPLATES = [
    ("{{#if a}}x", "{{#if a}}"),
    ("{{#for x in a}}{{#if b}}{{/for}}", "{{/for}}"),
    ("{{/if}}", "{{/if}}"),
    ("{{#else}}", "{{#else}}"),
    ("{{#if a}}{{#else}}{{#elif b}}{{/if}}", "{{#elif b}}"),
    ("{{a", "{{"),
    ("{{a b}}", "b"),
    ("{{}}", "}}"),
    ("{{a | }}", "}}"),
    ("{{#for x of a}}{{/for}}", "of"),
    ("{{#each a}}", "#each"),
    ("{{#if a == }}{{/if}}", "}}"),
    ("{{a | default(b)}}", "b"),
    ("\n    é {{a b}}\n    ", "b"),
]


@pytest.mark.parametrize(("text", "covered"), BROKEN_TEMPLATES, ids=[text for text, _ in BROKEN_TEMPLATES])
def test_a_broken_tag_is_one_mistake(text: str, covered: str) -> None:
    assert slips(f'template"""{text}"""') == [("NX119", covered)]


def test_template_blocks_nest_without_end() -> None:
    deep = "{{#if a}}" * 1000 + "{{/if}}" * 1000
    assert {code for code, _ in slips(f'template"""{deep}"""')} == {"NX119"}


PYTHON = [
    ("x = = 1", "="),
    ("\n    x = 1\n    y = é +* 2\n    ", "*"),
    ("\r\n    x = 1\r\n    y = = 2\r\n    ", "="),
    ("if x:\n    y = (", None),
    ("return 1", ""),
    ("\n        await f(x)\n        for a in b:\n            yield a\n    ", ""),
    ("\n    nonlocal total\n    total += 1\n", ""),
]


@pytest.mark.parametrize(("text", "covered"), PYTHON, ids=[text for text, _ in PYTHON])
def test_python_blocks(text: str, covered: str | None) -> None:
    found = slips(f'python! """{text}"""')
    if covered == "":
        assert found == []
    else:
        assert [code for code, _ in found] == ["NX116"]
        assert covered is None or found[0][1] == covered


def test_python_code_maps_back_into_the_file() -> None:
    text = 'python! """\n        a = 1\n        b = 2\n    """'
    found = value(text)
    assert isinstance(found, ast.Python)
    assert found.code == "\na = 1\nb = 2\n"
    assert found.indent == 8
    source = f"let x = {text}"
    assert source[found.offset :].startswith("\n        a = 1")


NUMBERS = [
    ("0", 0), ("00", 0), ("12", 12), ("1_000", 1000), ("08", None), ("1__0", None), ("1_", None), ("", None),
    ("é", None), ("1" * 5000, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[text[:8] for text, _ in NUMBERS])
def test_whole_numbers(text: str, expected: int | None) -> None:
    assert numbers.whole(text) == expected


REALS = [("1.5", 1.5), ("1e3", 1000.0), ("2.5E-3", 0.0025), ("1_0.5", 10.5), ("1.", None), ("1.5_0", None),
         ("1e", None), ("01.5", None), ("1e999", None), ("1", None)]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REALS, ids=[text for text, _ in REALS])
def test_real_numbers(text: str, expected: float | None) -> None:
    assert numbers.real(text) == expected


DURATIONS = [
    ("50ms", 0.05),
    ("2s", 2.0),
    ("1.5h", 5400.0),
    ("30d", 2592000.0),
    ("1_000ms", 1.0),
    ("08s", None),
    ("5x", None),
]


@pytest.mark.parametrize(("text", "expected"), DURATIONS, ids=[text for text, _ in DURATIONS])
def test_durations(text: str, expected: float | None) -> None:
    assert numbers.seconds(text) == expected


MALFORMED = ["08", "1__0", "2ndTry", "5sec", "0x1F", "08s"]


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed_numbers(text: str) -> None:
    assert slips(text) == [("NX114", text)]
