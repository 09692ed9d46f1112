"""Tools in Python files: loaded when they are used, in the process of the run, never by an editor."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

from nexa.runtime.effects import done_once
from nexa.runtime.errors import ToolError
from nexa.runtime.tool_schema import Parameter, Parameters
from nexa.runtime.tools import Tool

_POSITIONAL = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)


def tools_of_file(path: Path) -> tuple[Tool, ...]:
    """A tool for each public function that the file itself defines. Raises `ToolError` if it cannot be loaded."""
    module = _load(path)
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    found = [vars(module).get(name) for name in names]
    own = [each for each in found if inspect.isfunction(each) and each.__module__ == module.__name__]
    if not own:
        raise ToolError(f"{path} has no public function")
    return tuple(tool_of(done_once(f"{path.name}:{each.__name__}", each)) for each in own)


def tool_of(function: Callable[..., Any]) -> Tool:
    """A tool that is a Python function: parameters from its signature, description from its docstring."""

    async def invoke(arguments: Mapping[str, Any]) -> Any:
        value = function(**arguments)
        return await value if inspect.isawaitable(value) else value

    return Tool(function.__name__, inspect.getdoc(function) or "", Parameters(_parameters(function)), invoke)


def _parameters(function: Callable[..., Any]) -> Iterator[Parameter]:
    try:
        hints = get_type_hints(function, include_extras=True)
    except (NameError, TypeError):
        hints = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind not in _POSITIONAL:
            required = parameter.default is inspect.Parameter.empty
            yield Parameter(name, hints.get(name, Any), required=required)


def _load(path: Path) -> ModuleType:
    name = f"nexa_tools_{path.stem}_{abs(hash(str(path.absolute()))):x}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ToolError(f"cannot find the Python file {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise ToolError(f"{path} cannot be loaded: {type(error).__name__}: {error}", cause=error) from error
    return module
