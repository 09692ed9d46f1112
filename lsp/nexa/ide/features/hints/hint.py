"""What an inlay hint is: a little text that the editor shows at a place of the program, without it being there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HintKind = Literal["variable", "chain", "result", "parameter", "level", "budget"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a hint's text. `names` is the declaration that it speaks of: its name, and of its parts one."""

    text: str
    names: tuple[str, ...] = ()
    is_type: bool = False
    """Whether the name is that of a type."""


@dataclass(frozen=True, slots=True)
class Hint:
    """`offset` is where it is shown; `insert` is text that, put there, says the same; `""` where none does."""

    kind: HintKind
    offset: int
    parts: tuple[Part, ...]
    tooltip: str = ""
    insert: str = ""
    is_repeated: bool = False
    """Whether the hint of the variable that gets this value says the same."""
    variable: str = ""
    """The top-level variable that it speaks of: only the first assignment in a file shows its type."""

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which kinds of hints are shown."""

    variables: bool = True
    chains: bool = True
    results: bool = True
    parameters: bool = True
    levels: bool = True
    budgets: bool = True

    @property
    def kinds(self) -> frozenset[HintKind]:
        """The kinds that are on."""
        switches: dict[HintKind, bool] = {
            "variable": self.variables,
            "chain": self.chains,
            "result": self.results,
            "parameter": self.parameters,
            "level": self.levels,
            "budget": self.budgets,
        }
        return frozenset(kind for kind, is_on in switches.items() if is_on)
