from __future__ import annotations

import pytest

from harness.cursor import ROOT, shown_path
from harness.findings import project_of
from harness.markers import read_fixture
from nexa.ide.features.rename import Refusal, prepare_rename, rename


def renamed(text: str, new: str) -> tuple[dict[str, str], list[str]]:
    """The files after a rename, and the doubts about it."""
    fixture = read_fixture(text)
    assert fixture.cursor is not None
    project = project_of({ROOT + name: content for name, content in fixture.files.items()})
    path, offset = ROOT + fixture.cursor[0], fixture.cursor[1]
    prepared = prepare_rename(project, path, offset)
    assert prepared is not None
    assert project.file(path).text[prepared.span.start : prepared.span.end].decode() == prepared.text
    assert prepared.span.start <= offset <= prepared.span.end
    edits = rename(project, path, offset, new)
    texts = {name: content.encode() for name, content in fixture.files.items()}
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        old = texts[shown_path(edit.path)]
        texts[shown_path(edit.path)] = old[: edit.span.start] + edit.text.encode() + old[edit.span.end :]
    return {name: text.decode() for name, text in texts.items()}, [edit.doubt for edit in edits if edit.doubt]


def check_rename(text: str, expected: str, new: str = "fresh") -> list[str]:
    """The text after the name at `$0` was renamed."""
    files, doubts = renamed(text, new)
    assert files == read_fixture(expected).files
    return doubts


def check_refused(text: str, new: str, *said: str) -> None:
    """The rename at `$0` is refused, in words that name these."""
    with pytest.raises(Refusal) as refusal:
        renamed(text, new)
    assert all(one in refusal.value.message for one in said), refusal.value.message


