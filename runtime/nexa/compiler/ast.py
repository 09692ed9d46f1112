"""What a Nexa file says, as plain immutable values: the AST of the language reference, section 8.

A `Module` is a row of `Item`s. Every node below an item carries offsets **relative to the start of its item**
(UTF-8 bytes), so an item that only moved in the file keeps its nodes, and everything derived from them.
Nodes compare and hash by identity: facts are kept in dictionaries keyed by node.

A hole left by a mistake is an `ErrorNode` where a construct is missing and a `Name` with the text `""` where a
name is missing. Both have been reported by the time anybody sees them: no pass reports them again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, dataclass_transform

from nexa.syntax.record import record
from nexa.syntax.span import Span

_T = TypeVar("_T")


@dataclass_transform(eq_default=False, frozen_default=True)
def _node(cls: type[_T]) -> type[_T]:
    """A slotted dataclass, frozen for the type checker.

    Freezing at run time as well triples the cost of building a node, and a file is tens of thousands of them. What
    `dataclass` would compile for each class, every start of the program would pay for: 15 ms.
    """
    made = dataclass(slots=True, eq=False, repr=False, init=False)(cls)
    names = tuple(field.name for field in fields(made))  # type: ignore[arg-type]  # the line above makes it one
    made.__init__ = _initializer(names)  # type: ignore[method-assign]  # as `dataclass` does
    return made


@cache
def _initializer(names: tuple[str, ...]) -> Callable[..., None]:
    """The `__init__` of the node classes with these fields."""
    lines = [f"def __init__(self, {', '.join(names)}):", *(f" self.{name} = {name}" for name in names)]
    made: dict[str, Callable[..., None]] = {}
    exec("\n".join(lines), made)
    return made["__init__"]


@_node
class Node:
    """Anything with a place: `start` and `end` are byte offsets relative to the enclosing item."""

    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place as a half-open byte range, relative to the item."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        values = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return f"{type(self).__name__}({values})"


class Expr(Node):
    """An expression."""

    __slots__ = ()


class Statement(Node):
    """A statement."""

    __slots__ = ()


class TypeExpr(Node):
    """A written type."""

    __slots__ = ()


class Pattern(Node):
    """What stands left of `=>` in a match arm, or after `let` and `for`."""

    __slots__ = ()


class BodyMember(Node):
    """What may stand in the body of an agent, job or server."""

    __slots__ = ()


@_node
class ErrorNode(Expr, Statement, TypeExpr, Pattern, BodyMember):
    """What could not be read, or is missing (then `start == end`). Already reported."""


@_node
class Name(Expr):
    """A name as written (NFC), declared or read. `""` is a missing name."""

    text: str


# ── declarations ────────────────────────────────────────────────────────────────────────────────────────────────


@_node
class Annotation(Node):
    """`// @implements: billing.refunds` before a declaration."""

    key: str
    value: str


@_node
class Declaration(Node):
    """Introduces a name or extends the program; `doc` is the text of its `///` lines, `""` without any.

    `keyword` is the offset range of the introducing word, for findings about the construct itself.
    """

    doc: str
    annotations: tuple[Annotation, ...]
    keyword: Span


@_node
class Include(Declaration):
    """`include "path"`; `path` is None when the string is missing or not plain."""

    path: Str | None


@_node
class UseConfig(Declaration):
    """`use config name`."""

    name: Name


@_node
class Decorator(Node):
    """`@name(args)`; the span starts at the `@`."""

    name: Name
    args: tuple[Argument, ...]


@_node
class UseItem(Node):
    """One entry of a `uses` clause: a dotted name (`path`), a string, or `mcp:"url"` (`text`)."""

    form: Literal["name", "string", "mcp"]
    path: tuple[Name, ...]
    text: Str | None


@_node
class Property(BodyMember):
    """`key: value`; `sep` is None when neither `:` nor `=` was written."""

    key: Name
    value: Expr
    sep: Literal[":", "="] | None


@_node
class ModelEntry(Node):
    """An element of a model list: a string or a dotted name, perhaps as `fallback: …`."""

    value: Str | Member | Name
    fallback: bool


@_node
class ModelList(Expr):
    """`["a/b", fallback: "c/d", fallback: Agent]`; only where at least one entry says `fallback:`."""

    entries: tuple[ModelEntry, ...]


@_node
class ContextBlock(BodyMember):
    """`context { … }` in an agent."""

    keyword: Span
    properties: tuple[Property, ...]


@_node
class ContextPolicy(BodyMember, Statement):
    """`context_policy { … }` in an agent or a body."""

    keyword: Span
    properties: tuple[Property, ...]


@_node
class Hook(BodyMember, Statement):
    """`before_step { … }`, `on_error(e: T) { … }`, `before_tool(t) { … }`: `keyword` is the event's word."""

    event: Literal["before_step", "after_step", "on_error", "before_tool", "after_tool"]
    keyword: Span
    binding: Name | None
    type: TypeExpr | None
    body: Block


