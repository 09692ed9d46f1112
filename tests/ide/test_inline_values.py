from __future__ import annotations

from harness.marked import read_marked
from nexa.ide.features.inline_values import inline_values
from nexa.syntax import Span


def check_inline_values(text: str) -> None:
    """A run has stopped at `$0`: the marked places, and no others, are shown with values."""
    marked = read_marked(text)
    whole = Span(0, len(marked.texts[marked.path]))
    found = inline_values(marked.project, marked.path, whole, marked.offset)
    assert marked.shown([(marked.path, one.span, False) for one in found]) == marked.shown(marked.spans)


def test_the_variables_up_to_the_line_that_runs():
    check_inline_values(
        """
        flow main(‹topic›: str, ‹n›: int = 1) {
            ‹x› = ‹topic› + "😀"
            x = x + ‹x›
            for ‹i› in [1, 2] {
                $0print(‹x›, ‹i›)
            }
            later = 1
            print(later)
        }
        flow other { x = 2; print(x) }
        """
    )


def test_variables_of_the_program_but_no_declarations():
    check_inline_values(
        """
        rate = 2
        agent A { }
        flow main {
            $0‹y› = A.run(‹rate›)
        }
        """
    )


def test_records_that_are_taken_apart():
    check_inline_values("flow f(‹p›: dict) {\n let {‹a›, b: [‹c›, ..‹d›]} = ‹p›$0\n print(a)\n}")


def test_a_faulty_file():
    check_inline_values("agent { (\nflow f(‹a›: int) {\n ‹x› = = 1\n print(‹a›)$0\n}")
