"""Actors: an agent or a flow with a mailbox, whose messages are handled one at a time (language reference, 5.11)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nexa.runtime.agents import Agent
from nexa.runtime.callables import call, reported
from nexa.runtime.catching import message_of, root_of
from nexa.runtime.channels import Channel, Sender, received, send
from nexa.runtime.duration import milliseconds
from nexa.runtime.errors import ActorError, ChannelClosed, ConcurrencyError, TypeViolation
from nexa.runtime.home import at_home
from nexa.runtime.run import current
from nexa.runtime.stages import stage_name
from nexa.runtime.tasks import MAILBOX, Spawned
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT


class Actor(Spawned):
    """An actor. A failure of one message does not keep it from the next; the first is what awaiting it raises."""

    type_name = "actor"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.mailbox = Channel()
        self._is_handling = False
        self._value: Any = UNIT
        self._first_failure: Exception | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it handles a message, or one waits."""
        return super().is_busy and (self._is_handling or len(self.mailbox) > 0)

    def closing(self) -> None:
        """Nothing more can be passed to it."""
        self.mailbox.close()

    async def live(self, node: str, target: Any, first: Callable[[], Awaitable[Any]]) -> Any:
        """Handle messages until the mailbox is closed and empty; the value of the last."""
        MAILBOX.set(self.mailbox)
        await self._handle(node, first)
        while True:
            try:
                found = await received([self.mailbox], None)
            except ChannelClosed:
                break
            await self._handle(node, lambda message=found and found[1]: call(target, message))  # type: ignore[misc]  # mypy infers no type for a lambda with a default
        if self._first_failure is not None:
            failure = self._first_failure
            raise ActorError(f"{self.name} failed: {message_of(failure)}", cause=failure) from failure
        return self._value

    async def _handle(self, node: str, work: Callable[[], Awaitable[Any]]) -> None:
        self._is_handling = True
        try:
            self._value = await (reported(node, self.name, work) if node else work())
        except Exception as error:
            if getattr(root_of(error), "channel", None) is not self.mailbox:  # else it waited for more, and that is all
                self._first_failure = self._first_failure or error
        finally:
            self._is_handling = False


async def start_actor(node: str, target: Any, /, *args: Any, **named: Any) -> Actor:
    """`spawn target(args)`: an actor of a clone of an agent, or of a flow; the arguments are its first message."""
    if not callable(target):
        raise TypeViolation(f"spawn wants an agent or a flow, not {type_name(target)}")
    own = target.clone() if isinstance(target, Agent) else target
    actor = Actor(stage_name(target))
    await actor.start(lambda: actor.live(node, own, lambda: call(own, *args, **named)))
    return actor


async def pass_message(message: Any, target: Any) -> None:
    """`pass message to target`: a message for an actor. Raises `ActorError` if it takes no more."""
    if isinstance(target, Sender):
        await send(target, message)
        return
    if not isinstance(target, Actor):
        raise TypeViolation(f"a message is passed to an actor, not to a {type_name(target)}")

    async def put() -> None:
        if target.done() or target.mailbox.is_closed:
            raise ActorError(f"{target.name} takes no more messages: it was awaited or has ended")
        target.mailbox.put(message)

    await at_home(current().loop, put)


async def receive(timeout: Any = None) -> Any:
    """In an actor: the next message; null when none comes within so many milliseconds, or none can.

    Without a timeout it raises `ChannelClosed` when no more can come: the actor then ends, and has not failed.
    """
    mailbox = MAILBOX.get()
    if mailbox is None:
        raise ConcurrencyError("`receive` is for what `spawn Name(…)` has started: there is no mailbox here")
    try:
        found = await received([mailbox], None if timeout is None else milliseconds(timeout) / 1000)
    except ChannelClosed:
        if timeout is None:
            raise
        return None
    return None if found is None else found[1]
