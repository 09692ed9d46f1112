from __future__ import annotations

import pytest

from harness.client import Client


@pytest.fixture
def raw():
    """A server that was started and told nothing yet."""
    with Client() as client:
        yield client


@pytest.fixture
def client(raw, tmp_path):
    """A server that is ready; the workspace is an empty folder."""
    raw.initialize(root=tmp_path)
    return raw
