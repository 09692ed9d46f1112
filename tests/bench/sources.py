"""Made-up Nexa programs of any length, deterministic and free of findings, for the benchmarks."""

from __future__ import annotations

from itertools import count

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
fn lookup{n}(topic: str, limit: int = {limit}) -> str {{
    hits = ["#{{topic}} {n}", "分析 {n}"]
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
    scores = {{"parts before": {before}}}
    for each index, topic in topics {{
        written = study{n}(topic, index + 1) otherwise "nothing on #{{topic}}"
        scores[topic] = len(written) * {limit} + index
    }}
    return scores
}}
'''


def program(lines: int, seed: int = 0) -> str:
    """A program of exactly `lines` lines; `seed` shifts its names so that several files do not clash.

    Each part uses the one before, and `main` the last, so that nothing is unused.
    """
    first = seed * 10_000
    body: list[str] = []
    used = "{}"
    for n in count(first):
        before = "0" if n == first else f"len(rank{n - 1}(topics))"
        block = _BLOCK.format(n=n, limit=n % 9 + 1, before=before).splitlines()
        if len(body) + len(block) + 6 > lines:
            break
        body += ["", *block] if body else block
        used = f'rank{n}(["tides", "paper"])'
    entry = ["", "flow main {", f"    print({used})", "}"]
    filler = [f"// line {n}" for n in range(max(0, lines - len(body) - len(entry)))]
    return "\n".join([*body, *filler, *entry][-lines:]) + "\n"
