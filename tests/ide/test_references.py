from __future__ import annotations

import pytest

from harness.marked import read_marked
from nexa.ide.features.highlight import highlights
from nexa.ide.features.references import references


def check_references(text: str) -> None:
    """The marked places, and no others, mean what the name at `$0` means; «» marks its declaration."""
    marked = read_marked(text)
    found = list(references(marked.project, marked.path, marked.offset, include_declaration=True))
    uses = list(references(marked.project, marked.path, marked.offset, include_declaration=False))
    assert all(one in found for one in uses)
    shown = marked.shown([(one.path, one.span, one not in uses) for one in found])
    assert shown == marked.shown(marked.spans)


def check_highlights(text: str) -> None:
    """The places marked in this file, those in «» as written."""
    marked = read_marked(text)
    found = [(marked.path, one.span, one.is_write) for one in highlights(marked.project, marked.path, marked.offset)]
    expected = [one for one in marked.spans if one[0] == marked.path]
    assert marked.shown(found) == marked.shown(expected)


FOUND = {
    "a secret": (
        '//- keys.nxs\nconfig live { «K$0» = "v" }\nconfig test { K = "w" }\n//- main.nx\ninclude "keys.nxs"\n'
        'flow main { print(secret("‹K›"), secrets.live.‹K›, secrets.test.K, "K") }'
    ),
    "a secret where it is read": (
        '//- keys.nxs\n«K» = "v"\n//- main.nx\ninclude "keys.nxs"\n'
        'flow main { print("😀", secret("‹K$0›"), secret("‹K›", "x")) }\nflow other { print(secret("L")) }'
    ),
    "an agent": "agent «Writer» { }\nflow main { x = ‹$0Writer›.run(1); y = x >> ‹Writer›; print(y) }",
    "at its end": "agent «Writer$0» { }\nflow main { print(‹Writer›.run(1)) }",
    "behind an emoji": 'agent «客» { }\nflow main { print("😀客😀", ‹客›.run("客"), ‹客$0›) }',
    "a flow": "flow «study»(t: str) { return t }\nflow main { print(‹stu$0dy›(1), 1 >> ‹study›) }",
    "a parameter": "flow f(«topic»: str) { return ‹topic› }\nflow main { print(f(‹to$0pic›: 1)) }",
    "a local": "flow main { «x» = 1; ‹x› = ‹x$0› + 1; print(‹x›) }\nflow other { x = 2; print(x) }",
    "a shadowed local": "flow main { «x» = 1; let f = fn(x) => x; print(f(‹x$0›)) }",
    "the shadowing one": "flow main { x = 1; let f = fn(«x») => ‹$0x›; print(f(x)) }",
    "a top-level variable": "«rate» = 2\nflow main { print(‹ra$0te›) }\n‹rate› = 3",
    "in an interpolation": 'flow main { «x» = 1; print("#{‹x$0› | json}") }',
    "in a template": 'flow main { «x» = 1; print(template"""{{‹x›}}""".render({x: ‹$0x›})) }',
    "in Python": 'flow main(«xs») {\n n = python! """\n  k = [x for x in ‹xs›]\n  return len(‹x$0s›)\n """\n n }',
    "a protocol": "protocol «Draft» { a: str }\nagent A implements ‹Draft› { }\nflow f(d: list[‹Dra$0ft›]) { d }",
    "a protocol in a type that is text": 'protocol «D» { a: str }\nprotocol E { ds: "list[‹D›]", d: "‹D$0›" }',
    "a field": (
        "protocol Draft { «title»: str }\nagent A implements Draft { }\n"
        "flow main { d = A.run(1); print(d.‹ti$0tle›, d.‹title›.upper()) }"
    ),
    "a field of another type is another field": (
        "protocol P { «a»: str }\nprotocol Q { a: int }\nflow f(p: P, q: Q) { print(p.‹a$0›, q.a) }"
    ),
    "fields in literals": (
        'protocol P { «a»: str }\nflow f(p: P) { p }\nflow main { let p: P = {‹a›: "x"}; f({"‹a$0›": "y"}) }'
    ),
    "a field in brackets, in a declaration of its own": (
        'protocol P { «a»: str }\nagent A implements P { prompt: "p" }\nflow f { x = A.run(1); print(x["‹a›"]) }\n'
        'flow main { y = A.run(1); print(y["‹a$0›"]) }'
    ),
    "fields in patterns": (
        "protocol P { «a»: str, b: int }\n"
        "flow f(p: P) { let {‹a›, b} = p; match p { {‹a$0›: x, ..} => print(x, b, a) } }"
    ),
    "the variable of a pattern": "flow f(p: dict) { let {«a», b} = p; print(‹a$0›, b) }",
    "a struct": "struct «P» { x: int }\nflow main { p = ‹P$0›(x: 1); q = ‹P› { x: 2 }; print(p is ‹P›, q) }",
    "a field of a struct": "struct P { «x»: int }\nflow main { p = P(‹x›: 1); q = P { ‹x›: 2 }; print(p.‹x$0›, q) }",
    "self": "struct P { «x»: int }\nimpl P { fn twice() { self.‹x$0› * 2 } }",
    "a method": "struct P { x: int }\nimpl P { fn «twice»() { 1 } }\nflow main { p = P(1); print(p.‹twi$0ce›()) }",
    "an enum": "enum «Color» { Red }\nflow main { c = ‹Col$0or›::Red; match c { ‹Color›::Red => 1 } }",
    "a variant": "enum C { «Red», Blue }\nflow main { c = C::‹Re$0d›; match c { ‹Red› => 1, C::‹Red› => 2, _ => 3 } }",
    "a payload": "enum S { Circle(«r»: float) }\nflow main { print(S::Circle(‹r$0›: 1.0)) }",
    "a member of an agent": (
        "agent A { fn «price»(n: int) { n }\n flow f() { ‹price›(1); self.‹price›(2) } }\n"
        "flow main { A.‹pri$0ce›(n: 3) }"
    ),
    "a parameter of a member": "agent A { fn price(«n»: int) { ‹n› } }\nflow main { A.price(‹n$0›: 3) }",
    "an agent that a variable holds": "agent A { fn «f»() { 1 } }\nflow main { a = A; print(a.‹f$0›()) }",
    "a tool": "tool «Search» { description: 'd' }\nagent A uses ‹Search› { uses [‹Sear$0ch›] }",
    "a parameter of a tool": "tool T { parameters: {«q»: 'string'} }\nflow main { T(‹q$0›: 1) }",
    "a job's parameter": "job J { perform(«x») { print(‹x›) } }\nflow main { J.enqueue({‹x$0›: 1}) }",
    "a type alias": "type «Score» = int @ 'x'\nflow f(s: ‹Sco$0re›) -> ‹Score› { return s }",
    "a type parameter": "struct Box[«T»] { v: ‹T$0› }",
    "a handle": "kv «store» = open(':memory:')\nflow main { ‹sto$0re›.set('a', 1); get(‹store›, 'a') }",
    "a fallback": "agent «A» { }\nagent B { model: ['m', fallback: ‹A$0›], fallback: ‹A› }",
    "the merger of a join": "agent A { }\nagent «M» { }\nflow main { print(join(A, A).‹M$0›(1)) }",
    "a route": "flow «f»(req) { return req }\nserver 80 { middleware [‹f›]\n route GET '/' => ‹f$0› }",
    "a name of the language": "flow main { ‹pri$0nt›(1); ‹print›(2); print = 3 }".replace("; print = 3", ""),
    "a property": "agent A { ‹pro$0mpt›: 'a' }\nagent B { ‹prompt›: 'b' }",
    "a filter": 'flow main { print("#{1 | ‹jso$0n›} #{2 | ‹json›}") }',
    "a function of std": "flow main { std.fs.‹file_re$0ad›('a'); std.fs.‹file_read›('b') }",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND.keys())
