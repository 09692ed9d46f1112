"""A long session in short; `tests/bench/bench_soak.py` has the whole of it."""

from __future__ import annotations

from harness.soak import ASKED, soak


def test_no_request_is_left_without_an_answer(tmp_path):
    found = soak(tmp_path, edits=300, requests=120)
    assert sum(found.answers.values()) == 120
    assert found.bugs == []
    assert found.status == 0
    assert found.growth < 3, found.sizes


def test_every_request_is_asked():
    """A method with a handler is part of the soak by itself."""
    assert {"textDocument/hover", "textDocument/semanticTokens/full", "workspace/diagnostic", "nexa/graph"} <= set(
        ASKED
    )
    assert not [one for one in ASKED if "/did" in one]
