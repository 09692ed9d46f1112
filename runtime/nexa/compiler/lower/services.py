"""Jobs, servers and handles (language reference, section 2.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, Literal, cast

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression, function_body, unread
from nexa.compiler.lower.heads import Attached, decorators, head
from nexa.compiler.lower.literals import integer
from nexa.compiler.lower.members import block_property, properties
from nexa.compiler.lower.names import dotted_expression, name, word
from nexa.compiler.lower.params import parameters
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.statements import contract, keyword
from nexa.compiler.lower.strings import literal
from nexa.syntax import Node

METHODS: Final = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")


def job(reading: Reading, node: Node, attached: Attached) -> ast.Job:
    """`job Name on "queue" (…) { … }`."""
    queue = node.child_by_field_name("queue")
    return ast.Job(
        *head(reading, node, attached, "job"),
        name(reading, node.child_by_field_name("name"), node.end_byte),
        decorators(reading, node),
        literal(reading, queue, 0) if queue is not None else None,
        tuple(block_property(reading, child) for child in node.children_by_field_name("options")),
        properties(reading, node),
        tuple(_job_body(reading, child) for child in node.named_children if child.type == "job_body"),
    )


def _job_body(reading: Reading, node: Node) -> ast.JobBody:
    event: Literal["perform", "on_failure"] = "perform"
    if reading.text.startswith(b"on_failure", node.start_byte):
        event = "on_failure"
    params = parameters(reading, node.child_by_field_name("params"))
    body = function_body(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, event)
    return ast.JobBody(node.start_byte - reading.base, node.end_byte - reading.base, event, place, params, body)


def server(reading: Reading, node: Node, attached: Attached) -> ast.Server:
    """`server Name 8080 { … }`."""
    named, port = node.child_by_field_name("name"), node.child_by_field_name("port")
    return ast.Server(
        *head(reading, node, attached, "server"),
        name(reading, named, 0) if named is not None else None,
        integer(reading, port) if port is not None else None,
        _items(reading, node),
    )


def _items(reading: Reading, node: Node) -> tuple[ast.BodyMember, ...]:
    """What stands in the body of a server or group; NX101 for two on one line, where the first must end in some way."""
    items = [child for child in node.named_children if child.type in _ITEMS]
    for before, behind in pairwise(items):
        if before.type in _ENDING and not before.has_error and _touches(reading.text, before, behind):
            end = before.start_byte + len(reading.text[before.start_byte : before.end_byte].rstrip())
            first = _WORD.match(reading.text, behind.start_byte)
            if first is not None:
                reading.slip("NX101", *first.span(), f"`{first[0].decode()}`", spans=(reading.span(end, end),))
    return tuple(_ITEMS[child.type](reading, child) for child in items)


_ENDING: Final = frozenset({"static_item", "middleware", "require_auth", "route"})
"""Items that end as statements do."""
_WORD: Final = re.compile(rb"[A-Za-z_]+")


def _touches(text: bytes, before: Node, behind: Node) -> bool:
    """Whether nothing ends an item before the next one."""
    last = text[before.start_byte : before.end_byte].rstrip()[-1:]
    gap = text[before.end_byte : behind.start_byte]
    return last not in (b";", b",", b"}") and not re.search(rb"[\r\n;]", gap)


def _static(reading: Reading, node: Node) -> ast.Static:
    url = literal(reading, node.child_by_field_name("url"), node.end_byte)
    folder = literal(reading, node.child_by_field_name("folder"), node.end_byte)
    return ast.Static(node.start_byte - reading.base, max(folder.end, url.end), url, folder)


def _header_rules(reading: Reading, node: Node) -> ast.HeaderRules:
    kind: Literal["cors", "csp"] = "csp" if reading.text.startswith(b"csp", node.start_byte) else "cors"
    rules = expression(reading, node.child_by_field_name("rules"), node.end_byte)
    return ast.HeaderRules(node.start_byte - reading.base, rules.end, kind, keyword(reading, node, kind), rules)


def _middleware(reading: Reading, node: Node) -> ast.Middleware:
    names = tuple(dotted_expression(reading, child) for child in node.children_by_field_name("names"))
    place = keyword(reading, node, "middleware")
    return ast.Middleware(node.start_byte - reading.base, node.end_byte - reading.base, place, names)


def _require_auth(reading: Reading, node: Node) -> ast.RequireAuth:
    path = literal(reading, node.child_by_field_name("path"), node.end_byte)
    return ast.RequireAuth(node.start_byte - reading.base, path.end, keyword(reading, node, "require_auth"), path)


def _route(reading: Reading, node: Node) -> ast.Route:
    route_word = next((child for child in node.children if child.type == "route"), node)
    method = node.child_by_field_name("method")
    target, body = node.child_by_field_name("target"), node.child_by_field_name("body")
    if method is not None:
        _check_method(reading, method)
    return ast.Route(
        node.start_byte - reading.base,
        node.end_byte - reading.base,
        reading.span(route_word.start_byte, route_word.start_byte + len("route")),
        node.child_by_field_name("semantic") is not None,
        word(reading, method, 0) if method is not None else None,
        literal(reading, node.child_by_field_name("path"), node.end_byte),
        expression(reading, target, 0) if target is not None else None,
        properties(reading, body),
        _contracts(reading, body),
    )


def _check_method(reading: Reading, node: Node) -> None:
    text = reading.text[node.start_byte : node.end_byte].decode("utf-8", "replace")
    if text and text not in METHODS:
        expected = ", ".join(METHODS[:-1]) + f" or {METHODS[-1]}"
        reading.slip("NX100", node.start_byte, node.end_byte, f"`{text}`", expected)


def _contracts(reading: Reading, node: Node | None) -> tuple[ast.Contract, ...]:
    if node is None:
        return ()
    return tuple(contract(reading, child) for child in node.named_children if child.type == "contract")


def _group(reading: Reading, node: Node) -> ast.Group:
    prefix = literal(reading, node.child_by_field_name("prefix"), node.end_byte)
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    return ast.Group(start, end, keyword(reading, node, "group"), prefix, _items(reading, node))


def handle(reading: Reading, node: Node, attached: Attached) -> ast.Handle:
    """`db x = …`, `kv x { … }`."""
    family_node = node.child_by_field_name("family")
    text = reading.text[family_node.start_byte : family_node.end_byte].decode() if family_node is not None else "db"
    value, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    return ast.Handle(
        *head(reading, node, attached, text),
        cast("Literal['db', 'kv', 'auth']", text),
        name(reading, node.child_by_field_name("name"), node.end_byte),
        expression(reading, value, 0) if value is not None else None,
        properties(reading, body),
        _contracts(reading, body),
    )


_ITEMS: Final[dict[str, Callable[[Reading, Node], ast.BodyMember]]] = {
    "static_item": _static,
    "header_rules": _header_rules,
    "middleware": _middleware,
    "require_auth": _require_auth,
    "route": _route,
    "group": _group,
    "property": block_property,
    "ERROR": unread,
}