@_node
class Uses(BodyMember):
    """`uses: [a, b]` as a member of an agent."""

    keyword: Span
    items: tuple[UseItem, ...]


@_node
class Contract(BodyMember, Statement):
    """`requires`/`ensures`/`invariant` in a header, in a body or on a route.

    Exactly one of `semantic` (a condition that is one string literal) and `condition` is set; both are None in a hole.
    """

    clause: Literal["requires", "ensures", "invariant"]
    keyword: Span
    semantic: Str | None
    condition: Expr | None


@_node
class Agent(Declaration):
    """`agent Name … { … }`. `clauses` keeps each header clause's keyword in order, for NX122."""

    name: Name
    decorators: tuple[Decorator, ...]
    returns: TypeExpr | None
    uses: tuple[UseItem, ...]
    implements: tuple[TypeExpr, ...]
    contracts: tuple[Contract, ...]
    members: tuple[BodyMember | Function | Flow | Let, ...]
    clauses: tuple[tuple[Literal["returns", "uses", "implements"], Span], ...]


@_node
class Tool(Declaration):
    """`tool Name { … }`."""

    name: Name
    decorators: tuple[Decorator, ...]
    properties: tuple[Property, ...]


@_node
class Param(Node):
    """One parameter of a function, flow or lambda."""

    name: Name
    type: TypeExpr | None
    default: Expr | None


@_node
class Returns(Node):
    """`-> T` or `: T` after a parameter list; `arrow` says which."""

    type: TypeExpr
    arrow: bool


@_node
class Function(Declaration):
    """`fn name(…) … { … }`: a helper, a tool (`@tool`), or a member of an agent, trait or impl.

    `body` is None for a trait method without a default.
    """

    name: Name
    decorators: tuple[Decorator, ...]
    params: tuple[Param, ...]
    returns: Returns | None
    contracts: tuple[Contract, ...]
    body: Block | None
    owner: Literal["agent", "impl", "trait"] | None


@_node
class Flow(Declaration):
    """`flow name … { … }`, at the top level or in an agent. `has_params` tells `flow f` from `flow f()`."""

    name: Name
    decorators: tuple[Decorator, ...]
    has_params: bool
    params: tuple[Param, ...]
    returns: Returns | None
    contracts: tuple[Contract, ...]
    body: Block
    owner: Literal["agent"] | None


@_node
class Test(Declaration):
    """`test "title" { … }`."""

    title: Str
    body: Block


@_node
class Field(Node):
    """A field of a protocol. `type` is parsed from `type_text` when the type was written as a string."""

    name: Name
    type: TypeExpr
    type_text: Str | None
    constraint: Str | None
    default: Expr | None


@_node
class Protocol(Declaration):
    """`protocol Name[T] { … }`."""

    name: Name
    type_params: tuple[Name, ...]
    fields: tuple[Field, ...]


@_node
class TypeAlias(Declaration):
    """`type Name[T] = type @ "constraint"`."""

    name: Name
    type_params: tuple[Name, ...]
    type: TypeExpr
    constraint: Str | None


