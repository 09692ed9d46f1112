"""The boundary of the compiler for tests: text with markers in, a list of differences out."""

from __future__ import annotations

from collections.abc import Mapping

from harness.markers import Fixture, mismatches, read_fixture
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Severity


def project_of(files: Mapping[str, str | bytes], settings: Settings | None = None) -> Project:
    """A project that knows these files and nothing else; a rule that raises fails the test.

    A program sees the secrets files among them that lie in its folder.
    """

    def fail(code: str, bug: BaseException) -> None:
        raise AssertionError(f"{code} raised") from bug

    def secrets(entry: str) -> list[str]:
        return [path for path in files if path.endswith(".nxs") and path.rpartition("/")[0] == entry.rpartition("/")[0]]

    texts = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    beside = {path: text for path, text in texts.items() if not is_source(path)}
    project = Project(settings or Settings(), beside.get, fail, secrets, files.__contains__)
    for path in [path for path in texts if path not in beside]:
        project = project.with_file(File.parse(path, texts[path]))
    return project


def is_source(path: str) -> bool:
    """Whether a file of a fixture is written in the language."""
    return not path.endswith((".py", ".md", ".txt"))


def findings_of(files: Mapping[str, str | bytes], settings: Settings | None = None) -> list[Finding]:
    """Every finding in every file, in the order of the files."""
    project = project_of(files, settings)
    return [finding for path in files if is_source(path) for finding in project.findings(path) or ()]


def differences(
    text: str,
    *,
    severities: frozenset[Severity] | None = None,
    codes: frozenset[str] | None = None,
    running: bool = False,
    settings: Settings | None = None,
) -> list[str]:
    """What the markers of a fixture and the findings disagree on; only some severities or codes, if given."""
    fixture = read_fixture(text)
    project = project_of(fixture.files, settings)
    sources = [path for path in fixture.files if is_source(path)]
    found = [finding for path in sources for finding in project.findings(path) or ()]
    if running:
        found += dict.fromkeys(finding for path in sources for finding in project.run_findings(path))
    wanted = {one.code for one in fixture.expected}
    kept = [
        (one.path, one.span.start, one.span.end, one.code, one.message)
        for one in found
        if one.code in wanted
        or ((severities is None or one.severity in severities) and (codes is None or one.code in codes))
    ]
    return mismatches(fixture, kept)


def check_findings(text: str) -> None:
    """The findings are exactly the markers."""
    wrong = differences(text)
    assert not wrong, "\n".join(["", *wrong])


__all__ = ["Fixture", "check_findings", "differences", "findings_of", "project_of"]
