"""How the runner judges: a small suite of its own, in which every scenario goes wrong in a way of its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from portal2fa.outcomes import Outcome, Result, ScenarioResult
from portal2fa.reports.result_json import from_json

ROOT = Path(__file__).parents[2]
SECRET = "correct-horse-battery"

# name, tags, steps, outcome, words of the reason
SCENARIOS: list[tuple[str, str, str, Outcome, str]] = [
    ("all is well", "", "Given a step that passes\nThen a step that passes", Outcome.PASSED, ""),
    (
        "a Then says no",
        "",
        "Given a step that passes\nThen a step that expects\nAnd a step that passes",
        Outcome.FAILED,
        "Then a step that expects: expected a blue page, saw a red one",
    ),
    (
        "an And after a Then says no",
        "",
        "Then a step that passes\nAnd a step that expects",
        Outcome.FAILED,
        "And a step",
    ),
    (
        "a But after a Then says no",
        "",
        "Then a step that passes\nBut a step that expects",
        Outcome.FAILED,
        "But a step",
    ),
    ("a When says no", "", "When a step that expects", Outcome.CANT_TELL, "When a step that expects: NotAsExpected"),
    ("a Given says no", "", "Given a step that expects", Outcome.CANT_TELL, "Given a step that expects"),
    ("an And after a When says no", "", "When a step that passes\nAnd a step that expects", Outcome.CANT_TELL, "And"),
    ("an assertion of ours in a When", "", "When a step that asserts", Outcome.CANT_TELL, "AssertionError: ours"),
    ("an assertion of ours in a Then", "", "Then a step that asserts", Outcome.CANT_TELL, "AssertionError: ours"),
    ("a fault of ours in a Then", "", "Then a step that breaks", Outcome.CANT_TELL, "ValueError: broken"),
    ("nobody can tell in a Then", "", "Then a step that cannot tell", Outcome.CANT_TELL, "the mail never came"),
    ("a step that nobody wrote", "", "Then a sentence that nobody knows", Outcome.CANT_TELL, "nobody knows"),
    ("a hook breaks before", "@hook.before", "Then a step that passes", Outcome.CANT_TELL, ""),
    ("a hook breaks after", "@hook.after", "Then a step that passes", Outcome.CANT_TELL, ""),
    (
        "a foreign host was asked for before nobody could tell",
        "",
        "Given a step that is blocked\nWhen a step that cannot tell",
        Outcome.CANT_TELL,
        "the pages asked for cdn.example:443, which was blocked; add it to 'origins'",
    ),
    (
        "a foreign host was asked for before a Then says no",
        "",
        "Given a step that is blocked\nThen a step that expects",
        Outcome.FAILED,
        "hint:  the pages asked for cdn.example:443, which was blocked",
    ),
    (
        "the browser ends",
        "",
        "When a step that loses its browser",
        Outcome.CANT_TELL,
        "The browser ended in the middle of the scenario.",
    ),
    ("left out", "@out", "Then a step that expects", Outcome.INAPPLICABLE, "it has no such thing"),
    ("a secret in a reason", "", "Then a step that tells", Outcome.FAILED, "saw ••••"),
    ("a secret in a fault", "", "When a step that blurts", Outcome.CANT_TELL, "ValueError: ••••"),
]

STEPS = f"""
from behave import step
from portal2fa.errors import CannotTell
from portal2fa.expectation import expect


@step("a step that {{deed}}")
def deed(context, deed):
    if deed == "expects":
        expect(False, expected="a blue page", seen="a red one")
    if deed == "asserts":
        raise AssertionError("ours")
    if deed == "breaks":
        raise ValueError("broken")
    if deed == "cannot tell":
        raise CannotTell("the mail never came", missing=["notices.on"])
    if deed == "tells":
        expect(False, expected="no secret", seen="{SECRET}")
    if deed == "is blocked":
        context.session.recorder.asked_in_vain("cdn.example:443")
    if deed == "loses its browser":
        raise RuntimeError("Page.goto: Target page, context or browser has been closed")
    if deed == "blurts":
        raise ValueError("{SECRET}")
"""

HOOKS = f"""
from portal2fa.outcomes import Outcome


def before_all(context):
    context.session, context.world = context.config.userdata["portal2fa.session"], None


