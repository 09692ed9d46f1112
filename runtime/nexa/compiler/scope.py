"""What the names of one top-level item mean inside it: locals, captures, and the names left for the program.

A plain result of `resolve.resolve`; whoever emits, hovers or checks reads it:

- `scope.bindings[name]` is the `Local` that a name binds or reads. A name in `{title}` (a record pattern) counts.
- `scope.uses` are the names that no local answers, with what is expected of each (`role`): the program's
  declarations and the predeclared names answer them (`names.Names`).
- `scope.functions[node]` is the function scope that a flow, function, lambda, test, hook, contract row or script
  statement opens; it knows its locals and what it captures from the scopes around it.
- `local.id` is a name that is unique in the whole item: two locals called `x` that shadow each other have two ids,
  and no id equals a name that the item reads from the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from nexa.compiler import ast

LocalKind = Literal[
    "parameter",
    "let",
    "assigned",  # created by `x = e` in the function, by a named fork branch, or by a Python block
    "for",
    "catch",
    "match",
    "hook",  # before_tool(x), on_error(e): for the former the program decides whether `x` names a tool instead
    "member",  # a let of an agent, seen from its other members
    "method",  # a fn or flow of an agent, seen from its other members
    "function",  # a function or flow declared in a block
    "self",
    "contract",  # input, args, result, old: what a contract sees beside the parameters
    "type",  # a type parameter, and `Self`
]

FIXED: frozenset[LocalKind] = frozenset({"self", "contract", "method", "function", "type"})
"""Locals that an assignment never gives a new value: it makes a local of its own."""

Role = Literal[
    "value",  # an expression: must be a value
    "symbol",  # a bare name in a property or option: a value if there is one, else a symbol of the property
    "contract",  # a condition of a contract: unknown names are the contract rules' business
    "template",  # a path in a template: data may answer it, so nothing is wrong when no name does
    "assign",  # a script statement's assignment to a top-level variable
    "use",  # the first word of a `uses` item
    "struct",  # the name before `{ field: … }`
    "enum",  # the name before `::`
    "variant",  # a variant without its enum, in a pattern
    "shape",  # the name before a record pattern
    "type",  # a written type
    "maybe type",  # a word that is a type if there is one of that name, and something else otherwise
    "implements",  # a protocol after `implements`
    "trait",  # `impl Trait for …`
    "target",  # `impl … for Target`
    "error",  # the type of a catch
    "actor",  # spawn Name(…)
    "config",  # use config name
]


@dataclass(eq=False, slots=True)
class Local:
    """A name that lives in one item. `binding` is where it is introduced; `owner` the function scope it lives in."""

    name: str
    kind: LocalKind
    binding: ast.Name | ast.Node
    owner: FunctionScope
    id: str = ""
    captured: bool = False
    """Whether a function scope inside `owner` reads or writes it."""
    reads: tuple[ast.Name, ...] = ()
    writes: tuple[ast.Name, ...] = ()
    """Every name that gives it a value, the binding included, in textual order."""
    is_read: bool = False
    """Whether anything reads it, Python blocks and templates included."""
    type: ast.TypeExpr | None = None
    """The written type of a parameter or `let`."""
    outer: Local | None = None
    """The local of the same name that it hides."""


@dataclass(eq=False, slots=True)
class FunctionScope:
    """The scope of a flow, function, test, job body, hook or lambda: where `x = e` creates `x`.

    A script statement has one too, for its block-scoped locals, and so has every other declaration, for the
    expressions that stand in it directly.
    """

    node: ast.Node
    parent: FunctionScope | None
    locals: tuple[Local, ...] = ()
    captures: tuple[Local, ...] = ()
    """Locals of enclosing function scopes that are read or written here or in a scope inside this one."""
    rebinds: tuple[Local, ...] = ()
    """The captures that get a new value here (Python: `nonlocal`)."""


@dataclass(eq=False, slots=True)
class Use:
    """A name that the item leaves to the program.

    `late` is a local of that name which comes into being further down: when neither the program nor a predeclared
    name answers, the name reads that local. `option` says which property a symbol belongs to: construct and key.
    """

    name: ast.Name
    role: Role
    owner: FunctionScope
    late: Local | None = None
    option: tuple[str, str] | None = None


@dataclass(eq=False, slots=True)
class PythonFacts:
    """What a Python block shares with the function around it."""

    reads: tuple[Local, ...]
    """Every local that it can see."""
    defines: tuple[str, ...]
    """The names that a statement block assigns at its own top level; in a script statement, top-level variables."""
    written: tuple[Local, ...]
    """The locals that these are, outside script statements."""


@dataclass(eq=False, slots=True)
class ItemScope:
    """The names of one item; see the module."""

    functions: dict[ast.Node, FunctionScope] = field(default_factory=dict)
    bindings: dict[ast.Name, Local] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    python: dict[ast.Python, PythonFacts] = field(default_factory=dict)
    use_of: dict[ast.Name, Use] = field(default_factory=dict)
    loops: dict[ast.Name, ast.Name] = field(default_factory=dict)
    """The names in templates that mean the variable of a `{{#for}}` around them, and the name that introduces it."""
    stray_selves: tuple[ast.Name, ...] = ()
    """`self` where there is none."""
    mentions: frozenset[str] = frozenset()
    """Names that Python blocks speak of; what they mean there is Python's business."""

    def __del__(self) -> None:
        """Locals and the functions that they live in point at each other: who drops the scope drops them, too.

        So an edited item, with its AST, goes at once, and Python need not look for it among a million objects.
        """
        for function in self.functions.values():
            function.locals = ()
