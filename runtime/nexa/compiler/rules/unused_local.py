"""A local or a parameter that nothing reads.

Either something was forgotten, or the name can go. A name that begins with `_` is meant to be unused.

Bad:

    flow main {
        let total = 3
          //^^^^^ NX208: `total` is never read
        print("a")
    }

Good:

    flow main {
        let total = 3
        let _spare = 4
        print(total)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import is_free
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity, alternatives, replace
from nexa.compiler.scope import Local
from nexa.compiler.suggest import nearest
from nexa.compiler.usage import reads_input
from nexa.syntax.span import Span

_KINDS = frozenset({"parameter", "let", "assigned", "for", "match", "catch"})


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Locals without a read; what a construct forces upon its author is exempt."""
    unknown: set[str] | None = None
    for function in item.scope.functions.values() if not item.is_misread else ():
        unused = [local for local in function.locals if _is_unused(local)]
        # One parameter twice has its own code.
        hidden = {one.outer for one in function.locals if one.kind == "parameter"} if unused else set()
        for local in unused:
            if local not in hidden and not _is_forced(item, local) and not _is_spoken_for(item, names, local):
                unknown = _unknown(item, names) if unknown is None else unknown
                if any(nearest(word, (local.name,)) is not None for word in unknown):
                    continue  # one of them (NX201) is probably a slip of this one: it would be read there
                text = f"`{local.name}` is never read"
                fix, others = alternatives(_rename(item, local), _remove(item, local))
                yield Draft(local.binding.span, text, fix=fix, unnecessary=True, others=others)


def _is_unused(local: Local) -> bool:
    return local.kind in _KINDS and not local.is_read and not local.name.startswith("_")


def _is_forced(item: ItemFacts, local: Local) -> bool:
    """Whether the author could not leave the name out: the construct says how many there are, or reads it itself."""
    around = local.owner.node
    if local.kind == "catch":
        return True
    if local.name == "result" and isinstance(around, ast.Flow):
        return True
    if local.kind != "parameter":
        return False
    if isinstance(around, ast.JobBody):
        return around.event == "on_failure"
    if isinstance(around, ast.Flow | ast.Function) and (_is_still_to_be_written(around) or _gets_request(around)):
        return True
    if isinstance(around, ast.Function):
        owner = item.node
        return isinstance(owner, ast.Trait) or (isinstance(owner, ast.Impl) and owner.trait is not None)
    return isinstance(around, ast.Lambda) and isinstance(item.parents.get(around), ast.Argument)


def _gets_request(function: ast.Flow | ast.Function) -> bool:
    """Whether all that a function takes is a request: a middleware is given one, whether it looks at it or not."""
    if len(function.params) != 1:
        return False
    (param,) = function.params
    is_typed = isinstance(param.type, ast.TypeName) and [one.text for one in param.type.path] == ["request"]
    return is_typed or param.name.text in ("req", "request")


def _is_still_to_be_written(function: ast.Flow | ast.Function) -> bool:
    """Whether all that a body does is to return nothing."""
    row = function.body.statements if function.body is not None else ()
    return len(row) == 1 and isinstance(row[0], ast.Return) and isinstance(row[0].value, ast.Null)


def _is_spoken_for(item: ItemFacts, names: Names, local: Local) -> bool:
    """Whether a word in a pattern means a variant and binds nothing, or a parameter is what stages run with."""
    if local.kind == "assigned" and any(one.declared.kind != "variable" for one in names.entries("value", local.name)):
        return True  # NX110
    use = item.scope.use_of.get(local.binding) if isinstance(local.binding, ast.Name) else None
    if use is not None and use.role == "variant" and names.is_variant(local.name):
        return True
    flow = local.owner.node
    is_input = isinstance(flow, ast.Flow) and bool(flow.params) and flow.params[0].name is local.binding
    return is_input and isinstance(flow, ast.Flow) and reads_input(item, names, flow)


def _unknown(item: ItemFacts, names: Names) -> set[str]:
    """The names that are read and that nothing declares."""
    words = {use.name.text for use in item.scope.uses if use.role in _READS and use.late is None and use.name.text}
    return {word for word in words if names.value(word) is None}


_READS = frozenset({"value", "contract"})


def _rename(item: ItemFacts, local: Local) -> Remedy | None:
    entry = item.parents.get(local.binding)
    if isinstance(entry, ast.PRecordEntry) and entry.pattern is None and local.writes == (local.binding,):
        text = f"{local.name}: _{local.name}"
        return replace(local.binding.span, text, f"Rename to `_{local.name}`", safe=False)
    if not is_free(item, local, reads=False):
        return None
    changes = tuple(Change(name.span, f"_{name.text}") for name in local.writes)
    return Remedy(f"Rename to `_{local.name}`", changes, safe=False)


def _remove(item: ItemFacts, local: Local) -> Remedy | None:
    """The only assignment; of a value that may do something, the value stays."""
    if len(local.writes) != 1:
        return None
    binding = item.parents.get(local.writes[0])
    statement = item.parents.get(binding) if isinstance(binding, ast.PName) else binding
    if not isinstance(statement, ast.Let | ast.Assign) or not isinstance(item.parents.get(statement), ast.Block):
        return None
    if _is_idle(statement.value):
        return replace(statement.span, "", f"Remove `{local.name}`", safe=False)
    if isinstance(statement.value, ast.Call | ast.Pipe | ast.Await):
        before = Span(statement.start, statement.value.start)
        word = "call" if isinstance(statement.value, ast.Call) else "value"
        return replace(before, "", f"Remove `{local.name}`, keep the {word}", safe=False)
    return None


def _is_idle(value: ast.Expr) -> bool:
    """Whether nothing happens when a value comes about."""
    if isinstance(value, ast.List | ast.Tuple | ast.Dict | ast.Binary | ast.Compare | ast.Member):
        return all(_is_idle(part) for part in ast.walk(value) if part is not value and isinstance(part, ast.Expr))
    return isinstance(value, _IDLE)


_IDLE = (ast.Str, ast.Raw, ast.Int, ast.Float, ast.Duration, ast.Bool, ast.Null, ast.Name, ast.Lambda)
"""Values that do nothing when they come about; a string may hold interpolations, which then go as well."""

RULE = NameRule("NX208", "unused-local", Severity.WARNING, check)
