"""Programs written by taking what is offered: every word that is not new is there before it is half typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from harness.accepting import inserted
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.ide.features.completion import completion
from nexa.syntax import Edit

PATH = "/x/main.nx"
IN_SIGHT = 5
"""Rows that somebody looks at before typing another letter."""
PATIENCE = 3
"""Letters that somebody types before giving up on the list."""


@dataclass
class Writer:
    """Types a text character by character; `tail` stands behind the cursor all the time."""

    target: str
    tail: str = ""
    text: bytes = b""
    taken: dict[str, int] = field(default_factory=dict)
    """What was taken from the list, and after how many letters at most."""
    written: list[str] = field(default_factory=list)
    """The words that were typed to their end."""
    nothing: list[str] = field(default_factory=list)
    """What was typed where nothing is offered."""

    def write(self) -> None:
        self.file = File.parse(PATH, self.tail.encode())
        self.project = Project(Settings(), lambda _: None).with_file(self.file)
        at = 0
        while at < len(self.target):
            word = re.match(r"[^\W\d]\w*", self.target[at:])
            at += self.word(at, word[0]) if word else self.type(self.target[at])
        assert self.text.decode() == self.target

    def type(self, text: str) -> int:
        offset = len(self.text)
        self.text += text.encode()
        edit = Edit(offset, offset, len(self.text))
        self.file = self.file.edited([edit], self.text + self.tail.encode())
        self.project = self.project.with_file(self.file)
        return len(text)

    def word(self, at: int, word: str) -> int:
        """Take a word from the list as soon as it is in sight, or type it."""
        for letters in range(min(len(word), PATIENCE + 1)):
            found = completion(self.project, PATH, len(self.text))
            for candidate in found.candidates[:IN_SIGHT] if found else ():
                new = inserted(candidate, snippets=False)
                if self.target[at:].startswith(new) and len(new) > letters:
                    assert found.span.end == len(self.text)
                    self.taken[candidate.label] = max(letters, self.taken.get(candidate.label, 0))
                    return letters + self.type(new[letters:])
            if letters < len(word):
                self.type(word[letters])
        self.written.append(word)
        done = min(len(word), PATIENCE + 1)
        self.type(word[done:])
        return len(word)


TICKETS = """\
protocol Ticket {
    customer: str
    urgency: int
}
agent Intake implements Ticket {
    role: "Clerk"
    prompt: "Fill in."
    memory: none
}
agent Desk {
    prompt: "Answer."
    context { input_schema: Ticket }
}
flow main(message: str) {
    ticket = Intake.run(message)
    answer = ticket >> Desk otherwise null
    if ticket.urgency >= 4 and true {
        print("#{ticket.customer | upper}")
    } else {
        return answer
    }
}
"""
NEW = {"Ticket", "customer", "urgency", "Intake", "Desk", "main", "message", "ticket", "answer"}
TEXT = {"Clerk", "Fill", "in", "Answer"}

SHAPES = """\
enum Shape { Circle(r: float), Empty }
struct Request { title: str, amount: float }
@tool("Look up") fn search(query: str) -> str { return query }
flow area(shape: Shape) -> float {
    size = match shape {
        Shape::Circle(radius) => radius
        Shape::Empty => 0.0
    }
    let request = Request(title: "a", amount: size)
    for letter in request.title.lines() {
        pass letter to shape
    }
    verify request satisfies "is small"
    return request.amount
}
"""
NEW_SHAPES = {"Shape", "Circle", "r", "Empty", "Request", "title", "amount", "search", "query", "area", "shape", "size"}
NEW_SHAPES |= {"radius", "request", "letter"}


@pytest.mark.parametrize("tail", ["", "\n\nagent Other { prompt: 'p' }\nflow other { print(1) }\n"])
@pytest.mark.parametrize(
    ("text", "new"), [(TICKETS, NEW | TEXT), (SHAPES, NEW_SHAPES | {"Look", "up", "a", "is", "small"})]
)
def test_a_program_is_written_with_what_is_offered(text, new, tail):
    writer = Writer(text, tail)
    writer.write()
    unexpected = [word for word in writer.written if word not in new]
    assert not unexpected, f"typed in full: {unexpected}; taken: {writer.taken}"
    assert len(writer.written) <= len(new) + 4, writer.written
