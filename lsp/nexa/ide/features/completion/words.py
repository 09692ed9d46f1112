"""Words of the language, and the names of types, tools, decorators and filters."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, FILTERS, STD_NAMESPACES, TYPE_ALIASES, TYPES
from nexa.ide.features.completion.candidates import Candidate
from nexa.ide.features.completion.expressions import declared
from nexa.ide.features.completion.place import Place


def types(place: Place) -> Iterator[Candidate]:
    """Declared types, then built-in ones under their own names."""
    yield from declared(place, "type")
    for name, doc in TYPES.items():
        yield Candidate(name, "type", "type", doc)
    for alias, name in TYPE_ALIASES.items():
        if place.prefix and alias.startswith(place.prefix):
            yield Candidate(alias, "type", f"type {name}", TYPES[name])


def decorators() -> Iterator[Candidate]:
    """Every decorator; with arguments where it takes some."""
    for name, decorator in DECORATORS.items():
        first = next(iter(decorator.entry.params or ()), None)
        snippet = f"{name}({first.name}: ${{1}})" if first else name
        yield Candidate(name, "decorator", decorator.entry.signature, decorator.entry.doc, snippet, name)


def filters() -> Iterator[Candidate]:
    """Every filter of `#{value | …}`."""
    for name, entry in FILTERS.items():
        is_called = bool(entry.params)
        yield Candidate(name, "filter", entry.signature, entry.doc, f"{name}(${{1}})" if is_called else "", name)


def usable(place: Place) -> Iterator[Candidate]:
    """What an agent may use: tools, functions, flows, other agents, and the standard library."""
    for candidate in declared(place, "value"):
        if candidate.kind in ("tool", "fn", "flow", "agent"):
            yield candidate
    for name, doc in STD_NAMESPACES.items():
        if name.count(".") == 1:
            yield Candidate(name, "namespace", "namespace", doc)


def keywords(place: Place) -> Iterator[Candidate]:
    """The words that may begin a statement, or an item of a file."""
    is_statement = isinstance(place.parent, ast.ExprStmt)
    if place.kind == "item":
        for word, snippet in _ITEMS.items():
            yield Candidate(word, "keyword", snippet=snippet)
    if place.kind == "item" or is_statement:
        for word, snippet in _STATEMENTS.items():
            yield Candidate(word, "keyword", snippet=snippet)
    for word in _EXPRESSIONS:
        yield Candidate(word, "keyword")


_ITEMS = {
    "agent": 'agent ${1:Name} {\n\trole: "${2}"\n\tprompt: "${0}"\n}',
    "flow": "flow ${1:main} {\n\t${0}\n}",
    "protocol": "protocol ${1:Name} {\n\t${2:field}: ${3:str}\n}",
    "fn": "fn ${1:name}(${2}) {\n\t${0}\n}",
    "tool": 'tool ${1:Name} {\n\tdescription: "${0}"\n}',
    "test": 'test "${1:title}" {\n\tassert ${0}\n}',
    "include": 'include "${0}"',
    "use config": "use config ${1:default}",
    "type": "type ${1:Name} = ${0}",
    "struct": "struct ${1:Name} {\n\t${0}\n}",
    "enum": "enum ${1:Name} {\n\t${0}\n}",
    "trait": "trait ${1:Name} {\n\t${0}\n}",
    "impl": "impl ${1:Trait} for ${2:Type} {\n\t${0}\n}",
    "job": 'job ${1:Name} on "${2:queue}" {\n\tperform(${3}) {\n\t\t${0}\n\t}\n}',
    "server": "server ${1:Name} ${2:8080} {\n\t${0}\n}",
    "db": "db ${1:name} = connect(${0})",
    "kv": 'kv ${1:name} = open("${0}")',
    "auth": "auth ${1:name} = enable_auth(${0})",
}

_STATEMENTS = {
    "let": "let ${1:name} = ${0}",
    "if": "if ${1:condition} {\n\t${0}\n}",
    "semantic_if": 'semantic_if "${1:condition}" against ${2:value} {\n\t${0}\n}',
    "for": "for ${1:item} in ${2:items} {\n\t${0}\n}",
    "while": "while ${1:condition} {\n\t${0}\n}",
    "loop": "loop {\n\t${1}\n} until (${0})",
    "match": "match ${1:value} {\n\t${2:pattern} => ${0}\n}",
    "try": "try {\n\t${1}\n} catch (${2:e}) {\n\t${0}\n}",
    "fork": "fork [${1:a} = ${2}, ${3:b} = ${4}]",
    "return": "return ${0}",
    "assert": "assert ${0}",
    "verify": "verify ${1:value} satisfies ${0}",
    "defer": "defer ${0}",
    "break": "break",
    "continue": "continue",
    "raise": "raise ${0}",
    "autoloop": "autoloop max_steps: ${1:10} {\n\t${0}\n}",
    "with_context": "with_context max_tokens: ${1:1000} {\n\t${0}\n}",
    "unharnessed": 'unharnessed ("${1:reason}") {\n\t${0}\n}',
}

_EXPRESSIONS = ("true", "false", "null", "not", "await", "fn", "if", "match", "semantic_if", "self")