def before_scenario(context, scenario):
    context.session = context.session.beside(scenario.name)
    recorder = context.session.recorder
    recorder.secret("{SECRET}")
    if "hook.before" in scenario.tags:
        raise RuntimeError("the hook broke")
    if "out" in scenario.tags:
        recorder.leave_out(Outcome.INAPPLICABLE, "it has no such thing")
        scenario.skip()


def after_scenario(context, scenario):
    if "hook.after" in scenario.tags:
        raise RuntimeError("the hook broke")
"""

MAIN = """
import sys
from pathlib import Path
from portal2fa import runner
from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import Register, read_scenarios, load_register
from portal2fa.evidence import Recorder
from portal2fa.profile_files import find_root, load_target
from portal2fa.reports.result_json import to_json
from portal2fa.selection import select
from portal2fa.session import Session

root = Path(sys.argv[1])
session = Session(
    target=load_target("reference", find_root()),
    root=root,
    register=load_register(find_root() / "features" / "clauses.toml"),
    browser=BrowserChoice(None, (), ""),
    recorder=Recorder(root / "report"),
)
selection = select(read_scenarios(root / "features"), tags=sys.argv[2:])
result = runner.run(session, selection, command="c", progress=lambda result: None)
print("RESULT" + to_json(result))
"""


def run(root: Path, *tags: str) -> str:
    (root / "features").mkdir()
    (root / "steps").mkdir()
    (root / "steps" / "deeds.py").write_text(STEPS)
    (root / "environment.py").write_text(HOOKS)
    feature = "Feature: Judging\n" + "".join(
        f"\n  {tags_}\n  Scenario: {name}\n" + textwrap.indent(steps, "    ") + "\n"
        for name, tags_, steps, _, _ in SCENARIOS
    )
    (root / "features" / "judging.feature").write_text(feature)
    command = [sys.executable, "-c", MAIN, str(root), *tags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return from_json(run(tmp_path_factory.mktemp("suite")).partition("RESULT")[2])


@pytest.fixture
def judged(whole: Result) -> dict[str, ScenarioResult]:
    return {found.name: found for found in whole.scenarios}


@pytest.mark.parametrize(("name", "outcome", "words"), [(row[0], row[3], row[4]) for row in SCENARIOS])
def test_a_scenario_is_judged_by_where_and_how_it_ended(
    judged: dict[str, ScenarioResult], name: str, outcome: Outcome, words: str
) -> None:
    assert judged[name].outcome is outcome, judged[name].reason
    assert words in judged[name].reason


def test_what_was_blocked_is_told_of_the_whole_run_and_of_the_scenarios_that_met_it(
    whole: Result, judged: dict[str, ScenarioResult]
) -> None:
    (note,) = [note for note in whole.target.notes if "blocked" in note]
    assert "cdn.example:443" in note
    assert "blocked" not in judged["nobody can tell in a Then"].reason


def test_a_refusal_keeps_what_was_expected_and_what_was_seen(judged: dict[str, ScenarioResult]) -> None:
    found = judged["a Then says no"]
    assert (found.expected, found.seen) == ("a blue page", "a red one")
    assert [step.status for step in found.steps] == ["passed", "failed", "skipped"]
    assert "expected a blue page" in found.steps[1].message


def test_what_was_waited_for_in_vain_is_kept_so_that_the_run_can_say_whether_it_was_in_sight_elsewhere(
    judged: dict[str, ScenarioResult],
) -> None:
    missing = {name: found.rests_on.missing for name, found in judged.items() if found.rests_on is not None}
    assert missing["nobody can tell in a Then"] == ("notices.on",)
    assert missing["a When says no"] == ()


def test_everything_that_is_not_passed_has_a_reason(judged: dict[str, ScenarioResult]) -> None:
    assert all(bool(found.reason) == (found.outcome is not Outcome.PASSED) for found in judged.values())


def test_no_secret_comes_into_the_result(judged: dict[str, ScenarioResult]) -> None:
    assert SECRET not in repr(judged)


def test_only_the_selected_scenarios_run(tmp_path: Path) -> None:
    scenarios = from_json(run(tmp_path, "@out or @hook.before").partition("RESULT")[2]).scenarios
    assert [found.name for found in scenarios] == ["a hook breaks before", "left out"]