@_node
class StructField(Node):
    """A field of a struct."""

    name: Name
    type: TypeExpr | None
    default: Expr | None


@_node
class Struct(Declaration):
    """`struct Name[T] { … }`."""

    name: Name
    type_params: tuple[Name, ...]
    fields: tuple[StructField, ...]


@_node
class Payload(Node):
    """One value carried by a variant.

    `name` is None for `Some(T)`. For a lone word (`Some(value)`) both are set and the resolver decides: the word is a
    type if one of that name is in scope, otherwise a field name of type `any`.
    """

    name: Name | None
    type: TypeExpr | None


@_node
class Variant(Node):
    """One variant of an enum; `has_payload` tells `V` from `V()`."""

    name: Name
    has_payload: bool
    payload: tuple[Payload, ...]


@_node
class Enum(Declaration):
    """`enum Name[T] { … }`."""

    name: Name
    type_params: tuple[Name, ...]
    variants: tuple[Variant, ...]


@_node
class Trait(Declaration):
    """`trait Name[T] { fn … }`."""

    name: Name
    type_params: tuple[Name, ...]
    methods: tuple[Function, ...]


@_node
class Impl(Declaration):
    """`impl Trait for Type { … }` or `impl Type { … }`."""

    trait: TypeExpr | None
    target: TypeExpr
    methods: tuple[Function, ...]


@_node
class JobBody(BodyMember):
    """`perform(…) { … }` or `on_failure(…) { … }`."""

    event: Literal["perform", "on_failure"]
    keyword: Span
    params: tuple[Param, ...]
    body: Block


@_node
class Job(Declaration):
    """`job Name on "queue" (options) { … }`. `bodies` holds every `perform` and `on_failure` in order."""

    name: Name
    decorators: tuple[Decorator, ...]
    queue: Str | None
    options: tuple[Property, ...]
    properties: tuple[Property, ...]
    bodies: tuple[JobBody, ...]


@_node
class Static(BodyMember):
    """`static "/url" from "./folder"`."""

    url: Str
    folder: Str


@_node
class HeaderRules(BodyMember):
    """`cors { … }` or `csp { … }` of a server."""

    kind: Literal["cors", "csp"]
    keyword: Span
    rules: Expr


@_node
class Middleware(BodyMember):
    """`middleware [a, b.c]`."""

    keyword: Span
    names: tuple[Expr, ...]


@_node
class RequireAuth(BodyMember):
    """`require_auth "/prefix"`."""

    keyword: Span
    path: Str


@_node
class Route(BodyMember):
    """`[semantic] route METHOD "path" => target`, or with a body of properties and contracts."""

    keyword: Span
    semantic: bool
    method: Name | None
    path: Str
    target: Expr | None
    properties: tuple[Property, ...]
    contracts: tuple[Contract, ...]


@_node
class Group(BodyMember):
    """`group "/prefix" { … }`."""

    keyword: Span
    prefix: Str
    items: tuple[BodyMember, ...]


@_node
class Server(Declaration):
    """`server Name 8080 { … }`."""

    name: Name | None
    port: Int | None
    items: tuple[BodyMember, ...]


@_node
class Handle(Declaration):
    """`db x = …`, `kv x { … }`, `auth x = …`."""

    family: Literal["db", "kv", "auth"]
    name: Name
    value: Expr | None
    properties: tuple[Property, ...]
    contracts: tuple[Contract, ...]


@_node
class ErrorItem(Declaration):
    """Top-level text that is no item. Already reported."""


# ── types ───────────────────────────────────────────────────────────────────────────────────────────────────────


@_node
class TypeName(TypeExpr):
    """`list[str]`, `Plan`, `a.b`, `Map<str, int>` (`angle`)."""

    path: tuple[Name, ...]
    args: tuple[TypeExpr, ...]
    angle: bool


@_node
class TypeUnion(TypeExpr):
    """`A | B`."""

    members: tuple[TypeExpr, ...]


