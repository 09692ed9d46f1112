"""Runs the rules: over one item, and over a program. A bug in one rule loses that rule's findings, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

from nexa.compiler.ast import Node
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.healthy import certain_names
from nexa.compiler.infer.solve import Solver, Typed
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.rule import (
    AllowRule,
    Draft,
    FileRule,
    Finding,
    NameRule,
    ProgramDraft,
    ProgramRule,
    Rule,
    SyntaxRule,
    Told,
    TypeRule,
)
from nexa.compiler.rules import RULES
from nexa.compiler.table import View

Report = Callable[[Rule, BaseException], None]
"""Called with a rule that has a bug, and what it raised."""

Drafted = tuple[Rule, Draft]

AskNames = Callable[[ItemFacts, Names], Iterable[Draft]]

Lively = tuple[Rule, Callable[[ItemFacts], Draft]]
"""What has a place inside an item: asked for again when the item is another one."""

OfProgram = tuple[dict[int, tuple[Drafted, ...]], dict[int, tuple[Lively, ...]]]
"""What rules over a program say of the items of a file, by their index; -1 stands for the start of the file."""

ProgramSaid = Mapping[str, OfProgram]
"""By the path of the file."""

NOTHING_OF_PROGRAM: OfProgram = ({}, {})

_TYPES = {rule.code: (rule, rule.typed) for rule in RULES if isinstance(rule, NameRule | TypeRule) and rule.typed}
_SYNTAX = {rule.code: rule for rule in RULES if isinstance(rule, SyntaxRule)}
_NAMES = [
    (rule, check)
    for rule in RULES
    if (check := rule.check if isinstance(rule, NameRule) else rule.names if isinstance(rule, SyntaxRule) else None)
]
_PROGRAM = [
    (rule, rule.program if isinstance(rule, NameRule) else rule.check)
    for rule in RULES
    if (isinstance(rule, NameRule) and rule.program) or (isinstance(rule, ProgramRule) and not rule.only_runs)
]
_OF_TORN = {
    said: [rule for rule in RULES if isinstance(rule, NameRule) and rule.torn == said] for said in ("healthy", "any")
}
_FILES = [rule for rule in RULES if isinstance(rule, FileRule)]
_ALLOWS = [rule for rule in RULES if isinstance(rule, AllowRule)]
_Said = TypeVar("_Said")
BY_CODE = {rule.code: rule for rule in RULES}
_RUNS = [rule for rule in RULES if isinstance(rule, ProgramRule) and rule.only_runs]


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the rules that ask for names and types said of an item, and the answers that it rests on.

    `names` holds what the rules inferred; what they asked for besides that is among the answers of `typed`.
    """

    typed: Typed
    names: Names
    drafts: tuple[Drafted, ...]

    @property
    def rests_on_bodies(self) -> bool:
        """Whether inferred types of other items matter."""
        return bool(self.typed.names.inferences or self.names.inferences)


def syntax_drafts(item: ItemFacts, report: Report) -> tuple[Drafted, ...]:
    """What the rules that need nothing but the item say."""
    if item.mistakes is None:
        found: list[Drafted] = []
        for code in dict.fromkeys(slip.code for slip in item.slips):
            rule = _SYNTAX.get(code)
            if rule is not None:
                found += _guarded(rule, lambda rule=rule: rule.check(item), report)  # type: ignore[misc]  # bound now
        item.mistakes = tuple(found)
    return item.mistakes


def checked(item: ItemFacts, typed: Typed, view: View, solver: Solver, report: Report) -> Checked:
    """What the rules that ask for names and types say."""
    names = Names(view, item.node, solver.result, typed.names)
    drafts: list[Drafted] = []
    # Of a torn item little is known: what seems undeclared or unused may be in the part that cannot be read.
    if item.is_broken:
        drafts = _certain(item, names, report)
    for rule, check in () if item.is_broken else _asked_about(item.kinds):
        try:  # as `_guarded` does, without its calls: this is where every rule meets every item
            drafts += [(rule, draft) for draft in check(item, names)]
        except Exception as bug:
            report(rule, bug)
    for clash in () if item.is_broken else typed.clashes:
        found = _TYPES.get(clash.code)
        if found is not None:
            rule, told = found
            drafts += _guarded(rule, lambda told=told, clash=clash: told(Told(item, names, clash)), report)  # type: ignore[misc]  # bound now
    names.settle()
    item.settle()
    # The rules rarely infer anything: then their answers are those of `typed`, which shares all others with them.
    return Checked(typed, names if names.inferences else typed.names, tuple(drafts))


