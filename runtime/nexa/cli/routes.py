"""`nexa routes`: what the servers of a program answer, without running it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from nexa.cli.opened import opened, shown, source_of, tell
from nexa.cli.output import say, write_out
from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts

Row = dict[str, Any]


@click.command("routes")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def command(file: str, as_json: bool) -> int:
    """List the routes of the servers of FILE and its includes, in the order of the text."""
    program = opened(source_of(file))
    errors = [one for one in program.errors if one.code != "NX690"]
    tell(program, errors)
    rows: list[Row] = []
    for path, each in program.program.files.items():
        for index, item in enumerate(each.items):
            if not isinstance(item.node, ast.Server):
                continue
            head = {"server": item.node.name.text if item.node.name else "", "port": _port(item.node)}
            for node, row in _rows(item, item.node.items, "", [], guarded=()):
                line, column = each.lines.position(each.starts[index] + node.start, "utf-32")
                rows.append({**head, **row, "path": shown(path), "line": line + 1, "column": column + 1})
    if as_json:
        write_out(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    elif rows:
        write_out(_table(rows))
    elif not errors:
        say(f"{file} has no routes.")
    return 1 if errors else 0


def _port(server: ast.Server) -> int | None:
    written = [one.value for one in server.items if isinstance(one, ast.Property) and one.key.text == "port"]
    value = server.port or (written[0] if written else None)
    return value.value if isinstance(value, ast.Int) else None


def _rows(
    item: ItemFacts, items: Iterable[ast.Node], prefix: str, around: list[str], guarded: tuple[str, ...]
) -> Iterator[tuple[ast.Node, Row]]:
    """The routes, folders and groups of a body, with their whole paths."""
    items = list(items)
    guarded += tuple(prefix + _text(item, one.path) for one in items if isinstance(one, ast.RequireAuth))
    for one in items:
        if isinstance(one, ast.Group):
            yield from _rows(item, one.items, prefix + _text(item, one.prefix).rstrip("/"), around, guarded)
        elif isinstance(one, ast.Static):
            yield one, _row("static", "GET", prefix + _text(item, one.url), _text(item, one.folder), guarded)
        elif isinstance(one, ast.Route):
            kind = "semantic" if one.semantic else "route"
            path = prefix + _text(item, one.path)
            row = _row(kind, one.method.text if one.method else None, path, _target(item, one), guarded)
            yield one, {**row, **_auth(item, one)}


def _row(kind: str, method: str | None, path: str, target: str, guarded: tuple[str, ...]) -> Row:
    from nexa.runtime.serving.paths import is_below

    is_guarded = any(is_below(path, one) for one in guarded)
    return {"kind": kind, "method": method, "route": path, "target": target, "auth": is_guarded}


def _auth(item: ItemFacts, route: ast.Route) -> Row:
    for one in route.properties:
        if one.key.text == "auth":
            return {"auth": item.source(one.value.span).strip("\"'") in ("required", "true")}
    return {}


def _target(item: ItemFacts, route: ast.Route) -> str:
    target = ast.target_of(route)
    return " ".join(item.source(target.span).split()) if target is not None else ""


def _text(item: ItemFacts, node: ast.Str) -> str:
    """A path; one that only the run knows as it is written."""
    return node.plain if node.plain is not None else item.source(node.span).strip("\"'")


def _table(rows: list[Row]) -> str:
    cells = [
        (row["server"] or "server", row["method"] or "any", row["route"], row["target"], _remarks(row)) for row in rows
    ]
    widths = [*(max(len(one[column]) for one in cells) for column in range(4)), 0]
    lines = ("  ".join(text.ljust(width) for text, width in zip(one, widths, strict=True)) for one in cells)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _remarks(row: Row) -> str:
    kind = "" if row["kind"] == "route" else row["kind"]
    return ", ".join(filter(None, (kind, "signed in" if row["auth"] else "")))
