"""Which kinds of tokens a client is told of, and as what it is sent those that it does not know."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.ide.legend import MODIFIERS, TYPES, TokenType
from nexa.lsp.client import Client


@dataclass(frozen=True, slots=True)
class Legend:
    """The names that a client is told, and for each kind its number among them; None for those that are not sent."""

    types: tuple[str, ...]
    modifiers: tuple[str, ...]
    numbers: tuple[int | None, ...]


def legend_of(client: Client) -> Legend:
    """Kinds of our own go to clients that announce them; to the others goes the protocol's kind that is nearest.

    Who colours by itself is not sent a kind that it leaves out of those it announces.
    """
    is_choosy = client.augments_tokens and bool(client.token_types)

    def is_known(one: TokenType) -> bool:
        is_announced = one.name in client.token_types
        return is_announced or (client.knows_our_tokens if one.base else not is_choosy)

    known = [one for one in TYPES if is_known(one)]
    names = tuple(one.name for one in known)

    def number(one: TokenType) -> int | None:
        if one in known:
            return names.index(one.name)
        if (one.is_detail and client.augments_tokens) or one.base not in names:
            return None
        return names.index(one.base)

    return Legend(names, tuple(one.name for one in MODIFIERS), tuple(number(one) for one in TYPES))