RENAMED = {
    "an agent": (
        "agent Wri$0ter { }\nagent B uses Writer { fallback: Writer }\nflow main { Writer.run(1) >> Writer }",
        "agent fresh { }\nagent B uses fresh { fallback: fresh }\nflow main { fresh.run(1) >> fresh }",
    ),
    "behind emoji and CJK": (
        'agent 客$0 { }\nflow main { print("😀客😀", 客.run("客")) } // 客',
        'agent fresh { }\nflow main { print("😀客😀", fresh.run("客")) } // 客',
    ),
    "a tool": (
        "tool Ra$0tes { description: 'd' }\nagent A uses Rates { before_tool(Rates) { print(1) } }",
        "tool fresh { description: 'd' }\nagent A uses fresh { before_tool(fresh) { print(1) } }",
    ),
    "a flow": (
        "flow study(t: str) { return t }\nflow main { stu$0dy(1); 1 >> study }\nserver 80 { route GET '/' => study }",
        "flow fresh(t: str) { return t }\nflow main { fresh(1); 1 >> fresh }\nserver 80 { route GET '/' => fresh }",
    ),
    "a protocol": (
        'protocol Dra$0ft { a: str }\nprotocol E { d: list[Draft], e: "Draft" }\nagent A implements Draft { }',
        'protocol fresh { a: str }\nprotocol E { d: list[fresh], e: "fresh" }\nagent A implements fresh { }',
    ),
    "a protocol in schemas": (
        "protocol Dra$0ft { a: str }\n"
        "agent A { output_schema: Draft, context { input_schema: Draft } }\n"
        'agent B { output_schema: {x: "Draft", "Draft": Draft} }\n'
        'tool T { parameters: {a: Draft, b: "Draft", c: "the Draft"}, returns: Draft }',
        "protocol fresh { a: str }\n"
        "agent A { output_schema: fresh, context { input_schema: fresh } }\n"
        'agent B { output_schema: {x: "fresh", "Draft": fresh} }\n'
        'tool T { parameters: {a: fresh, b: "fresh", c: "the Draft"}, returns: fresh }',
    ),
    "a parameter and the arguments that name it": (
        "flow f(topic: str) { return topic }\nflow main { f(top$0ic: 1) }",
        "flow f(fresh: str) { return fresh }\nflow main { f(fresh: 1) }",
    ),
    "a local": (
        'flow main { x = 1; x += 1; print("#{x$0 | json}", template"""{{x}}""") }',
        'flow main { fresh = 1; fresh += 1; print("#{fresh | json}", template"""{{fresh}}""") }',
    ),
    "a local that another one hides": (
        "flow main { x$0 = 1; let f = fn(x) => x; print(f(x)) }",
        "flow main { fresh = 1; let f = fn(x) => x; print(f(fresh)) }",
    ),
    "a variable of the file": ("rate = 2\nflow main { print(ra$0te) }", "fresh = 2\nflow main { print(fresh) }"),
    "a local in Python": (
        'flow main(xs) {\n n = python! """\n  k = [x for x in xs]  # xs\n  return len(xs) + len("xs")\n """\n'
        " print(n, xs$0) }",
        'flow main(fresh) {\n n = python! """\n  k = [x for x in fresh]  # xs\n  return len(fresh) + len("xs")\n """\n'
        " print(n, fresh) }",
    ),
    "a local that Python sets": (
        'flow main {\n python! """\n total = 1\n """\n print(tot$0al) }',
        'flow main {\n python! """\n fresh = 1\n """\n print(fresh) }',
    ),
    "a field": (
        "protocol D { ti$0tle: str }\nagent A implements D { }\n"
        'flow main { d = A.run(1); print(d.title, d["title"], "#{d.title}"); let x: D = {title: "a", "title": "b"} }',
        "protocol D { fresh: str }\nagent A implements D { }\n"
        'flow main { d = A.run(1); print(d.fresh, d["fresh"], "#{d.fresh}"); let x: D = {fresh: "a", "fresh": "b"} }',
    ),
    "a field in a pattern": (
        "protocol D { title: str }\nflow f(d: D) { let {title} = d; print(title, d.ti$0tle) }",
        "protocol D { fresh: str }\nflow f(d: D) { let {fresh: title} = d; print(title, d.fresh) }",
    ),
    "the variable of a pattern": (
        "protocol D { title: str }\nflow f(d: D) { let {title} = d; print(ti$0tle, d.title) }",
        "protocol D { title: str }\nflow f(d: D) { let {title: fresh} = d; print(fresh, d.title) }",
    ),
    "the variable of a pattern, at the pattern": (
        "protocol D { title: str }\nflow f(d: D) { match d { {ti$0tle} => print(title) } }",
        "protocol D { title: str }\nflow f(d: D) { match d { {title: fresh} => print(fresh) } }",
    ),
    "a field in a template": (
        "protocol D { title: str }\n"
        'flow f(ds: list[D], d: D) { t = template"""{{#for x in ds}}{{x.title}}{{/for}}{{d.title}}"""; d.ti$0tle }',
        "protocol D { fresh: str }\n"
        'flow f(ds: list[D], d: D) { t = template"""{{#for x in ds}}{{x.fresh}}{{/for}}{{d.fresh}}"""; d.fresh }',
    ),
    "a field whose name is reserved elsewhere": (
        "protocol D { a$0: str }\nflow f(d: D) { let {a} = d; print(d.a, a) }",
        "protocol D { match: str }\nflow f(d: D) { let {match: a} = d; print(d.match, a) }",
    ),
    "a field of a struct": (
        "struct P { x$0: int }\nimpl P { fn f() { self.x } }\nflow main { p = P(x: 1); q = P { x: 2 }; print(p.x, q) }",
        "struct P { fresh: int }\nimpl P { fn f() { self.fresh } }\n"
        "flow main { p = P(fresh: 1); q = P { fresh: 2 }; print(p.fresh, q) }",
    ),
    "an enum": (
        "enum Co$0lor { Red }\nflow f(c: Color) { match c { Color::Red => 1 } }",
        "enum fresh { Red }\nflow f(c: fresh) { match c { fresh::Red => 1 } }",
    ),
    "a variant": (
        "enum C { Red, Blue }\nflow f(c: C) { match c { Re$0d => 1, C::Red => 2, _ => 3 } }",
        "enum C { Fresh, Blue }\nflow f(c: C) { match c { Fresh => 1, C::Fresh => 2, _ => 3 } }",
    ),
    "what a variant carries": (
        "enum S { Circle(r$0: float) }\nflow main { print(S::Circle(r: 1.0)) }",
        "enum S { Circle(fresh: float) }\nflow main { print(S::Circle(fresh: 1.0)) }",
    ),
    "a member of an agent": (
        "agent A { fn price(n: int) { n }\n flow f() { price(1); self.price(2) } }\nflow main { A.pri$0ce(n: 3) }",
        "agent A { fn fresh(n: int) { n }\n flow f() { fresh(1); self.fresh(2) } }\nflow main { A.fresh(n: 3) }",
    ),
    "a method of a trait, with all that keep it": (
        "trait T { fn show() -> str }\nstruct P { x: int }\nstruct Q { x: int }\n"
        'impl T for P { fn sh$0ow() -> str { "p" } }\nimpl T for Q { fn show() -> str { "q" } }\n'
        "flow main { print(P(1).show(), Q(1).show()) }",
        "trait T { fn fresh() -> str }\nstruct P { x: int }\nstruct Q { x: int }\n"
        'impl T for P { fn fresh() -> str { "p" } }\nimpl T for Q { fn fresh() -> str { "q" } }\n'
        "flow main { print(P(1).fresh(), Q(1).fresh()) }",
    ),
    "a type alias": ("type Sc$0ore = int\nflow f(s: Score?) { s }", "type fresh = int\nflow f(s: fresh?) { s }"),
    "a type parameter": ("struct Box[T$0] { v: T }", "struct Box[Fresh] { v: Fresh }"),
    "a handle": (
        "kv sto$0re = open(':memory:')\nflow main { store.set('a', 1); get(store, 'a') }",
        "kv fresh = open(':memory:')\nflow main { fresh.set('a', 1); get(fresh, 'a') }",
    ),
    "what a job performs with": (
        'job J { perform(d$0ay) { print(day) } }\nflow main { J.enqueue({day: 1, }); J.enqueue({"day": 2}) }',
        'job J { perform(fresh) { print(fresh) } }\nflow main { J.enqueue({fresh: 1, }); J.enqueue({"fresh": 2}) }',
    ),
    "a parameter of a tool": (
        "tool T { description: 'd', parameters: {q$0: 'string'} }\nflow main { T(q: 1) }",
        "tool T { description: 'd', parameters: {fresh: 'string'} }\nflow main { T(fresh: 1) }",
    ),
    "a parameter that a route fills": (
        "flow room(id$0: str) { return id }\n"
        'server 80 { route GET "/客/{id}/x" => room\n route GET "/{id}" => other }\n'
        "flow other(id: str) { return id }",
        "flow room(fresh: str) { return fresh }\n"
        'server 80 { route GET "/客/{fresh}/x" => room\n route GET "/{id}" => other }\n'
        "flow other(id: str) { return id }",
    ),
    "a configuration": (
        '//- secrets.nxs\nconfig staging { A = "x" }\n'
        "//- main.nx\nuse config sta$0ging\nflow main { print(secrets.staging.A) }",
        '//- secrets.nxs\nconfig fresh { A = "x" }\n'
        "//- main.nx\nuse config fresh\nflow main { print(secrets.fresh.A) }",
    ),
    "across includes": (
        """
        //- lib.nxlib
        agent Helper { }
        //- other.nx
        agent Helper { }
        flow main { Helper.run(1) }
        //- second.nx
        include "lib.nxlib"
        flow main { Helper.run(2) }
        //- main.nx
        include "lib.nxlib"
        flow main { Hel$0per.run(1) }
        """,
        """
        //- lib.nxlib
        agent fresh { }
        //- other.nx
        agent Helper { }
        flow main { Helper.run(1) }
        //- second.nx
        include "lib.nxlib"
        flow main { fresh.run(2) }
        //- main.nx
        include "lib.nxlib"
        flow main { fresh.run(1) }
        """,
    ),
}


