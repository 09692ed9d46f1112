"""A property that is found once and kept: `functools.cached_property` without its lock.

That lock takes longer than most of what is kept of a declaration, a dozen times for each. Without it two threads may
find the same thing twice, which hurts nobody: what is kept follows from things that never change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functools import cached_property as once
else:

    class once:  # noqa: N801  # it stands where `property` does
        """Found when it is first read, and then an attribute like any other."""

        def __init__(self, find: Any) -> None:  # noqa: ANN401  # the type checker sees the class above
            self._find = find
            self._name = find.__name__
            self.__doc__ = find.__doc__

        def __get__(self, instance: Any, owner: Any = None) -> Any:  # noqa: ANN401  # as above
            if instance is None:
                return self
            found = instance.__dict__[self._name] = self._find(instance)
            return found


__all__ = ["once"]
