"""Every name that the language brings along, as data: one place for the resolver, hover, completion and the emitter."""

from nexa.compiler.builtins.decorators import DECORATORS
from nexa.compiler.builtins.filters import FILTERS
from nexa.compiler.builtins.members import MEMBERS, NO_PARENTHESES
from nexa.compiler.builtins.predeclared import ERRORS, PREDECLARED, PREDECLARED_VALUES
from nexa.compiler.builtins.properties import PROPERTIES, PropertySpec
from nexa.compiler.builtins.signature import Builtin, Parameter
from nexa.compiler.builtins.std import STD, STD_NAMESPACES, std_children, std_member
from nexa.compiler.builtins.types import BUILTIN_TYPES, BUILTIN_VARIANTS, TYPE_ALIASES, TYPES, builtin_type

__all__ = [
    "BUILTIN_TYPES",
    "BUILTIN_VARIANTS",
    "DECORATORS",
    "ERRORS",
    "FILTERS",
    "MEMBERS",
    "NO_PARENTHESES",
    "PREDECLARED",
    "PREDECLARED_VALUES",
    "PROPERTIES",
    "STD",
    "STD_NAMESPACES",
    "TYPES",
    "TYPE_ALIASES",
    "Builtin",
    "Parameter",
    "PropertySpec",
    "builtin_type",
    "std_children",
    "std_member",
]