def _certain(item: ItemFacts, names: Names, report: Report) -> list[Drafted]:
    """What is certain of a torn item: that names in healthy statements have no meaning, and what parts tell."""

    def said(how: str) -> list[Drafted]:
        return [one for rule in _OF_TORN[how] for one in _guarded(rule, partial(rule.check, item, names), report)]

    found = [one for one in said("healthy") if one[1].unknown]
    is_certain = certain_names(item) if found else None
    return [one for one in found if is_certain is not None and is_certain(one[1].span)] + said("any")


@lru_cache(maxsize=1000)
def _asked_about(kinds: frozenset[type[Node]]) -> tuple[tuple[Rule, AskNames], ...]:
    """The rules about names that may have something to say of an item with these kinds of nodes: a third of them."""
    return tuple(
        (rule, check)
        for rule, check in _NAMES
        if not isinstance(rule, NameRule) or not rule.about or not kinds.isdisjoint(rule.about)
    )


def file_drafts(file: File, report: Report) -> dict[int, tuple[Drafted, ...]]:
    """What the rules over the layout of a file say, by the index of the item that it counts from."""
    found: dict[int, list[Drafted]] = {}
    for rule in _FILES if file.language != "nxs" else ():
        try:
            for index, draft in rule.check(file):
                found.setdefault(index, []).append((rule, draft))
        except Exception as bug:  # as below
            report(rule, bug)
    return {index: tuple(row) for index, row in found.items()}


def allow_drafts(
    file: File, findings: Sequence[Finding], judges: Callable[[str], bool], report: Report
) -> list[Drafted]:
    """What there is to say about the comments that allow findings, counted from the start of the file."""
    return [
        one
        for rule in _ALLOWS
        for one in _guarded(rule, lambda rule=rule: rule.check(file, findings, judges), report)  # type: ignore[misc]  # bound now
    ]


def program_drafts(program: Program, report: Report) -> ProgramSaid:
    """What the rules over a whole program say."""
    return _by_item(_PROGRAM, program, report)


def run_drafts(program: Program, report: Report) -> ProgramSaid:
    """What only matters to `run` and `build`."""
    return _by_item([(rule, rule.check) for rule in _RUNS], program, report)


def _by_item(
    rules: Iterable[tuple[Rule, Callable[[Program], Iterable[ProgramDraft]] | None]], program: Program, report: Report
) -> ProgramSaid:
    found: dict[str, OfProgram] = {}
    for rule, check in rules:
        try:
            said = check(program) if check is not None else ()
            drafts = said if isinstance(said, list) else list(said)
        except Exception as bug:  # as below
            report(rule, bug)
            continue
        for path, (whole, lively) in _grouped(rule, drafts, program).items() if drafts else ():
            before = found.get(path, NOTHING_OF_PROGRAM)
            found[path] = (_both(before[0], whole), _both(before[1], lively))
    return found


def _grouped(rule: Rule, drafts: list[ProgramDraft], program: Program) -> ProgramSaid:
    """What one rule says of each file; not grouped again for the very list that it gave the last time."""
    known = program.last.get(rule.code)
    if known is not None and known[0] is drafts:
        return known[1]  # type: ignore[return-value]  # this function alone puts it in
    found: dict[str, OfProgram] = {}
    for one in drafts:
        whole, lively = found.setdefault(one.path, ({}, {}))
        if isinstance(one.draft, Draft):
            whole[one.index] = (*whole.get(one.index, ()), (rule, one.draft))
        else:
            lively[one.index] = (*lively.get(one.index, ()), (rule, one.draft))
    program.last[rule.code] = (drafts, found)
    return found


def _both(some: dict[int, tuple[_Said, ...]], others: dict[int, tuple[_Said, ...]]) -> dict[int, tuple[_Said, ...]]:
    """What is said by some and by others."""
    if not some or not others:
        return some or others
    return {**some, **others, **{at: (*some[at], *others[at]) for at in some.keys() & others.keys()}}


def _guarded(rule: Rule, run: Callable[[], Iterable[Draft]], report: Report) -> list[Drafted]:
    try:
        return [(rule, draft) for draft in run()]
    except Exception as bug:  # one rule's bug must not take the others along
        report(rule, bug)
        return []
