"""What an agent may have called: its own `permissions`, and those that `nexa.toml` gives its role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from nexa.runtime.errors import ToolError


@dataclass(frozen=True, slots=True)
class Permissions:
    """The permissions of an agent; `cash.*` stands for all that begin with `cash.`, `*` for all."""

    agent: str
    own: tuple[str, ...] = ()
    role: str = ""
    of_role: tuple[str, ...] | None = ()
    """None if nobody says what the role may do."""

    def check(self, tool: str, needed: str) -> None:
        """Raises `ToolError` of kind `permission` if the agent has not got what a tool needs."""
        if not needed or any(fnmatchcase(needed, each) for each in (*self.own, *(self.of_role or ()))):
            return
        why = f"{self.agent} has no permission `{needed}`, which {tool} needs"
        if self.role and self.of_role is None:
            why += f"; its role `{self.role}` is not in [roles] of nexa.toml"
        elif self.role:
            why += f", and neither has its role `{self.role}`"
        raise ToolError(why, kind="permission")


def permissions_of(agent: str, own: Iterable[str], role: str, roles: Mapping[str, Iterable[str] | str]) -> Permissions:
    """The permissions of an agent with a role; `roles` is the table `[roles]`."""
    found = roles.get(role) if role else ()
    of_role = None if found is None else (found,) if isinstance(found, str) else tuple(found)
    return Permissions(agent, tuple(own), role, of_role)
