"""The summary at the terminal: verdict first, everything that is not passed with its reason, plain where asked."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from portal2fa.outcomes import Outcome, Result, clause_results
from portal2fa.reports.terminal import show, to_plain, to_rich, wants_colour

REPORT = "out/index.html"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def both(result: Result) -> list[str]:
    return [to_plain(result, REPORT), ANSI.sub("", to_rich(result, REPORT, width=160))]


def test_the_verdict_comes_first(sample: Result) -> None:
    for text in both(sample):
        assert text.strip().startswith("NOT CONFORMANT")


def test_every_clause_that_is_not_passed_is_told_with_its_reason(sample: Result) -> None:
    for text in both(sample):
        for row in clause_results(sample):
            assert (row.clause.paraphrase in text) is (row.outcome is not Outcome.PASSED), row.clause.id
        assert "The profile names no mailbox, so mail cannot be read." in text
        assert "It is a sentence of the help page about app stores, not about the portal." in text


def test_a_reason_of_several_lines_keeps_them_and_is_told_once(sample: Result) -> None:
    reason = "Given Ana signs in: The account cannot be used.\n  cause: it was refused\n  hint:  check the password"
    unclear = tuple(replace(s, outcome=Outcome.CANT_TELL, reason=reason) for s in sample.scenarios)
    rows = [row.clause.id for row in clause_results(replace(sample, scenarios=unclear)) if row.scenarios]
    for text in both(replace(sample, scenarios=unclear)):
        lines = [line.strip().removeprefix("why: ") for line in text.splitlines()]
        assert lines.count("Given Ana signs in: The account cannot be used.") == 1
        first = lines.index("Given Ana signs in: The account cannot be used.")
        assert lines[first + 1 : first + 3] == ["cause: it was refused", "hint: check the password"]
        assert lines.count(f"as for {rows[0]}") == len(rows) - 1


def test_counts_deviations_report_and_next_step_are_told(sample: Result) -> None:
    for text in both(sample):
        for part in ("7 passed", "1 failed", "Click Here to Enable", "Account security", REPORT, "MAIL-3"):
            assert part in text


def test_a_terminal_gets_colour_and_a_pipe_gets_none(sample: Result) -> None:
    terminal, pipe = Terminal(), io.StringIO()
    show(sample, REPORT, terminal, {"TERM": "xterm-256color"}, width=100)
    show(sample, REPORT, pipe, {"TERM": "xterm-256color"})
    assert "\x1b[" in terminal.getvalue()
    assert pipe.getvalue() == to_plain(sample, REPORT)


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_no_color_and_a_dumb_terminal_are_honoured(sample: Result, environment: dict[str, str], coloured: bool) -> None:
    terminal = Terminal()
    assert wants_colour(terminal, environment) is coloured
    show(sample, REPORT, terminal, environment, width=100)
    assert ("\x1b" in terminal.getvalue()) is coloured


def test_a_partial_run_is_told_in_a_colour_of_no_verdict(sample: Result) -> None:
    passed = tuple(replace(s, outcome=Outcome.PASSED) for s in sample.scenarios)
    part = replace(sample, scenarios=passed, selection="tags @journey (12 of 187 scenarios)")
    for text in both(part):
        assert "PARTIAL RUN, NO VERDICT" in text
        assert "INCONCLUSIVE" not in text
    for text in both(replace(part, shard="1/2")):  # the others may have failed
        assert "PARTIAL RUN" not in text
    head = next(line for line in to_rich(part, REPORT, width=160).splitlines() if "PARTIAL" in line)
    whole = next(line for line in to_rich(replace(part, selection=""), REPORT).splitlines() if "CONFORMANT" in line)
    assert head.partition(" PARTIAL")[0] != whole.partition(" CONFORMANT")[0]


def test_text_of_the_portal_cannot_steer_the_terminal(sample: Result) -> None:
    odd = replace(sample.scenarios[6], reason="\x1b]0;owned\x07[red]now[/red] \u202egnp.exe")
    result = replace(sample, scenarios=(odd,))
    for text in (to_plain(result, REPORT), to_rich(result, REPORT, width=160)):
        assert "\x1b]0" not in text
        assert "\x07" not in text
        assert "\u202e" not in text
        assert "[red]now[/red]" in text


def test_a_narrow_encoding_loses_signs_but_not_the_message(sample: Result) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    show(sample, REPORT, stream, {})
    assert raw.getvalue().startswith(b"NOT CONFORMANT")


def test_faults_of_the_run_are_warned_of(sample: Result) -> None:
    result = replace(
        sample, not_restored=("ana@portal.example",), problems=("The mailbox went away.",), interrupted=True
    )
    for text in both(result):
        for part in ("ana@portal.example", "The mailbox went away.", "interrupted", "second factor off"):
            assert part in text


def test_a_result_without_anything_in_it_is_still_told(sample: Result) -> None:
    for text in both(replace(sample, clauses=(), scenarios=(), features=())):
        assert "INCONCLUSIVE" in text
        assert "nothing could be judged" in text
