"""Where the name under the cursor was promised: a method of an `impl` by its trait, all else where it is declared."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.symbols import Symbol
from nexa.ide.methods import method_of_trait, trait_of
from nexa.ide.targets import Target, targets_of


def declaration(project: Project, path: str, offset: int) -> list[Target]:
    """Empty for what the language brings along, and where no known name stands."""
    reference = project.reference_at(path, offset)
    return [] if reference is None else targets_of(reference.span, (_promised(project, reference.symbol),))


def _promised(project: Project, symbol: Symbol) -> Symbol:
    if isinstance(symbol.node, ast.Function) and symbol.node.owner == "impl":
        trait = trait_of(project, symbol)
        method = None if trait is None else method_of_trait(project, trait, symbol.name)
        return method or symbol
    return symbol
