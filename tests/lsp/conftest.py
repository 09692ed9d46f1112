from __future__ import annotations

import pytest

from harness.client import Client


@pytest.fixture
def raw():
    """A server that was started and told nothing yet."""
    with Client() as client:
        yield client


@pytest.fixture
def fresh(raw, tmp_path):
    """A server that is ready, for one test alone; the workspace is an empty folder."""
    raw.initialize(root=tmp_path)
    return raw


@pytest.fixture(scope="module")
def shared():
    """A server that is ready, for all tests of a module: those that only open files of their own."""
    with Client() as client:
        client.initialize()
        yield client


@pytest.fixture
def client(shared):
    """The shared server, with nothing left to read."""
    shared.drain()
    return shared
