"""From `--arg k=v` and standard input to the parameters of the flow that is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TextIO, get_origin

from nexa.runtime.callables import Param
from nexa.runtime.errors import NexaError, ProtocolError


class ArgumentError(NexaError):
    """What was given on the command line does not fit the flow's parameters."""


def bound(flow: str, params: Sequence[Param], given: Mapping[str, str], stdin: TextIO | None) -> dict[str, Any]:
    """A value for each parameter that has one.

    Required parameters that no argument names are read from standard input, unless that is a terminal: one takes all
    of it as text, several take the members of a JSON object. Raises `ArgumentError`.
    """
    known = [param.name for param in params]
    for name in given:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise ArgumentError(f"flow {flow} has no parameter `{name}`; {takes}")
    texts = dict(given)
    missing = [param.name for param in params if param.required and param.name not in texts]
    if missing and stdin is not None and not stdin.isatty():
        texts.update(_from_stdin(missing, stdin.read()))
        missing = [name for name in missing if name not in texts]
    if missing:
        flags = " ".join(f"--arg {name}=…" for name in missing)
        raise ArgumentError(f"flow {flow} needs {', '.join(f'`{name}`' for name in missing)}: add {flags}")
    return {param.name: read(param, texts[param.name]) for param in params if param.name in texts}


def read(param: Param, text: str) -> Any:
    """The value that a text on the command line stands for, by the parameter's type. Raises `ArgumentError`."""
    wanted = param.type.__origin__ if get_origin(param.type) is Annotated else param.type
    if wanted is str or wanted is Any:
        return text
    from nexa.runtime.answers import Output, read_json

    try:
        value = read_json(text)
    except ValueError:
        value = text
    try:
        return Output(param.type).fit(value)
    except ProtocolError as error:
        reasons = "; ".join(error.reasons).removeprefix("the answer: ")
        raise ArgumentError(f"`{param.name}` does not take {text!r}: {reasons}") from None


def _from_stdin(missing: Sequence[str], text: str) -> dict[str, str]:
    from nexa.runtime.answers import read_json
    from nexa.runtime.text import text as text_of

    if len(missing) == 1:
        return {missing[0]: text.removesuffix("\n").removesuffix("\r")} if text else {}
    try:
        data = read_json(text)
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {name: text_of(data[name]) for name in missing if name in data}