@_node
class TypeOption(TypeExpr):
    """`T?`."""

    inner: TypeExpr


@_node
class TypeTuple(TypeExpr):
    """`(A, B)`; `()` is `unit`."""

    items: tuple[TypeExpr, ...]


@_node
class TypeFn(TypeExpr):
    """`fn(A, B) -> R`."""

    params: tuple[TypeExpr, ...]
    returns: TypeExpr | None


@_node
class TypeAgent(TypeExpr):
    """`agent[I, O]`."""

    input: TypeExpr
    output: TypeExpr


@_node
class TypeVariant(TypeExpr):
    """`Decision::Waiting` on the right of `is`."""

    enum: Name
    variant: Name


# ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────


@_node
class Block(Node):
    """`{ … }`; the span includes the braces."""

    statements: tuple[Statement | Function | Flow, ...]


@_node
class Let(Statement):
    """`let pattern: type = value`."""

    pattern: Pattern
    type: TypeExpr | None
    value: Expr


@_node
class Assign(Statement):
    """`target op value`, or `name: type = value`."""

    target: Expr
    op: Literal["=", "+=", "-=", "*=", "/=", "%="]
    type: TypeExpr | None
    value: Expr


@_node
class ExprStmt(Statement):
    """An expression as a statement; `guard` is the condition of `expr if cond`.

    `sugar` is set for `print x` and `reflect x`, whose value is then the call that they mean.
    """

    value: Expr
    guard: Expr | None
    sugar: Literal["print", "reflect"] | None


@_node
class IfBranch(Node):
    """One `if`/`else if` with its block."""

    cond: Expr
    body: Block


@_node
class If(Statement):
    """`if … else if … else …`; `else_` is a block or a `semantic_if`."""

    branches: tuple[IfBranch, ...]
    else_: Block | SemanticIf | None


@_node
class For(Statement):
    """`for pattern[, second] in iterable { … }`. With `second`, `pattern` binds the index or key."""

    pattern: Pattern
    second: Name | None
    iterable: Expr
    body: Block


@_node
class While(Statement):
    """`while cond { … }`."""

    keyword: Span
    cond: Expr
    body: Block


@_node
class Loop(Statement):
    """`loop { … } until (cond)`; `until_keyword` is the place of the word."""

    keyword: Span
    body: Block
    until: Expr | None
    until_keyword: Span | None


@_node
class SemanticIf(Statement):
    """`semantic_if "condition" fast_match r"…" against subject { … } else …`."""

    keyword: Span
    condition: Str
    fast_match: Expr | None
    subject: Expr | None
    body: Block
    else_: Block | SemanticIf | If | None


@_node
class Catch(Node):
    """`catch (name: Type) { … }` or `catch_correction (…) { … }`."""

    keyword: Span
    name: Name | None
    type: TypeExpr | None
    body: Block


@_node
class Try(Statement):
    """`try { … } catch (e: T) { … } finally { … }`."""

    keyword: Span
    body: Block
    catches: tuple[Catch, ...]
    finally_: Block | None


@_node
class TryAgent(Statement):
    """`try_agent { … } catch_correction (e: T) { … }…`."""

    keyword: Span
    body: Block
    catches: tuple[Catch, ...]


@_node
class ConfigItem(Node):
    """`key: value` in the header of `autoloop` or `with_context`."""

    key: Name
    value: Expr


@_node
class Autoloop(Statement):
    """`autoloop max_steps: 5, … { … }`."""

    keyword: Span
    config: tuple[ConfigItem, ...]
    body: Block


@_node
class WithContext(Statement):
    """`with_context max_tokens: 1000, … { … }`."""

    keyword: Span
    config: tuple[ConfigItem, ...]
    body: Block


@_node
class ForkBranch(Node):
    """One branch of a `fork`: `name = expression`, an expression, or a block."""

    name: Name | None
    value: Expr | Block


@_node
class Fork(Expr, Statement):
    """`fork [a = x, y] merge s` (an expression) or `fork { … } and { … }` (a statement: `blocks`)."""

    keyword: Span
    branches: tuple[ForkBranch, ...]
    merge: Expr | None
    blocks: bool


