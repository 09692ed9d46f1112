"""What is offered is legal where it is offered: whatever somebody takes, no mistake of syntax comes of it."""

from __future__ import annotations

import pytest

from harness.accepting import accepted
from harness.cursor import snapshot
from nexa.compiler.file import File
from nexa.ide.features.completion import Candidate, Completion, completion

DECLARED = """
protocol Draft { title: str, score: float }
enum Shape { Circle(r: float), Empty }
struct Request { title: str, owner: str = "x" }
trait Shown { fn show() -> str }
agent Writer implements Draft { prompt: "p" }
agent Critic { prompt: "p", context { input_schema: Draft } }
@tool("Look up") fn search(query: str, limit: int = 3) -> str { return query }
flow study(topic: str) -> str { return topic }
kv cache = open(":memory:")
job Nightly { perform(day: str) { print(day) } }
"""

PLACES = {
    "item": "$0\n",
    "item between others": "agent A { prompt: 'a' }\n$0\nagent B { prompt: 'b' }",
    "statement": "flow main {\n    $0\n}",
    "statement before another": "flow main {\n    $0\n    print(1)\n}",
    "statement in a loop": "flow main {\n    for x in [1] {\n        $0\n    }\n}",
    "statement behind an if": "flow main {\n    if true { }\n    $0\n}",
    "statement behind a try": "flow main {\n    try { }\n    $0\n}",
    "statement behind a loop": "flow main {\n    loop { }\n    $0\n}",
    "on the line of a loop": "flow main {\n    loop { } $0\n}",
    "script behind an if": "if true { }\n$0\n",
    "lambda": "flow main {\n    f = fn(x) { $0 }\n}",
    "value": "flow main {\n    x = $0\n}",
    "value of a type": "flow main {\n    let x: Shape = $0\n}",
    "value in a call": "flow main {\n    print($0)\n}",
    "argument": "flow main {\n    search($0)\n}",
    "value in a list": "flow main {\n    x = [1, $0]\n}",
    "value in a condition": "flow main {\n    if $0 { }\n}",
    "value in a string": 'flow main {\n    print("#{$0}")\n}',
    "behind return": "flow f() -> Draft {\n    return $0\n}",
    "behind await": "flow main {\n    x = await $0\n}",
    "behind an operator": "flow main {\n    x = 1 + $0\n}",
    "behind >>": "flow main {\n    x = 'a' >> $0\n}",
    "behind |>>": "flow main {\n    x = 'a' |>> $0\n}",
    "in a fan-out": "flow main {\n    x = 'a' |>> [$0]\n}",
    "behind |>": "flow main {\n    x = 'a' |> $0\n}",
    "behind ||": "flow main {\n    'a' || $0\n}",
    "behind &&": "flow main {\n    x = ['a'] && $0\n}",
    "behind ?? :": "flow main {\n    x = 'a' ?? Writer : $0\n}",
    "in a join": "flow main {\n    x = join($0).Writer(1)\n}",
    "behind spawn": "flow main {\n    x = spawn $0\n}",
    "behind raise": "flow main {\n    raise $0\n}",
    "behind an operand": "flow main {\n    x = search('a') $0\n}",
    "behind a statement": "flow main {\n    print(1) $0\n}",
    "behind a condition": "flow main {\n    if cache $0 { }\n}",
    "behind verify": "flow main {\n    verify cache $0\n}",
    "behind a fork": "flow main {\n    x = fork [a = 1, b = 2] $0\n}",
    "behind merge": "flow main {\n    x = fork [a = 1, b = 2] merge $0\n}",
    "behind a member's dot": "flow main {\n    x = Writer.$0\n}",
    "behind std": "flow main {\n    x = std.fs.$0\n}",
    "behind an enum": "flow main {\n    x = Shape::$0\n}",
    "arm": "flow f(s: Shape) {\n    match s {\n        $0\n    }\n}",
    "arm of a text": "flow f(s: str) {\n    match s {\n        $0\n    }\n}",
    "arm of a record": "flow f(s: Draft) {\n    match s {\n        $0\n    }\n}",
    "arm of a list": "flow f(s: list[str]) {\n    match s {\n        $0\n    }\n}",
    "arm of an option": "flow f(s: Shape?) {\n    match s {\n        $0\n    }\n}",
    "arm with its arrow": "flow f(s: Shape) {\n    match s {\n        $0 => 1\n    }\n}",
    "variant of an arm": "flow f(s: Shape) {\n    match s {\n        Shape::$0\n    }\n}",
    "arm's value": "flow f(s: Shape) {\n    match s {\n        _ => $0\n    }\n}",
    "record pattern": "flow f(s: Draft) {\n    let {$0} = s\n}",
    "struct literal": "flow main {\n    x = Request { $0 }\n}",
    "keys of a record": "flow main {\n    Critic.run({$0})\n}",
    "keys of a job": "flow main {\n    Nightly.enqueue({$0})\n}",
    "behind is": "flow f(s: any) {\n    x = s is $0\n}",
    "type of a parameter": "flow f(x: $0) { }",
    "type of an element": "flow f(x: list[$0]) { }",
    "result": "flow f() -> $0 { }",
    "type of a field": "protocol P { a: $0 }",
    "alias": "type X = $0\n",
    "error": "flow main {\n    try { } catch (e: $0) { }\n}",
    "implements": "agent A implements $0 { prompt: 'p' }",
    "uses": "agent A uses $0 { prompt: 'p' }",
    "head of an agent": "agent A $0 { prompt: 'p' }",
    "head of a flow": "flow f() $0 { }",
    "head of a job": "job J $0 { }",
    "impl": "impl $0 for Request { }",
    "target of an impl": "impl Shown for $0 { fn show() -> str { return '' } }",
    "body of an impl": "impl Request { $0 }",
    "body of a trait": "trait T { $0 }",
    "member of an agent": "agent A {\n    $0\n}",
    "member of an agent on one line": 'agent A { prompt: "p", $0 }',
    "context": "agent A { context { $0 } }",
    "memory": "agent A { memory: $0\n}",
    "model": "agent A { model: $0\n}",
    "fallback": "agent A { fallback: $0\n}",
    "stream": "agent A { stream: $0\n}",
    "role": "agent A { role: $0\n}",
    "schema": "agent A { output_schema: $0\n}",
    "inherit": "agent A { context { inherit: [$0] } }",
    "tool": "tool T {\n    $0\n}",
    "job": "job J {\n    $0\n}",
    "options of a job": "job J (priority: $0) { }",
    "server": "server S 80 {\n    $0\n}",
    "route": "server S 80 {\n    route $0 '/' => study\n}",
    "target": "server S 80 {\n    route GET '/' => $0\n}",
    "body of a route": "server S 80 {\n    route GET '/' { $0 }\n}",
    "middleware": "server S 80 {\n    middleware [$0]\n}",
    "handle": "db d { $0 }",
    "autoloop": "flow main {\n    autoloop max_steps: 3, $0 { }\n}",
    "with_context": "flow main {\n    with_context strategy: $0 { }\n}",
    "decorator": "@$0\nflow f() { }",
    "decorator of a function": "@$0\nfn f() { }",
    "argument of @tool": '@tool("x", $0)\nfn f() { }',
    "risk": '@tool("x", risk_level: $0)\nfn f() { }',
    "filter": 'flow f(x) {\n    print("#{x | $0}")\n}',
    "contract": "flow f(x: str) requires $0 { }",
    "inline contract": "flow f(x: str) {\n    requires $0\n}",
    "library": "//- lib.nxlib\n$0\n",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES.keys())
def test_what_is_offered_is_legal(text):
    marker = "//- lib.nxlib\n" if text.startswith("//-") else ""
    project, path, offset = snapshot(marker + DECLARED + text.removeprefix(marker))
    found = completion(project, path, offset)
    assert found is not None
    before = project.file(path).text
    wrong = [slip for candidate in found.candidates if (slip := slips(path, before, found, candidate))]
    assert not wrong, "\n\n".join(wrong)


def slips(path: str, before: bytes, found: Completion, candidate: Candidate) -> str:
    """What is wrong with the text after a candidate was taken, however its empty stops are filled; "" when nothing is.

    A stop may be meant for a value or for members of a body, so that one of the two has to do.
    """
    if candidate.insert.endswith((" ", '"')) and not candidate.snippet:
        return ""  # to be gone on with
    shown = ""
    for filler in ("x", ""):
        after, _ = accepted(before, found, candidate, filler=filler)
        read = [slip for item in File.parse(path, after).items for slip in item.slips if slip.code != "NX123"]
        if not read:
            return ""
        text = after[found.span.start - 20 : found.span.start + 80].decode()
        shown += f"{candidate.label}: {[(one.code, one.words) for one in read]}\n{text}\n"
    return shown
