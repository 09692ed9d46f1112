"""From trees to the AST: `lower`, one item at a time.

Lowering never fails. Whatever the tree looks like, each item becomes a node with holes where something is missing,
and every mistake becomes one `Slip`, which the rule of its code words. It knows nothing of names, types or other
files.
"""

from nexa.compiler.lower.items import Lowered, lower, lower_item
from nexa.compiler.lower.pieces import Piece, pieces
from nexa.compiler.lower.secrets import SecretConfig, SecretEntry, Secrets, lower_secrets

__all__ = [
    "Lowered",
    "Piece",
    "SecretConfig",
    "SecretEntry",
    "Secrets",
    "lower",
    "lower_item",
    "lower_secrets",
    "pieces",
]
