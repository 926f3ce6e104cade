"""`portal2fa faults run` on real portals: one fault that is caught, one that survives, and two that are broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.fault_matrix import Cell, Matrix, Word, exit_code
from portal2fa.fault_runner import Order, run, with_faults
from portal2fa.faults import Fault
from portal2fa.outcomes import ExitCode, Outcome
from portal2fa.profile_files import find_root, load_target
from portal2fa.session import Session

SERVER = """
import sys
from reference_server import __main__, serving
from reference_server.faults.deviation import DEVIATIONS, Deviation, around
from starlette.responses import PlainTextResponse

@around("nobody-gets-in")
def shut(app):
    async def answer(scope, receive, send):
        shut = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == "/sign-in"
        await (PlainTextResponse("", 500) if shut else app)(scope, receive, send)
    return answer

names = ("menu-open-from-the-start", "nobody-gets-in")
serving.all_faults = lambda: {**{name: DEVIATIONS[name] for name in names}, "nothing-wrong": Deviation()}
sys.exit(__main__.main(sys.argv[1:]))
"""
MENU = "finding_the_settings/name_menu.feature#the-options-appear-when-the-menu-is-opened-and-not-before"
PASSWORD = "finding_the_settings/signing_in.feature#a-wrong-password-is-refused-and-the-right-one-opens-the-client-area"
FAULTS = (
    Fault("menu-open-from-the-start", "menu", "The menu is open", ("NAV-5",), "", scenarios=(MENU,)),
    Fault("nothing-wrong", "menu", "Nothing is wrong", ("NAV-5",), "", scenarios=(MENU,)),
    Fault("nobody-gets-in", "menu", "Nobody can sign in", ("NAV-2",), "", scenarios=(PASSWORD,)),
    Fault("not-served", "menu", "The server does not know it", ("NAV-5",), "", scenarios=(MENU,)),
    Fault("inside", "menu", "Nobody can see it", ("NAV-5",), "", not_observable="it is inside"),
)


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str, Outcome]]:
    """What the run says while it goes on: fault, scenario and outcome."""
    return []


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str, Outcome]]) -> Matrix:
    root = find_root()
    target = load_target("reference", root)
    start = target.profile.start
    assert start is not None
    command = ("{python}", "-c", SERVER, *start.command[start.command.index("reference_server") + 1 :])
    profile = target.profile.model_copy(update={"start": start.model_copy(update={"command": command})})
    session = Session(
        target=with_faults(replace(target, profile=profile)),
        root=root,
        register=load_register(root / "features" / "clauses.toml"),
        browser=find_browser(),
        recorder=Recorder(tmp_path_factory.mktemp("report")),
        evidence="none",
        at_once=2,
    )
    return run(
        session,
        Order(FAULTS, read_scenarios(root / "features")),
        command="portal2fa faults run",
        tell=lambda fault, result: told.append((fault.id if fault else "", result.id, result.outcome)),
    )


def test_each_fault_gets_its_word(matrix: Matrix) -> None:
    assert {row.fault.id: row.word for row in matrix.rows} == {
        "menu-open-from-the-start": Word.CAUGHT,
        "nothing-wrong": Word.SURVIVED,
        "nobody-gets-in": Word.BROKEN,
        "not-served": Word.BROKEN,
        "inside": Word.EQUIVALENT,
    }
    assert exit_code(matrix) is ExitCode.NOT_CONFORMANT


def test_a_kill_says_what_was_expected_and_seen(matrix: Matrix) -> None:
    [judged] = matrix.rows[0].cells
    assert (judged.cell, judged.played.outcome) == (Cell.KILLED, Outcome.FAILED)
    assert "options" in judged.played.expected or judged.played.seen


def test_what_is_broken_says_why(matrix: Matrix) -> None:
    reasons = {row.fault.id: row.reason for row in matrix.of(Word.BROKEN)}
    assert "did not answer the right password" in reasons["nobody-gets-in"]
    assert reasons["not-served"] == "the server does not have it"


def test_the_scenarios_pass_on_the_right_portal_before_any_fault_is_asked(
    matrix: Matrix, told: list[tuple[str, str, Outcome]]
) -> None:
    assert [column.refused for column in matrix.columns] == ["", ""]
    right = [(scenario, outcome) for fault, scenario, outcome in told[:2] if not fault]
    assert sorted(right) == sorted([(MENU, Outcome.PASSED), (PASSWORD, Outcome.PASSED)])
    assert {fault for fault, _, _ in told[2:]} == {fault.id for fault in FAULTS} - {"inside"}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`portal2fa faults run` as a person types it."""
    return subprocess.run(
        [sys.executable, "-m", "portal2fa", "faults", "run", *arguments],
        cwd=find_root(),
        env={**os.environ, "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_the_matrix_of_a_shipped_fault(tmp_path: Path) -> None:
    done = command("menu-open-from-the-start", "--out", str(tmp_path))
    assert done.returncode == ExitCode.CONFORMANT, done.stdout + done.stderr
    assert done.stdout.startswith("The fault is caught.\nfaults: 1 caught\n")
    assert sorted(path.name for path in (tmp_path / "faults").iterdir()) == [
        "faults.csv",
        "faults.json",
        "index.html",
        "kill-matrix.csv",
    ]
    document = json.loads((tmp_path / "faults" / "faults.json").read_text(encoding="utf-8"))
    assert [fault["word"] for fault in document["faults"]] == ["caught"]


def test_a_fault_is_caught_on_the_variation_that_has_it(tmp_path: Path) -> None:
    done = command("one-of-two-methods-stays-on", "--out", str(tmp_path))
    assert done.returncode == ExitCode.CONFORMANT, done.stdout + done.stderr
    document = json.loads((tmp_path / "faults" / "faults.json").read_text(encoding="utf-8"))
    [fault] = document["faults"]
    assert (fault["on"], fault["word"]) == ("methods-together", "caught")


def test_the_command_ends_with_1_where_a_run_differs_from_what_was_kept(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    right = (find_root() / "features" / "kill-matrix.csv").read_text(encoding="utf-8")
    line = f"menu-open-from-the-start,caught,{MENU},killed\n"
    assert line in right
    kept.write_text(right.replace(line, line.replace("killed", "survived")), encoding="utf-8")
    done = command("menu-open-from-the-start", "--kept", str(kept), "--out", str(tmp_path / "out"))
    assert done.stdout.startswith("The fault is caught.\n"), done.stdout + done.stderr
    assert done.returncode == ExitCode.NOT_CONFORMANT
    assert done.stdout.endswith(
        f"2 differences to {kept}\n"
        f"  kept, and not found: menu-open-from-the-start (caught): {MENU}: survived\n"
        f"  found, and not kept: menu-open-from-the-start (caught): {MENU}: killed\n"
    )
