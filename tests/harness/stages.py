"""Stages whose order of starting and finishing a test decides."""

from __future__ import annotations

import asyncio

from nexa.runtime.frame import Frame, entered
from nexa.runtime.judge import Verdict
from nexa.runtime.run import Run, enter


class Stage:
    """A stage that notes each input; `work` makes the output (default: `name(input)`), `gate` holds it back."""

    def __init__(self, name, work=None, *, gate=None, log=None, description=""):
        self.name = name
        self.description = description
        self.inputs = []
        self.log = log if log is not None else []
        self._work = work or (lambda value: f"{name}({value})")
        self._gate = gate

    async def run(self, value, *extra):
        self.inputs.append(value)
        self.log.append(f"+{self.name}")
        try:
            if self._gate is not None:
                await self._gate.wait()
            result = self._work(value)
        except asyncio.CancelledError:
            self.log.append(f"x{self.name}")
            raise
        if isinstance(result, BaseException):
            self.log.append(f"!{self.name}")
            raise result
        self.log.append(f"-{self.name}")
        return result


class FakeJudge:
    """Answers from what the test says: `verdicts` by condition, `label` for classifications, `merged` for merges."""

    def __init__(self):
        self.asked = []
        self.verdicts = {}
        self.label = None
        self.merged = None

    async def decide(self, condition, subject):
        self.asked.append(("decide", condition, subject))
        answer = self.verdicts.get(condition)
        return Verdict(bool(answer), 1.0, failed=answer is None)

    async def decide_once(self, condition, subject):
        return await self.decide(condition, subject)

    async def classify(self, subject, labels, question=None, descriptions=()):
        self.asked.append(("classify", subject, tuple(labels), question))
        return labels.index(self.label) if self.label in labels else None

    async def choose(self, subject, first, second):
        self.asked.append(("choose", subject, first, second))
        names = (first[0], second[0])
        return names.index(self.label) if self.label in names else None

    async def merge(self, candidates):
        self.asked.append(("merge", tuple(candidates)))
        if isinstance(self.merged, Exception):
            raise self.merged
        return self.merged


class Started:
    """A run without models that is current inside `with`; `lines` are its events."""

    def __init__(self, ambient="ambient", **settings):
        from nexa.runtime.config import Configuration, Secrets, Settings

        self.lines = []
        self.run = Run(Configuration(Secrets(environment={}), Settings(**settings)), sinks=[self.lines.append])
        self.run.judge = self.judge = FakeJudge()
        self._ambient = ambient

    def __enter__(self):
        self._undo = enter(self.run)
        self._frame = entered(Frame("main", self._ambient))
        self._frame.__enter__()
        return self

    def __exit__(self, *error):
        self._frame.__exit__(*error)
        self._undo()

    def events(self, *names):
        return [line for line in self.lines if line["event"] in names]

    @property
    def logged(self):
        return [line["text"] for line in self.events("log")]
