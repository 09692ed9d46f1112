"""Made-up Nexa programs of any length, deterministic and free of findings, for the benchmarks."""

from __future__ import annotations

from itertools import count, islice

_BLOCK = '''\
// Notes on part {n}: one protocol, three agents, two flows.
protocol Report{n} {{
    title: str,
    score: float,
    tags: list[str],
    remark: str?
}}

/// Looks a topic up in index {n}.
@tool("Look up a topic in index {n}")
fn lookup{n}(query: str, limit: int = {limit}) -> str {{
    hits = ["#{{query}} {n}", "分析 {n}"]
    return hits.join(", ") + " (#{{limit}})"
}}

agent Analyst{n} implements Report{n} {{
    role: "Analyst {n}"
    model: "mock/analyst"
    prompt: """
        Weigh the evidence on the topic.
        Score it from 0 to 10.
    """
}}
agent Writer{n} uses lookup{n} {{ role: "Writer {n}", prompt: "Write one paragraph from the notes." }}
agent Critic{n} {{ role: "Critic {n}", prompt: "Name the weakest sentence." }}

flow study{n}(topic: str, depth: int = 2) -> str
    requires depth > 0
{{
    report = Analyst{n}.run(topic)
    notes = topic |>> [Writer{n}, Critic{n}] &>> Writer{n}
    if report.score > {limit} and depth < 5 {{
        return "#{{report.title | upper}}: #{{notes}}"
    }}
    answer = match topic {{
        intent("asks about money") => Writer{n}.run(report.title),
        _ => Critic{n}.run(notes)
    }}
    return answer
}}

flow rank{n}(topics: list[str]) -> dict {{
    scores = {{}}
    for each index, topic in topics {{
        text = study{n}(topic, index + 1) otherwise "nothing on #{{topic}}"
        scores[topic] = len(text) * {limit} + index
    }}
    return scores
}}
'''


def program(lines: int, seed: int = 0) -> str:
    """A program of exactly `lines` lines; `seed` shifts its names so that several files do not clash."""
    entry = ["", "flow main {", f'    print(rank{seed * 10_000}(["tides", "paper"]))', "}"]
    blocks = (_BLOCK.format(n=seed * 10_000 + n, limit=n % 9 + 1).splitlines() for n in count())
    body: list[str] = []
    for block in blocks:
        if len(body) + len(block) + len(entry) + 1 > lines:
            break
        body += ["", *block] if body else block
    if not body:
        entry = ["flow main {", '    print("nothing yet")', "}"]
    filler = [f"// line {n}" for n in islice(count(), max(0, lines - len(body) - len(entry)))]
    return "\n".join([*body, *filler, *entry][:lines]) + "\n"
