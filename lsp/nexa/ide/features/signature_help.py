"""What the call around the cursor takes, and which of it is being written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import BUILTIN_VARIANTS, DECORATORS, FILTERS, PROPERTIES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.symbol import entry_symbol, first_entry
from nexa.compiler.symbol_keys import called_symbol
from nexa.compiler.types.terms import AgentOf, Function, base_of
from nexa.ide.call_site import Called, CallSite, call_at, filter_in_template
from nexa.ide.place import Place, place_at, place_before
from nexa.ide.signature import source
from nexa.ide.signatures import Signature, of_agent, of_builtin, of_builtin_variant, of_fields, of_symbol, of_type


@dataclass(frozen=True, slots=True)
class SignatureHelp:
    """`active` is the index of the parameter that the cursor is in; None when the call has too many arguments."""

    signature: Signature
    active: int | None


def signature_help(project: Project, path: str, offset: int) -> SignatureHelp | None:
    """For the innermost call around an offset; None outside of calls, and where nobody knows what is called."""
    place = place_before(project, path, offset)
    if place is None:
        return None
    in_template = filter_in_template(place)
    if in_template is not None:
        name, index = in_template
        signature = of_builtin(FILTERS[name]) if name in FILTERS else None
        return None if signature is None else SignatureHelp(signature, _positional(signature, index))
    site = call_at(place)
    signature = _signature(place, site) if site is not None else None
    return None if site is None or signature is None else SignatureHelp(signature, _active(place, site, signature))


def _signature(place: Place, site: CallSite) -> Signature | None:
    match site.called:
        case str(name):
            return of_builtin(DECORATORS[name].entry) if name in DECORATORS else None
        case ast.Filter(name=name):
            return of_builtin(FILTERS[name.text]) if name.text in FILTERS else None
        case ast.StructLit(name=name):
            return _of_literal(place, name.text)
        case ast.VariantExpr(enum=enum, variant=variant) if enum.text in BUILTIN_VARIANTS:
            return of_builtin_variant(enum.text, variant.text)
        case ast.Call(callee=callee) | ast.Spawn(target=callee):
            return _of_value(place, callee) or _of_name(place, site.called, site.name, callee)
        case called:
            return _of_name(place, called, site.name, None)


def _of_value(place: Place, callee: ast.Expr) -> Signature | None:
    """What types say of the callee: an agent, or a function that a variable holds."""
    typed = place.typed
    kind = None if typed is None else typed.types.get(callee)
    kind = None if kind is None else base_of(kind)
    if isinstance(kind, AgentOf):
        entry = first_entry(place.names, "value", kind.name) if kind.name else None
        symbol = None if entry is None else entry_symbol(place.project, entry)
        return of_agent(place.names, kind, "" if symbol is None else symbol.doc)
    if isinstance(kind, Function) and kind.kind in ("lambda", "type"):
        return of_type(place.names, kind, source(callee, place.item.text))
    return None


def _of_name(place: Place, called: Called, argument: str, callee: ast.Expr | None) -> Signature | None:
    """What the declaration of the callee says, or else its type."""
    symbol = called_symbol(place.project, place.file, place.index, called)
    if symbol is not None and isinstance(symbol.node, Builtin):
        signature = of_builtin(symbol.node)
        return None if signature is None else _with_property(signature, symbol.node, argument)
    found = None if symbol is None else of_symbol(place.project, symbol)
    if found is not None or callee is None:
        return found
    typed = place.typed
    kind = None if typed is None else typed.types.get(callee)
    return None if kind is None else of_type(place.names, base_of(kind), source(callee, place.item.text))


def _with_property(signature: Signature, entry: Builtin, name: str) -> Signature:
    """`Agent.clone(temperature: …)` takes the properties of agents by their names."""
    spec = PROPERTIES["agent"].get(name) if entry.name == "clone" and entry.takes_any_name else None
    if spec is None:
        return signature
    doc = f"`{name}: {spec.value}`: {spec.doc}"
    return replace(
        signature, parameters=tuple(replace(one, doc=doc) if one.is_open else one for one in signature.parameters)
    )


def _of_literal(place: Place, name: str) -> Signature | None:
    entry = first_entry(place.names, "type", name)
    symbol = None if entry is None else entry_symbol(place.project, entry)
    own = None if symbol is None else place_at(place.project, symbol.path, symbol.span.start)
    if symbol is None or own is None or not isinstance(symbol.node, ast.Struct | ast.Protocol):
        return None
    return of_fields(own, symbol, symbol.node.fields, "{}")


def _active(place: Place, site: CallSite, signature: Signature) -> int | None:
    parameters = signature.parameters
    if site.name:
        named = [index for index, one in enumerate(parameters) if one.name == site.name and not one.is_rest]
        opened = [index for index, one in enumerate(parameters) if one.is_open]
        return next(iter([*named, *opened]), None)
    called = site.called
    if isinstance(called, ast.StructLit):
        given = {one.name.text for one in called.fields if one.name.end < place.inside}
        return next((index for index, one in enumerate(parameters) if one.name not in given), None)
    pipe = None if isinstance(called, str) else place.item.parents.get(called)
    is_piped = isinstance(pipe, ast.PipeCall) and pipe.right is called
    return _positional(signature, site.index + is_piped)


def _positional(signature: Signature, index: int) -> int | None:
    """The parameter that the `index`th value without a name fills."""
    for at, one in enumerate(signature.parameters):
        if one.is_rest or (at == index and not one.is_open):
            return at
    return None