@_node
class Verify(Statement):
    """`verify …`.

    `form` is `type` (`subject satisfies type`), `text` (`subject satisfies "…"`), `against` (`"…" against subject`)
    or `expr` (any boolean expression, in `subject`).
    """

    keyword: Span
    form: Literal["type", "text", "against", "expr"]
    subject: Expr
    type: TypeExpr | None
    text: Str | None


@_node
class Unharnessed(Statement):
    """`unharnessed ("reason") { … }`."""

    keyword: Span
    reason: Str | None
    body: Block


@_node
class Assert(Statement):
    """`assert cond, message` or `assert "text" against value`."""

    keyword: Span
    text: Str | None
    value: Expr
    message: Expr | None


@_node
class Defer(Statement):
    """`defer expression` or `defer { … }`."""

    keyword: Span
    body: Expr | Block


@_node
class Return(Statement):
    """`return value`."""

    keyword: Span
    value: Expr | None


@_node
class Break(Statement):
    """`break`."""


@_node
class Continue(Statement):
    """`continue`."""


@_node
class Raise(Statement):
    """`raise value`."""

    keyword: Span
    value: Expr


@_node
class Pass(Statement):
    """`pass message to target`, or `pass target, message`."""

    keyword: Span
    value: Expr
    target: Expr


@_node
class Python(Expr, Statement):
    """A `python!` block.

    `code` is the dedented body. `offset` is where the raw body starts (after the quotes) and `indent` how many bytes
    the dedent removed from each line, so that a place in `code` maps back into the file.
    """

    code: str
    offset: int
    indent: int
    as_expr: bool


# ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────


@_node
class Int(Expr):
    """A whole number; `value` is 0 when the text is malformed (`text` keeps it)."""

    text: str
    value: int


@_node
class Float(Expr):
    """A number with a point or an exponent."""

    text: str
    value: float


@_node
class Duration(Expr):
    """`250ms`, `2s`, `1.5h`: `seconds` is the length."""

    text: str
    seconds: float


@_node
class Bool(Expr):
    """`true`, `false`."""

    value: bool


@_node
class Null(Expr):
    """`null`."""


@_node
class Text(Node):
    """A literal stretch of a string: `value` after dedent and escapes."""

    value: str


@_node
class Filter(Node):
    """`| name(args)` in an interpolation or a template."""

    name: Name
    args: tuple[Argument, ...]


@_node
class Interp(Node):
    """`#{value | filter}`; in an f-string `{value}`."""

    value: Expr
    filters: tuple[Filter, ...]


@_node
class Str(Expr):
    """A string with interpolations. `quote` is the opening delimiter; `prefix` is `f` for the foreign f-string."""

    parts: tuple[Text | Interp, ...]
    quote: str
    prefix: Literal["", "f"]

    @property
    def plain(self) -> str | None:
        """The text of a string without interpolations; None when there are any."""
        if not self.parts:
            return ""
        if len(self.parts) == 1 and isinstance(self.parts[0], Text):
            return self.parts[0].value
        return None


@_node
class Raw(Expr):
    """`r"…"`: a raw string or a regular expression. `offset` is where the body starts."""

    text: str
    offset: int


@_node
class TemplatePath(Node):
    """A dotted path in a template: `p.title`, `@index1`, `this`."""

    names: tuple[Name, ...]


@_node
class TemplateText(Node):
    """Literal text of a template."""

    value: str


@_node
class TemplateOutput(Node):
    """`{{ path | filter }}`, or `{{{ path }}}` (`escape` false)."""

    path: TemplatePath
    filters: tuple[Filter, ...]
    escape: bool


@_node
class TemplateCondition(Node):
    """`path`, `not c`, `path op literal`, `c and c`, `c or c` (`op`); operands in order."""

    op: Literal["path", "not", "and", "or", "==", "!=", "<", "<=", ">", ">="]
    path: TemplatePath | None
    literal: Expr | None
    operands: tuple[TemplateCondition, ...]


