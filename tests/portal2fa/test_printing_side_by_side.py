"""What scenarios print while others run is neither kept for one of them nor swallowed nor taken for the result."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from portal2fa import runner
from portal2fa.workers.executor import Worker
from tests.portal2fa.jumping import JumpingLoop
from tests.workers.suite import session, suite

STEPS = """
from behave import given, then

from portal2fa import clock
from portal2fa.expectation import expect


@given("{who} prints, waits and prints again")
def prints(context, who):
    print(f"{who} begins")
    clock.pause(30)
    print(f"{who} goes on")


@then("{who} fails")
def fails(context, who):
    expect(False, expected="nothing", seen=f"the words of {who}")
"""
TWO = """
  Scenario: One
    Given Ana prints, waits and prints again
    Then Ana fails

  Scenario: Two
    Given Ben prints, waits and prints again
    Then Ben fails
"""


def test_what_is_printed_in_two_lanes_is_told_as_it_comes_and_belongs_to_no_scenario(tmp_path: Path) -> None:
    (suite(tmp_path, TWO) / "steps" / "a_steps.py").write_text(STEPS)
    with Worker(patience=300) as process:
        reasons, output, errors = process.submit(in_two_lanes, tmp_path).result()
    assert errors.split("\n")[:4] == ["Ana begins", "Ben begins", "Ana goes on", "Ben goes on"]
    assert output == ""
    assert reasons == [f"Then {who} fails: expected nothing, saw the words of {who}" for who in ("Ana", "Ben")]


def in_two_lanes(root: Path) -> tuple[list[str], str, str]:
    """Why the scenarios failed, and what was written to both streams; in a process that is for nothing else."""
    found, selection = session(root, at_once=2)
    found.lanes.interleave_by(JumpingLoop().wait)
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        result = runner.run(found, selection, command="c", progress=lambda row: None)
    return [row.reason for row in result.scenarios], output.getvalue(), errors.getvalue()