def test_references(text):
    check_references(text)


@pytest.mark.parametrize("broken", ["agent { prompt:\n", "flow { (\n", "flow broken { x = = \n", "let y = [1,\n"])
@pytest.mark.parametrize(
    "text",
    [
        "agent «Writer» { }\nflow main { print(‹Wri$0ter›.run(1)) }\nflow f { y = = ‹Writer›.run(2) }",
        "flow main(«x») { print(‹x$0›)\n print(‹x›\n}\n",
        "protocol P { «a»: str }\nflow f(p: P) {\n print(p.‹a$0›)\n = 1\n print(p.‹a›)\n}",
    ],
)
def test_mistakes_do_not_matter(broken, text):
    check_references(text)
    check_references(broken + text)
    check_references(text + "\n" + broken)


def test_across_includes():
    check_references(
        """
        //- lib.nxlib
        agent «Helper» { }
        //- other.nx
        agent Helper { }
        flow main { Helper.run(1) }
        //- second.nx
        include "lib.nxlib"
        flow main { ‹Helper›.run(2) }
        //- main.nx
        include "lib.nxlib"
        flow main { ‹Hel$0per›.run(1) }
        """
    )


def test_the_path_of_an_include():
    check_references(
        """
        //- lib.nxlib
        agent Helper { }
        //- second.nx
        include ‹"./lib.nxlib"›
        //- main.nx
        include ‹"li$0b.nxlib"›
        """
    )


def test_a_configuration():
    text = """
        //- secrets.nxs
        config «staging» { URL = "x" }
        //- main.nx
        include "secrets.nxs"
        use config ‹stag$0ing›
        flow main { print(secrets.‹staging›.URL) }
        """
    check_references(text)
    check_references(text.replace("stag$0ing", "staging").replace("«staging»", "«sta$0ging»"))


HIGHLIGHTED = [
    "flow main { «x» = 1; «x» = ‹x$0› + 1; print(‹x›) }",
    "flow main(«x») { for «i$0» in [1] { print(‹i›, x) } }".replace("«x»", "x"),
    "agent «A» { }\nflow main { ‹A$0›.run(1) }",
    'flow main { python! """\n  «k» = 1\n  """\n  print(‹k$0›) }',
    "«a» = 1\nflow main { print(‹a$0›) }\n«a» = 2",
    "protocol P { «a»: str }\nflow f(p: P) { print(p.‹a$0›) }",
]


@pytest.mark.parametrize("text", HIGHLIGHTED)
def test_highlights(text):
    check_highlights(text)


def test_highlights_are_of_this_file():
    check_highlights(
        """
        //- lib.nxlib
        agent Helper { }
        //- main.nx
        include "lib.nxlib"
        flow main { ‹Hel$0per›.run(1) }
        """
    )


@pytest.mark.parametrize(
    "text", ["$0", "// Wri$0ter\n", 'flow main { print("te$0xt") }', "flow main { Unkn$0own }", "flow $0 { }"]
)
def test_nothing_where_no_known_name_stands(text):
    check_references(text)
    check_highlights(text)