@_node
class TemplateBranch(Node):
    """One `{{#if c}}` or `{{#elif c}}` with what follows it."""

    cond: TemplateCondition
    body: tuple[TemplatePart, ...]


@_node
class TemplateIf(Node):
    """`{{#if}} … {{#elif}} … {{#else}} … {{/if}}`."""

    branches: tuple[TemplateBranch, ...]
    else_: tuple[TemplatePart, ...]


@_node
class TemplateFor(Node):
    """`{{#for x in path}} … {{#empty}} … {{/for}}`."""

    name: Name
    path: TemplatePath
    body: tuple[TemplatePart, ...]
    empty: tuple[TemplatePart, ...]


@_node
class TemplatePartial(Node):
    """`{{> name [path]}}`."""

    name: Name
    path: TemplatePath | None


TemplatePart = TemplateText | TemplateOutput | TemplateIf | TemplateFor | TemplatePartial


@_node
class Template(Expr):
    """`template\"\"\"…\"\"\"`: `text` as written after the dedent, `parts` as read."""

    text: str
    parts: tuple[TemplatePart, ...]


@_node
class Member(Expr):
    """`object.member`."""

    object: Expr
    member: Name


@_node
class Index(Expr):
    """`object[index]`."""

    object: Expr
    index: Expr


@_node
class Slice(Expr):
    """`object[low:high]`."""

    object: Expr
    low: Expr | None
    high: Expr | None


@_node
class Argument(Node):
    """One argument: `name` for a named one, `spread` for `..value`, `every` for `every 30s`."""

    name: Name | None
    spread: bool
    every: bool
    value: Expr


@_node
class Call(Expr):
    """`callee(args)`."""

    callee: Expr
    args: tuple[Argument, ...]


@_node
class Unary(Expr):
    """`-x`, `+x`, `!x`, `not x`."""

    op: Literal["-", "+", "!", "not"]
    operand: Expr


@_node
class Binary(Expr):
    """`+ - * / %` and `and or`; `op_span` is the operator's place."""

    op: Literal["+", "-", "*", "/", "%", "and", "or"]
    op_span: Span
    left: Expr
    right: Expr


@_node
class Compare(Expr):
    """`left op right`; `!=`-like words are `not in`, `contains`."""

    op: Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in", "contains"]
    op_span: Span
    left: Expr
    right: Expr


@_node
class IsType(Expr):
    """`operand is [not] Type`, `is E::V`, `is null`."""

    op_span: Span
    operand: Expr
    type: TypeExpr
    negated: bool


@_node
class Await(Expr):
    """`await value`, `await value, timeout`."""

    value: Expr
    timeout: Expr | None


@_node
class Spawn(Expr):
    """`spawn Name(args)`: an actor."""

    target: Name
    args: tuple[Argument, ...]


@_node
class Propagate(Expr):
    """`value?`; `op_span` is the `?`."""

    value: Expr
    op_span: Span


@_node
class FlowOperator(Expr):
    """An operator of level 2–4; `op_span` is its place."""

    op_span: Span


@_node
class Pipe(FlowOperator):
    """`left >> right`."""

    left: Expr
    right: Expr


@_node
class FanOut(FlowOperator):
    """`left |>> right`: right is a list of stages, one stage, or a `HintSet`."""

    left: Expr
    right: Expr


@_node
class HintSet(Expr):
    """`{ "hint", … }` after `|>>`."""

    items: tuple[Expr, ...]


@_node
class Merge(FlowOperator):
    """`left &>> right`."""

    left: Expr
    right: Expr


@_node
class PipeCall(FlowOperator):
    """`left |> right`."""

    left: Expr
    right: Expr


@_node
class AmpAmp(FlowOperator):
    """`left && right`: consensus, or boolean and."""

    left: Expr
    right: Expr


@_node
class BarBar(FlowOperator):
    """`left || right`: fire and forget, or boolean or."""

    left: Expr
    right: Expr


