"""`std.template`: templates and filters as functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

from nexa.runtime.errors import ToolError
from nexa.runtime.filters import FILTERS
from nexa.runtime.filters import apply as apply_filter
from nexa.runtime.run import current
from nexa.runtime.std.registry import registry
from nexa.runtime.structs import is_record
from nexa.runtime.template import Template
from nexa.runtime.text import fields_of
from nexa.runtime.values import UNIT, Unit


def render(template_str: str, data: Any) -> str:
    """A template text filled with data."""
    return Template(template_str).render(data)


def template(path: str) -> Template:
    """Reads a template from a file; the other templates beside it are its partials, by their names."""
    return _read(Path(path), {})


def _read(path: Path, known: dict[Path, Template]) -> Template:
    try:
        made = Template(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, UnicodeDecodeError) as error:
        raise ToolError(f"cannot read the template {path}: {error}", cause=error) from error
    known[path] = made
    for name in made.wanted:
        beside = path.with_name(name + path.suffix)
        if beside.is_file():
            made.partials[name] = known.get(beside) or _read(beside, known)
    return made


def render_compiled(compiled: Template, data: Any) -> str:
    """A read template filled with data."""
    return compiled.render(data)


def filter_apply(value: Any, filter: str, *args: Any) -> Any:  # noqa: A002  # the language's name
    """A filter by its name."""
    return apply_filter(value, filter, *args)


def agent_prompt(agent: Any, template: str, data: Mapping[str, Any] | None = None) -> str:
    """A prompt for an agent: the template filled with the data and with `agent` (its `name`, `role`, `prompt`)."""
    about = {name: getattr(agent, name, "") for name in ("name", "role", "prompt", "description")}
    return render(template, {"agent": about, **_fields(data)})


def agent_slot_fill(agent: Any, slots: Mapping[str, Any]) -> str:
    """The agent's registered template, else its prompt, filled from the slots."""
    registered = registry("templates").get(getattr(agent, "name", ""))
    return render(registered if registered is not None else getattr(agent, "prompt", ""), _fields(slots))


def agent_register(agent: Any, template: str) -> Unit:
    """Ties a template to an agent, for the length of the run."""
    Template(template)  # refused now rather than when it is filled
    registry("templates")[getattr(agent, "name", str(agent))] = template
    current().log("debug", f"template registered for {agent}")
    return UNIT


def agent_list() -> list[str]:
    """The agents that have a template, in the order in which they got it."""
    return list(registry("templates"))


def _fields(data: Any) -> dict[str, Any]:
    return dict(fields_of(data)) if isinstance(data, dict) or is_record(data) else {}


def _filter_function(name: str) -> Callable[..., Any]:
    function = FILTERS[name]

    @wraps(function)
    def filtered(*args: Any, **named: Any) -> Any:
        value = args[0] if args else named.pop("value")
        return apply_filter(value, name, *args[1:], **named)

    return filtered


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        each.__name__: each
        for each in (
            render,
            template,
            render_compiled,
            filter_apply,
            agent_prompt,
            agent_slot_fill,
            agent_register,
            agent_list,
        )
    },
    "compile": template,
    **{f"filter_{name}": _filter_function(name) for name in FILTERS},
}