@pytest.mark.parametrize(("text", "expected"), RENAMED.values(), ids=RENAMED.keys())
def test_rename(text, expected):
    new = "match" if "match: str" in expected else "Fresh" if "Fresh" in expected else "fresh"
    check_rename(text, expected, new)


REFUSED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    # what cannot be renamed
    "a name of the language": ("flow main { pri$0nt(1) }", "x", ("`print`", "language")),
    "a function of std": ("flow main { std.fs.file_re$0ad('a') }", "x", ("`file_read`",)),
    "a property": ("agent A { pro$0mpt: 'a' }", "x", ("`prompt`", "property")),
    "a decorator": ("@time$0out(seconds=1)\nflow main { }", "x", ("`timeout`",)),
    "a filter": ('flow main { print("#{1 | js$0on}") }', "x", ("`json`",)),
    "a type of the language": ("flow f(x: st$0r) { x }", "x", ("`str`",)),
    "a path": ('//- a.nxlib\nfn f() { }\n//- main.nx\ninclude "a.nx$0lib"\n', "x", ("rename the file",)),
    "the value of a flow": ("flow main { resu$0lt = 1 }", "x", ("`result`", "value of its flow")),
    # names that are none
    "an empty name": ("flow main { x$0 = 1 }", " ", ("letter",)),
    "a number": ("flow main { x$0 = 1 }", "2x", ("`2x`", "digit")),
    "two words": ("flow main { x$0 = 1 }", "a b", ("`a b`",)),
    "a dash": ("agent A$0 { }", "a-b", ("`a-b`",)),
    "the wildcard": ("flow main { x$0 = 1; print(x) }", "_", ("`_`",)),
    "a reserved word": ("flow main { x$0 = 1; print(x) }", "match", ("`match`", "reserved")),
    "a reserved word for an agent": ("agent A$0 { }", "for", ("`for`", "reserved")),
    "the name of a flow's value": ("flow main { x$0 = 1; print(x) }", "result", ("`result`",)),
    # names that are taken
    "another agent": (
        "agent A$0 { }\nagent B { }\nflow main { A.run(1) >> B }",
        "B",
        ("`B`", "main.nx:"),
    ),
    "an agent of another file": (
        '//- lib.nxlib\nagent B { }\n//- main.nx\ninclude "lib.nxlib"\nagent A$0 { }\nflow main { A.run(1) >> B }',
        "B",
        ("`B`", "lib.nxlib:1:7"),
    ),
    "an agent that comes later": (
        '//- lib.nxlib\nagent A$0 { }\n//- main.nx\ninclude "lib.nxlib"\nagent B { }\nflow main { A.run(1) >> B }',
        "B",
        ("`B`",),
    ),
    "a protocol": ("protocol A$0 { }\nprotocol B { }\nflow f(a: A, b: B) { a }", "B", ("`B`",)),
    "captured by a local": (
        "agent A$0 { }\nflow main { writer = 1\n print(A.run(writer)) }",
        "writer",
        ("`writer`", "main.nx:3:8", "main.nx:2:13"),
    ),
    "captured by a parameter": (
        "rate$0 = 1\nflow main(price) { print(rate, price) }",
        "price",
        ("`price`", "main.nx:2:26", "parameter", "main.nx:2:11"),
    ),
    "captures a name of the program": (
        "agent Writer { }\nflow main { x$0 = 1\n print(Writer.run(x)) }",
        "Writer",
        ("`Writer`",),
    ),
    "captures a name of the language": ("flow main { x$0 = 1\n print(x) }", "print", ("`print`",)),
    "hides a name of the language": ("flow main { x$0 = 1\n y = x }", "input", ("`input`",)),
    "another local": ("flow main { x$0 = 1; y = 2; print(x, y) }", "y", ("`y`",)),
    "another parameter": ("flow f(a$0: str, b: str) { a }", "b", ("`b`",)),
    "another field": ("protocol P { a$0: str, b: str }", "b", ("`b`",)),
    "another variant": ("enum E { A$0, B }\nflow f(e: E) { match e { E::A => 1, E::B => 2 } }", "B", ("`B`",)),
    "another member": ("agent A { fn f$0() { 1 } fn g() { f() } }", "g", ("`g`",)),
    "an inner local would be meant": (
        "flow main { x$0 = 1; let f = fn(y) => x + y; print(f(1)) }",
        "y",
        ("`y`", "main.nx:1:37"),
    ),
    "a name in Python would be meant": (
        'flow main(a$0) { python! """\n b = 1\n print(b)\n """\n print(a) }',
        "b",
        ("`b`",),
    ),
    "what no longer fits a protocol": (
        "protocol P { a$0: str }\nprotocol Q { a: str }\nagent A implements P { prompt: 'p' }\n"
        "agent B { prompt: 'p', context { input_schema: Q } }\nflow main { print('x' >> A >> B) }",
        "c",
        ("`c`", "main.nx:5:"),
    ),
}


