"""What is written once per item is at any time what would be written of all findings."""

from __future__ import annotations

import random

import pytest

from harness.inside import Inside, received
from harness.mutation import random_edits
from nexa.lsp import shown
from nexa.lsp.documents import Change

URI = "file:///w/a.nx"
PATH = "/w/a.nx"
PROGRAM = """\
agent Ann { prompt: "😀 a", fallback: Bob }  agent Bob { prompt: "客", fallback: Ann }
agent Lone { prompt: "again" } agent Lone { prompt: "客" }
/* 😀 */ flow one(x) { y = 1; print("50%s %d %%") }  flow two { one(Nobody) }
# a comment
flow loads {
    // nexa: allow NX208
    unread = read("50%d.txt")
    print(Wrtier)
}
flow main { one(1)
    two() }
"""


def written(inside: Inside) -> object:
    session = inside.session
    said = session.project(PATH).said(PATH)
    assert said is not None
    return received(session.showing.everything(PATH, said))


def wanted(inside: Inside) -> object:
    session = inside.session
    return received(session.showing.diagnostics(PATH, session.project(PATH).findings(PATH) or ()))


def by_place(diagnostics):
    return sorted(diagnostics, key=repr)


@pytest.fixture(params=["utf-8", "utf-16", "utf-32"])
def inside(request):
    capabilities = {
        "general": {"positionEncodings": [request.param]},
        "textDocument": {"publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}}},
    }
    made = Inside(capabilities)
    made.open(URI, PROGRAM)
    made.work()
    return made


def test_every_kind_of_finding_is_written_as_by_itself(inside):
    found = written(inside)
    assert by_place(found) == by_place(wanted(inside))
    assert {"NX203", "NX405", "NX209", "NX201", "NX208", "NX909"} <= {one["code"] for one in found}
    assert any(one.get("relatedInformation") for one in found)


@pytest.mark.parametrize("seed", range(8))
def test_after_edits_it_is_still_the_same(inside, seed):
    text = inside.session.documents[PATH].text
    dice = random.Random(seed)
    edits = list(random_edits(seed, text, 25))
    for version, (edit, after) in enumerate(edits, 2):
        document = inside.session.documents[PATH]
        places = [document.lines.position(at, inside.session.client.encoding) for at in (edit.start, edit.old_end)]
        new = after[edit.start : edit.new_end].decode(errors="replace")
        inside.session.change(URI, version, [Change(new, *places)])
        if dice.random() < 0.3:
            inside.session.change(URI, version, [Change("\n", (0, 0), (0, 0)), Change("", (0, 0), (1, 0))])
        assert by_place(written(inside)) == by_place(wanted(inside)), (seed, version)


def test_what_is_still_said_of_an_item_is_not_written_again(inside, monkeypatch):
    written(inside)
    asked = []
    whole = shown.Template
    monkeypatch.setattr(shown, "Template", lambda *of: asked.append(of) or whole(*of))
    inside.session.change(URI, 2, [Change("\n\n", (0, 0), (0, 0))])
    first = written(inside)
    assert asked == []
    inside.session.change(URI, 3, [Change("Writer", (9, 10), (9, 16))])
    assert written(inside) != first
    # The edited item only, once for each kind of rule that has something to say of it.
    assert len(asked) <= 3


def test_what_was_written_of_items_that_are_gone_is_not_kept(inside, monkeypatch):
    monkeypatch.setattr(shown, "_SPARE", 3)
    healthy = "".join(f'agent A{n} {{ prompt: "a" }}\n' for n in range(40))
    inside.session.change(URI, 2, [Change(healthy + "flow main {\n}\n")])
    for version in range(3, 40):
        inside.session.change(URI, version, [Change(f"    print(Nobody{version})\n", (41, 0), (41, 0))])
        written(inside)
    items = set(inside.session.file(PATH).items)
    for kept in inside.session.showing._shown[PATH]._kept:
        assert len(kept.known.keys() - items) <= 4
