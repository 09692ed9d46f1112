"""The faces of the packages: what they promise is there, and no more."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.util import find_spec

import pytest

PACKAGES = ("nexa.syntax", "nexa.compiler", "nexa.runtime", "nexa.ide", "nexa.lsp", "nexa.cli")
COMPILER = """RULES VERSION File Finding Fix FlowGraph Project Reference Related Rule Settings Severity Symbol TextEdit
graphs_of"""


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_a_face_of_its_own(package: str) -> None:
    # Without an __init__.py it would be a namespace, which anybody's folder of that name could join.
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_promises_can_be_imported(package: str) -> None:
    module = importlib.import_module(package)
    assert [name for name in getattr(module, "__all__", []) if not hasattr(module, name)] == []


def test_the_compiler_promises_this() -> None:
    assert importlib.import_module("nexa.compiler").__all__ == COMPILER.split()


def test_importing_the_compiler_imports_nothing_else() -> None:
    code = "import sys, nexa.compiler; print([name for name in sys.modules if name.startswith('nexa.compiler.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
