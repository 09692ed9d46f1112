"""How much one run of an agent may answer, as far as its declaration says so."""

from __future__ import annotations

from nexa.compiler import ast

_DEFAULT_ROUNDS = 10
_DEFAULT_RETRIES = 3
_ATTEMPTS = ("max_attempts", "attempts", "count")


def most_tokens(agent: ast.Agent) -> int | None:
    """The most tokens of all answers of one run; None where nothing bounds them.

    Each round of tool calls is an answer, and so is each new attempt after an answer that did not fit what was asked
    for. Attempts that failed on the way to the model gave no answer.
    """
    limit = _integer(_decorated(agent.decorators, "limit", ("max_tokens",)) or _property(agent, "max_tokens"))
    if limit is None:
        return None
    rounds, retries = _counted(agent, "max_tool_calls", _DEFAULT_ROUNDS), _retries(agent)
    if rounds is None or retries is None:
        return None
    answers = 1 + (rounds if _has_tools(agent) else 0)
    return limit * answers * (1 + retries if _may_be_refused(agent) else 1)


def capped(decorators: tuple[ast.Decorator, ...], tokens: int | None) -> int | None:
    """What `@retry` and `@budget` on a flow make of what its body may use."""
    attempts = _decorated(decorators, "retry", _ATTEMPTS)
    if attempts is not None and tokens is not None:
        count = _integer(attempts)
        tokens = None if count is None else tokens * max(1, count)
    most = _integer(_decorated(decorators, "budget", ("max_tokens",)))
    return tokens if most is None else most if tokens is None else min(tokens, most)


def _retries(agent: ast.Agent) -> int | None:
    decorated = _decorated(agent.decorators, "retry", _ATTEMPTS)
    if decorated is not None:
        return _integer(decorated)
    return _counted(agent, "retry", _DEFAULT_RETRIES)


def _may_be_refused(agent: ast.Agent) -> bool:
    """Whether an answer may have to be given again: it has a schema, or must hold to a contract."""
    contracts = [*agent.contracts, *(one for one in agent.members if isinstance(one, ast.Contract))]
    has_schema = agent.implements or agent.returns or _property(agent, "output_schema") or _in_context(agent)
    return bool(has_schema) or any(one.clause == "ensures" for one in contracts)


def _in_context(agent: ast.Agent) -> bool:
    blocks = [one for one in agent.members if isinstance(one, ast.ContextBlock)]
    return any(one.key.text == "output_schema" for block in blocks for one in block.properties)


def _has_tools(agent: ast.Agent) -> bool:
    is_listed = any(isinstance(one, ast.Uses) for one in agent.members)
    return bool(agent.uses) or is_listed or any(_property(agent, key) for key in ("uses", "tools"))


def _counted(agent: ast.Agent, key: str, default: int) -> int | None:
    value = _property(agent, key)
    return default if value is None else _integer(value)


def _property(agent: ast.Agent, key: str) -> ast.Expr | None:
    found = [one.value for one in agent.members if isinstance(one, ast.Property) and one.key.text == key]
    return found[-1] if found else None


def _decorated(decorators: tuple[ast.Decorator, ...], name: str, keys: tuple[str, ...]) -> ast.Expr | None:
    return next((_argument(one, keys) for one in decorators if one.name.text == name), None)


def _argument(decorator: ast.Decorator, names: tuple[str, ...]) -> ast.Expr | None:
    """A named argument; the first positional one where there is no named one at all."""
    named = next((one.value for one in decorator.args if one.name is not None and one.name.text in names), None)
    is_bare = bool(decorator.args) and all(one.name is None for one in decorator.args)
    return decorator.args[0].value if named is None and is_bare else named


def _integer(node: ast.Expr | None) -> int | None:
    return node.value if isinstance(node, ast.Int) and node.value > 0 else None
