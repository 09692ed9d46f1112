"""A credential stands in the source code.

Whoever can read the program, its history or a log of its build has the key, too. Secrets belong in a `.nxs` file,
which stays out of version control, or into the environment; the program reads them with `secret("NAME")`.

What is recognised: keys of OpenAI and Anthropic (`sk-…`), GitHub (`ghp_…`), AWS (`AKIA…`), Google and Slack, private
keys in PEM form, and 32 or more hexadecimal or Base64 characters under a name that holds `key`, `token`, `secret` or
`password`. No message repeats any of it.

Bad:

    flow main {
        key = "sk-abcdefghijklmnopqrstuvwx0123456789"
            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ NX601: credential in source code; move it to a `.nxs` file and read it with `secret("API_KEY")`
        print(len(key))
    }

Good:

    flow main {
        key = secret("API_KEY")
        print(len(key))
    }
    //- keys.nxs
    config default { API_KEY = "replace-me" }
"""  # noqa: E501  # a marker is one line

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.chains import key_text
from nexa.compiler.credentials import is_random, may_have_shape, shape_of
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Strings of every kind, and Python blocks."""
    has_shape = may_have_shape(item.text)
    kinds: list[ast.Str | ast.Raw | ast.Template | ast.Python]
    kinds = [*item.of(ast.Str), *item.of(ast.Raw), *item.of(ast.Template), *item.of(ast.Python)]
    for literal in kinds:
        if literal.end - literal.start < (_SHORTEST if has_shape else _RANDOM):
            continue
        name = shape_of(_text(literal)) if has_shape else ""
        if not name and not _is_random(literal):
            continue
        key = _key(item, literal)
        if name or (key is not None and any(word in key.lower() for word in _TELLING)):
            word = key.upper() if key is not None and (_says_much(key) or not name) else name
            text = f'credential in source code; move it to a `.nxs` file and read it with `secret("{word}")`'
            yield Draft(literal.span, text, fix=_read_instead(item, names, literal, word))


_SHORTEST = len('"sk-"') + 16
_RANDOM = 32
_TELLING = ("key", "token", "secret", "password")


def _text(literal: ast.Str | ast.Raw | ast.Template | ast.Python) -> str:
    """What is written; what stands in interpolations has strings of its own."""
    if isinstance(literal, ast.Str):
        return "\0".join(part.value for part in literal.parts if isinstance(part, ast.Text))
    return literal.code if isinstance(literal, ast.Python) else literal.text


def _is_random(literal: ast.Node) -> bool:
    text = literal.plain if isinstance(literal, ast.Str) else literal.text if isinstance(literal, ast.Raw) else None
    return text is not None and is_random(text)


def _says_much(key: str | None) -> bool:
    """Whether a name tells what the secret is for, and more than that it is one."""
    return key is not None and key.isidentifier() and key.lower() not in _TELLING and "_" in key


def _key(item: ItemFacts, literal: ast.Node) -> str | None:
    """The name of what is given the value."""
    parent = item.parents.get(literal)
    if isinstance(parent, ast.Property | ast.ConfigItem):
        return parent.key.text
    if isinstance(parent, ast.Entry) and parent.value is literal:
        return key_text(parent.key)
    if isinstance(parent, ast.Argument | ast.StructFieldValue | ast.Param | ast.Field | ast.StructField):
        return parent.name.text if parent.name is not None else None
    if isinstance(parent, ast.Assign):
        return _last_name(parent.target)
    if isinstance(parent, ast.Let) and isinstance(parent.pattern, ast.PName):
        return parent.pattern.name.text
    return None


def _last_name(target: ast.Expr) -> str | None:
    if isinstance(target, ast.Index):
        return target.index.plain if isinstance(target.index, ast.Str) else None
    name = target.member if isinstance(target, ast.Member) else target
    return name.text if isinstance(name, ast.Name) else None


def _read_instead(item: ItemFacts, names: Names, literal: ast.Node, word: str) -> Remedy | None:
    """Only the string goes: an edit that carried the value elsewhere would show it."""
    parent = item.parents.get(literal)
    is_value = isinstance(parent, _VALUES) or (isinstance(parent, ast.Property) and parent.key.text not in _SAID)
    if not is_value or isinstance(literal, ast.Python | ast.Template) or names.entries("value", "secret"):
        return None
    if any(local.name == "secret" for function in item.scope.functions.values() for local in function.locals):
        return None
    return replace(literal.span, f'secret("{word}")', f'Read it with `secret("{word}")`', safe=False)


_VALUES = (
    *(ast.Assign, ast.Let, ast.Argument, ast.Entry, ast.Return, ast.Call, ast.Param, ast.List, ast.Tuple),
    *(ast.StructFieldValue, ast.Coalesce, ast.Otherwise, ast.Conditional, ast.Arm),
)
_SAID = frozenset({"prompt", "role", "description"})
"""Properties that a model reads: a secret would leak there (NX602)."""

RULE = NameRule("NX601", "credential-in-source", Severity.ERROR, check, torn="any")
