"""`import nexa.runtime as nx`: everything that emitted code may name, and nothing imported before it is used."""

import subprocess
import sys

import pytest

import nexa.runtime as nx

HEAVY = ("pydantic", "aiohttp", "msgspec", "rich", "parso", "click", "nexa.compiler", "nexa.syntax")


@pytest.mark.parametrize("name", nx.__all__)
def test_every_exported_name_is_there(name):
    assert getattr(nx, name) is not None


def test_what_is_not_exported_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no `nope`"):
        _ = nx.nope


@pytest.mark.parametrize("name", ["hooks", "template", "background", "corrections", "program", "std"])
def test_a_function_is_not_hidden_by_the_module_of_its_name(name):
    code = f"import nexa.runtime.{name}, nexa.runtime as nx, types; assert not isinstance(nx.{name}, types.ModuleType)"
    subprocess.run([sys.executable, "-c", code], check=True)


def imported(code):
    """Which of the heavy modules running `code` imports."""
    script = f"import sys\n{code}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()


def test_the_facade_imports_nothing_heavy():
    assert imported("import nexa.runtime") == []


def test_values_operators_and_std_import_nothing_heavy():
    code = """
import nexa.runtime as nx
nx.pipe, nx.fan_out, nx.amp_amp, nx.add, nx.interpolate, nx.destructure, nx.fn, nx.deferred, nx.checked, nx.enum
nx.Struct, nx.builtins.len, nx.std.fs.read, nx.std.http.get, nx.std.template.render, nx.choose, nx.background
"""
    assert imported(code) == []
