from __future__ import annotations

import os
from pathlib import Path

import pytest

from nexa.lsp.uris import is_uri, to_path, to_uri

posix = pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
windows = pytest.mark.skipif(os.name != "nt", reason="paths of Windows")


@posix
@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.nx", "/a/b.nx"),
        ("file:///a%20b/%E5%AE%A2.nx", "/a b/客.nx"),
        ("file:///a/客.nx", "/a/客.nx"),
        ("FILE:///a/b.nx", "/a/b.nx"),
        ("file://localhost/a.nx", "/a.nx"),
        ("file:/a.nx", "/a.nx"),
        ("file:///a/./b/../c.nx", "/a/c.nx"),
        ("file:///a%23b%3Fc.nx", "/a#b?c.nx"),
        ("file:///a;b.nx", "/a;b.nx"),
        ("file:///a.nx#L3", "/a.nx"),
        ("file:///%FF.nx", "/\udcff.nx"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
        ("git:/a/b.nx?%7B%7D", "git:/a/b.nx?%7B%7D"),
    ],
)
def test_a_uri_becomes_a_path(uri, path):
    assert to_path(uri) == path


@windows
@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///C:/a%20b/c.nx", "c:\\a b\\c.nx"),
        ("file:///c%3A/a.nx", "c:\\a.nx"),
        ("file://host/s/a.nx", "\\\\host\\s\\a.nx"),
    ],
)
def test_a_uri_becomes_a_windows_path(uri, path):
    assert to_path(uri) == path


@pytest.mark.parametrize(
    "name", ["a.nx", "with space.nx", "客名 😀.nx", "100%.nx", "a#b.nx", "a?b.nx", "a;b=c&d.nx", "é.nx"]
)
def test_a_path_survives_the_way_there_and_back(tmp_path, name):
    if os.name == "nt" and set(name) & set("?"):
        pytest.skip("not a name on Windows")
    path = str(tmp_path / name)
    assert to_path(to_uri(path)) == os.path.normcase(path) if os.name == "nt" else to_path(to_uri(path)) == path
    assert to_path(Path(path).as_uri()) == to_path(to_uri(path))


def test_what_is_a_uri_already_stays_one():
    assert to_uri("untitled:Untitled-1") == "untitled:Untitled-1"
    assert is_uri("vscode-notebook-cell:/a.nx#x")
    assert not is_uri("/a:b.nx")
