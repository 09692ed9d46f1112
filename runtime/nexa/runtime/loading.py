"""From compiled files to a program that the engine can run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import CodeType, ModuleType

from nexa.runtime.program import Program

MODULE = "nexa_program"
"""The name of the module that all files of a program share; pydantic resolves the names of types in it."""


UNITS = "nexa_units"
"""The name in that module of its code, which a sandbox is handed."""


def load(units: Sequence[CodeType]) -> Program:
    """Execute the files of a program, in include order, in the namespace of one new module."""
    program = vars(loaded(units))["nexa_program"]
    assert isinstance(program, Program)  # the last line of the entry's unit
    return program


def loaded(units: Sequence[CodeType], file: str = "") -> ModuleType:
    """The module of a program; `file` is that of a built one."""
    module = ModuleType(MODULE)
    sys.modules[MODULE] = module
    vars(module).update({UNITS: tuple(units), **({"__file__": file} if file else {})})
    for unit in units:
        exec(unit, module.__dict__)
    return module
