"""Templates: what is read, what is rendered, what is refused and where."""

import pytest

from nexa.runtime.errors import TemplateError
from nexa.runtime.template import Template, render
from nexa.runtime.template_parser import parse

DATA = {
    "name": "Ada <3",
    "n": 3,
    "tags": ["a", "b"],
    "none": None,
    "deep": {"x": {"y": 7}},
    "people": [{"name": "Bo", "old": True}, {"name": "Cy", "old": False}],
}

RENDERED = [
    ("plain", "plain"),
    ("{{ name }}", "Ada &lt;3"),
    ("{{{ name }}}", "Ada <3"),
    ("{{ name | raw }}", "Ada <3"),
    ("{{ name | escape }}", "Ada &lt;3"),
    ("{{deep.x.y}}", "7"),
    ("{{tags.1}}", "b"),
    ("{{ none }}|{{ missing }}|{{ missing.deeper }}", "||"),
    ('{{ missing | default("-") | upper }}', "-"),
    ('{{ name | truncate(4, tail: "") }}', "Ada "),
    ('{{ tags | join(", ") }}', "a, b"),
    ('{{ tags | join("}}") }}', "a}}b"),
    ("{{#if n}}yes{{/if}}", "yes"),
    ("{{#if none}}yes{{#else}}no{{/if}}", "no"),
    ("{{#if n == 2}}two{{#elif n == 3}}three{{#else}}many{{/if}}", "three"),
    ("{{#if n > 2 and not none}}ok{{/if}}", "ok"),
    ("{{#if none or n >= 4}}x{{#else}}y{{/if}}", "y"),
    ("{{#if none or n and n < 4}}x{{#else}}y{{/if}}", "x"),
    ('{{#if name != "Ada"}}other{{/if}}', "other"),
    ("{{#if missing < 3}}x{{#else}}y{{/if}}", "y"),
    ("{{#for t in tags}}{{@index}}{{@index1}}{{t}}{{#if @last}}.{{#else}},{{/if}}{{/for}}", "01a,12b."),
    ("{{#for t in none}}x{{#empty}}nothing{{/for}}", "nothing"),
    ("{{#for p in people}}{{p.name}}{{#if p.old}}!{{/if}}{{#for t in tags}}{{t}}{{@first}}{{/for}}{{/for}}",
     "Bo!atruebfalseCyatruebfalse"),
    ("{{#for p in people}}{{> card p}}{{/for}}", "[Bo][Cy]"),
    ("{{#for name in tags}}{{> card}}{{/for}}", "[a][b]"),
    ("a } b { c", "a } b { c"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), RENDERED)
def test_rendering(source, expected):
    assert Template(source, partials={"card": Template("[{{name}}]")}).render(DATA) == expected


PROBLEMS = [
    ("a {{ b", 2, 4, "not closed"),
    ("{{#if x}}y", 0, 9, "`{{#if}}` is not closed"),
    ("{{#for x in y}}{{#if z}}{{/for}}", 24, 32, "`{{/for}}` closes `{{#if}}`"),
    ("x{{/if}}", 1, 8, "no open"),
    ("{{#else}}", 0, 9, "does not belong"),
    ("{{#if a}}{{#else}}{{#else}}{{/if}}", 18, 27, "does not belong"),
    ("{{#if a}}{{#empty}}{{/if}}", 9, 19, "does not belong"),
    ("{{#while x}}", 0, 12, "a block is"),
    ("{{ }}", 0, 5, "a name is missing"),
    ("{{ a b }}", 5, 6, "means nothing here"),
    ("{{ a | }}", 0, 9, "a name is missing"),
    ("{{ a | f(1 }}", 0, 13, "missing"),
    ("{{#for x of y}}{{/for}}", 9, 11, "`in` is missing"),
    ("{{#if a == b}}{{/if}}", 11, 12, "a comparison needs"),
    ("{{ a ; }}", 5, 6, "means nothing here"),
    ("{{{ a }}", 6, 8, "closed by"),
]


@pytest.mark.parametrize(("source", "start", "end", "message"), PROBLEMS)
def test_one_mistake_is_one_problem_at_its_place(source, start, end, message):
    problems = parse(source).problems
    assert [(problem.start, problem.end) for problem in problems] == [(start, end)]
    assert message in problems[0].message


def test_a_template_that_cannot_be_read_is_refused_with_its_place():
    with pytest.raises(TemplateError, match="line 2, column 3"):
        Template("x\n  {{#if y}}")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ x | nope }}", "no filter `nope`"),
        ("{{#for x in n}}{{/for}}", "`n` is not a list"),
        ("{{> nobody}}", "no partial `nobody`"),
        ("{{ name | number(2) }}", "filter `number`"),
    ],
)  # fmt: skip
def test_what_cannot_be_rendered(source, message):
    with pytest.raises(TemplateError, match=message):
        render(source, DATA)


def test_a_partial_that_includes_itself_ends():
    card = Template("{{> card}}", "card")
    card.partials["card"] = card
    with pytest.raises(TemplateError, match="includes itself"):
        card.render({})


@pytest.mark.parametrize("source", [row[0] for row in RENDERED] + [row[0] for row in PROBLEMS])
def test_reading_any_prefix_or_suffix_never_fails(source):
    for cut in range(len(source)):
        parse(source[:cut])
        parse(source[cut:])
