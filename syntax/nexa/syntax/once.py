"""A property that is found once and kept: `functools.cached_property` without its lock.

That lock takes longer than most of what is kept of a declaration, a dozen times for each. Without it two threads may
find the same thing twice, which hurts nobody: what is kept follows from things that never change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

_T = TypeVar("_T")

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
            found = self._find(instance)
            # Not by `instance.__dict__`: who asks for that gets a dictionary, which takes twice the room of attributes.
            object.__setattr__(instance, self._name, found)
            return found


def prepared(cls: type[_T]) -> type[_T]:
    """A class of which there are thousands of objects, each with many things that are found later.

    Python keeps attributes without a dictionary for each object, in half the room, but only those that it has met in
    the first objects of a class. So the very first one, which nobody keeps, has all of them.
    """
    first = object.__new__(cls)
    for name in (*cls.__annotations__, *(name for name, one in vars(cls).items() if isinstance(one, once))):
        object.__setattr__(first, name, None)
    return cls


__all__ = ["once", "prepared"]