@_node
class Coalesce(FlowOperator):
    """`left ?? right`."""

    left: Expr
    right: Expr


@_node
class Branch(FlowOperator):
    """`subject ?? yes : no`."""

    subject: Expr
    yes: Expr
    no: Expr


@_node
class Case(Node):
    """`"label" => body`; `label` is None for `_` and `default`."""

    label: Str | None
    body: Expr | Block | Return | Break | Continue | Raise


@_node
class BranchCases(FlowOperator):
    """`subject ?? { "label" => body, … }`."""

    subject: Expr
    cases: tuple[Case, ...]


@_node
class SemanticCase(Expr, Statement):
    """`semantic_if (subject, "question") { "label" => body, … }`."""

    keyword: Span
    subject: Expr
    question: Str
    cases: tuple[Case, ...]


@_node
class Otherwise(Expr):
    """`value otherwise handler`, `value fallback handler`; `word_span` is the word's place."""

    value: Expr
    handler: Expr | Block
    word: Literal["otherwise", "fallback"]
    word_span: Span


@_node
class Spread(Expr):
    """`..value` in a list or a dict."""

    value: Expr


@_node
class List(Expr):
    """`[a, ..b]`."""

    items: tuple[Expr, ...]


@_node
class Tuple(Expr):
    """`(a, b)`, `(a,)`, `()`."""

    items: tuple[Expr, ...]


@_node
class Entry(Node):
    """`key: value` of a dict: a word, a string or a number as key. A spread has no key."""

    key: Name | Str | Raw | Int | None
    value: Expr


@_node
class Dict(Expr):
    """`{a: 1, "b": 2, ..rest}`; `map` when the word `map` stands in front."""

    entries: tuple[Entry, ...]
    map: bool


@_node
class StructFieldValue(Node):
    """`name: value` in a struct literal."""

    name: Name
    value: Expr


@_node
class StructLit(Expr):
    """`Request { title: "crane" }`."""

    name: Name
    fields: tuple[StructFieldValue, ...]


@_node
class VariantExpr(Expr):
    """`Decision::Approved(who)`; `has_args` tells `V` from `V()`."""

    enum: Name
    variant: Name
    has_args: bool
    args: tuple[Argument, ...]


@_node
class Lambda(Expr):
    """`fn(x) => e`, `fn(x) { … }`."""

    keyword: Span
    params: tuple[Param, ...]
    returns: Returns | None
    body: Expr | Block


@_node
class Conditional(Expr):
    """`if cond then a else b`."""

    cond: Expr
    then: Expr
    else_: Expr


@_node
class Receive(Expr):
    """`receive(timeout): type`."""

    timeout: Expr | None
    type: TypeExpr | None


@_node
class Arm(Node):
    """`pattern if guard => body if guard`: both places of a guard mean the same and are joined by `and`."""

    pattern: Pattern
    guard: Expr | None
    body: Expr | Block | Return | Break | Continue | Raise


@_node
class Match(Expr, Statement):
    """`match x { … }`, `match intent x { … }`, `fast_match x { … }`.

    `intent` is also set when any arm is an `intent("…")` pattern (R-INTENT).
    """

    keyword: Span
    intent: bool
    fast: bool
    subject: Expr
    arms: tuple[Arm, ...]


# ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────


@_node
class PWildcard(Pattern):
    """`_`; `default` when the word `default` was written."""

    default: bool


@_node
class PLiteral(Pattern):
    """A number (negative ones included), a string, `true`, `false` or `null`."""

    value: Expr


@_node
class PName(Pattern):
    """Binds a name. In an enum's match a variant's bare name is one too: the resolver decides."""

    name: Name


@_node
class PTuple(Pattern):
    """`(a, b)`."""

    items: tuple[Pattern, ...]


@_node
class PList(Pattern):
    """`[a, b, ..rest]`; `has_rest` for `..` with or without a name."""

    items: tuple[Pattern, ...]
    has_rest: bool
    rest: Name | None


