"""What a run of an agent sends: system prompt, history, notes, and the input with its extra arguments."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nexa.runtime import frame
from nexa.runtime.agent_settings import AgentSettings
from nexa.runtime.errors import AgentError
from nexa.runtime.memory import History
from nexa.runtime.providers.base import NOTE, Image, Message
from nexa.runtime.text import text, type_name


def system_message(settings: AgentSettings, base: str) -> Message | None:
    """The system prompt: `Role: <role>.`, the prompt, the file of `experience` if it exists; None if all are empty."""
    role = f"Role: {settings.role.rstrip('.')}." if settings.role else ""
    parts = [role, settings.prompt, _experience(settings.experience, base)]
    prompt = "\n".join(part for part in parts if part)
    return Message("system", prompt) if prompt else None


def user_message(value: Any, extra: Iterable[Any]) -> Message:
    """The input, and each extra argument on its own paragraph; records as JSON, pictures as pictures."""
    given = [value, *extra]
    paragraphs = [text(each) for each in given if not _is_image(each)]
    images = tuple(_image(each) for each in given if _is_image(each))
    return Message("user", "\n\n".join(part for part in paragraphs if part), images)


def notes(settings: AgentSettings, agent: Any) -> tuple[Message, ...]:
    """What stands at the side of this run: instructions of the agent, and what `reflect` said since its last run."""
    told = frame.current().untold(agent)
    found = [settings.before_step, settings.reflect, *told]
    return tuple(Message("system", NOTE + note) for note in found if note)


def messages_of(history: History) -> tuple[Message, ...]:
    """The messages of a history, oldest first."""
    return tuple(message for turn in history for message in turn.messages)


def _experience(path: str | None, base: str) -> str:
    if not path:
        return ""
    try:
        return Path(base, path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise AgentError(f"cannot read the experience file {path}: {error}") from None


def _is_image(value: Any) -> bool:
    return type_name(value) == "image"


def _image(value: Any) -> Image:
    return Image(value.data, value.mime)
