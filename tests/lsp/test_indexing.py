"""Work that the client is shown while it goes on."""

from __future__ import annotations

import pytest

from harness.inside import Channel, Inside
from nexa.lsp import indexing
from nexa.lsp.progress import Progress, partial_results


@pytest.fixture
def slow(monkeypatch):
    monkeypatch.setattr(indexing, "SLICE", 0.0)
    monkeypatch.setattr(indexing, "PATIENCE", 0.0)


def opened(tmp_path, capabilities) -> Inside:
    for number in range(8):
        (tmp_path / f"f{number}.nx").write_text("flow main { }\n", encoding="utf-8")
    inside = Inside(capabilities, rootUri=tmp_path.as_uri())
    inside.open((tmp_path / "f0.nx").as_uri(), "flow main { }\n")
    return inside


def progress(inside: Inside) -> list[str]:
    return [params["value"]["kind"] for method, params in inside.channel.said if method == "$/progress"]


@pytest.mark.usefixtures("slow")
def test_a_long_look_through_the_folders_is_shown(tmp_path, monkeypatch):
    inside = opened(tmp_path, {"window": {"workDoneProgress": True}})

    def grant(method, params, then):
        assert method == "window/workDoneProgress/create"
        then(None)

    monkeypatch.setattr(inside.channel, "request", grant)
    inside.work()
    assert inside.session.workspace.listing.is_complete
    kinds = progress(inside)
    assert (kinds[0], kinds[-1]) == ("begin", "end")
    assert set(kinds[1:-1]) <= {"report"}


def test_a_short_one_is_not(tmp_path):
    inside = opened(tmp_path, {"window": {"workDoneProgress": True}})
    inside.work()
    assert inside.session.workspace.listing.is_complete
    assert progress(inside) == []


def test_it_stops_when_the_client_speaks(tmp_path):
    inside = opened(tmp_path, {})
    inside.work()
    inside.session.workspace.listing.look_again()
    inside.session.idle.work(lambda: False)
    assert not inside.session.workspace.listing.is_complete


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(indexing.time, "monotonic", lambda: now[0])
    return now


def test_it_waits_for_a_pause(tmp_path, clock):
    inside = opened(tmp_path, {})
    wait = indexing.Indexing(inside.session)
    assert wait.is_due
    wait.asked()
    assert not wait.is_due
    assert wait.seconds_to_work == pytest.approx(indexing.POLITE)
    clock[0] += indexing.POLITE
    assert wait.is_due
    wait.typed()
    wait.asked()
    assert wait.seconds_to_work == pytest.approx(indexing.QUIET)


def test_who_asks_all_the_time_does_not_hold_it_up_for_ever(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(indexing, "SLICE", 0.0)
    inside = opened(tmp_path, {})
    waiting = indexing.Indexing(inside.session)
    waiting.work(lambda: False)
    for _ in range(100):
        waiting.asked()
        clock[0] += indexing.POLITE / 2
        if waiting.is_due:
            break
    assert clock[0] == pytest.approx(1000.0 + indexing.LONGEST_WAIT, abs=indexing.POLITE)


def test_a_progress_under_the_token_of_a_request():
    channel = Channel()
    work = Progress(channel, "Working", "t")
    work.report("1 of 2", 50)
    work.report("1 of 2", 50)
    work.end()
    work.end()
    assert [params for _, params in channel.said] == [
        {"token": "t", "value": {"kind": "begin", "title": "Working", "cancellable": False}},
        {"token": "t", "value": {"kind": "report", "message": "1 of 2", "percentage": 50}},
        {"token": "t", "value": {"kind": "end"}},
    ]


def test_a_client_that_cannot_be_asked_is_shown_nothing():
    channel = Channel()
    work = Progress(channel, "Working")
    work.report("x")
    work.end()
    assert channel.said == channel.asked == []


def test_leave_that_comes_too_late_shows_nothing():
    channel = Channel()
    work = Progress(channel, "Working", may_ask=True)
    work.end()
    channel.asked[0][2](None)
    assert channel.said == []


@pytest.mark.parametrize("token", [None, True, [], 1.5])
def test_what_is_no_token_gets_no_parts(token):
    assert partial_results(Channel(), token) is None
