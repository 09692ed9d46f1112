"""Names that no declaration of their own introduces: variables of loops in templates, fields of nameless schemas."""

from __future__ import annotations

import pytest

from harness.edits import applied, selected
from harness.findings import project_of
from harness.markers import read_fixture
from nexa.ide.features.definition import definition
from nexa.ide.features.highlight import highlights
from nexa.ide.features.hover import hover
from nexa.ide.features.references import references
from nexa.ide.features.rename import Refusal, rename

LIST = "protocol Item { title: str, price: float }\n"
CLERK = 'agent Clerk { prompt: "客😀", context { output_schema: {%s} } }\n'


def check(text: str, signature: str) -> None:
    """Every `«place»` means the first one, for whoever asks at any of them."""
    files, wanted = {}, []
    for name, content in read_fixture(text).files.items():
        plain, places = selected(content)
        files[f"/w/{name}"] = plain
        wanted += [(f"/w/{name}", *place) for place in places]
    project = project_of(files)
    declared = wanted[0]
    for path, start, end in wanted:
        for offset in (start, end):
            card = hover(project, path, offset)
            assert card is not None, (path, offset)
            assert card.signature == signature
            (target,) = definition(project, path, offset)
            assert (target.path, target.span.start, target.span.end) == declared
            found = list(references(project, path, offset, include_declaration=True))
            assert sorted((one.path, one.span.start, one.span.end) for one in found) == sorted(wanted)
            own = [(one.span.start, one.is_write) for one in highlights(project, path, offset)]
            assert sorted(own) == sorted((one[1], one == declared) for one in wanted if one[0] == path)
        edits = rename(project, path, start, "fresh")
        assert not [one.doubt for one in edits if one.doubt]
        for one in files:
            expected = "fresh".join(
                part.partition("»")[2] if number else part
                for number, part in enumerate(read_fixture(text).files[one.removeprefix("/w/")].split("«"))
            )
            assert applied(files[one].encode(), [edit for edit in edits if edit.path == one]) == expected


CASES = {
    "a loop": (
        LIST + "flow main(items: list[Item]) {\n"
        '    t = template"""客😀 {{#for «p» in items}} {{«p».title | upper}} {{#if «p».price}}{{{«p».title}}}{{/if}}'
        ' {{#empty}} {{p}} {{/for}} {{p}}"""\n    print(t.render({p: 1}))\n}\n',
        "p: Item",
    ),
    "an inner loop of the same name": (
        LIST + "flow main(items: list[Item]) {\n"
        '    print(template"""{{#for p in items}}{{#for «p» in p.title}}{{«p»}}{{/for}}{{p}}{{/for}}""")\n}\n',
        "variable p",
    ),
    "a loop over what an outer loop gives": (
        "protocol Order { items: list[Item] }\n" + LIST + "flow main(orders: list[Order]) {\n"
        '    print(template"""{{#for o in orders}}{{#for «one» in o.items}}{{«one».title}}{{/for}}{{/for}}""")\n}\n',
        "one: Item",
    ),
    "a loop over data": (
        LIST + "flow main(items: list[Item]) {\n"
        '    print(template"""{{#for «p» in rows}}{{«p».title}}{{/for}}""".render({rows: items}))\n}\n',
        "p: Item",
    ),
    "a field in a template": (
        "protocol Item { «title»: str, price: float }\nflow main(items: list[Item]) {\n"
        '    print(template"""😀{{#for p in items}}{{p.«title»}}{{#if p.«title»}}!{{/if}}{{/for}}""")\n'
        '    print(items[0].«title», items[0]["«title»"])\n}\n',
        "field title: str",
    ),
    "a schema": (
        CLERK % 'vendor: "str", «total»: float' + "flow main(x: str) {\n    r = Clerk.run(x)\n"
        '    print(r.«total», r["«total»"], "#{r.«total»}", template"""{{r.«total»}}""")\n}\n',
        "field total: float",
    ),
    "a schema with keys in quotes": (
        CLERK % '"vendor": "str", "«total»": "float"' + "flow main(x: str) {\n    print((x >> Clerk).«total»)\n}\n",
        "field total: float",
    ),
    "a field that is only described": (
        CLERK % '«note»: "What it says."' + "flow main(x: str) {\n    print(Clerk.run(x).«note»)\n}\n",
        "field note",
    ),
    "a schema of another file, and one that looks the same": (
        "//- lib.nxlib\n" + CLERK % "«total»: float" + (CLERK % "total: float").replace("Clerk", "Other")
        + '//- main.nx\ninclude "lib.nxlib"\nflow main(x: str) { print(Clerk.run(x).«total», Other.run(x).total) }\n',
        "field total: float",
    ),
    "an input": (
        'agent Clerk { prompt: "x", context { input_schema: {«total»: float} } }\n'
        "flow main {\n    Clerk.run({«total»: 1.0})\n}\n",
        "field total: float",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "signature"), CASES.values(), ids=CASES)
def test_every_place(text: str, signature: str):
    check(text, signature)


@pytest.mark.parametrize(("text", "signature"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("broken", ["agent {\n", "flow torn( {\n", "x = = 1\n"])
def test_mistakes_elsewhere(text: str, signature: str, broken: str):
    if "//-" not in text:
        check(f"{text}{broken}", signature)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ('flow main(a: list) { print(template"""{{#for «p» in a}}{{p}}{{q}}{{/for}}""", a) }', "a b"),
        ('flow main(a: list, q: str) { print(template"""{{#for «p» in a}}{{p}}{{q}}{{/for}}""", q) }', "q"),
        ('flow main(a: list) { print(template"""{{#for o in a}}{{#for «p» in o}}{{p}}{{o}}{{/for}}{{/for}}""") }', "o"),
    ],
)
def test_what_would_mean_something_else(text: str, new: str):
    plain, ((start, _),) = selected(text)
    project = project_of({"/w/a.nx": plain})
    with pytest.raises(Refusal):
        rename(project, "/w/a.nx", start, new)


def test_what_a_field_says_of_itself():
    plain, ((start, _),) = selected(CLERK % '«note»: "What it says."')
    card = hover(project_of({"/w/a.nx": plain}), "/w/a.nx", start)
    assert card is not None
    assert card.text == "What it says.\n\nOf `Clerk`."


def test_what_a_loop_knows_of_its_element():
    plain, ((start, end),) = selected(
        'flow main(a: list) { print(template"""😀{{#for p in a}}{{«@index1»}}{{/for}}""") }'
    )
    card = hover(project_of({"/w/a.nx": plain}), "/w/a.nx", start)
    assert card is not None
    assert (card.signature, card.span.start, card.span.end) == ("@index1: int", start, end)
    assert card.text == "The number of the element in the loop, counted from 1."


def test_two_schemas_that_read_the_same_are_shown_once():
    clerks = CLERK % "total: float" + (CLERK % "total: float").replace("Clerk", "Other")
    text = (
        clerks + "flow main(c: bool, x: str) {\n    «r» = if c then Clerk.run(x) else Other.run(x)\n    print(r)\n}\n"
    )
    plain, ((start, _),) = selected(text)
    card = hover(project_of({"/w/a.nx": plain}), "/w/a.nx", start)
    assert card is not None
    assert (card.signature, card.text) == ("r: {total: float}", "`total: float`")