@_node
class PRecordEntry(Node):
    """`key` or `key: pattern`."""

    key: Name | Str
    pattern: Pattern | None


@_node
class PRecord(Pattern):
    """`{name, price: p, ..rest}`, `Point {x, y}`."""

    name: Name | None
    entries: tuple[PRecordEntry, ...]
    has_rest: bool
    rest: Name | None


@_node
class PVariant(Pattern):
    """`Result::Ok(v)`, `Some(v)`, `Decision::Waiting`; `has_items` tells `V` from `V()`."""

    enum: Name | None
    variant: Name
    has_items: bool
    items: tuple[Pattern, ...]


@_node
class PIntent(Pattern):
    """`intent("…")`."""

    text: Str


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────

Item = Declaration | Statement
"""What stands at the top level of a file."""


@record
class Placed:
    """An item at its place: `start` is its byte offset in the file, and the zero of every offset in `node`."""

    start: int
    node: Item


@record
class Module:
    """One file, in textual order."""

    items: tuple[Placed, ...]


Visitor = Callable[[Node], bool]
"""Called with each node before its children; `False` skips the children."""


def children(node: Node) -> list[Node]:
    """The nodes directly below a node, in textual order of its fields."""
    below: list[Node] = []
    fields_of = _GETTERS[type(node)]
    if fields_of is None:
        return below
    for value in fields_of(node):
        cls = type(value)
        if cls in _GETTERS:  # half as long as `isinstance`
            below.append(value)
        elif cls is tuple:
            for part in value:
                if type(part) in _GETTERS:
                    below.append(part)  # noqa: PERF401 - a generator per field takes twice as long
    return below


def walk(node: Node) -> list[Node]:
    """A node and everything below it, parents first, in textual order."""
    found: list[Node] = []
    pending: list[Node] = [node]
    while pending:
        current = pending.pop()
        found.append(current)
        if _GETTERS[type(current)] is not None:
            below = children(current)
            below.reverse()
            pending += below
    return found


def grouped(node: Node) -> tuple[dict[type[Node], list[Node]], dict[Node, Node]]:
    """A node and everything below it by class, parents first and in textual order; and the parent of each."""
    by_class: dict[type[Node], list[Node]] = {}
    parents: dict[Node, Node] = {}
    pending: list[Node] = [node]
    while pending:
        current = pending.pop()
        cls = type(current)
        if cls in by_class:
            by_class[cls].append(current)
        else:
            by_class[cls] = [current]
        if _GETTERS[cls] is not None:
            below = children(current)
            for child in below:
                parents[child] = current
            below.reverse()
            pending += below
    return by_class, parents


def _field_names() -> dict[type[Node], tuple[str, ...]]:
    """For each node class the fields that can hold nodes, computed once from the annotations."""
    plain = {"start", "end", "doc", "keyword", "op_span", "word_span", "until_keyword", "clauses", "op", "text_value"}
    names: dict[type[Node], tuple[str, ...]] = {}
    pending: list[type[Node]] = [Node]
    while pending:
        cls = pending.pop()
        pending.extend(cls.__subclasses__())
        fields = getattr(cls, "__dataclass_fields__", {})
        names[cls] = tuple(
            name
            for name, field in fields.items()
            if name not in plain and not str(field.type).startswith(("str", "int", "float", "bool", "Literal"))
        )
    return names


def _getter(names: tuple[str, ...]) -> Callable[[Node], tuple[Any, ...]] | None:
    """What reads these fields of a node at once; None where there are none."""
    if not names:
        return None
    # Of one name alone it returns the value itself, so that one is asked for twice: no node stands in `start`.
    return attrgetter(*names) if len(names) > 1 else attrgetter(*names, "start")


_GETTERS = {cls: _getter(names) for cls, names in _field_names().items()}


def target_of(route: Route) -> Expr | None:
    """What answers the requests of a route: what stands behind `=>`, else its property `handler`."""
    handlers = [one.value for one in route.properties if one.key.text == "handler"]
    return route.target or (handlers[-1] if handlers else None)