@pytest.mark.parametrize(("text", "new", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_says_why(text, new, said):
    check_refused(text, new, *said)


@pytest.mark.parametrize(
    "text", ["// com$0ment", 'flow main { print("te$0xt") }', "agent { $0", "flow main { $0 }", "$0"]
)
def test_where_no_name_stands_nothing_is_renamed(text):
    fixture = read_fixture(text)
    project = project_of({ROOT + name: content for name, content in fixture.files.items()})
    path, offset = ROOT + fixture.cursor[0], fixture.cursor[1]
    assert prepare_rename(project, path, offset) is None
    assert rename(project, path, offset, "x") is None


def test_the_same_name_changes_nothing():
    assert renamed("agent A$0 { }", "A") == ({"main.nx": "agent A { }"}, [])
    assert renamed("agent A$0 { }", " A ") == ({"main.nx": "agent A { }"}, [])


def test_names_are_compared_as_the_language_does():
    """A letter with its accent behind it is that letter."""
    check_rename("agent Cafe\u0301 { }\nflow main { Caf$0é.run(1) }", "agent B { }\nflow main { B.run(1) }", "B")
    check_rename("agent A$0 { }", "agent Café { }", "Cafe\u0301")


def test_a_key_of_the_data_is_no_variable():
    text = 'flow main { x$0 = 1\n t = template"""{{x}}"""\n print(render(t, {x: x})) }'
    check_rename(text, 'flow main { y = 1\n t = template"""{{x}}"""\n print(render(t, {x: y})) }', "y")


def test_what_is_doubtful_says_why():
    text = 'flow main(d: dict) { x$0 = 1\n t = template"""{{x}}"""\n print(render(t, d), x) }'
    expected = 'flow main(d: dict) { y = 1\n t = template"""{{y}}"""\n print(render(t, d), y) }'
    assert check_rename(text, expected, "y") == ["The data of this template may have a key `x`."]
    assert check_rename("flow ma$0in { }", "flow b { }", "b") == ["A program starts with its flow `main`."]


@pytest.mark.parametrize("broken", ["agent { prompt:\n", "flow { (\n", "flow broken { x = = \n", "let y = [1,\n"])
def test_mistakes_elsewhere_do_not_matter(broken):
    text = "agent Wri$0ter { }\nflow main { Writer.run(1) >> Writer }\n"
    expected = "agent fresh { }\nflow main { fresh.run(1) >> fresh }\n"
    check_rename(broken + text, broken + expected)
    check_rename(text + broken, expected + broken)
