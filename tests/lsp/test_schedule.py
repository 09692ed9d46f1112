"""Latest wins: what happens between messages, and what stops it."""

from __future__ import annotations

import random

import pytest

from harness.cursor import ROOT
from harness.inside import received
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.lsp import schedule as schedule_module
from nexa.lsp.client import Client
from nexa.lsp.documents import Change
from nexa.lsp.session import Session
from nexa.lsp.uris import to_uri

PATH = ROOT + "a.nx"
URI = to_uri(PATH)


class Channel:
    """Keeps what the client would have been told."""

    def __init__(self):
        self.said = []
        self.asked = []

    def notify(self, method, params):
        self.said.append((method, received(params)))

    def request(self, method, params, then):
        self.asked.append((method, params, then))

    def post(self, call):
        call()

    def is_cancelled(self):
        return False

    def published(self, uri=URI):
        return [p for m, p in self.said if m == "textDocument/publishDiagnostics" and p["uri"] == uri]


@pytest.fixture
def session():
    made = Session(Channel())
    made.begin(Client())
    made.idle.work(lambda: True)
    return made


def edit(session, version, start, end, text):
    document = session.documents[PATH]
    rows = [document.lines.position(at, "utf-16") for at in (start, end)]
    session.change(URI, version, [Change(text, *rows)])


def work(session, patience=10_000):
    """Until nothing is left to do, or news has come so often."""
    asked = 0

    def is_current():
        nonlocal asked
        asked += 1
        return asked <= patience

    while session.idle.has_work and asked <= patience:
        session.idle.work(is_current)
    return asked


PROGRAM = "\n".join(f"flow study{n}(x) {{ print(x) }}" for n in range(50)) + "\nflow main { Nobody.run(1) }\n"


def test_an_analysis_stops_between_two_declarations_and_goes_on_where_it_was(session, monkeypatch):
    monkeypatch.setattr(schedule_module, "PATIENCE", 1e9)
    session.open(URI, 1, PROGRAM)
    rounds = 0
    while not session.channel.published():
        work(session, patience=5)
        rounds += 1
        assert rounds < 100
    assert rounds > 2
    assert session.project(PATH).work.items_checked == 51
    assert [one["code"] for one in session.channel.published()[0]["diagnostics"] if one["severity"] == 1] == ["NX201"]


def test_a_newer_version_makes_the_older_one_silent(session):
    session.open(URI, 1, PROGRAM)
    work(session, patience=5)
    edit(session, 2, len(PROGRAM) - 14, len(PROGRAM) - 8, "study1")
    work(session)
    assert [one["version"] for one in session.channel.published()] == [2]


def test_an_edit_of_a_body_checks_one_declaration(session):
    session.open(URI, 1, PROGRAM)
    work(session)
    before = session.project(PATH).work.items_checked
    at = PROGRAM.index("print(x) }\nflow study31")
    edit(session, 2, at, at, "y = 1\n")
    work(session)
    assert session.project(PATH).work.items_checked == before + 1


def test_nothing_is_published_twice(session):
    session.open(URI, 1, PROGRAM)
    work(session)
    count = len(session.channel.said)
    session.schedule.touch_all([PATH])
    work(session)
    assert len(session.channel.said) == count


def test_what_takes_too_long_shows_its_syntax_first(session, monkeypatch):
    monkeypatch.setattr(schedule_module, "PATIENCE", -1.0)
    session.open(URI, 1, PROGRAM + "flow broken { a = 1 b = 2 }\n")
    work(session)
    first, last = session.channel.published()
    assert [one["code"] for one in first["diagnostics"]] == ["NX101"]
    assert {"NX101", "NX201"} <= {one["code"] for one in last["diagnostics"]}


def test_a_bug_in_a_rule_loses_its_findings_only_and_is_said_once(session, monkeypatch):
    from nexa.compiler import check

    def broken(*_):
        raise RuntimeError("boom")

    rules = [(rule, broken if rule.code == "NX208" else run) for rule, run in check._NAMES]
    assert rules != check._NAMES
    monkeypatch.setattr(check, "_asked_about", lambda _kinds: rules)
    session.open(URI, 1, PROGRAM)
    work(session)
    last = session.channel.published()[-1]  # on a slow machine there is one before, of the syntax
    assert [one["code"] for one in last["diagnostics"] if one["severity"] == 1] == ["NX201"]
    told = [p["message"] for m, p in session.channel.said if m == "window/logMessage"]
    assert len(told) == 1
    assert "NX208" in told[0]


def test_an_open_document_that_nobody_changes_gets_no_work(session):
    session.open(URI, 1, PROGRAM)
    work(session)
    assert not session.schedule._waiting


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_client_sees_what_a_fresh_start_would_show(session, monkeypatch, seed):
    """Random edits, some of them nonsense, with analysis broken off at random: the end is what a batch run says."""
    monkeypatch.setattr(schedule_module, "REPARSE_DELAY", 0.0)
    dice = random.Random(seed)
    session.open(URI, 1, PROGRAM)
    pieces = ["{", "}", '"', "flow x { }", "\n", "agent A { prompt: 'p' }\n", "Nobody", "(", "// c\n", "客😀", "@"]
    for version in range(2, 40):
        size = len(session.documents[PATH].text.decode())
        text = session.documents[PATH].text.decode()
        start = dice.randrange(size + 1)
        end = min(size, start + dice.choice((0, 0, 1, 5)))
        new = dice.choice(pieces) if dice.random() < 0.7 else ""
        edit(session, version, len(text[:start].encode()), len(text[:end].encode()), new)
        work(session, patience=dice.choice((1, 20, 10_000)))
    work(session)
    final = session.documents[PATH].text
    project = Project(Settings(), lambda _: None).with_file(File.parse(PATH, final))
    expected = received(session.showing.diagnostics(PATH, project.findings(PATH)))
    assert sorted(session.channel.published()[-1]["diagnostics"], key=repr) == sorted(expected, key=repr)
    assert session.channel.published()[-1]["version"] == 39


def test_the_client_waits_for_no_garbage(session, monkeypatch):
    """It is looked for after many edits, when the client has been silent, and not twice."""
    from nexa.lsp import garbage

    monkeypatch.setattr(garbage, "SILENCE", 0.0)
    monkeypatch.setattr(garbage, "MIN_EDITS", 3)
    collected = []
    monkeypatch.setattr(garbage.gc, "collect", lambda: collected.append(True))
    session.open(URI, 1, PROGRAM)
    work(session)
    edit(session, 2, 0, 0, "\n")
    work(session)
    assert not collected
    edit(session, 3, 0, 0, "\n")
    work(session)
    work(session)
    assert len(collected) == 1


def test_a_body_that_gives_another_type_reaches_who_calls_it(session):
    library, program = ROOT + "lib.nx", ROOT + "main.nx"
    session.open(to_uri(program), 1, 'include "lib.nx"\nflow main { print(size().upper()) }\n')
    session.open(to_uri(library), 1, "fn size() { 1 }\n")
    work(session)
    session.channel.said.clear()
    session.change(to_uri(library), 2, [Change('"a"', (0, 12), (0, 13))])
    work(session)
    (published,) = session.channel.published(to_uri(program))
    assert published["diagnostics"] == []
